"""The edition against its source texts: every word stands where it says."""

import hashlib
import re
from collections.abc import Container, Iterator, Mapping

from briefing.clean.repairs import repair
from briefing.codec.edition import named
from briefing.corrections import numbered
from briefing.edition import Edition, Story, StoryArticle, UnitFate, Value
from briefing.model import KeyPoint, Sentence
from briefing.verbatim import astray, wrong, wrong_in
from briefing.verify.findings import Finding
from briefing.verify.now import Now


def check_content(edition: Edition, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what in the edition contradicts itself or its source texts.

    Args:
        edition: As the document carries it.
        texts: Source text by ref. An article without one is only checked within the edition.
    """
    yield from _check_id(edition)
    yield from _check_account(edition)
    yield from _check_sections(edition)
    yield from _check_texts(_digests(edition), texts)
    yield from check_points(edition, texts)


def check_points(edition: Edition, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield each point and differing value that does not stand in its source text."""
    for story in edition.stories:
        yield from _check_story(story, texts)


def check_given(known: Mapping[str, StoryArticle], given: Mapping[str, Now]) -> Iterator[Finding]:
    """Yield each source that is no longer, to the byte, what the edition was made from.

    Of one that could not be read nothing is known, so nothing is said.
    """
    for ref, now in given.items():
        if now.failed:
            continue
        if now.article is None:
            yield Finding(where=f"source {ref}", what=f"withdrawn: {now.withdrawn}")
        elif _digest(now.article.source_text) != known[ref].text_sha256:
            yield Finding(where=f"source {ref}", what="its text is not the one that was read")
        elif now.article.sha256 != known[ref].sha256:
            what = "the file was changed since, though its text reads the same"
            yield Finding(where=f"source {ref}", what=what)


def sourced(edition: Edition, refs: Container[str]) -> int:
    """Return how many points can be checked against one of the source texts of *refs*."""
    return sum(p.ref in refs for story in edition.stories for _, p in numbered(story))


def _check_sections(edition: Edition) -> Iterator[Finding]:
    """Check that each story stands in exactly one section."""
    listed = [story for section in edition.sections for story in section.stories]
    for story in sorted({*listed} ^ {s.id for s in edition.stories}):
        yield Finding(where=f"story {story}", what="is in a section or among the stories, not both")
    for story in sorted({s for s in listed if listed.count(s) > 1}):
        yield Finding(where=f"story {story}", what="stands in the sections more than once")


def _check_id(edition: Edition) -> Iterator[Finding]:
    """Check that the id is that of the content: the cut-off's day and time, and the digest."""
    if edition.id != (right := named(edition).id):
        what = f"its id is {edition.id}, but its content gives {right}: it was changed"
        yield Finding(where="edition", what=what)


def _check_account(edition: Edition) -> Iterator[Finding]:
    """Check that every article printed is in the account, and every unit of it in its story."""
    units = {u.ref: u for u in edition.account.units}
    if len(units) != len(edition.account.units):
        yield Finding(where="account", what="a unit stands in it twice")
    fates = _fates(edition)
    for (fate, ref), story in fates.items():
        unit = units.get(ref)
        if unit is None or (unit.fate, unit.story) != (fate, story):
            yield Finding(where=f"account, {ref}", what=f"not {fate} in {story}, as it is")
    told = {ref for _, ref in fates}
    for ref, unit in units.items():
        if unit.fate != UnitFate.DROPPED and ref not in told:
            yield Finding(where=f"account, {ref}", what=f"said to be {unit.fate}, but in no story")


def _fates(edition: Edition) -> dict[tuple[UnitFate, str], str]:
    """Return the story of each article by the fate that it met there and its ref.

    A story's lead is printed, its others are merged into it. All leads come first.
    """
    articles = [(a, s.id) for s in edition.stories for a in s.articles]
    printed = {(UnitFate.PRINTED, a.ref): story for a, story in articles if a.role == "lead"}
    merged = {(UnitFate.MERGED, a.ref): story for a, story in articles if a.role != "lead"}
    return printed | merged


def _digests(edition: Edition) -> dict[str, str | None]:
    """Return the digest of each text that a story or a difference cites, by ref."""
    cited = {
        v.ref: v.text_sha256
        for story in edition.stories
        for difference in story.differences
        for v in difference.values
    }
    return cited | {a.ref: a.text_sha256 for story in edition.stories for a in story.articles}


def _check_texts(digests: Mapping[str, str | None], texts: Mapping[str, str]) -> Iterator[Finding]:
    """Check that each text is the one that was read."""
    for ref, text in texts.items():
        if ref not in digests:
            yield Finding(where=f"source {ref}", what="no story cites it")
        elif _digest(text) != digests[ref]:
            yield Finding(where=f"source {ref}", what="its text is not the one that was read")


def _check_story(story: Story, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Check each point and each differing value of a story."""
    cited = {a.ref: a for a in story.articles}
    for what, point in numbered(story):
        where = f"story {story.id}, {what} ({point.label})"
        if point.ref not in cited:
            yield Finding(where=where, what=f"its article {point.ref} is not of the story")
        yield from (Finding(where=where, what=w) for w in _wrong_point(point, texts))
    for number, difference in enumerate(story.differences, 1):
        for value in difference.values:
            where = f"story {story.id}, difference {number} ({difference.what}), {value.ref}"
            if value.ref in cited and cited[value.ref].outlet != value.outlet:
                yield Finding(where=where, what=f"its outlet is not {value.outlet!r}")
            found = (*_wrong_value(value, texts), *_wrong_since(value, story))
            yield from (Finding(where=where, what=what) for what in found)


def _wrong_point(point: KeyPoint, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a point: within itself, and in its source text if there is one."""
    yield from wrong(point)
    if (text := texts.get(point.ref)) is not None:
        yield from wrong_in(point, repair(text)[0])
        for sentence in point.sentences:
            if sentence.source and not _same(sentence, text):
                yield f"not in the source as it came at {sentence.source}: {sentence.text!r}"


def _wrong_value(value: Value, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a value that is set beside others."""
    if value.edition is None and value.value not in value.text:
        yield f"{value.value!r} is not in the sentence cited for it"
    if (text := texts.get(value.ref)) is not None:
        whole = repair(text)[0]
        if whole[value.start : value.end] != value.text:
            yield astray(value.text, (value.start, value.end), whole)


def _wrong_since(value: Value, story: Story) -> Iterator[str]:
    """Yield what is wrong with a value that an earlier edition is said to have printed.

    That edition's source texts are not carried in this one: it is verified by itself.
    """
    if value.edition is None:
        return
    if not re.search(rf"(?<!\w){re.escape(value.value)}(?!\w)", value.text):
        yield f"{value.value!r} is not in the sentence cited for it"
    if not value.ref.startswith(f"{value.edition}/"):
        yield f"it is not under the edition that printed it, {value.edition}"
    if story.since is None:
        yield f"a new story has no earlier edition, but {value.edition} is said to have printed it"


def _digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _same(sentence: Sentence, text: str) -> bool:
    """Return whether the source as it came, repaired, has the sentence at its place there."""
    assert sentence.source is not None
    came = repair(text[sentence.source[0] : sentence.source[1]])[0]
    return "".join(came.split()) == "".join(sentence.text.split())
