"""Documents made of a few sentences, for tests of what works on sentences and words."""

from collections.abc import Sequence

from briefing.model import Article, Block, Document, Role
from briefing.segment import segment


def article(*paragraphs: str, language: str | None = "en", title: str | None = None) -> Article:
    """Return a cleaned article whose body is *paragraphs*."""
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start=start, end=start + len(paragraph), role=Role.BODY))
        start += len(paragraph) + 2
    return Article(
        ref="test.txt",
        sha256="0" * 64,
        source_text=text,
        text=text,
        blocks=tuple(blocks),
        language=language,
        title=title,
    )


def document(*paragraphs: str, language: str | None = "en", title: str | None = None) -> Document:
    """Return the segmented article whose body is *paragraphs*."""
    return segment(article(*paragraphs, language=language, title=title))


def texts(found: Document) -> Sequence[str]:
    """Return the texts of the sentences."""
    return [sentence.text for sentence in found.sentences]
