"""The C declarations of WeasyPrint's text libraries, parsed beforehand.

WeasyPrint has cffi parse 16 kB of C each time it is loaded, which is half of the loading, and a
name of a type again when first it is used. `pango.json` holds what cffi makes of the declarations,
in the form it has for this ("out-of-line ABI mode"); `scripts/declare.py` writes it.
"""

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PARSED = Path(__file__).parent / "pango.json"


@contextlib.contextmanager
def parsed() -> Iterator[None]:
    """Let WeasyPrint, loaded in this block, take its declarations from `pango.json`.

    Where it declares anything else, cffi parses it as ever.
    """
    import cffi

    usual = cffi.FFI
    stands: list[_Declared] = []

    def declared() -> Any:
        """Do what `cffi.FFI` does."""
        stands.append(_Declared(usual))
        return stands[-1]

    cffi.FFI = declared
    try:
        yield
    finally:
        cffi.FFI = usual
        for stand in stands:
            _put_in_place(stand)


def digest(declarations: str) -> str:
    """Return what a text of declarations is known by."""
    return hashlib.sha256(declarations.encode()).hexdigest()


class _Declared:
    """A `cffi.FFI` to be: which one, is known when it is told its declarations."""

    def __init__(self, usual: Any) -> None:
        self._usual = usual
        self.meant: Any = None

    def cdef(self, declarations: str) -> None:
        """Take declarations."""
        self.meant = _known(digest(declarations))
        if self.meant is None:
            self.meant = self._usual()
            self.meant.cdef(declarations)

    def __getattr__(self, name: str) -> Any:
        """Return what the one that is meant has."""
        if self.meant is None:
            self.meant = self._usual()
        return getattr(self.meant, name)


def _known(wanted: str) -> Any:
    """Return the declarations if they are those that were parsed beforehand, or None."""
    import _cffi_backend

    held = json.loads(PARSED.read_text(encoding="ascii"))
    if held["digest"] != wanted:
        return None
    try:
        return _cffi_backend.FFI("pango", **{k: _read(v) for k, v in held["parsed"].items()})
    except (ImportError, TypeError, ValueError):  # a cffi that writes it in another way
        return None


def _read(written: Any) -> Any:
    """Return a value as cffi takes it: bytes, whole numbers and tuples of them."""
    if isinstance(written, list):
        return tuple(map(_read, written))
    return written.encode("latin-1") if isinstance(written, str) else written


def _put_in_place(stand: _Declared) -> None:
    """Let modules know what is meant instead of what stood for it."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint":
            for called, thing in list(vars(module).items()):
                if thing is stand:
                    setattr(module, called, stand.meant)
