"""Write briefing/render/quick/pango.json: what cffi makes of WeasyPrint's C declarations.

    python scripts/declare.py

To be run again when another version of WeasyPrint is known to `briefing.render.quick`.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from briefing.render.quick.declared import PARSED, digest  # noqa: E402


def main() -> None:
    """Write the file."""
    PARSED.write_text(written(), encoding="ascii")


def written() -> str:
    """Return what the file holds for the WeasyPrint and cffi that are installed."""
    declarations = _declarations()
    held = {"digest": digest(declarations), "parsed": _parsed(declarations)}
    return json.dumps(held, indent=0, sort_keys=True) + "\n"


def _declarations() -> str:
    """Return the text that WeasyPrint has cffi parse."""
    import ast
    from importlib.util import find_spec

    spec = find_spec("weasyprint")
    folder = Path(str(spec and spec.origin)).parent
    tree = ast.parse((folder / "text" / "ffi.py").read_text(encoding="utf-8"))
    (found,) = (
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cdef"
        and isinstance(node.args[0], ast.Constant)
    )
    return str(found)


def _parsed(declarations: str) -> dict[str, Any]:
    """Return what cffi's own generator would hand to `_cffi_backend.FFI`."""
    import cffi

    parser = cffi.FFI()
    parser.set_source("pango", None)
    parser.cdef(declarations)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pango.py"
        parser.emit_python_code(str(path))
        lines = path.read_text(encoding="ascii").splitlines()
    held: dict[str, Any] = {}
    # What it writes imports the backend and calls it once; the call is kept, not made.
    code = "\n".join(line for line in lines if not line.startswith("import "))
    backend = type("Backend", (), {"FFI": staticmethod(lambda _, **given: held.update(given))})
    exec(code, {"_cffi_backend": backend})
    return {name: _written(value) for name, value in held.items()}


def _written(value: Any) -> Any:
    """Return a value as JSON has it: bytes as the letters of those numbers."""
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    return value.decode("latin-1") if isinstance(value, bytes) else value


if __name__ == "__main__":
    main()
