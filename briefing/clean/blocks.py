"""Blocks: each line of the text, or part of one, marked body or not, with the rule that says so."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.clean.cuts import parts
from briefing.clean.header import byline
from briefing.clean.lines import Line, lines
from briefing.clean.rules import role_of
from briefing.clean.times import moments
from briefing.clean.weigh import Weighed, is_body
from briefing.model import Role


class Mark(NamedTuple):
    """A line with what is known of it so far; no role: still open."""

    line: Line
    role: Role | None = None
    rule: str = ""


def marked(text: str, *, zone: str) -> list[Mark]:
    """Return each line of *text*, or part of one, with its role, but for the article's head.

    Args:
        text: Repaired.
        zone: IANA zone, to read timestamps.
    """
    marks = opened(text, zone=zone)
    body = is_body([Weighed(line=m.line, role=m.role) for m in marks])
    return [
        m if m.role is not None else Mark(m.line, Role.BODY if yes else Role.OTHER, "weighed")
        for m, yes in zip(marks, body, strict=True)
    ]


def opened(text: str, *, zone: str) -> list[Mark]:
    """Return each line of *text*, or part of one, with the role that a rule gives it, if any."""
    return _captions([mark for found in lines(text) for mark in _opened(text, found, zone)])


# A timestamp may have this many letters beside its dates and times: "Published at", a weekday.
_BESIDE_TIME = 40
# An update of the same day, in the words of other languages.
_UPDATED_AT = re.compile(
    r"(?:Actualizado|Mis à jour|Aktualisiert|Обновлено|Оновлено)(?: (?:a las|à|um|в|о))? "
    r"\d\d?[:.h]\d\d"
)
# A repeated line of fewer words says nothing: "Share", "Read more".
_COPY_WORDS = 4
# An alternative text stands this near its caption, in lines.
_NEAR = 6
# The longest caption of the evaluation material has 60 words; longer is running text.
_CAPTION_WORDS = 60
# The longest caption above a line of credit; those of the evaluation material end at 30.
_CREDITED_WORDS = 30
# Words that join a sentence to the one before, and those of a report.
_ARGUES = re.compile(
    r"^(?:But|And|However|Yet|So|Nor|Still|Meanwhile|Instead|Then)\b"
    r"|\b(?:had|has) (?:said|told|been told|shown|found|not|warned)\b"
    r"|\b(?:said|told|warned|shows?|showed|claimed|announced|confirmed) (?:that\b|on [A-Z])"
    r"|[,”\"’] (?:he|she|they|it) (?:said|told|added|wrote)\b|[\"”’],? said\b"
)
# A credit named so far into its line has its own caption before it.
_OWN_CAPTION = len("Photograph: the quay")
# What signs a paragraph of an agency's report, or the report in the line below it.
_SIGNED_TEXT = re.compile(r"[.!?”\"»] (?:EFE|AFP|APA|dpa)$")
_SIGNS_TEXT = re.compile(r"\((?:[a-zäöü]{2,4}/)*(?:APA|AFP|EFE|dpa|sda)(?:/[a-zäöü]{2,4})*\)$")
# The rules that know a line that is all credit.
_CREDIT_LINES = frozenset({"credit", "credit-agency", "credit-own"})

_CAPTION_VERB = re.compile(
    r"\b(?:is|are|was|were|walks?|poses?|stands?|speaks?|attends?|address(?:es)?|gestures?|arrives?"
    r"|looks?|holds?|waits?|reacts?|shows?|leaves?|sits?|seen|pictured|smiles?|waves?|uses|watch(?:es)?|rides?|carries|gathers?"
    r"|marches)\b"
)
# "… speaks in Port Vale on June 3, 2026." A news sentence rarely ends in a whole date.
_CAPTION_DATE = re.compile(
    r"[ ,](?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|[A-Z][a-z]{2,3}\.) \d{1,2},? \d{4}\W{0,3}$"
)
_CAPTION_PLACE = re.compile(
    r"\((?:left|right|cent(?:re|er)|pictured|above|below|second (?:left|right)|far (?:left|right)"
    r"|[LRC])\)"
)
_CAPTION_START = re.compile(
    r"(?:Pictured|Above|Below|Left|Right)[,:] |(?:A stock|An|A file) (?:image|photo|picture) of\b"
    r"|This (?:graphic|image|photo|picture|photograph|file photo)\b|File (?:photo|picture|image)\b"
)


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
    covered += sum(len(again.group()) for again in _UPDATED_AT.finditer(text))
    return bool(found) and len(text) - covered <= _BESIDE_TIME


def _captions(marks: list[Mark]) -> list[Mark]:
    """Mark captions by what stands beside them, and by how only captions are worded.

    An alternative text says what the caption says, but for the credit: it is the beginning of the
    caption, or equal to it. A caption may also be followed by a line that is all credit.
    """
    keys = [mark.line.key for mark in marks]
    done = list(marks)
    for at, mark in enumerate(marks):
        count = keys[at].count(" ") + 1
        if mark.role is not None or count < _COPY_WORDS or count > _CAPTION_WORDS:
            continue
        rule = _caption_rule(mark.line, keys, at)
        if not rule and _is_above_credit(mark, marks[at + 1 : at + 2]):
            rule = "caption-above-credit"
        if rule:
            done[at] = Mark(mark.line, Role.CAPTION, rule)
    return done


def _is_above_credit(mark: Mark, below: Sequence[Mark]) -> bool:
    """Return whether *mark* is a caption by the line *below*, which is all credit.

    The last paragraph above a picture stands there, too: it is longer, argues or reports. A
    credit that holds its own caption ("Photograph: the quay. Credit: Ada Vale") needs no other.
    """
    if not below or below[0].rule not in _CREDIT_LINES:
        return False
    text, credit = mark.line.text, below[0].line.text
    if _SIGNED_TEXT.search(text) or _SIGNS_TEXT.match(credit):
        return False
    return (
        len("Photo: ") < len(credit)
        and credit.lower().find("credit: ") < _OWN_CAPTION
        and text.count(" ") < _CREDITED_WORDS
        and not _ARGUES.search(text)
    )


def _caption_rule(line: Line, keys: Sequence[str], at: int) -> str:
    """Return the name of the rule that knows *line*, at *at*, as a caption; else nothing."""
    own = line.key
    for near in range(max(at - _NEAR, 0), min(at + _NEAR + 1, len(keys))):
        if near != at and keys[near].startswith(own) and len(keys[near]) <= len(own) + 60:
            return "caption-copy"
    middle = len(own) // 2
    if len(own) % 2 and own[middle] == " " and own[:middle] == own[middle + 1 :]:
        return "caption-doubled"
    return "caption-worded" if _is_worded_as_caption(line.text) else ""


def _is_worded_as_caption(text: str) -> bool:
    """Return whether *text* says what a picture shows."""
    if _CAPTION_START.match(text):
        return True
    if "(" in text and _CAPTION_PLACE.search(text):
        return True
    dated = text[-6:].strip(" .)")[-4:].isdigit() and _CAPTION_DATE.search(text[-30:])
    return bool(dated) and bool(_CAPTION_VERB.search(text))
