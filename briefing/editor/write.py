"""The editor's file written: for a person to read and change, with every edit kept."""

from collections.abc import Iterable, Mapping

from briefing.compose import Candidate, Composed, Wish
from briefing.compose.wishes import NO_WISH
from briefing.editor.draft import FORMAT, Draft, Offered
from briefing.editor.stale import Present, is_gone_unnoticed, notes, points, present

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
_NO_ROOM = "# no room: pin = true prints it all the same"


def write(composed: Composed, before: Draft | None = None) -> str:
    """Return the editor's file for an edition, with all that the editor asked for kept.

    Args:
        composed: The edition, and what else might have been in it.
        before: The file as it was, None when there was none.
    """
    now = present(composed)
    no_room = {candidate.story.id for candidate in composed.fitted.cut}
    lines = [_HEADER, f"format = {_quoted(FORMAT)}", ""]
    for name, candidate in now.stories.items():
        if not _was_deleted(name, before):
            lines += _flags(name, now, before)
            lines += [_NO_ROOM] if name in no_room else []
            lines += _story(candidate, before)
    for name in _waiting(before, now.stories):
        lines += [*_flags(name, now, before), *_absent(name, before)]
    lines += ["# What was offered when this file was written. Please leave it as it is.", ""]
    for name, offer in _offers(now.stories, before).items():
        lines += [
            f"[offered.{_quoted(name)}]",
            f"title = {_quoted(offer.title)}",
            f"shown = {_list(offer.shown)}",
            f"points = {_list(sorted(offer.points))}",
            f"refs = {_list(sorted(offer.refs))}",
            f"check = {_quoted(offer.check)}",
            "",
        ]
    return "\n".join(lines)


def _was_deleted(story: str, before: Draft | None) -> bool:
    """Return whether the editor took the story's table out of the file."""
    return before is not None and story in before.offered and story not in before.places


def _waiting(before: Draft | None, now: Mapping[str, Candidate]) -> list[str]:
    """Return the stories that the editor worked on and that are not there now."""
    if before is None:
        return []
    return [s for s in before.places if s not in now and not is_gone_unnoticed(before, s)]


def _offers(now: Mapping[str, Candidate], before: Draft | None) -> dict[str, Offered]:
    """Return what is offered: now, and before as far as the editor's wishes speak of it.

    The order is that of now, unless the editor's own holds: by the difference it is known that it
    does.
    """
    offered = _still_offered(now, before)
    for name, candidate in now.items():
        offer = _offer(candidate, offered.get(name), _wish_of(name, before))
        if not (before and before.wishes.reordered):
            offered.pop(name, None)
        offered[name] = offer
    return offered


def _still_offered(now: Mapping[str, Candidate], before: Draft | None) -> dict[str, Offered]:
    """Return what was offered before, but for stories that are gone and that nobody worked on.

    Their absence from the file would count as a deletion when they come back.
    """
    if before is None:
        return {}
    wishes = before.wishes.stories
    return {
        name: offer
        for name, offer in before.offered.items()
        if name in now or name in before.guests or wishes[name] != NO_WISH
    }


def _wish_of(story: str, before: Draft | None) -> Wish:
    """Return what the editor asked for a story."""
    return before.wishes.stories.get(story, NO_WISH) if before else NO_WISH


def _offer(candidate: Candidate, before: Offered | None, wish: Wish) -> Offered:
    """Return what is offered of a story now and was before, as it would be without the wish."""
    names = frozenset(name for name, _ in points(candidate, spare=True))
    refs = frozenset(s.article.ref for s in candidate.draft.group.summaries)
    shown = tuple(name for name, _ in points(candidate, spare=False))
    return Offered(
        title=candidate.story.articles[0].title,
        shown=shown if before is None or wish.points is None else before.shown,
        points=names | (before.points if before else frozenset()),
        refs=refs | (before.refs if before else frozenset()),
    )


def _story(candidate: Candidate, before: Draft | None) -> list[str]:
    """Return the lines of one story."""
    story = candidate.story
    outlets = ", ".join(dict.fromkeys(a.outlet for a in story.articles))
    lines = ["[[story]]", f"id = {_quoted(story.id)}", f"title = {_quoted(story.headline)}"]
    lines.append(_comment(f"{story.mark.value}, day {story.day}; {outlets}"))
    lines += [_comment(f"article {article.ref}: {article.title}") for article in story.articles]
    return [*lines, *_kept(_wish_of(story.id, before)), *_point_lines(candidate), ""]


def _flags(story: str, now: Present, before: Draft | None) -> list[str]:
    """Return a line for each wish for a story that no longer fits."""
    if before is None or story not in before.places:
        return []
    return [_comment(f"stale: {what}") for _, what in notes(before, story, now)]


def _point_lines(candidate: Candidate) -> list[str]:
    """Return the lines of a story's points, the spare ones as comments."""
    shown = points(candidate, spare=False)
    names = {name for name, _ in shown}
    spare = [(n, p) for n, p in points(candidate, spare=True) if n not in names]
    return [
        "points = [",
        *(f"  {_quoted(name)},  {_comment(p.text)}" for name, p in shown),
        *(f"  # {_quoted(name)},  {_comment(p.text)}" for name, p in spare),
        "]",
    ]


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


def _absent(story: str, before: Draft | None) -> list[str]:
    """Return the lines of a story that is not there now: what the editor asked for waits."""
    wish = _wish_of(story, before)
    lines = ["[[story]]", f"id = {_quoted(story)}"]
    lines += [f"title = {_quoted(wish.title)}"] if wish.title is not None else []
    lines += _kept(wish)
    lines += [f"points = {_list(wish.points)}"] if wish.points is not None else []
    return [*lines, ""]


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
