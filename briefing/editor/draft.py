"""The editor's file read back: strictly, each mistake shown in its line."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.compose import Wish, Wishes
from briefing.edition import Comment
from briefing.toml import Path, Toml, parse

NAME = "edition.toml"
FORMAT = "briefing.draft/1"

NO_WISHES = Wishes()
"""What an editor asks for who has no file."""

_KEYS = {
    "id": str, "title": str, "section": str, "pin": bool, "drop": bool, "points": list,
    "comments": list, "merge": list, "split": list,
}  # fmt: skip
_MUST = {str: "text in quotation marks", bool: "true or false", list: "a list: [ … ]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One story as it was offered to the editor."""

    title: str
    shown: tuple[str, ...]
    """Ids of the points that were listed, in order."""

    points: frozenset[str]
    """Ids of all points, the spare ones and those of earlier times among them."""

    refs: frozenset[str]

    @property
    def check(self) -> str:
        """Digits by which a change made here, as by a "replace all", is known."""
        said = [self.title, self.shown, sorted(self.points), sorted(self.refs)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the editor's file says."""

    file: Toml
    wishes: Wishes
    offered: Mapping[str, Offered]
    """By story id."""

    places: Mapping[str, int]
    """The number of each story's table in the file, by id."""

    guests: frozenset[str] = frozenset()
    """Ids of the stories that others are to take in."""


def read(text: str | bytes, name: str = NAME) -> Draft:
    """Return what the editor's file says.

    Raises:
        ConfigError: It is not TOML, has a key that there is not, a value that cannot be, or an id
            that was never offered; the message names the line.
    """
    file = parse(text, name)
    _check_top(file)
    offered = _offered(file)
    known = _known(offered)
    places: dict[str, int] = {}
    wishes: dict[str, Wish] = {}
    for number, table in enumerate(file.values.get("story", [])):
        story = _id(file, number, table, offered=offered)
        if story in places:
            raise file.error(("story", number, "id"), f"the story {story!r} stands twice")
        places[story] = number
        wishes[story] = _wish(file, number, own=offered[story], known=known)
    # A story that the editor's file no longer has was deleted, unless another took it in.
    guests = frozenset(guest for wish in wishes.values() for guest in wish.merge)
    for story in offered.keys() - wishes.keys() - guests:
        wishes[story] = Wish(drop=True)
    listed = [story for story in offered if story in places]
    return Draft(
        file=file,
        wishes=Wishes(stories=wishes, reordered=listed != list(places)),
        offered=offered,
        places=places,
        guests=guests,
    )


def _check_top(file: Toml) -> None:
    """Refuse a file that is not the editor's."""
    for key in file.values:
        if key not in ("format", "story", "offered"):
            raise file.error((key,), f"there is no key {key!r} here; stories are [[story]]")
    if file.values.get("format") != FORMAT:
        raise file.error(("format",), f"format must be {FORMAT!r}: is this the editor's file?")
    if not isinstance(file.values.get("story", []), list):
        raise file.error(("story",), "stories are [[story]], in double brackets")


def _offered(file: Toml) -> dict[str, Offered]:
    """Return what was offered when the file was written."""
    tables = file.values.get("offered", {})
    try:
        offered = {
            story: Offered(
                title=str(t["title"]),
                shown=tuple(t["shown"]),
                points=frozenset(t["points"]),
                refs=frozenset(t["refs"]),
            )
            for story, t in tables.items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        message = "the list of what was offered was changed; make the file again: --draft"
        raise file.error(("offered",), message) from error
    for story, offer in offered.items():
        if tables[story].get("check", offer.check) != offer.check:  # older files have none
            message = (
                "what was offered was changed, and by it your edits are known (did a “replace all” "
                "reach it?): put it back as it was here, and keep your edit under [[story]]"
            )
            raise file.error(("offered", story), message)
    return offered


def _id(file: Toml, number: int, table: Any, *, offered: Mapping[str, Offered]) -> str:
    """Return the id of a story's table, which must have been offered."""
    place: Path = ("story", number)
    if not isinstance(table, dict) or not isinstance(table.get("id"), str):
        raise file.error(place, "a [[story]] needs the id that it had")
    if table["id"] not in offered:
        raise file.error((*place, "id"), f"no story has the id {table['id']!r}{_near(offered)}")
    return str(table["id"])


def _wish(file: Toml, number: int, *, own: Offered, known: Mapping[str, frozenset[str]]) -> Wish:
    """Return what the editor asked for one story."""
    place: Path = ("story", number)
    table = file.values["story"][number]
    for key, value in table.items():
        if key not in _KEYS:
            keys = ", ".join(_KEYS)
            raise file.error((*place, key), f"there is no key {key!r}; there are {keys}")
        if not isinstance(value, _KEYS[key]):
            must = f"{key} must be {_MUST[_KEYS[key]]}, not {value!r}"
            raise file.error((*place, key), must)
    points = _listed(file, (*place, "points"), known=known, kind="point")
    split = _listed(file, (*place, "split"), known=known, kind="article")
    merge = _listed(file, (*place, "merge"), known=known, kind="story")
    title = table.get("title")
    return Wish(
        title=None if title == own.title else title,
        section=table.get("section"),
        pin=table.get("pin", False),
        drop=table.get("drop", False),
        points=None if points == own.shown or "points" not in table else points,
        comments=tuple(_comments(file, (*place, "comments"))),
        merge=merge,
        split=split,
    )


def _listed(
    file: Toml, place: Path, *, known: Mapping[str, frozenset[str]], kind: str
) -> tuple[str, ...]:
    """Return the ids at *place*, each of which must be known as of its kind and stand once."""
    names = file.values["story"][place[1]].get(place[2], [])
    seen: set[str] = set()
    for number, name in enumerate(names):
        if not isinstance(name, str) or name not in known[kind]:
            raise file.error((*place, number), f"no {kind} has the id {name!r}{_near(known[kind])}")
        if name in seen:
            raise file.error((*place, number), f"the {kind} {name!r} stands twice")
        seen.add(name)
    return tuple(names)


def _comments(file: Toml, place: Path) -> Iterator[Comment]:
    """Yield the editor's remarks, each of which needs a name and a text."""
    for number, table in enumerate(file.values["story"][place[1]].get("comments", [])):
        said = table if isinstance(table, dict) else {}
        texts = [t.strip() for t in said.values() if isinstance(t, str) and t.strip()]
        if set(said) != {"author", "text"} or len(texts) != len(said):
            must = 'a comment is { author = "A. Name", text = "…" }'
            raise file.error((*place, number), must)
        yield Comment(author=said["author"].strip(), text=said["text"].strip())


def _known(offered: Mapping[str, Offered]) -> dict[str, frozenset[str]]:
    """Return the ids that a list may name, by kind: after a merge, they come from any story."""
    return {
        "point": frozenset(name for offer in offered.values() for name in offer.points),
        "article": frozenset(ref for offer in offered.values() for ref in offer.refs),
        "story": frozenset(offered),
    }


def _near(known: Iterable[str]) -> str:
    """Return a few of the ids there are, for the message."""
    some = sorted(known)[:5]
    return f"; there are {', '.join(some)}{' …' if len(some) == 5 else ''}" if some else ""
