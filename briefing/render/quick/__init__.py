"""Steps of WeasyPrint 70 done sooner, with the same outcome to the byte.

Each stands in for one function of WeasyPrint, and hands what is out of the ordinary back to it.
Under another version of WeasyPrint none does: pages then take longer and are the same. What each
spares is fit for WeasyPrint itself; docs/benchmarks/render.md has the list.
"""

import sys
from collections.abc import Callable
from functools import cached_property
from typing import Any

KNOWN = {"weasyprint": "70.0", "pydyf": "0.13.0"}
"""The versions whose functions are known by heart."""


def hasten() -> bool:
    """Let this process lay out sooner; return whether it does."""
    from importlib import import_module

    if any(import_module(name).__version__ != version for name, version in KNOWN.items()):
        return False
    from briefing.render.quick import boxes, drawing, grounds, pages, text, written

    for part in (text, drawing, boxes, grounds, pages, written):
        part.install()
    return True


def once(name: str, told: Callable[[Any], Any]) -> None:
    """Let each style of WeasyPrint have *told* of itself as *name*, worked out when first asked."""
    from weasyprint.css import Style

    kept = cached_property(told)
    kept.__set_name__(Style, name)
    setattr(Style, name, kept)


def replace(old: Callable[..., Any], new: Callable[..., Any]) -> None:
    """Let every module of WeasyPrint that knows the function *old* call *new*."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint":
            for called, thing in list(vars(module).items()):
                if thing is old:
                    setattr(module, called, new)
