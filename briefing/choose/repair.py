"""The forms in which a sentence may be printed: as it stands, or visibly repaired.

The remedies, mildest first: nothing; a leading connective elided under a visible mark; the
sentence before with it; an antecedent shown in [brackets] in the article's own words. Whatever
is done, the text without brackets and ellipses is the article's, word for word.
"""

from dataclasses import dataclass

from briefing.choose.standalone import Lean, leans, quoting
from briefing.model import Document, Sentence
from briefing.words import count_words

# A quotation is carried to its end over at most this many sentences; longer ones are not points.
_RUN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A point that could be printed."""

    position: int
    """`Sentence.position` of the sentence it is about."""

    sentences: tuple[Sentence, ...]
    """What it shows, in order."""

    text: str
    words: int
    cost: float = 0.0
    """What the repairs take from its worth, in [0, 1]."""

    speaker: str | None = None
    context: str | None = None
    reasons: tuple[str, ...] = ()


def candidates(document: Document, position: int) -> tuple[Candidate, ...]:
    """Return the forms in which a sentence can stand alone, mildest first; none when it cannot."""
    sentence = document.sentences[position]
    found = leans(document, sentence)
    if not found:
        return _spoken(document, position, (sentence,), text=sentence.text)
    if found[0].is_elidable:
        return _elided(document, position, found)
    return _with_neighbours(document, position, found)


def _spoken(
    document: Document, position: int, shown: tuple[Sentence, ...], *, text: str, why: str = ""
) -> tuple[Candidate, ...]:
    """Return the candidate with its speaker; none when it is a quotation of nobody."""
    quoted = [q for s in shown for q in quoting(document, s)]
    speakers = {q.speaker for q in quoted if q.speaker}
    speaker = speakers.pop() if len(speakers) == 1 else None
    return (
        Candidate(
            position=position,
            sentences=shown,
            text=text,
            words=count_words(text),
            speaker=speaker,
            cost=0.1 if why else 0.0,
            reasons=(why,) if why else (),
        ),
    )


def _elided(document: Document, position: int, found: tuple[Lean, ...]) -> tuple[Candidate, ...]:
    """Return the sentence without its leading connective, when nothing else in it leans."""
    if not all(lean.is_elidable for lean in found):
        return _with_neighbours(document, position, found)
    sentence = document.sentences[position]
    rest = sentence.text[found[-1].end :].lstrip(" ,")
    why = f"“{sentence.text[found[0].start : found[-1].end]}” left out at the opening"
    return _spoken(document, position, (sentence,), text=f"… {rest}", why=why)


def _with_neighbours(
    document: Document, position: int, found: tuple[Lean, ...]
) -> tuple[Candidate, ...]:
    """Return the sentence with the one before, or a quotation carried to its end."""
    if found[0].kind == "half-quotation":
        return _whole_quotation(document, position)
    if position == 0:
        return ()
    before, sentence = document.sentences[position - 1 : position + 1]
    if before.paragraph != sentence.paragraph or leans(document, before):
        return ()
    return _joined(document, position, (before, sentence), why="with the sentence it leans on")


def _whole_quotation(document: Document, position: int) -> tuple[Candidate, ...]:
    """Return the sentence with those in which the quotation it opens is closed."""
    first = document.sentences[position]
    for count in range(2, _RUN + 1):
        run = document.sentences[position : position + count]
        if len(run) < count or run[-1].paragraph != first.paragraph:
            return ()
        whole = Sentence(
            text=" ".join(s.text for s in run),
            start=first.start,
            end=run[-1].end,
            position=position,
            paragraph=first.paragraph,
        )
        problems = leans(document, whole)
        if not problems:
            return _joined(document, position, run, why="the quotation to its end")
        if problems[0].kind != "half-quotation":
            return ()
    return ()


def _joined(
    document: Document, position: int, run: tuple[Sentence, ...], *, why: str
) -> tuple[Candidate, ...]:
    """Return a candidate of several sentences."""
    text = " ".join(s.text for s in run)
    return _spoken(document, position, run, text=text, why=why)
