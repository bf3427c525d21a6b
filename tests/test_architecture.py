"""The order in which the package is built up: nothing imports from a line below its own."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "briefing"

# Later lines may import from earlier ones, and from earlier names of their own line.
ORDER = """\
    errors limits model edition words language plugins stemming toml brackets acquaint
    clean segment names quotes rank summarisers choose label explain cluster differ merge compose \
        verbatim rights editor corrections
    bounds atomic files lock sources fetch readers render archive codec config verify
    pipeline daily scale
    cli __main__
"""


def _modules() -> list[Path]:
    """Return the files of the package, in an order of their own."""
    return sorted(PACKAGE.rglob("*.py"))


def _top(module: str) -> str | None:
    """Return `clean` for `briefing.clean.blocks`, None for what is not of the package."""
    parts = module.split(".")
    return parts[1] if parts[0] == "briefing" and len(parts) > 1 else None


def _imports(tree: ast.AST) -> set[str]:
    """Return the top-level modules of the package that a file imports, anywhere in it."""
    found: set[str | None] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "briefing":
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(_top(node.module))
        elif isinstance(node, ast.Import):
            found.update(_top(alias.name) for alias in node.names)
    return {name for name in found if name}


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_only_what_stands_above(path: Path) -> None:
    """A module imports from lines above its own, so data flows one way."""
    lines = {name: n for n, line in enumerate(ORDER.strip().splitlines()) for name in line.split()}
    relative = path.relative_to(PACKAGE)
    own = relative.parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert own in lines, f"{own} has no place in ORDER: give it one"
    for other in _imports(ast.parse(path.read_text(encoding="utf-8"))) - {own, "__init__"}:
        assert lines.get(other, 99) <= lines[own], f"{relative} imports briefing.{other}"
