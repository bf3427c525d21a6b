"""Summaries as JSON: the format `briefing.summary/1`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from briefing.codec.indented import dumps
from briefing.model import Article, Failure, KeyPoint, Sentence, Summary
from briefing.words import count_words

FORMAT = "briefing.summary/1"


def dump_outcomes(outcomes: Sequence[Summary | Failure]) -> str:
    """Return one JSON object for one outcome, a list of them for none or several, and a newline.

    A failure is an object whose article is null and whose `failures` name it.

    >>> print(dump_outcomes([Failure(ref="a.txt", stage="read", message="a.txt is empty")]), end="")
    {
      "format": "briefing.summary/1",
      "article": null,
      "points": [],
      "failures": [
        {
          "ref": "a.txt",
          "stage": "read",
          "message": "a.txt is empty"
        }
      ]
    }
    """
    objects = [_outcome(outcome) for outcome in outcomes]
    return dumps(objects[0] if len(objects) == 1 else objects)


def time(moment: datetime | None) -> str | None:
    """Return a time as ISO 8601 in UTC, or None.

    >>> time(datetime(2026, 3, 4, 7, 30, tzinfo=UTC))
    '2026-03-04T07:30:00+00:00'
    """
    return None if moment is None else moment.astimezone(UTC).isoformat()


def summary(of: Summary) -> dict[str, Any]:
    """Return a summary as the object of `briefing.summary/1`."""
    article = of.article
    return {
        "format": FORMAT,
        "article": {
            "ref": article.ref,
            "kind": article.kind.value,
            "title": article.title,
            "authors": list(article.authors),
            "publisher": article.publisher,
            "published": time(article.published),
            "published_day_only": article.published_day_only,
            "updated": time(article.updated),
            "language": article.language,
            "words": body_words(article),
            "sha256": article.sha256,
            "embargo": time(article.rights.embargo) if article.rights else None,
        },
        "points": [point(p, article) for p in of.points],
        "failures": [],
    }


def failure(of: Failure) -> dict[str, Any]:
    """Return a failure as an object."""
    return {"ref": of.ref, "stage": of.stage, "message": of.message}


def point(of: KeyPoint, article: Article) -> dict[str, Any]:
    """Return a point of *article* as an object."""
    return {
        "label": of.label,
        "text": of.text,
        "speaker": of.speaker,
        "context": of.context,
        "score": of.score,
        "reasons": list(of.reasons),
        "sentences": [_sentence(s, article) for s in of.sentences],
    }


def body_words(article: Article) -> int:
    """Return how many words the body of a cleaned article has."""
    return sum(count_words(article.text[b.start : b.end]) for b in article.body())


def _outcome(outcome: Summary | Failure) -> dict[str, Any]:
    """Return a summary, or a failure, as an object of the format."""
    if isinstance(outcome, Summary):
        return summary(outcome)
    return {"format": FORMAT, "article": None, "points": [], "failures": [failure(outcome)]}


def _sentence(of: Sentence, article: Article) -> dict[str, Any]:
    """Return a sentence and its two places, in the text and in the text as it came."""
    source_start, source_end = article.offsets.span(of.start, of.end)
    return {
        "text": of.text,
        "start": of.start,
        "end": of.end,
        "source_start": source_start,
        "source_end": source_end,
        "paragraph": of.paragraph,
    }
