"""The tables of words are lists in which each word stands once."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).parent.parent / "briefing"


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("tables/*.toml")), ids=lambda p: p.name)
def test_no_table_says_a_word_twice(path: Path) -> None:
    """What stands twice in a list was added without looking, and is taken out half."""
    for words in _lists(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert [word for word, count in Counter(words.split()).items() if count > 1] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("tables/*.txt")), ids=lambda p: p.name)
def test_no_list_has_a_line_twice(path: Path) -> None:
    """Nor do files of a line each."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip(" #")]
    assert [line for line, count in Counter(lines).items() if count > 1] == []


def _lists(table: Mapping[Any, Any]) -> Iterator[str]:
    """Yield the lists of a table and of the tables in it."""
    for value in table.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            strings = [one for one in value if isinstance(one, str)]
            yield " ".join(one.replace(" ", "_") for one in strings)
            yield from _lists(dict(enumerate(one for one in value if isinstance(one, dict))))
        elif isinstance(value, dict):
            yield from _lists(value)
