"""JSON that is pleasant to read, with nothing that steers a terminal, in a third of the time.

The standard library writes indented JSON token by token through Python's generators; this writes
what it writes, to the letter, container by container.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

# What a terminal obeys or nobody sees, and JSON leaves as it is: DEL, controls of one byte (C1),
# changes of direction, zero-width characters, tags.
_STEERING = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def dumps(thing: object) -> str:
    r"""Return *thing* as JSON that is pleasant to read: two spaces, letters as they are.

    What could steer a terminal, or be hidden from a reader, is escaped: it is the same JSON.

    Raises:
        ValueError: A number is none: infinite, or not a number.
        TypeError: Something in it has no JSON, or an object has a key that is not text.

    >>> dumps("é\x9b2J\u202e") == '"é\\u009b2J\\u202e"\n'
    True
    >>> print(dumps({"points": [{"label": "Pier"}], "new": []}), end="")
    {
      "points": [
        {
          "label": "Pier"
        }
      ],
      "new": []
    }
    """
    return _written(thing, "\n") + "\n"


def _written(thing: Any, margin: str) -> str:
    """Return *thing* as JSON; *margin* is the line break and the indent where it stands."""
    if isinstance(thing, str):
        return _quoted(thing)
    if isinstance(thing, dict):
        return _object(thing, margin)
    if isinstance(thing, list | tuple):
        return _list(thing, margin)
    return json.dumps(thing, allow_nan=False)


def _object(of: Mapping[str, Any], margin: str) -> str:
    """Return an object, each entry in a line of its own."""
    if not of:
        return "{}"
    inner, entries = f"{margin}  ", []
    for key, value in of.items():
        if type(value) is str:
            entries.append(_key(key) + _quoted(value))
        elif value is None:
            entries.append(_key(key) + "null")
        elif type(value) is int:
            entries.append(f"{_key(key)}{value}")
        else:
            entries.append(_key(key) + _written(value, inner))
    return f"{{{inner}{f',{inner}'.join(entries)}{margin}}}"


def _list(of: Sequence[Any], margin: str) -> str:
    """Return a list, each thing in a line of its own."""
    if not of:
        return "[]"
    inner = f"{margin}  "
    return f"[{inner}{f',{inner}'.join([_written(thing, inner) for thing in of])}{margin}]"


@lru_cache(maxsize=256)
def _key(key: str) -> str:
    """Return the name of an entry; the same few come again and again."""
    return f"{_quoted(key)}: "


def _quoted(text: str) -> str:
    """Return text in quotation marks, with what steers escaped."""
    quoted = encode_basestring(text)
    if quoted.isascii() and "\x7f" not in quoted:
        return quoted
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], quoted)
