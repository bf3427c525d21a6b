"""Blocks: each line of the text, or part of one, marked body or not, with the rule that says so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.clean.cuts import parts
from briefing.clean.header import byline, names
from briefing.clean.lines import Line, key, lines
from briefing.clean.rules import role_of
from briefing.clean.times import moments
from briefing.clean.weigh import Weighed, is_body
from briefing.model import Block, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line with what is known of it so far; no role: still open."""

    line: Line
    role: Role | None = None
    rule: str = ""


def blocks(text: str, *, title: str | None, zone: str) -> tuple[Block, ...]:
    """Return each line of *text*, or part of one, with its role, in order.

    Args:
        text: Repaired.
        title: The headline when the reader already knows it; else it is found in the text.
        zone: IANA zone, to read timestamps.
    """
    marks = _weighed(opened(text, zone=zone))
    marks = _titled(marks, title)
    marks = _named(marks)
    return tuple(
        Block(start=m.line.start, end=m.line.end, role=m.role or Role.BODY, rule=m.rule)
        for m in marks
    )


def opened(text: str, *, zone: str) -> list[Mark]:
    """Return each line of *text*, or part of one, with the role that a rule gives it, if any."""
    return _copies([mark for found in lines(text) for mark in _opened(text, found, zone)])


# A timestamp may have this many letters beside its dates and times: "Published at", a weekday.
_BESIDE_TIME = 40
# A repeated line of fewer words says nothing: "Share", "Read more".
_COPY_WORDS = 4
# Longer lines than this do not recur in an article; shorter ones may, in tables and lists.
_REPEATED_WORDS = 12


def _opened(text: str, found: Line, zone: str) -> Iterator[Mark]:
    """Yield *found* with the role that a rule gives it alone, else its parts."""
    known = role_of(found.text)
    if known:
        yield Mark(line=found, role=known[0], rule=known[1])
    elif _is_timestamp(found.text, zone):
        yield Mark(line=found, role=Role.TIMESTAMP, rule="timestamp")
    elif byline(found.text) is not None:
        yield Mark(line=found, role=Role.BYLINE, rule="byline")
    else:
        for part, role, rule in parts(text, found):
            yield Mark(line=part, role=role, rule=rule)


def _is_timestamp(text: str, zone: str) -> bool:
    """Return whether *text* holds a date and hardly anything else."""
    if len(text) > 150:
        return False
    found = moments(text, zone=zone)
    covered = sum(moment.end - moment.start for moment in found)
    return bool(found) and len(text) - covered <= _BESIDE_TIME and not text.endswith(".\u201d")


def _copies(marks: list[Mark]) -> list[Mark]:
    """Mark the alternative text that a page puts beside its caption, and later copies of a line.

    An alternative text says what the caption says, but for the credit: it is the caption's
    beginning. No paragraph of an article repeats another.
    """
    seen: set[str] = set()
    done = list(marks)
    for at, mark in enumerate(marks):
        words = mark.line.key
        if mark.role is not None or words.count(" ") + 1 < _COPY_WORDS:
            continue
        after = marks[at + 1].line.key if at + 1 < len(marks) else ""
        before = marks[at - 1].line.key if at else ""
        if after.startswith(words) or before == words:
            done[at] = replace(mark, role=Role.CAPTION, rule="caption-copy")
            if after == words and marks[at + 1].role is None:
                done[at + 1] = replace(marks[at + 1], role=Role.CAPTION, rule="caption-copy")
        elif words in seen and words.count(" ") >= _REPEATED_WORDS:
            done[at] = replace(mark, role=Role.OTHER, rule="repeated")
        seen.add(words)
    return done


def _weighed(marks: list[Mark]) -> list[Mark]:
    """Decide on all that is still open by its shape and place."""
    body = is_body([Weighed(line=m.line, role=m.role) for m in marks])
    return [
        m
        if m.role is not None
        else replace(m, role=Role.BODY if yes else Role.OTHER, rule="weighed")
        for m, yes in zip(marks, body, strict=True)
    ]


def _titled(marks: list[Mark], title: str | None) -> list[Mark]:
    """Mark the headline and each later copy of it."""
    words = key(title) if title else _headline(marks)
    if not words:
        return marks
    done, role = [], Role.TITLE
    for mark in marks:
        if mark.line.key == words and mark.role in (Role.BODY, Role.OTHER, Role.CAPTION, None):
            done.append(replace(mark, role=role, rule="title"))
            role = Role.REPEATED_TITLE
        else:
            done.append(mark)
    return done


def _headline(marks: Sequence[Mark]) -> str | None:
    """Return the words of the line that is most likely the headline, None when none is."""
    first = next((at for at, m in enumerate(marks) if _is_paragraph(m)), len(marks))
    counts = Counter(m.line.key for m in marks)
    best, score = None, 0.0
    for at, mark in enumerate(marks[:first]):
        count = len(mark.line.text.split())
        if mark.role not in (Role.BODY, Role.OTHER) or not 3 <= count <= 30:
            continue
        if mark.line.text.endswith((".", ":", ";", ",", "…")):
            continue
        value = (
            1 + min(count, 8) / 8 + (counts[mark.line.key] > 1) + (at == 0) - (first - at) * 0.01
        )
        if value > score:
            best, score = mark.line.key, value
    return best


def _is_paragraph(mark: Mark) -> bool:
    """Return whether a mark is a whole paragraph of running text."""
    text = mark.line.text
    return (
        mark.role is Role.BODY
        and text.count(" ") >= 9
        and text.rstrip("\"'”’)»").endswith((".", "!", "?"))
    )


def _named(marks: list[Mark]) -> list[Mark]:
    """Mark a line that is a name, beside the headline or the time, as the byline."""
    done = list(marks)
    near = (Role.TITLE, Role.TIMESTAMP, Role.BYLINE, Role.STANDFIRST)
    for at, mark in enumerate(marks):
        beside = [m.role for m in marks[max(at - 2, 0) : at + 3]]
        fits = mark.role in (Role.OTHER, Role.BODY) and any(r in near for r in beside)
        if fits and len(mark.line.text) < 100 and names(mark.line.text):
            done[at] = replace(mark, role=Role.BYLINE, rule="byline-name")
    return done
