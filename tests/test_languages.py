"""Articles in other languages than English give what was read and judged in them.

Twenty articles, four a language, written for this project as native journalists write: what is
printed of each stands beside it (`*.golden`, rewritten by `scripts/goldens`), and who says each
quotation in `speakers.json`, which is told from the article alone and never rewritten.
"""

import json
from pathlib import Path

import pytest
from factories import articles
from goldens import ABROAD, golden, written

from briefing import Failure, gather
from briefing.clean import clean
from briefing.model import Document
from briefing.readers import read
from briefing.segment import segment

CASES = Path(__file__).parent / "cases" / "languages"
SPEAKERS = json.loads((CASES / "speakers.json").read_text(encoding="utf-8"))
# What pages print around an article, as the twenty have it.
FURNITURE = (
    *("Lire aussi", "À lire", "Abonnez-vous", "Crédit :", "©", "Lesen Sie", "Foto:", "Bild:"),
    *("Newsletter", "Lee también", "FOTO", "Archivado", "Compartir", "Читайте", "Фото:"),
    *("На фото", "Редактор", "На світлині", "Підписуйтесь", "Матеріал підготував", "dpa", "/APA"),
)


def _document(article: Path) -> Document:
    """Return an article read, cleaned and cut."""
    (source,) = gather([str(article)])
    assert not isinstance(source, Failure)
    return segment(clean(articles(read, source)[0], zone="UTC"))


@pytest.mark.parametrize("article", ABROAD, ids=lambda path: path.stem)
def test_an_article_gives_what_was_read(article: Path) -> None:
    """A change of what users of a language see is a change of a file that a reviewer sees."""
    expected = golden(article).read_text(encoding="utf-8")
    assert written(article) == expected, "if that is better, run scripts/goldens and read it"


@pytest.mark.parametrize("article", ABROAD, ids=lambda path: path.stem)
def test_no_speaker_is_wrong(article: Path) -> None:
    """Each quotation has the speaker whom a reader names, or none where that is not yet told."""
    document = _document(article)
    text = document.article.text
    found = [(text[q.start : q.end], q.speaker) for q in document.quotations]
    for opening, speaker, told in SPEAKERS[article.stem]:
        (given,) = [who for words, who in found if words.startswith(opening)]
        assert given == (speaker if told else None), opening


@pytest.mark.parametrize("article", ABROAD, ids=lambda path: path.stem)
def test_nothing_of_the_page_is_body(article: Path) -> None:
    """Captions, credits, bylines and what the page says of itself are no sentence of the body."""
    sentences = [sentence.text for sentence in _document(article).sentences]
    assert not [s for s in sentences if any(words in s for words in FURNITURE)]


def test_every_language_and_every_article_is_held() -> None:
    """There are four articles a language, each with a golden and its speakers, none left over."""
    assert sorted(path.parent.name for path in ABROAD) == sorted("de es fr ru uk".split() * 4)
    assert {path.stem for path in ABROAD} == set(SPEAKERS)
    assert {path.with_suffix(".golden") for path in ABROAD} == set(CASES.glob("*/*.golden"))
