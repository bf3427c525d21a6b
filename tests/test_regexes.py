"""Every regular expression of the package, against strings made to be its worst."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

import briefing

# Repeated, these are what makes a careless expression try every way to match: runs of letters,
# spaces, marks, digits and markup, alone and in pairs.
UNITS = (
    *"aA1 \n\t\"'“‘«.,;:-–—_*#&<>([{@/\\|é漢ж",
    *("a ", "A ", "A. ", "1 ", "1,", "a-", "A'", '" ', "&a", "<a", "<!--", "a.", "\n\n", " \n"),
    *("Aa ", "Aa Aa, ", "By A ", "1 May ", "12:", "x@", "http://a", "[a](", "**a", "£1", "al-A "),
)
SMALL, LARGE = 1_000, 10_000
# A linear expression takes under a millisecond for LARGE; a quadratic one takes ten million steps
# and more. The larger input is allowed forty times the smaller, where ten would be linear and a
# hundred quadratic, and only counts when it is slow at all: so a busy machine fails nothing.
SLOW_S = 0.15
RATIO = 40


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield each compiled expression that a module of the package holds, and what it is called."""
    for found in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for pattern in _inside(value, depth=3):
                yield f"{found.name}.{name}", pattern


def _inside(value: object, *, depth: int) -> Iterator[re.Pattern[str]]:
    """Yield the expressions in a value: itself, or those of a table of them."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            yield from _inside(inner, depth=depth - 1)
    elif depth and isinstance(value, dict):
        for inner in value.values():
            yield from _inside(inner, depth=depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _inside(getattr(value, part.name), depth=depth - 1)


PATTERNS = {pattern.pattern: (name, pattern) for name, pattern in _patterns()}


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the processor time of finding all matches."""
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("name", "pattern"), list(PATTERNS.values()), ids=[name for name, _ in PATTERNS.values()]
)
def test_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    """A tenfold input costs some ten times as much, whatever it repeats and however it ends."""
    for unit in UNITS:
        for end in ("", "!"):
            large = _seconds(pattern, unit * (LARGE // len(unit)) + end)
            if large < SLOW_S:
                continue
            small = _seconds(pattern, unit * (SMALL // len(unit)) + end)
            assert large < RATIO * max(small, 1e-4), f"{name} on {unit!r}: {small:.4f}, {large:.4f}"


def test_expressions_are_found() -> None:
    """The package has many; none found would mean that this file looks in the wrong place."""
    assert len(PATTERNS) > 50
