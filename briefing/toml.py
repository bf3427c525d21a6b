"""TOML that remembers the line of every key, so that a mistake can be shown in its place."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from briefing.errors import ConfigError

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value: `("story", 0, "points", 2)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toml:
    """What a TOML file says, and where."""

    name: str
    """How the user knows the file."""

    values: Mapping[str, Any]
    lines: Mapping[Path, int]
    """The line, from 1, of each table, key and element of an array that stands on its own."""

    def line(self, path: Path) -> int:
        """Return the line of the value at *path*, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def error(self, path: Path, message: str) -> ConfigError:
        """Return an error that names the file and, where lines are known, that of the value."""
        place = f"{self.name}:{self.line(path)}" if self.lines else self.name
        return ConfigError(f"{place}: {_short(message)}")


def parse(text: str | bytes, name: str) -> Toml:
    r"""Return what *text* says; *name* is the file's, for messages.

    Raises:
        ConfigError: It is not TOML; the message names the line.

    >>> found = parse('[limits]\nbytes = 3', "briefing.toml")
    >>> found.values, found.line(("limits", "bytes"))
    ({'limits': {'bytes': 3}}, 2)
    """
    try:
        content = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        content = content.replace("\r\n", "\n")
        _refuse_long_keys(content, name)
        values = tomllib.loads(content)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name} is not UTF-8 text; save it as UTF-8") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        line, said = _complaint(error, content)
        raise ConfigError(f"{name}:{line}: not TOML: {said}") from error
    return Toml(name=name, values=values, lines=_Lines(content))


class _Lines(Mapping[Path, int]):
    """The line of everything in a text known to be TOML, looked for when first asked for.

    Only a mistake asks, and looking takes longer than reading.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> dict[Path, int]:
        return dict(_places(self._text))

    def __getitem__(self, path: Path) -> int:
        return self._found[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


_LONG_KEY = re.compile(
    r"""(?:(?:(?<![\w-])[\w-]++|(?<!\\)"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}""",
    re.ASCII,
)
"""A key of more parts than any of ours: tomllib takes the square of its parts, in time and memory;
100 kB that are one key took 39 s."""


def _refuse_long_keys(text: str, name: str) -> None:
    """Refuse a text with a key that would take for ever.

    Raises:
        ConfigError: There is one; the message names its line.
    """
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        shown = found[0][:40]
        said = (
            f"a key or word of more than 32 parts: {shown}…; nothing here needs such, take it out"
        )
        raise ConfigError(f"{name}:{line}: {said}")


def _short(message: str) -> str:
    """Return a message whose middle goes where a key or value makes it longer than anybody reads.

    >>> _short("no key " + "x" * 1_000 + " here")[-12:], len(_short("x" * 10_000_000))
    ('xxxxxxx here', 401)
    """
    return message if len(message) <= 400 else f"{message[:200]}…{message[-200:]}"


def _complaint(error: Exception, text: str) -> tuple[int, str]:
    """Return the line and the words of what tomllib says: "… (at line 3, column 7)"."""
    if isinstance(error, RecursionError):
        return 1, "it is nested too deeply"
    said, _, where = str(error).rpartition(" (at ")
    line = re.match(r"line (\d+)", where)
    said = said or str(error)
    return int(line[1]) if line else text.count("\n") + 1, _short(said[:1].lower() + said[1:])


_TOKEN = re.compile(
    r"(?P<space>[ \t]+|\#[^\n]*)|(?P<newline>\n)"
    r'|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|(?P<mark>[\[\]{},=.])|(?P<bare>[^\s\[\]{},=.#\"']+)",
    re.DOTALL,
)


_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Yield the path and line of everything in *text*, which is known to be TOML."""
    table: Path = ()
    counts: dict[Path, int] = {}
    for statement in _statements(text):
        line, words = statement[0][0], [piece for _, piece in statement]
        if words[0] == "[":
            many = words[1] == "["
            names = _names(words[2 if many else 1 : words.index("]")])
            table = _into(names, counts)
            if many:
                counts[table] = counts.get(table, -1) + 1
                yield table, line
                table = (*table, counts[table])
            yield table, line
        else:
            equals = words.index("=")
            path = (*table, *_names(words[:equals]))
            yield path, line
            yield from _elements(path, statement[equals + 1 :])


def _statements(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield each header or key with its value, as (line, piece) pairs."""
    statement: list[tuple[int, str]] = []
    line, depth = 1, 0
    for found in _TOKEN.finditer(text):
        piece = found[0]
        if found.lastgroup == "newline" and depth == 0 and statement:
            yield statement
            statement = []
        elif found.lastgroup not in ("space", "newline"):
            statement.append((line, piece))
            depth += _DEPTH.get(piece, 0)
        line += piece.count("\n")
    if statement:
        yield statement


def _elements(path: Path, value: list[tuple[int, str]]) -> Iterator[tuple[Path, int]]:
    """Yield path and line of each element, when the value is an array."""
    if not value or value[0][1] != "[":
        return
    depth, count, expecting = 0, 0, True
    for line, piece in value:
        if depth == 1 and expecting and piece not in ("]", ","):
            yield (*path, count), line
            count, expecting = count + 1, False
        if depth == 1 and piece == ",":
            expecting = True
        depth += _DEPTH.get(piece, 0)


def _into(names: Path, counts: Mapping[Path, int]) -> Path:
    """Return the path of a table, through the last element of each array on the way."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return (*path, *names[-1:])


def _names(tokens: list[str]) -> Path:
    """Return the keys that tokens spell: bare, quoted or dotted."""
    keys = (piece for piece in tokens if piece != ".")
    return tuple(str(tomllib.loads(f"k = {key}")["k"]) if key[0] in "\"'" else key for key in keys)
