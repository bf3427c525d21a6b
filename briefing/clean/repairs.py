"""Named repairs of damaged text, in the order in which they are made."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from briefing.clean.offsets import Edit, compose, edited
from briefing.clean.wraps import unwrap
from briefing.model import OffsetMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One defect that is mended wherever it stands."""

    name: str
    what: str
    """The defect, as a reader would describe it."""

    why: str
    """Where it comes from, and what is deliberately left alone."""

    pattern: str
    """What the defect looks like. Linear: no nested repetition."""

    mend: Callable[[str], str]
    """What to put in its place."""


# Entities that some publishing systems write though HTML has never had them.
_BROKEN_ENTITIES = {"squot": "'", "dquot": '"', "lsquot": "‘", "rsquot": "’", "bquot": '"'}
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_INVISIBLE = (
    "\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)


def _entities(found: str) -> str:
    """Return the characters that entities stand for, also when they were escaped twice."""
    for _ in range(4):
        known = re.sub(r"&(\w{1,20});", lambda m: _BROKEN_ENTITIES.get(m[1].lower(), m[0]), found)
        after = html.unescape(known)
        if after == found:
            break
        found = after
    # A non-breaking space or a soft hyphen may just have come out.
    return re.sub(f"[{_INVISIBLE}]", "", re.sub(f"[{_SPACES}{_BREAKS}\n]", " ", found))


def _windows(found: str) -> str:
    """Return the quotation marks and dashes that Windows puts where Unicode has controls."""
    return found.encode("latin-1").decode("cp1252", "ignore")


REPAIRS = (
    Repair(
        name="line-ends",
        what="lines end as on Windows or old Macs, or with a break that only Unicode knows",
        why="Copying between systems. All become one newline; an empty line stays one.",
        pattern=f"\r\n?|[{_BREAKS}]",
        mend=lambda _: "\n",
    ),
    Repair(
        name="entities",
        what="`&amp;`, `&#8217;`, `&squot;` stand where a character should",
        why="Escaped twice, or by a system with entities of its own. Only with their semicolon: "
        "`AT&T` and a query string stay.",
        pattern=r"&(?:#?\w{1,31};){1,4}",
        mend=_entities,
    ),
    Repair(
        name="windows-controls",
        what="control characters 0x80 to 0x9F",
        why="Windows-1252 read as Latin-1; the quotation marks come back.",
        pattern="[\x80-\x84\x86-\x9f]",
        mend=_windows,
    ),
    Repair(
        name="controls",
        what="control characters",
        why="Left by terminals and word processors. Tab and newline are none.",
        # A terminal's whole sequence, for "1A" and "2J" left of it would count as words.
        pattern="(?:\x1b(?:\\[[0-?]{0,32}[@-~])?|[\x00-\x08\x0e-\x1a\x1f\x7f])+",
        mend=lambda _: "",
    ),
    Repair(
        name="invisible",
        what="zero-width spaces, soft hyphens, marks of direction",
        why="They split words for the machine and not for the reader. The joiners that Persian and "
        "Indic scripts are spelled with stay.",
        pattern=f"[{_INVISIBLE}]+",
        mend=lambda _: "",
    ),
    Repair(
        name="ligatures",
        what="ﬁ and ﬂ as one character",
        why="Text out of PDF files. Spelled out, so that words are found.",
        pattern="[\ufb00-\ufb06]",
        mend=lambda found: unicodedata.normalize("NFKC", found),
    ),
    Repair(
        name="composed",
        what="a letter and its accent as two characters",
        why="macOS file names and some PDF files. The same name must be one name.",
        pattern="\\w[\u0300-\u036f]{1,4}",
        mend=lambda found: unicodedata.normalize("NFC", found),
    ),
    Repair(
        name="spaces",
        what="non-breaking and other odd spaces, tabs, several spaces in a row",
        why="Layout, which a briefing has of its own.",
        pattern=f"[ \t{_SPACES}]{{2,}}|[\t{_SPACES}]",
        mend=lambda _: " ",
    ),
)

# What mojibake is made of: UTF-8 read as Windows-1252 or Latin-1 shows one of these pairs.
_LEADS = "ÂÃâÐÑðÅÄÎÏ"
_MOJIBAKE = re.compile("[ÂÃâÐÑðÅÄÎÏ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_SUSPECT = re.compile(
    "(?<![^ \n\t])[^ \n\t]*[ÂÃâÐÑðÅÄÎÏ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ][^ \n\t]*"
)


def repair(text: str) -> tuple[str, OffsetMap, tuple[str, ...]]:
    r"""Return *text* repaired, the map back to it, and the names of the repairs that were made.

    >>> text, offsets, made = repair("The group&squot;s \u200bcoup\r\n")
    >>> text, offsets.span(9, 10), made
    ("The group's coup\n", (9, 16), ('entities', 'invisible', 'line-ends'))
    """
    offsets = OffsetMap()
    made: set[str] = set()
    for step in (_mojibake, _characters, _wraps, _splits):
        edits = list(step(text, made))
        if edits:
            text, there = edited(text, edits)
            offsets = compose(offsets, there)
    return text, offsets, tuple(sorted(made))


def _mojibake(text: str, made: set[str]) -> Iterator[Edit]:
    """Yield an edit for each word that was decoded with the wrong encoding."""
    if text.isascii() or not any(lead in text for lead in _LEADS) or not _MOJIBAKE.search(text):
        return
    from ftfy import fix_encoding  # half a tenth of a second that clean text need not wait for

    for word in _SUSPECT.finditer(text):
        fixed = fix_encoding(word[0])
        if fixed != word[0]:
            made.add("mojibake")
            yield Edit(start=word.start(), end=word.end(), replacement=fixed)


def _characters(text: str, made: set[str]) -> Iterator[Edit]:
    """Yield an edit for each defect of the table, in one pass."""
    expression, mends = _table()
    done = 0
    for hint in _hints(text):
        if hint < done:  # within the defect before, perhaps a million spaces of it
            continue
        found = expression.match(text, max(hint - 1, done)) or expression.match(text, hint)
        if not found:
            continue
        done = found.end()
        index = found.lastindex or 1
        name, mend = mends[index - 1]
        replacement = mend(found[0])
        if replacement != found[0]:
            made.add(name)
            yield Edit(start=found.start(), end=found.end(), replacement=replacement)


# The first letters of all defects but several spaces in a row: where to look, ten times faster than
# trying the whole table at every letter. An accent stands one letter after its defect's start.
_FIRST = (
    f"[&\\r\\t\\x00-\\x08\\x0e-\\x1b\\x1f\\x7f-\\x9f{_SPACES}{_BREAKS}{_INVISIBLE}"
    "\ufb00-\ufb06\u0300-\u036f]"
)
_HINT = re.compile(_FIRST)
_HINT_SPACES = re.compile(f"{_FIRST}|  ")


def _hints(text: str) -> list[int]:
    """Return the places where a defect may stand."""
    hint = _HINT_SPACES if "  " in text else _HINT
    return [found.start() for found in hint.finditer(text)]


@cache
def _table() -> tuple[re.Pattern[str], tuple[tuple[str, Callable[[str], str]], ...]]:
    """Return one expression for the whole table, a group for each row, and the rows."""
    expression = re.compile("|".join(f"({repair.pattern})" for repair in REPAIRS))
    return expression, tuple((repair.name, repair.mend) for repair in REPAIRS)


def _wraps(text: str, made: set[str]) -> Iterator[Edit]:
    """Yield an edit for each line break that only a narrow window put there."""
    for start, end, between in unwrap(text):
        made.add("hard-wraps")
        yield Edit(start=start, end=end, replacement=between)


# A sentence broken over two paragraphs: eight words and more that stop at a letter or a comma, and
# a line in lower case that ends as a sentence does. Shorter ones are labels and lists.
# The search goes from newline to newline and looks back there: .002 ms an article, where looking
# back at each letter took .12.
_SPLIT = re.compile(r"\n(?:(?<=[\w,]\n)|(?<=[\w,] \n))(?: ?\n){0,2}(?=[^\W\d_])")
_SPLIT_WORDS = 8
# A headline stops at a letter, too, and a line in lower case may stand below it ("is our editor in
# Lund."), but it is no longer than this and does not stop at one of these words.
_HEADLINE_WORDS = 20
_HANGING = frozenset(
    """a an the this these those his her its their our your my of to in on at by for from with and
    or but that which who whose than as not was were had has have would could will""".split()
)


def _splits(text: str, made: set[str]) -> Iterator[Edit]:
    """Yield an edit for each break that parts a sentence, a blank line within it or none."""
    for found in _SPLIT.finditer(text):
        start, end = found.span()
        if not text[end].islower():
            continue
        start -= text[start - 1] == " "
        above = text[text.rfind("\n", 0, start) + 1 : start].lstrip()
        below = text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1].rstrip()
        if _is_split(above, below):
            made.add("split-sentences")
            yield Edit(start=start, end=end, replacement=" ")


def _is_split(above: str, below: str) -> bool:
    """Return whether two lines are one sentence.

    >>> _is_split("The board came under pressure on Monday to hear the", "harbour master in May.")
    True
    """
    first = below.split(maxsplit=1)[0]
    return (
        above.count(" ") + 1 > (_SPLIT_WORDS if _hangs(above) else _HEADLINE_WORDS)
        and above[0] not in "•-–—*"
        and not above[0].islower()
        and below.count(" ") >= 2
        and below.rstrip("\"'”’)»")[-1:] in (".", "!", "?")
        and (first[1:].islower() or len(first) == 1)
        and "@" not in first
    )


def _hangs(line: str) -> bool:
    """Return whether *line* stops where no headline does: at a comma or at "of the"."""
    return line.endswith(",") or line.rpartition(" ")[2].lower() in _HANGING
