"""What an article is about: its terms, weighed by how rare they are in news at large."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from briefing.cluster.records import Fingerprint
from briefing.cluster.shingles import sketch
from briefing.model import Article
from briefing.words import stopwords, words

# Numbers tuned by scripts/train_stories.py's experiments on AllSides, cross-validated by date.
LEAD_WORDS = 60
"""The lead is the first paragraphs, until they hold this many telling words."""

BODY_WORDS = 600
"""Of the rest, so many telling words count: long articles wander off the event."""

TITLE_WEIGHT, LEAD_WEIGHT, NAME_WEIGHT = 3, 2, 1.5
TERMS, LEAD_TERMS, NAMES, FIGURES = 100, 60, 25, 40

# A capital after a word or comma and a space: not the first word of a sentence.
_NAME = re.compile(r"(?<=[\w,;'’-] )[A-Z]\w*(?:['’-]\w+)*")
_FIGURE = re.compile(r"\d[\d,.]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_REPORTING = frozenset({"said", "say", "says", "mr", "mrs", "ms"})


def fingerprint(article: Article) -> Fingerprint:
    """Return what *article* is about, from its title and body alone.

    >>> article = Article(ref="a", sha256="", source_text="", title="Dam bursts at Velm",
    ...     text="The dam above Velm burst on Monday. Hundreds fled from Velm.")
    >>> found = fingerprint(article)
    >>> found.title, list(found.terms)[0], "velm" in found.names
    (('burst', 'dam', 'velm'), 'velm', True)
    """
    language = article.language or "en"
    paragraphs = body(article)
    title = telling(article.title or "", language)
    lead, rest = _split(paragraphs, language)
    counts: Counter[str] = Counter(rest[:BODY_WORDS])
    for words_, weight in ((title, TITLE_WEIGHT), (lead, LEAD_WEIGHT)):
        for term in words_:
            counts[term] += weight
    mentions = _names(paragraphs)
    names = {name: count for name, count in mentions.items() if name in counts}
    return Fingerprint(
        terms=_top(_unit(counts, names), TERMS),
        lead=_top(_unit(Counter(lead + title + title), names), LEAD_TERMS),
        title=tuple(sorted(set(title))),
        names=_top({n: rarity(n) * (1 + math.log(c)) for n, c in names.items()}, NAMES),
        figures=figures(article.title or "", *paragraphs),
        published=article.published or article.updated,
        language=language,
        sketch=sketch(paragraphs),
    )


def body(article: Article) -> tuple[str, ...]:
    r"""Return the body's paragraphs, or, before cleaning, all lines of the text.

    >>> body(Article(ref="a", sha256="", source_text="", text="One.\n\nTwo."))
    ('One.', 'Two.')
    """
    if article.blocks:
        return tuple(article.text[b.start : b.end] for b in article.body())
    return tuple(line for line in article.text.splitlines() if line.strip())


# Small, so that it is as quick in a large collection: words that come again are the commonest.
@lru_cache(maxsize=2**13)
def fold(word: str) -> str:
    """Return the form under which *word* meets its inflections; not always a word itself.

    >>> [fold(w) for w in ("resigns", "resigned", "resigning", "minister's", "cities", "news")]
    ['resign', 'resign', 'resign', 'minister', 'city', 'new']
    """
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    word = _bare(word)
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _bare(word: str) -> str:
    """Return *word* without the ending of a verb or of a plural."""
    if len(word) > 5 and word.endswith("ing"):
        return word[:-3]
    if len(word) > 5 and word.endswith("ed"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def telling(text: str, language: str) -> list[str]:
    """Return the folded words of *text* that may tell what it is about, in order.

    >>> telling("He said the dams at Velm had burst.", "en")
    ['dam', 'velm', 'burst']
    """
    common = stopwords(language) | _REPORTING
    return [fold(word) for word in words(text) if len(word) > 1 and word not in common]


def rarity(term: str) -> float:
    """Return how much *term* tells: the logarithm of how few articles at large have it.

    >>> rarity("minister") < rarity("flood") < rarity("velm")
    True
    """
    known, unknown = background()
    return known.get(term, unknown)


@cache
def background() -> tuple[Mapping[str, float], float]:
    """Return the rarity of each term of the table, and that of any other.

    Whole, and no memory of what was asked: a collection's words are without end, and
    a memory that forgets is slower than none.
    """
    table = Path(__file__).parent.parent / "tables" / "story-terms.txt"
    total, known = 0, dict[str, int]()
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        count, _, terms = line.partition(" ")
        if terms == "*":
            total = int(count)
        else:
            known.update(dict.fromkeys(terms.split(" "), int(count)))
    rarities = {count: _rarity(count, total) for count in {1, *known.values()}}
    return {term: rarities[count] for term, count in known.items()}, rarities[1]


def _rarity(count: int, total: int) -> float:
    """Return the rarity of a term that *count* of *total* articles have."""
    return math.log((total + 1) / (count + 1.5))


def figures(*texts: str) -> tuple[str, ...]:
    """Return the numbers of two digits or more in *texts*, years apart, without separators.

    >>> figures("In 2024 the 1,200 homes", "cost 3.5m")
    ('1200', '3.5')
    """
    found = (n.replace(",", "") for text in texts for n in _FIGURE.findall(text))
    return tuple(sorted(dict.fromkeys(n for n in found if not _YEAR.fullmatch(n))))[:FIGURES]


def _split(paragraphs: Iterable[str], language: str) -> tuple[list[str], list[str]]:
    """Return the telling words of the first paragraphs, and those of the rest."""
    lead: list[str] = []
    rest: list[str] = []
    for paragraph in paragraphs:
        (lead if len(lead) < LEAD_WORDS else rest).extend(telling(paragraph, language))
        if len(rest) > BODY_WORDS:
            break
    return lead, rest


def _names(paragraphs: Iterable[str]) -> Counter[str]:
    """Return how often each word was written with a capital inside a sentence."""
    return Counter(
        fold(name.lower().replace("’", "'")) for text in paragraphs for name in _NAME.findall(text)
    )


def _unit(counts: Mapping[str, int], names: Mapping[str, int]) -> dict[str, float]:
    """Return the weights of *counts* as a vector of length 1, names heavier."""
    weights = {
        term: (1 + math.log(count)) * rarity(term) * (NAME_WEIGHT if term in names else 1)
        for term, count in counts.items()
    }
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _top(weights: Mapping[str, float], count: int) -> dict[str, float]:
    """Return the heaviest *count*, heaviest first, rounded so that JSON keeps them whole."""
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
    return {term: round(weight, 4) for term, weight in ranked}
