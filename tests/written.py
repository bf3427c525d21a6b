"""Documents written in a test: paragraphs as lists of sentences, in place of a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Article, Document, Sentence
from briefing.quotes import quotations
from briefing.words import words

CASES = Path(__file__).parent / "cases"


def article_of(paragraphs: list[list[str]], **known: Any) -> tuple[Article, tuple[Sentence, ...]]:
    """Return an article of *paragraphs*, and its sentences."""
    text = ""
    sentences: list[Sentence] = []
    for paragraph, cut in enumerate(paragraphs):
        text += "\n\n" if text else ""
        for sentence in cut:
            text += " " if text and not text.endswith("\n") else ""
            start = len(text)
            text += sentence
            sentences.append(
                Sentence(
                    text=sentence,
                    start=start,
                    end=len(text),
                    position=len(sentences),
                    paragraph=paragraph,
                )
            )
    known.setdefault("language", "en")
    return Article(ref="a", sha256="", source_text=text, text=text, **known), tuple(sentences)


def document_of(paragraphs: list[list[str]], **known: Any) -> Document:
    """Return a document of *paragraphs*, with its words and quotations."""
    article, sentences = article_of(paragraphs, **known)
    return Document(
        article=article,
        sentences=sentences,
        words=tuple(words(sentence.text) for sentence in sentences),
        quotations=quotations(article, sentences),
    )


def cases(path: str) -> list[Any]:
    """Return the cases of a file; those we know we fail must go on failing."""
    rows = json.loads((CASES / path).read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in rows
    ]
