"""The article's head and its subheads: headline, standfirst, byline, told by place and by words."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from briefing.clean.bios import bios
from briefing.clean.blocks import Mark
from briefing.clean.header import names
from briefing.clean.lines import Line, key
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
    return _presented(_repeated([_scene(mark) for mark in marks]))


def _masthead(mark: Mark, line: int) -> Mark:
    """Return the mark of a line, the outlet's own name at the top told from a headline."""
    taken = mark.role in (Role.BODY, Role.OTHER) and is_masthead(mark.line.text, line=line)
    return Mark(mark.line, Role.LABEL, "masthead") if taken else mark


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
    above = range(max(first - _ABOVE, 0), first)
    counts = Counter([m.line.key for m in marks])
    copies = [at for at in above if _is_copied_head(marks[at], counts)]
    fitting = [at for at in above if _may_head(marks[at], first=at == 0)]
    if copies and (not fitting or _opens(marks, copies)):
        return marks[copies[0]].line.key
    if fitting:
        return _likeliest(marks, fitting, first=first, counts=counts)
    return marks[0].line.key if _is_sentences(marks) else None


def _likeliest(
    marks: Sequence[Mark], fitting: Sequence[int], *, first: int, counts: Mapping[str, int]
) -> str | None:
    """Return the words of the one of the *fitting* lines that is most likely the headline."""
    below = frozenset().union(*(m.line.words for m in marks[first : first + 6]))
    header = [at for at, m in enumerate(marks[:first]) if m.role in (Role.BYLINE, Role.TIMESTAMP)]
    best, score = None, 0.0
    for at in fitting:
        line = marks[at].line
        near = any(0 < h - at <= 5 for h in header) or first - at <= 3
        value = _promise(line, below) + near + 0.5 * (counts[line.key] > 1)
        value += (at == 0) - (first - at) * 0.04
        if value > score:
            best, score = line.key, value
    return best


def _is_copied_head(mark: Mark, counts: Mapping[str, int]) -> bool:
    """Return whether a line may be a headline pasted twice.

    Such a one looks like a picture's alternative text and its caption.
    """
    twin = mark.rule == "caption-copy" and counts[mark.line.key] > 1
    return twin and _may_head(Mark(mark.line, Role.OTHER, ""), first=False)


def _opens(marks: Sequence[Mark], copies: Sequence[int]) -> bool:
    """Return whether the page opens with a line and its copy stands apart from it.

    An alternative text and its caption stand on two lines that follow each other.
    """
    again = [at for at in copies[1:] if marks[at].line.key == marks[0].line.key]
    apart = bool(again) and marks[again[0]].line.start - marks[again[0] - 1].line.end > 1
    return copies[0] == 0 and apart


# A headline of sentences is no longer than this, in words.
_SENTENCES_WORDS = 18
# How a lead begins or goes on, and a headline of sentences hardly ever does.
_LEAD = re.compile(
    r"^(?:The|A|An|At|In|On|It|He|She|They|We|There|This|That|When|After|As)\b"
    r"|\b(?:said|says|told|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|has|have|had|was|were)\b"
    r"|\b(?i:sign up|subscribe|your inbox)\b"
    r"|[\"“”«»]|\w – |\w — |\w -+ "
)


def _is_sentences(marks: Sequence[Mark]) -> bool:
    """Return whether the first line is a headline that ends in a full stop.

    Below it stands the byline or the time of the article; or it is of two sentences or more, is
    not worded as a lead, and a paragraph twice as long follows.
    """
    if len(marks) < 2 or marks[0].role not in (Role.BODY, Role.OTHER):
        return False
    text = marks[0].line.text
    count = text.count(" ") + 1
    if not 3 <= count <= _SENTENCES_WORDS or not text.endswith((".", "…")) or "@" in text:
        return False
    if marks[1].role in (Role.BYLINE, Role.TIMESTAMP):
        return True
    below = marks[1].line.text
    several = re.search(r"[a-z]{2}[.?!] [A-Z]", text) is not None
    return several and not _LEAD.search(text) and below.count(" ") >= 2 * count


def _may_head(mark: Mark, *, first: bool) -> bool:
    """Return whether a line has the form of a headline; *first*: of the whole page."""
    text = mark.line.text
    if mark.role not in (Role.BODY, Role.OTHER) or len(text) > 200 or "@" in text:
        return False
    ended = text.endswith((".", ":", ";", ",", "…", "。"))
    return not ended and (2 if first else 3) <= text.count(" ") + 1 <= 30


def _promise(line: Line, below: Collection[str]) -> float:
    """Return how much a line is like a headline of the paragraphs *below* by its words."""
    own = [word for word in line.words if len(word) > 3]
    shared = len([word for word in own if word in below]) / max(len(own), 1)
    return 1 + min(line.text.count(" ") + 1, 8) / 4 + 3 * shared


def _titled(marks: list[Mark], words: str | None) -> tuple[list[Mark], int | None]:
    """Return the marks with the headline and its copies told, and where the headline stands."""
    if not words:
        return marks, None
    done, place = list(marks), None
    for at, mark in enumerate(marks):
        if mark.line.key == words and mark.role in (Role.BODY, Role.OTHER, Role.CAPTION):
            role = Role.TITLE if place is None else Role.REPEATED_TITLE
            place = at if place is None else place
            done[at] = Mark(mark.line, role, "title")
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
            done[at] = Mark(mark.line, Role.BYLINE, "byline-name")
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
            done[at] = Mark(marks[at].line, Role.STANDFIRST, "standfirst")
    return done


def _subheads(marks: list[Mark]) -> list[Mark]:
    """Mark short lines without an end, with a paragraph soon below them, as subheads."""
    done = list(marks)
    for at, mark in enumerate(marks):
        text = mark.line.text
        if mark.role is not Role.BODY or text.count(" ") >= _SUBHEAD_WORDS:
            continue
        if _is_open(text) and any(_is_paragraph(m) for m in marks[at + 1 : at + 4]):
            done[at] = Mark(mark.line, Role.SUBHEAD, "subhead")
    return done


def _is_open(text: str) -> bool:
    """Return whether a line ends as a subhead may: without a mark, or as a question."""
    asks = text.endswith("?") and text[0].isupper() and text.count(".") == 0
    ended = text.rstrip("\"'”’)»")[-1:] in ".!?…。,;:"
    return text[0] not in '"“«„' and (asks or not ended)


def _scene(mark: Mark) -> Mark:
    """Return the mark of a line, a caption told by its wording."""
    taken = mark.role is Role.BODY and is_scene(mark.line.text)
    return Mark(mark.line, Role.CAPTION, "caption-scene") if taken else mark


def _repeated(marks: list[Mark]) -> list[Mark]:
    """Mark later copies of a paragraph: a page that shows its text twice, or a pulled quotation."""
    seen: set[str] = set()
    done = list(marks)
    for at, mark in enumerate(marks):
        if mark.role is not Role.BODY:
            continue
        if mark.line.key in seen and mark.line.key.count(" ") >= _REPEATED_WORDS:
            done[at] = Mark(mark.line, Role.OTHER, "repeated")
        seen.add(mark.line.key)
    return done


def _presented(marks: list[Mark]) -> list[Mark]:
    """Mark the lines of the body that present the author."""
    body = [at for at, mark in enumerate(marks) if mark.role is Role.BODY]
    named = {name for m in marks if m.role is Role.BYLINE for name in names(m.line.text)}
    for place in bios([marks[at].line.text for at in body], authors=named):
        marks[body[place]] = Mark(marks[body[place]].line, Role.BIO, "bio")
    return marks
