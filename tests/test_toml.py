"""TOML with the line of everything in it."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.toml import Path, parse

TEXT = '''\
# a comment with [brackets]
title = "x"  # and = more
"a b".c = 1
[[story]]
id = "s-1"
points = [
  "a",  # A [b]
  "b", "c",

  "]d",
]
text = """
[not]
a = "key"
"""
[[story]]
id = 's-2' # x
[story.sub]
k = { a = 1, b = [1, 2] }
[[story.part]]
z = 1
[[story.part]]
z = [[1], [2]]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a b", "c"), 3),
        (("story", 0), 4),
        (("story", 0, "id"), 5),
        (("story", 0, "points"), 6),
        (("story", 0, "points", 0), 7),
        (("story", 0, "points", 2), 8),
        (("story", 0, "points", 3), 10),
        (("story", 0, "text"), 12),
        (("story", 1), 16),
        (("story", 1, "id"), 17),
        (("story", 1, "sub", "k", "b", 1), 19),
        (("story", 1, "part", 1, "z", 1), 23),
        (("nowhere", "at", "all"), 1),
    ],
)
def test_each_thing_has_its_line(path: Path, line: int) -> None:
    """Keys, tables and elements, also behind strings and comments that look like keys."""
    assert parse(TEXT, "x.toml").line(path) == line


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    """A file saved by Notepad has the lines of one saved by vi."""
    found = parse(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n", "x.toml")

    assert (found.values, found.line(("b",))) == ({"a": 1, "b": 2}, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = = 2", r"x\.toml:2: not TOML: invalid value"),
        ("a = 1\na = 2", r"x\.toml:2: not TOML: cannot overwrite"),
        ("\n\nx = [", r"x\.toml:3: not TOML: invalid value"),
        ("x = " + "[" * 100_000, r"x\.toml:1: not TOML"),
        (b"\xff\xfea\x00", r"x\.toml is not UTF-8"),
        ("\n" + "a." * 50 + "a = 1", r"x\.toml:2: a key or word of more than 32 parts: a\.a\."),
        ("a = 1\n[x." + "'b' . " * 40 + "c]", r"x\.toml:2: a key or word of more than 32 parts"),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text: str | bytes, message: str) -> None:
    """The message names the file, the line and what is wrong."""
    with pytest.raises(ConfigError, match=message):
        parse(text, "x.toml")


@given(st.text(st.sampled_from("ab =[]{}\"'\n#.,1\\"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is typed, the places never fail where the values were read."""
    try:
        expected: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ConfigError):
            parse(text, "x.toml")
        return

    found = parse(text, "x.toml")

    assert found.values == expected
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines.values())
