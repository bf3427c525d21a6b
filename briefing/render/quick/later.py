"""Libraries that WeasyPrint loads and our pages never call: loaded when they are called.

It subsets fonts with HarfBuzz; where that fails, and for fonts that vary, it calls fontTools,
whose parts for this take a quarter of the time of loading it all.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

CALLED = ("fontTools.subset", "fontTools.varLib.instancer")
"""Modules of which WeasyPrint 70 takes nothing but what it calls."""


@contextlib.contextmanager
def called_later(version: str) -> Iterator[None]:
    """Let WeasyPrint, loaded in this block, go without `CALLED` until it calls them.

    Args:
        version: The only version for which that is known.
    """
    names = CALLED if _is(version) else ()
    stands = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name in stands:
            del sys.modules[name]


def _is(version: str) -> bool:
    """Return whether that version of WeasyPrint is installed, without loading it."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return False
    return f"__version__ = '{version}'" in Path(spec.origin).read_text(encoding="utf-8")


class _Later(ModuleType):
    """What stands for a module: all that is asked of it is called in the module."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return what calls *name* of the module."""
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*given: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*given, **named)

        return called
