"""Summaries as JSON: the format `briefing.summary/1`."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from briefing.model import Article, Failure, KeyPoint, Sentence, Summary
from briefing.words import count_words

FORMAT = "briefing.summary/1"

# What a terminal obeys or nobody sees, and JSON leaves as it is: DEL, controls of one byte (C1),
# changes of direction, zero-width characters, tags.
_STEERING = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


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


def dumps(thing: object) -> str:
    r"""Return *thing* as JSON that is pleasant to read: two spaces, letters as they are.

    What could steer a terminal, or be hidden from a reader, is escaped: it is the same JSON.

    >>> dumps("é\x9b2J\u202e") == '"é\\u009b2J\\u202e"\n'
    True
    """
    text = json.dumps(thing, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


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
