"""Documents made of a few sentences, for tests of what works on sentences and words."""

from collections.abc import Iterable, Sequence

from briefing.model import Article, Block, Document, Role
from briefing.segment import segment


def article(*paragraphs: str, language: str | None = "en", title: str | None = None) -> Article:
    """Return a cleaned article whose body is *paragraphs*."""
    text, blocks = joined(paragraphs)
    return Article(
        ref="test.txt",
        sha256="0" * 64,
        source_text=text,
        text=text,
        blocks=blocks,
        language=language,
        title=title,
    )


def joined(paragraphs: Iterable[str]) -> tuple[str, tuple[Block, ...]]:
    """Return the text that *paragraphs* make, an empty line between any two, and their blocks."""
    text, blocks = "", list[Block]()
    for paragraph in paragraphs:
        text += "\n\n" if blocks else ""
        blocks.append(Block(start=len(text), end=len(text) + len(paragraph), role=Role.BODY))
        text += paragraph
    return text, tuple(blocks)


def document(*paragraphs: str, language: str | None = "en", title: str | None = None) -> Document:
    """Return the segmented article whose body is *paragraphs*."""
    return segment(article(*paragraphs, language=language, title=title))


def texts(found: Document) -> Sequence[str]:
    """Return the texts of the sentences."""
    return [sentence.text for sentence in found.sentences]
