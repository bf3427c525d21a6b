"""Why articles were held to be one story, said so that an editor can disagree."""

from collections.abc import Sequence

from briefing.cluster.records import Fingerprint
from briefing.cluster.terms import fold
from briefing.model import Article
from briefing.words import WORD

SHOWN = 4
"""So many names, words and figures of each kind are shown, the most telling first."""


def alone() -> str:
    """Return the reason of a story of one article."""
    return "No other article tells of the same event."


def joined(articles: Sequence[Article], fingerprints: Sequence[Fingerprint]) -> str:
    """Return what all the articles, or at least most of them, have in common.

    Args:
        articles: At least two, the lead first; words are shown as the lead writes them.
        fingerprints: Theirs, in the same order.
    """
    lead, rest = fingerprints[0], fingerprints[1:]
    most = len(rest) // 2 + 1
    shared = [t for t in lead.lead if sum(t in other.terms for other in rest) >= most]
    names = [term for term in shared if term in lead.names][:SHOWN]
    others = (term for term in shared if term not in lead.names)
    words = [term for term in others if not term.isdecimal()][:SHOWN]  # of 3,000 the 000
    figures = sorted(set(lead.figures).intersection(*(f.figures for f in rest)))[:SHOWN]
    written = _written(articles[0], names + words)
    parts = [
        f"the {kind}{'s' * (len(terms) > 1)} {', '.join(written.get(term, term) for term in terms)}"
        for kind, terms in (("name", names), ("word", words), ("figure", figures))
        if terms
    ]
    return f"They share {'; '.join(parts) or 'most of their words'}; {_times(fingerprints)}."


def _times(fingerprints: Sequence[Fingerprint]) -> str:
    """Return how far apart they were published."""
    known = [f.published for f in fingerprints if f.published is not None]
    if len(known) < len(fingerprints):
        return "not all say when they were published"
    hours = (max(known) - min(known)).total_seconds() / 3600
    return f"published within {max(1, round(hours))} h of each other"


def _written(article: Article, terms: Sequence[str]) -> dict[str, str]:
    """Return the first form in which *article* writes each of *terms*."""
    wanted, found = set(terms), dict[str, str]()
    for word in WORD.findall(f"{article.text} {article.title or ''}"):
        term = fold(word.lower().replace("’", "'"))
        if term in wanted:
            found.setdefault(term, word)
    return found
