"""The editor's file, edition.toml: written for a person, read back strictly, never edited away.

The file lists the stories and points in order, each by its id. What the editor changes is a
`Wish` to the composer. At its end stands what was offered when the file was written: by it a
deletion is told from a late arrival, a stale edit from a wrong id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.compose import Candidate, Composed, Wish, Wishes, point_id
from briefing.edition import Comment
from briefing.model import KeyPoint
from briefing.toml import Path, Toml, parse

NAME = "edition.toml"
FORMAT = "briefing.draft/1"

_HEADER = """\
# Edit this file, then run `briefing daily` again: it takes late articles in and keeps your edits.
# Move a [[story]] to reorder. Change `title` or `section`. Write `pin = true` to print a story
# first and whatever the length, `drop = true` to leave it out. Delete a point's line, or move it,
# or take the # away from a spare one. Set two stories together with merge = ["the other's id"],
# set articles apart with split = ["their refs"]. A comment needs a name:
# comments = [{ author = "A. Name", text = "Ask the ministry." }]
# A [[story]] that you delete is dropped. Your own lines with # are not kept. `briefing publish`
# signs the edition off.
"""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the editor's file says."""

    file: Toml
    wishes: Wishes
    offered: Mapping[str, Offered]
    """By story id."""

    places: Mapping[str, int]
    """The number of each story's table in the file, by id."""


def read(text: str | bytes, name: str = NAME) -> Draft:
    """Return what the editor's file says.

    Raises:
        ConfigError: It is not TOML, has a key that there is not, a value that cannot be, or an id
            that was never offered; the message names the line.
    """
    file = parse(text, name)
    for key in file.values:
        if key not in ("format", "story", "offered"):
            raise file.error((key,), f"there is no key {key!r} here; stories are [[story]]")
    if file.values.get("format") != FORMAT:
        raise file.error(("format",), f"format must be {FORMAT!r}: is this the editor's file?")
    offered = _offered(file)
    places: dict[str, int] = {}
    wishes: dict[str, Wish] = {}
    tables = file.values.get("story", [])
    if not isinstance(tables, list):
        raise file.error(("story",), "stories are [[story]], in double brackets")
    for number, table in enumerate(tables):
        story = _id(file, number, table, offered=offered)
        if story in places:
            raise file.error(("story", number, "id"), f"the story {story!r} stands twice")
        places[story] = number
        wishes[story] = _wish(file, number, offered=offered)
    # A story that the editor's file no longer has was deleted, unless another took it in.
    merged = {guest for wish in wishes.values() for guest in wish.merge}
    gone = [story for story in offered if story not in wishes and story not in merged]
    wishes |= {story: Wish(drop=True) for story in gone}
    listed = [story for story in offered if story in places]
    return Draft(
        file=file,
        wishes=Wishes(stories=wishes, reordered=listed != list(places)),
        offered=offered,
        places=places,
    )


def stale(draft: Draft, composed: Composed) -> tuple[str, ...]:
    """Return what the editor asked for and no longer fits, a line each, with its place.

    A story that is gone, a point whose article changed, an article to set apart that is no
    longer there.
    """
    now = {c.story.id: c for c in _candidates(composed)}
    return tuple(
        f"{draft.file.name}:{draft.file.line(place)}: stale: {what}"
        for story in draft.places
        for place, what in _stale(draft, story, now)
    )


def write(composed: Composed, before: Draft | None = None) -> str:
    """Return the editor's file for an edition, with all that the editor asked for kept.

    Args:
        composed: The edition, and what else might have been in it.
        before: The file as it was, None when there was none.
    """
    wishes = before.wishes.stories if before else {}
    notes: dict[str, list[str]] = {}
    now = {c.story.id: c for c in _candidates(composed)}
    for story in before.places if before else ():
        notes[story] = [what for _, what in _stale(before, story, now)] if before else []
    offered = dict(before.offered) if before else {}
    lines = [_HEADER, f"format = {_quoted(FORMAT)}", ""]
    for candidate in _candidates(composed):
        name = candidate.story.id
        wish = wishes.get(name, Wish())
        offer = _offer(candidate, offered.get(name), wish)
        if not (before and before.wishes.reordered):
            offered.pop(name, None)  # so that the order offered is the one that stands now
        offered[name] = offer
        if not (before and wish.drop and name not in before.places):
            lines += _story(candidate, wish, composed=composed, notes=notes.get(name, []))
    lines += _absent(wishes, now, notes=notes, places=before.places if before else {})
    lines += ["# What was offered when this file was written. Please leave it as it is.", ""]
    for name, offer in offered.items():
        lines += [
            f"[offered.{_quoted(name)}]",
            f"title = {_quoted(offer.title)}",
            f"shown = {_list(offer.shown)}",
            f"points = {_list(sorted(offer.points))}",
            f"refs = {_list(sorted(offer.refs))}",
            "",
        ]
    return "\n".join(lines)


def _candidates(composed: Composed) -> Iterator[Candidate]:
    """Yield every story: printed, without room, dropped."""
    yield from composed.fitted.printed
    yield from composed.fitted.cut
    yield from composed.refused


def _offered(file: Toml) -> dict[str, Offered]:
    """Return what was offered when the file was written."""
    tables = file.values.get("offered", {})
    try:
        return {
            story: Offered(
                title=t["title"],
                shown=tuple(t["shown"]),
                points=frozenset(t["points"]),
                refs=frozenset(t["refs"]),
            )
            for story, t in tables.items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        message = "the list of what was offered was changed; make the file again: --draft"
        raise file.error(("offered",), message) from error


def _id(file: Toml, number: int, table: Any, *, offered: Mapping[str, Offered]) -> str:
    """Return the id of a story's table, which must have been offered."""
    place: Path = ("story", number)
    if not isinstance(table, dict) or not isinstance(table.get("id"), str):
        raise file.error(place, "a [[story]] needs the id that it had")
    if table["id"] not in offered:
        raise file.error((*place, "id"), f"no story has the id {table['id']!r}{_near(offered)}")
    return str(table["id"])


def _wish(file: Toml, number: int, *, offered: Mapping[str, Offered]) -> Wish:
    """Return what the editor asked for one story."""
    place: Path = ("story", number)
    table = file.values["story"][number]
    for key, value in table.items():
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise file.error((*place, key), f"there is no key {key!r}; there are {known}")
        if not isinstance(value, _KEYS[key]):
            must = f"{key} must be {_MUST[_KEYS[key]]}, not {value!r}"
            raise file.error((*place, key), must)
    own = offered[table["id"]]
    points = _listed(file, (*place, "points"), allowed=_all_points(offered), kind="point")
    split = _listed(file, (*place, "split"), allowed=_all_refs(offered), kind="article")
    merge = _listed(file, (*place, "merge"), allowed=offered.keys(), kind="story")
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


def _listed(file: Toml, place: Path, *, allowed: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the ids at *place*, each of which must be among *allowed* and stand once."""
    known = frozenset(allowed)
    names = file.values["story"][place[1]].get(place[2], [])
    for number, name in enumerate(names):
        if not isinstance(name, str) or name not in known:
            raise file.error((*place, number), f"no {kind} has the id {name!r}{_near(known)}")
        if name in names[:number]:
            raise file.error((*place, number), f"the {kind} {name!r} stands twice")
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


def _all_points(offered: Mapping[str, Offered]) -> Iterator[str]:
    """Yield the ids of all points: after a merge, a story's points come from several."""
    for offer in offered.values():
        yield from offer.points


def _all_refs(offered: Mapping[str, Offered]) -> Iterator[str]:
    """Yield the refs of all articles."""
    for offer in offered.values():
        yield from offer.refs


def _near(known: Iterable[str]) -> str:
    """Return a few of the ids there are, for the message."""
    some = sorted(known)[:5]
    return f"; there are {', '.join(some)}{' …' if len(some) == 5 else ''}" if some else ""


def _stale(draft: Draft, story: str, now: Mapping[str, Candidate]) -> Iterator[tuple[Path, str]]:
    """Yield place and reason of each wish for a story that no longer fits."""
    place: Path = ("story", draft.places[story])
    wish = draft.wishes.stories[story]
    candidate = now.get(story)
    if candidate is None:
        merged = any(story in other.merge for other in draft.wishes.stories.values())
        if not merged:
            yield place, f"the story {story} is no longer there"
        return
    there = {name for c in now.values() for name, _ in _points(c, everything=True)}
    for number, name in enumerate(wish.points or ()):
        if name not in there:
            yield (*place, "points", number), f"the article changed: point {name} is gone"
    refs = {s.article.ref for c in now.values() for s in c.draft.group.summaries}
    for number, ref in enumerate(wish.split):
        if ref not in refs:
            yield (*place, "split", number), f"the article {ref} is no longer there"
    for number, guest in enumerate(wish.merge):
        if not draft.offered[guest].refs & refs:
            yield (*place, "merge", number), f"the story {guest} is no longer there"


def _points(candidate: Candidate, *, everything: bool = False) -> list[tuple[str, KeyPoint]]:
    """Return id and point of what a story shows, or of all that it might."""
    articles = {s.article.ref: s.article for s in candidate.draft.group.summaries}
    points = candidate.story.points
    shown = (*points, *candidate.spare) if everything else points
    return [(point_id(p, articles), p) for p in shown]


def _offer(candidate: Candidate, before: Offered | None, wish: Wish) -> Offered:
    """Return what is offered of a story now and was before, as it would be without the wish."""
    points = frozenset(name for name, _ in _points(candidate, everything=True))
    refs = frozenset(s.article.ref for s in candidate.draft.group.summaries)
    shown = tuple(name for name, _ in _points(candidate))
    return Offered(
        title=candidate.story.articles[0].title,
        shown=shown if before is None or wish.points is None else before.shown,
        points=points | (before.points if before else frozenset()),
        refs=refs | (before.refs if before else frozenset()),
    )


def _story(
    candidate: Candidate, wish: Wish, *, composed: Composed, notes: Sequence[str]
) -> list[str]:
    """Return the lines of one story."""
    story = candidate.story
    outlets = ", ".join(dict.fromkeys(a.outlet for a in story.articles))
    lines = [f"# stale: {note}" for note in notes]
    if candidate in composed.fitted.cut:
        lines.append("# no room: pin = true prints it all the same")
    lines += ["[[story]]", f"id = {_quoted(story.id)}", f"title = {_quoted(story.headline)}"]
    lines.append(_comment(f"{story.mark.value}, day {story.day}; {outlets}"))
    lines += [f"# article {article.ref}: {article.title}" for article in story.articles]
    lines = [_comment(line[2:]) if line.startswith("# ") else line for line in lines]
    lines += _kept(wish)
    lines.append("points = [")
    lines += [f"  {_quoted(name)},  {_comment(p.text)}" for name, p in _points(candidate)]
    shown = {name for name, _ in _points(candidate)}
    spare = [(n, p) for n, p in _points(candidate, everything=True) if n not in shown]
    lines += [f"  # {_quoted(name)},  {_comment(p.text)}" for name, p in spare]
    return [*lines, "]", ""]


def _kept(wish: Wish) -> list[str]:
    """Return the lines of what the editor asked for a story, its title and points apart."""
    lines = [f"section = {_quoted(wish.section)}"] if wish.section is not None else []
    lines += ["pin = true"] if wish.pin else []
    lines += ["drop = true"] if wish.drop else []
    for key, names in (("merge", wish.merge), ("split", wish.split)):
        if names:
            lines.append(f"{key} = {_list(names)}")
    if wish.comments:
        said = (
            f"  {{ author = {_quoted(c.author)}, text = {_quoted(c.text)} }},"
            for c in wish.comments
        )
        lines += ["comments = [", *said, "]"]
    return lines


def _absent(
    wishes: Mapping[str, Wish],
    now: Mapping[str, Candidate],
    *,
    notes: Mapping[str, Sequence[str]],
    places: Mapping[str, int],
) -> list[str]:
    """Return the lines of stories that the editor worked on and that are not there now."""
    lines: list[str] = []
    merged = {guest for wish in wishes.values() for guest in wish.merge}
    for story in places:
        if story in now or story in merged:
            continue
        wish = wishes[story]
        lines += [_comment(f"stale: {note}") for note in notes.get(story, ())]
        lines += ["[[story]]", f"id = {_quoted(story)}"]
        lines += [f"title = {_quoted(wish.title)}"] if wish.title is not None else []
        lines += _kept(wish)
        if wish.points is not None:
            lines.append(f"points = {_list(wish.points)}")
        lines.append("")
    return lines


def _comment(text: str) -> str:
    """Return *text* as a comment of one line, with nothing in it that could end the line."""
    return "# " + "".join(c if c.isprintable() else " " for c in text)


def _list(texts: Iterable[str]) -> str:
    """Return texts as a TOML array on one line."""
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _quoted(text: str) -> str:
    r"""Return *text* as a TOML string.

    >>> print(_quoted('a "b"\n'))
    "a \"b\"\U0000000A"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    safe = (c if c.isprintable() or c == " " else f"\\U{ord(c):08X}" for c in escaped)
    return f'"{"".join(safe)}"'
