"""Who wrote it: the lines at an article's top or end that present its author to the reader."""

import re
from collections.abc import Collection, Iterator, Sequence

# Lines or sentences at the end among which an author is presented: one to four, and a book and an
# address may follow.
_END = 6
# And at the top, before the article begins.
_TOP = 2
_NAME = r"[A-Z][\w.'’-]{0,30}(?: (?:[A-Z][\w.'’-]{0,30}|de|del|la|van|von|der|bin|al|el)){1,4}"
_PRESENTS = re.compile(
    rf"[•*—–\[(-]{{0,2}} ?(?:By )?(?P<name>{_NAME})(?: \([^)]{{2,40}}\))?"
    rf"(?: and {_NAME})?(?:, [^.;]{{2,120}}?,)? "
    r"(?:is (?!(?:now|up|in|on|at|not|to|also|among|still|being|expected|due|set|out|back|over)\b)"
    r"|are|was|has been|serves?(?: as)?|served(?: as)?|writes|covers|teaches|hosts|directs|edits"
    r"|works|blogs)\b"
)
# What one is who writes in a newspaper, or is asked to.
_OFFICES = frozenset(
    """editor editors reporter reporters writer writers author columnist correspondent contributor
    contributors professor fellow journalist analyst attorney director founder co-founder cofounder
    host producer adviser advisor economist historian scholar lecturer consultant strategist
    commentator researcher blogger freelance staff editor-at-large editor-in-chief president ceo
    candidate chairman chair nominee book teaches teacher writes hosts covers policy poet novelist
    physician""".split()
)
_TOLD = re.compile(r"\b(?:said|says|told|added)\b")
_FOLLOWS = re.compile(
    r"[•*—–\[(-]{0,2} ?(?:He|She|They|His|Her|Their|It|Follow|Find|E-?mail|For|You|Read|Visit|This"
    r"|The (?:opinions|views)|Contact|Sign|Subscribe|Want|Write|Twitter|Copyright|https?|@)\b"
)
_GOES_ON = re.compile(r"(?:He|She|They|His|Her|Their)\b")


def bios(texts: Sequence[str], *, authors: Collection[str] = ()) -> Iterator[int]:
    """Yield the places among *texts*, lines or sentences in order, that present the author.

    Such a line says who somebody is, and the article nowhere else has to do with whoever bears that
    name, unless it is its author. What stands below it at the end is told of the same person. A
    news report that introduces its last witness so is taken for one only if it says no more.

    >>> list(bios(["The ferry sank."] * 7 + ["Ada Vale is a writer in Lund.", "She has a cat."]))
    [7, 8]
    >>> list(bios(["Vale saw the ferry sink."] * 7 + ["Ada Vale is a writer in Lund."]))
    []
    """
    last = len(texts)
    for at in range(max(_TOP, last - _END), last):
        if _presents(texts[at], texts[:at], authors) and all(map(_follows, texts[at + 1 :])):
            yield from range(at, last)
            break
    for at in range(min(_TOP, max(0, last - _END))):
        if _presents(texts[at], texts[at + 1 :], authors):
            yield at
            yield from _going_on(texts, at + 1)
            break


def _going_on(texts: Sequence[str], start: int) -> Iterator[int]:
    """Yield the places from *start* that tell more of an author presented at the top."""
    for at in range(start, start + _TOP):
        if not _GOES_ON.match(texts[at]) or _TOLD.search(texts[at]):
            break
        yield at


def _follows(text: str) -> bool:
    """Return whether *text* may stand below an author at the end."""
    return bool(_FOLLOWS.match(text) or _PRESENTS.match(text)) and not _TOLD.search(text)


def _presents(text: str, others: Sequence[str], authors: Collection[str]) -> bool:
    """Return whether *text* says who somebody is of whom *others* know nothing."""
    found = _PRESENTS.match(text)
    if not found or _TOLD.search(text):
        return False
    if found["name"] in authors:
        return True
    if _OFFICES.isdisjoint(re.findall(r"[\w-]+", text.lower())):
        return False
    surname = found["name"].split()[-1].removesuffix("'s").removesuffix("’s")
    return not any(surname in other for other in others)
