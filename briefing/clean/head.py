"""The article's head and its subheads: headline, standfirst, byline, told by place and by words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefing.clean.blocks import Mark
from briefing.clean.header import names
from briefing.clean.lines import key
from briefing.clean.outlet import is_masthead
from briefing.clean.scenes import is_scene
from briefing.model import Role

# How far above the first paragraph a headline is looked for, in lines.
_ABOVE = 40
# A subhead has at most this many words; a paragraph without an end has more.
_SUBHEAD_WORDS = 12
# Longer lines than this do not recur in an article; shorter ones may, in tables and lists.
_REPEATED_WORDS = 12


def headed(marks: list[Mark], *, title: str | None) -> list[Mark]:
    """Return *marks* with headline, standfirst, byline and subheads told from the body.

    Args:
        marks: Every line with a role.
        title: The headline where the reader knows it already.
    """
    marks = [_masthead(mark, line) for line, mark in enumerate(marks)]
    first = next((at for at, m in enumerate(marks) if _is_paragraph(m)), len(marks))
    words = key(title) if title else _headline(marks, first)
    marks, place = _titled(marks, words)
    marks = _named(marks, first=first, place=place)
    marks = _standfirst(marks, place=place)
    marks = _subheads(marks)
    return _repeated([_scene(mark) for mark in marks])


def _masthead(mark: Mark, line: int) -> Mark:
    """Return the mark of a line, the outlet's own name at the top told from a headline."""
    taken = mark.role in (Role.BODY, Role.OTHER) and is_masthead(mark.line.text, line=line)
    return replace(mark, role=Role.LABEL, rule="masthead") if taken else mark


def head_of(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return the lines about the headline and down to the first paragraph: where times stand."""
    place = next((at for at, m in enumerate(marks) if m.role is Role.TITLE), None)
    body = (at for at, m in enumerate(marks) if _is_paragraph(m) and at > (place or 0))
    first = next(body, len(marks))
    return marks[max((first if place is None else place) - 3, 0) : first + 3]


def _is_paragraph(mark: Mark) -> bool:
    """Return whether a mark is a whole paragraph of running text."""
    text = mark.line.text
    ends = text.rstrip("\"'”’)»").endswith((".", "!", "?", "…", "。"))
    return mark.role is Role.BODY and ends and text.count(" ") >= 9


def _headline(marks: Sequence[Mark], first: int) -> str | None:
    """Return the words of the line that is most likely the headline, None when none is.

    A headline stands above the first paragraph, near it or near its byline, shares words with the
    paragraphs below, and may stand there twice.
    """
    counts = Counter(m.line.key for m in marks)
    below = {w for m in marks[first : first + 6] for w in m.line.key.split() if len(w) > 3}
    header = [at for at, m in enumerate(marks[:first]) if m.role in (Role.BYLINE, Role.TIMESTAMP)]
    best, score = None, 0.0
    for at in range(max(first - _ABOVE, 0), first):
        mark = marks[at]
        count = mark.line.text.count(" ") + 1
        text = mark.line.text
        unfit = text.endswith((".", ":", ";", ",", "…", "。")) or "@" in text or len(text) > 200
        if (
            mark.role not in (Role.BODY, Role.OTHER)
            or unfit
            or not (2 if at == 0 else 3) <= count <= 30
        ):
            continue
        own = [word for word in mark.line.key.split() if len(word) > 3]
        shared = sum(word in below for word in own) / max(len(own), 1)
        near = any(0 < h - at <= 5 for h in header) or first - at <= 3
        value = 1 + min(count, 8) / 4 + 3 * shared + near + 0.5 * (counts[mark.line.key] > 1)
        value += (at == 0) - (first - at) * 0.04
        if value > score:
            best, score = mark.line.key, value
    return best


def _titled(marks: list[Mark], words: str | None) -> tuple[list[Mark], int | None]:
    """Return the marks with the headline and its copies told, and where the headline stands."""
    if not words:
        return marks, None
    done, place = list(marks), None
    for at, mark in enumerate(marks):
        if mark.line.key == words and mark.role in (Role.BODY, Role.OTHER, Role.CAPTION):
            role = Role.TITLE if place is None else Role.REPEATED_TITLE
            place = at if place is None else place
            done[at] = replace(mark, role=role, rule="title")
    return done, place


def _named(marks: list[Mark], *, first: int, place: int | None) -> list[Mark]:
    """Mark a line that is only names, between the headline and the body, as the byline."""
    if place is None or any(m.role is Role.BYLINE and names_in(m) for m in marks[place:first]):
        return marks
    done = list(marks)
    for at in range(place + 1, min(first, place + 12)):
        mark = marks[at]
        fits = mark.role in (Role.OTHER, Role.BODY) and len(mark.line.text) < 100
        if fits and names(mark.line.text) and not is_masthead(mark.line.text, line=0):
            done[at] = replace(mark, role=Role.BYLINE, rule="byline-name")
            break
    return done


def names_in(mark: Mark) -> bool:
    """Return whether a byline names anybody, for a lone "By" does not."""
    return mark.line.key not in ("by", "author", "authors", "written by")


def _standfirst(marks: list[Mark], *, place: int | None) -> list[Mark]:
    """Mark the lines between the headline and a byline or time close below as the standfirst."""
    if place is None:
        return marks
    below = range(place + 1, min(place + 5, len(marks)))
    header = next((a for a in below if marks[a].role in (Role.BYLINE, Role.TIMESTAMP)), None)
    if header is None:
        return marks
    done = list(marks)
    for at in range(place + 1, header):
        if marks[at].role in (Role.BODY, Role.OTHER) and marks[at].line.text.count(" ") >= 4:
            done[at] = replace(marks[at], role=Role.STANDFIRST, rule="standfirst")
    return done


def _subheads(marks: list[Mark]) -> list[Mark]:
    """Mark short lines without an end, with a paragraph soon below them, as subheads."""
    done = list(marks)
    for at, mark in enumerate(marks):
        text = mark.line.text
        if mark.role is not Role.BODY or text.count(" ") >= _SUBHEAD_WORDS:
            continue
        asks = text.endswith("?") and text[0].isupper() and text.count(".") == 0
        if text[0] in '"“«„' or (text.rstrip("\"'”’)»")[-1:] in ".!?…。,;:" and not asks):
            continue
        if any(_is_paragraph(m) for m in marks[at + 1 : at + 4]):
            done[at] = replace(mark, role=Role.SUBHEAD, rule="subhead")
    return done


def _scene(mark: Mark) -> Mark:
    """Return the mark of a line, a caption told by its wording."""
    taken = mark.role is Role.BODY and is_scene(mark.line.text)
    return replace(mark, role=Role.CAPTION, rule="caption-scene") if taken else mark


def _repeated(marks: list[Mark]) -> list[Mark]:
    """Mark later copies of a paragraph: a page that shows its text twice, or a pulled quotation."""
    seen: set[str] = set()
    done = list(marks)
    for at, mark in enumerate(marks):
        if mark.role is not Role.BODY:
            continue
        if mark.line.key in seen and mark.line.key.count(" ") >= _REPEATED_WORDS:
            done[at] = replace(mark, role=Role.OTHER, rule="repeated")
        seen.add(mark.line.key)
    return done
