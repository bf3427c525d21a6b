"""Sentences that the cleaner let pass and that are no body, for they stand within a line.

A page writes captions, credits, notes and promotions between the sentences of an article, too, and
a text that came on one line has all of them so. They are not taken out: they are never printed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from briefing.clean.bios import bios
from briefing.clean.rules import aside_of, aside_words, may_open
from briefing.clean.scenes import is_scene
from briefing.model import Document

# One of these is in what `is_scene` knows by its verb; the rest by a date or weekday at its end.
_SCENES = frozenset(
    """stand stands loads load talk talks pose poses look looks gestures wave waves shake shakes
    hold holds seen pictured escorted raised speak speaks addresses lays scuffling carves walk walks
    sit sits arrive arrives ride rides listen listens smile smiles controls""".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# What no sentence begins with, but a name may: "iPhone", "van Vale".
_FRAGMENT = re.compile(
    r",|(?!(?:van|von|de|del|della|di|da|al|el|bin|la|le|du|ter|ten)\b)[a-z]+(?:['’-][a-z]+)*\b(?!\.\w)"
)

# Where a paragraph has so many sentences on average, the text came on one line, more or less.
_FLAT = 5
# "… in the harbour ." In such a text a full stop behind a space was set by whoever made one line
# of what had none at its end: captions, headings, lines broken by the page. Texts that were cut
# into words have it everywhere: there no sentence ends otherwise, here at least this share does.
# Of 594 texts the rule was tried on, none lies between .17 and .28.
_PLAIN = 0.25
# "Under fire: The bridge at Port Vale": so a paper titles the captions that it weaves in.
_TITLED = re.compile(
    r"(?!(?:He|She|It|They|We|I)\b)[A-Z][\w'’-]{1,30}"
    r"(?: (?!(?:said|says|told|added|wrote|writes|reads|asked)\b)[\w'’-]{1,30}){0,4}"
    r"(?<![A-Z]): [A-Z]"
)
# From this share of its sentences on, such a text has captions woven in.
_WOVEN = 0.1

# Paragraphs of more sentences are no boxes.
_BOX = 8
# A paragraph of fewer words may well be said twice.
_PULLED = 8
_OPENING = 16
# Rules after which a box goes on, and those before which it began.
_GOES_ON = frozenset(
    """editors-note membership own-event newsletter-of newsletter readers-asked subscriber-notice
    support interests""".split()
)
_BEGAN = frozenset("own-event picture-agency credit credit-agency embedded-post".split())
# Three figures in a row: "11.21 +1.51 +15.55%".
_ROW = re.compile(r"(?:(?<!\S)[+-]?\d[\d.,]*%?(?:\s|$)){3}")
# "— Ada Vale (@adavale) March 3, 2026": what stands above it in its paragraph is hers.
_POST = re.compile(r"— [^—(]{1,60}\(@\w{1,20}\)")
_TOLD = re.compile(r"[\"“”]|\b(?:said|says|told)\b")


def asides(document: Document) -> Mapping[int, str]:
    """Return the positions of sentences that are no body, each with the name of its rule."""
    found = dict(_single(document))
    for at in bios([s.text for s in document.sentences], authors=document.article.authors):
        found.setdefault(at, "bio")
    return found | dict(_beside(document, found)) if found else found


def _single(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the sentences that are known by themselves, or by how the text is made."""
    woven = _woven(document) if _is_spaced(document) else {}
    alone, whole = _alone(document), " ".join([s.text for s in document.sentences])
    for n, sentence in enumerate(document.sentences):
        text = sentence.text
        rule = woven.get(n) or _by_opening(text) or _by_words(text, document.words[n])
        if rule:
            yield n, rule
        elif alone[n] and _is_pulled(text, whole):
            yield n, "pulled"


def _woven(document: Document) -> dict[int, str]:
    """Return the captions in a text on one line that were told by their stop or their title."""
    texts = [sentence.text for sentence in document.sentences]
    found = {n: "spaced" for n, text in enumerate(texts) if text.endswith(" .")}
    titled = {n: "titled" for n, text in enumerate(texts) if ": " in text and _TITLED.match(text)}
    if len(found) >= _WOVEN * len(texts) or not found.keys().isdisjoint(titled):
        return titled | found
    return found


def _by_opening(text: str) -> str:
    """Return the name of the rule that knows a sentence by a mark or letter, else nothing."""
    if (text[0] == "," or text[0].islower()) and _FRAGMENT.match(text):
        return "fragment"
    if "(@" in text and _POST.search(text):
        return "embedded-post"
    return "table" if "%" in text and _ROW.search(text) else ""


def _by_words(text: str, words: tuple[str, ...]) -> str:
    """Return the name of the rule that knows a sentence by its words, else nothing."""
    if text[0] in "\"“‘'":
        return ""
    signs = not _signs().isdisjoint(words)
    if (signs or may_open(words)) and (found := aside_of(text, words)):
        return found[1]
    shows = _ends_in_a_day(words) or (signs and not _SCENES.isdisjoint(words))
    return "scene" if shows and is_scene(text) else ""


@cache
def _signs() -> frozenset[str]:
    """Return the words one of which is in each sentence that a rule may know by what it holds."""
    return aside_words() | _SCENES


def _alone(document: Document) -> list[bool]:
    """Return for each sentence whether it is a paragraph of its own."""
    paragraphs = [-1, *[sentence.paragraph for sentence in document.sentences], -1]
    return [
        a != b != c for a, b, c in zip(paragraphs, paragraphs[1:], paragraphs[2:], strict=False)
    ]


def _is_pulled(text: str, whole: str) -> bool:
    """Return whether a paragraph was pulled out of another, to be shown in large letters.

    >>> said = "We lost the ferry, and with it the last of the flour."
    >>> _is_pulled(f"“{said}”", f"“{said}” The mayor told the board: “{said}”")
    True
    """
    core = text.strip("\"“”‘’'. ")
    opening = core[:_OPENING]  # a short one is sought in a tenth of the time
    return core.count(" ") >= _PULLED and whole.count(opening) > 1 and whole.count(core) > 1


def _ends_in_a_day(words: tuple[str, ...]) -> bool:
    """Return whether a sentence ends as those do that say when a picture was taken.

    >>> _ends_in_a_day(("the", "quay", "in", "2026")), _ends_in_a_day(("the", "quay"))
    (True, False)
    """
    return bool(words) and (words[-1].isdigit() or words[-1] in _DAYS)


def _is_spaced(document: Document) -> bool:
    """Return whether a full stop behind a space tells a caption in this text."""
    sentences = document.sentences
    if len(sentences) < _FLAT * len({s.paragraph for s in sentences}):
        return False
    ends = [sentence.text[-2:] for sentence in sentences]
    spaced = ends.count(" .")
    plain = sum([end[-1:] == "." and end[0].isalnum() for end in ends])
    return spaced > 1 and plain >= _PLAIN * (plain + spaced)


def _beside(document: Document, found: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the sentences that stand in one box with a sentence found."""
    boxes: dict[int, list[int]] = defaultdict(list)
    for sentence in document.sentences:
        boxes[sentence.paragraph].append(sentence.position)
    for n, rule in found.items():
        sentence = document.sentences[n]
        box = boxes[sentence.paragraph]
        if len(box) <= _BOX and sentence.text[-1] not in ")]":
            for other in _in_box(document, box, at=n, rule=rule):
                yield other, found.get(other, f"beside {rule}")


def _in_box(document: Document, box: Sequence[int], *, at: int, rule: str) -> Iterator[int]:
    """Yield what belongs to the sentence at *at*, by its rule: before it, behind it, or nothing."""
    if rule in _BEGAN:
        yield from (n for n in box if n < at and not _TOLD.search(document.sentences[n].text))
    if rule in _GOES_ON:
        yield from (n for n in box if n > at)
