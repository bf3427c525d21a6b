"""Editions as JSON: the format `briefing.edition/1`, the master of every face."""

import hashlib
import json
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from briefing.codec.indented import dumps
from briefing.codec.summary import failure, time
from briefing.edition import (
    Account,
    Comment,
    Difference,
    Edition,
    SourceReport,
    Story,
    StoryArticle,
    Unit,
    UnitFate,
    Value,
)
from briefing.model import KeyPoint, Rights, Sentence

FORMAT = "briefing.edition/1"

DIGEST_LENGTH = 10
"""Hexadecimal digits of the digest in an edition's id: 40 bits. It names an edition and shows a
slip; whoever forges an edition can also forge its id, so more digits would promise too much."""


def dump_edition(edition: Edition) -> str:
    """Return the edition as JSON, with a newline. The same edition gives the same bytes."""
    return dumps(edition_object(edition))


def digest(edition: Edition) -> str:
    """Return the short digest of all that the edition says, its id apart.

    Two editions that differ in anything but their id have different digests. The canonical
    form is the JSON of `dump_edition` with an empty id, keys sorted, no white space, in UTF-8.
    """
    plain = edition_object(replace(edition, id=""))
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_LENGTH]


def named(edition: Edition) -> Edition:
    """Return the edition under the id that its content gives it: date, time and digest.

    Date and time are those of the cut-off in the edition's own zone, so that a reader knows
    them: `2026-03-04-0730-5f0c2a91d4`.
    """
    local = edition.cutoff.astimezone(ZoneInfo(edition.window.zone))
    return replace(edition, id=f"{local:%Y-%m-%d-%H%M}-{digest(edition)}")


def edition_object(of: Edition) -> dict[str, Any]:
    """Return an edition as the object of the format."""
    return {
        "format": FORMAT,
        "id": of.id,
        "title": of.title,
        "number": of.number,
        "language": of.language,
        "marking": of.marking,
        "window": {
            "from": time(of.window.start),
            "to": time(of.window.end),
            "zone": of.window.zone,
        },
        "cutoff": time(of.cutoff),
        "compiled": time(of.compiled),
        "signed_off": of.signed_off,
        "sections": [{"title": s.title, "stories": list(s.stories)} for s in of.sections],
        "stories": [_story(s) for s in of.stories],
        "account": _account(of.account),
        "failures": [failure(f) for f in of.failures],
    }


def _story(of: Story) -> dict[str, Any]:
    """Return a story as an object."""
    return {
        "id": of.id,
        "headline": of.headline,
        "mark": of.mark.value,
        "day": of.day,
        "since": of.since,
        "importance": of.importance,
        "reason": of.reason,
        "articles": [_article(a) for a in of.articles],
        "points": [_point(p) for p in of.points],
        "new": [_point(p) for p in of.new],
        "differences": [_difference(d) for d in of.differences],
        "comments": [_comment(c) for c in of.comments],
    }


def _article(of: StoryArticle) -> dict[str, Any]:
    """Return an article that a story cites as an object.

    That its day of publication alone is known stands there only when it is so: an edition made
    before this was told keeps its bytes and its id.
    """
    return {
        "ref": of.ref,
        "outlet": of.outlet,
        "title": of.title,
        "authors": list(of.authors),
        "url": of.url,
        "published": time(of.published),
        "updated": time(of.updated),
        "sha256": of.sha256,
        "text_sha256": of.text_sha256,
        "words": of.words,
        "language": of.language,
        "role": of.role,
        "duplicates": list(of.duplicates),
        "rights": _rights(of.rights),
        **({"published_day_only": True} if of.published_day_only else {}),
    }


def _rights(of: Rights | None) -> dict[str, Any] | None:
    """Return what the publisher asks as an object, None when it asks nothing."""
    if of is None:
        return None
    return {
        "copyright": of.copyright,
        "usage": of.usage,
        "embargo": time(of.embargo),
        "status": of.status,
    }


def _point(of: KeyPoint) -> dict[str, Any]:
    """Return a point as an object that names its article."""
    return {
        "ref": of.ref,
        "label": of.label,
        "text": of.text,
        "speaker": of.speaker,
        "context": of.context,
        "score": of.score,
        "reasons": list(of.reasons),
        "sentences": [_sentence(s) for s in of.sentences],
    }


def _sentence(of: Sentence) -> dict[str, Any]:
    """Return a sentence as an object with its two places."""
    return {
        "text": of.text,
        "start": of.start,
        "end": of.end,
        "source_start": of.source[0] if of.source else None,
        "source_end": of.source[1] if of.source else None,
        "paragraph": of.paragraph,
        "position": of.position,
    }


def _difference(of: Difference) -> dict[str, Any]:
    """Return what outlets differ on as an object."""
    return {"what": of.what, "values": [_value(v) for v in of.values], "kind": of.kind}


def _value(of: Value) -> dict[str, Any]:
    """Return what one outlet says as an object with the sentence's two places.

    The edition that printed it stands there only where it was an earlier one.
    """
    return {
        "value": of.value,
        "ref": of.ref,
        "outlet": of.outlet,
        "text": of.text,
        "start": of.start,
        "end": of.end,
        "source_start": of.source[0] if of.source else None,
        "source_end": of.source[1] if of.source else None,
        "text_sha256": of.text_sha256,
        **({"edition": of.edition} if of.edition else {}),
    }


def _comment(of: Comment) -> dict[str, Any]:
    """Return an editor's remark as an object."""
    return {"author": of.author, "text": of.text}


def _account(of: Account) -> dict[str, Any]:
    """Return the account with its sum."""
    return {
        "in": len(of.units),
        "printed": of.count(UnitFate.PRINTED),
        "merged": of.count(UnitFate.MERGED),
        "dropped": of.count(UnitFate.DROPPED),
        "units": [_unit(u) for u in of.units],
        "sources": [_source(s) for s in of.sources],
    }


def _unit(of: Unit) -> dict[str, Any]:
    """Return what became of a unit as an object."""
    return {
        "ref": of.ref,
        "fate": of.fate.value,
        "reason": of.reason.value if of.reason else None,
        "story": of.story,
        "detail": of.detail,
    }


def _source(of: SourceReport) -> dict[str, Any]:
    """Return how a source answered as an object."""
    return {"source": of.source, "status": of.status, "units": of.units, "message": of.message}
