"""Summaries and editions of invented articles, for whoever needs one to print or to check."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from briefing.model import Article, Block, KeyPoint, Role, Sentence, Summary

COMPILED = datetime(2026, 3, 4, 6, 55, tzinfo=UTC)

HARBOUR = (
    "The harbour board voted on Tuesday to close the eastern basin for eleven weeks, the longest "
    "closure since the storm of 1987.",
    "“We would rather lose a summer than a pier,” said Ottoline Marsh, the board’s chief engineer.",
    "She said cracks had been found in 14 of the 22 caissons that divers examined in January.",
    "Ferries to Skerrow and Little Orran will sail from the coal quay, where the Courant counted "
    "room for 40 cars against 160 today.",
    "The board put the cost at £38.5 million, of which the county has promised half.",
)


def article(sentences: Sequence[str] = HARBOUR, **changes: Any) -> Article:
    """Return a cleaned article whose body holds each of *sentences* as a paragraph."""
    text, blocks = "", []
    for sentence in sentences:
        start = len(text)
        text += sentence
        blocks.append(Block(start=start, end=len(text), role=Role.BODY))
        text += "\n\n"
    source = text.encode("utf-8", "replace")
    fields = {
        "ref": "inbox/harbour.txt",
        "sha256": hashlib.sha256(source).hexdigest(),
        "source_text": text,
        "text": text,
        "blocks": tuple(blocks),
        "title": "Eastern basin to close for eleven weeks after divers find cracks",
        "authors": ("Tobias Wren", "Ada Holm"),
        "publisher": "The Orran Courant",
        "published": datetime(2026, 3, 3, 16, 20, tzinfo=UTC),
        "updated": datetime(2026, 3, 3, 18, 5, tzinfo=UTC),
        "language": "en",
        "url": "https://courant.example/2026/03/03/eastern-basin",
    }
    return Article(**{**fields, **changes})


def points(of: Article, labels: Sequence[str] = ()) -> tuple[KeyPoint, ...]:
    """Return each paragraph of an article as a point, the second with a speaker."""
    found = []
    for position, block in enumerate(of.body()):
        text = of.text[block.start : block.end]
        sentence = Sentence(
            text=text, start=block.start, end=block.end, position=position, paragraph=position
        )
        label = (
            labels[position] if position < len(labels) else " ".join(text.split()[1:3]).strip(",.”")
        )
        speaker = "Ottoline Marsh" if text.startswith("“We would") else None
        context = None
        if text.startswith("She said"):
            context = "Ottoline Marsh"
            text = text.replace("She", "[Ottoline Marsh]", 1)
        found.append(
            KeyPoint(
                label=label,
                text=text,
                sentences=(sentence,),
                speaker=speaker,
                context=context,
                ref=of.ref,
            )
        )
    return tuple(found)


def summary(sentences: Sequence[str] = HARBOUR, **changes: Any) -> Summary:
    """Return the summary of an invented article, every sentence of it a point."""
    of = article(sentences, **changes)
    labels = (
        ("Eastern basin", "Chief engineer", "Cracks", "Ferries", "Cost")
        if sentences is HARBOUR
        else ()
    )
    return Summary(article=of, points=points(of, labels))
