"""The edition against its sources, and each face against the edition: every kind of slip is named.

Nothing here relies on the seal or the id: the forged edition has the id that fits it, and the
forged page was made and sealed by our own hand.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import proofs
import pytest

from briefing import render
from briefing.codec import named
from briefing.codec.carry import pack
from briefing.edition import Edition, Mark, StoryArticle, UnitFate, Value
from briefing.model import KeyPoint
from briefing.render.paper import Attachment
from briefing.verify import verify

SEED = 5
Forgery = Callable[[Edition], Edition]


def _edition() -> Edition:
    """Return an edition with a speaker, a difference and an update."""
    return proofs.edition(SEED, stories=3)


def _with_story(of: Edition, **changes: Any) -> Edition:
    """Return an edition with its first story changed, under the id that fits."""
    return named(replace(of, stories=(replace(of.stories[0], **changes), *of.stories[1:])))


def _with_point(change: Callable[[KeyPoint], KeyPoint]) -> Forgery:
    """Return what changes the first point of the first story, wherever it is printed."""

    def forge(of: Edition) -> Edition:
        story = of.stories[0]
        old, new = story.points[0], change(story.points[0])

        def swapped(points: tuple[KeyPoint, ...]) -> tuple[KeyPoint, ...]:
            return tuple(new if p == old else p for p in points)

        return _with_story(of, points=swapped(story.points), new=swapped(story.new))

    return forge


def _with_sentence(**changes: Any) -> Forgery:
    """Return what changes the sentence of the first point."""
    return _with_point(
        lambda p: replace(p, sentences=(replace(p.sentences[0], **_called(changes, p)),))
    )


def _called(changes: dict[str, Any], point: KeyPoint) -> dict[str, Any]:
    """Return *changes* with each function asked for what it makes of the point's sentence."""
    sentence = point.sentences[0]
    return {k: v(sentence) if callable(v) else v for k, v in changes.items()}


def _with_value(change: Callable[[Value], Value]) -> Forgery:
    """Return what changes a value that is set beside another."""

    def forge(of: Edition) -> Edition:
        difference = of.stories[0].differences[0]
        values = (change(difference.values[0]), *difference.values[1:])
        return _with_story(of, differences=(replace(difference, values=values),))

    return forge


def _with_article(**changes: Any) -> Forgery:
    """Return what changes the lead article of the first story."""

    def forge(of: Edition) -> Edition:
        lead, *others = of.stories[0].articles
        made = {k: v(lead) if callable(v) else v for k, v in changes.items()}
        return _with_story(of, articles=(replace(lead, **made), *others))

    return forge


def _with_units(change: Callable[[list[Any]], list[Any]]) -> Forgery:
    """Return what changes where the units went."""

    def forge(of: Edition) -> Edition:
        units = tuple(change(list(of.account.units)))
        return named(replace(of, account=replace(of.account, units=units)))

    return forge


def _swapped(point: KeyPoint) -> KeyPoint:
    """Return a point with its words in another order."""
    first, _, second = point.text.rstrip(".").partition(" passengers ")
    return replace(point, text=f"passengers {second} {first}.")


FORGED: dict[str, tuple[Forgery, str, str]] = {
    "a word of a point": (
        _with_point(lambda p: replace(p, text=p.text.replace("waited", "wept"))),
        "point",
        "not those of its sentences",
    ),
    "the order of its words": (_with_point(_swapped), "point", "in their order"),
    "a word of point and sentence": (
        _with_point(
            lambda p: replace(
                p,
                text=p.text.replace("waited", "wept"),
                sentences=(
                    replace(p.sentences[0], text=p.text.replace("waited", "wept")),
                    *p.sentences[1:],
                ),
            )
        ),
        "point",
        "not in the source at",
    ),
    "the place of a sentence": (
        _with_sentence(start=lambda s: s.start + 1, end=lambda s: s.end + 1),
        "point",
        "in the source, but not at",
    ),
    "its place in the source as it came": (
        _with_sentence(source=lambda s: (s.start + 3, s.end + 3)),
        "point",
        "not in the source as it came",
    ),
    "a speaker": (
        _with_point(lambda p: replace(p, speaker="Otto Brandt")),
        "point",
        "does not stand in the article",
    ),
    "a label": (
        _with_point(lambda p: replace(p, label="Scandal")),
        "point",
        "does not stand in the article",
    ),
    "a name in brackets": (
        _with_point(lambda p: replace(p, context="Otto Brandt", text=f"[Otto Brandt] {p.text}")),
        "point",
        "does not stand in the article",
    ),
    "another name in brackets than is told": (
        _with_point(lambda p: replace(p, context="passengers", text=f"[boat] {p.text}")),
        "point",
        "not what it shows in brackets",
    ),
    "one name of two in brackets": (
        _with_point(lambda p: replace(p, context="passengers; boat", text=f"[boat] {p.text}")),
        "point",
        "not what it shows in brackets",
    ),
    "a bracket that is told nowhere": (
        _with_point(lambda p: replace(p, text=f"{p.text} [passengers]")),
        "point",
        "not those of its sentences",
    ),
    "a figure set beside another": (
        _with_value(lambda v: replace(v, value="999 passengers")),
        "difference 1",
        "not in the sentence cited",
    ),
    "the sentence of such a figure": (
        _with_value(lambda v: replace(v, text=v.text.replace("waited", "wept"))),
        "difference 1",
        "not in the source at",
    ),
    "the outlet of such a figure": (
        _with_value(lambda v: replace(v, outlet="Channel Nine")),
        "difference 1",
        "its outlet is not",
    ),
    "the digest of a source": (
        _with_article(text_sha256="0" * 64),
        "source",
        "not the one that was read",
    ),
    "a unit left out of the account": (_with_units(lambda u: u[1:]), "edition", "not its own"),
    "a fate in the account": (
        _with_units(lambda u: [replace(u[0], fate=UnitFate.DROPPED), *u[1:]]),
        "account",
        "not printed in",
    ),
    "a unit that no story has": (
        _with_units(lambda u: [*u, replace(u[0], ref="inbox/none.txt")]),
        "account",
        "in no story",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_an_edition_says_otherwise_than_its_sources_is_named(name: str) -> None:
    """With an id that fits: the sources and the edition's own parts contradict it."""
    forge, where, what = FORGED[name]
    whole = _edition()
    assert whole.stories[0].differences
    report = verify(pack(forge(whole), proofs.texts(SEED)).encode(), name="e.json")
    assert any(where in f.where and what in f.what for f in report.findings), report.findings


def test_an_edition_that_was_changed_has_another_id() -> None:
    """One changed word and the old id contradict each other."""
    changed = replace(_edition(), title="Another title")
    report = verify(pack(changed, proofs.texts(SEED)).encode(), name="e.json")
    assert [f.where for f in report.findings] == ["edition"]
    assert "its content gives" in report.findings[0].what


@pytest.mark.parametrize("at", [0, 3, 6, 9, 11, 14, 16, 25])
def test_one_letter_of_the_id_is_named(at: int) -> None:
    """Day and time in it are those of the cut-off, the rest is the digest."""
    whole = _edition()
    other = "x" if whole.id[at] != "x" else "y"
    changed = replace(whole, id=whole.id[:at] + other + whole.id[at + 1 :])
    report = verify(pack(changed, proofs.texts(SEED)).encode(), name="e.json")
    assert [f.where for f in report.findings] == ["edition"]


def test_a_text_that_no_story_cites_is_named() -> None:
    """Nothing travels in an edition that has no part in it."""
    texts = {**proofs.texts(SEED), "inbox/stranger.txt": "Other words."}
    report = verify(pack(_edition(), texts).encode(), name="e.json")
    assert [f.where for f in report.findings] == ["source inbox/stranger.txt"]


@pytest.mark.parametrize(
    ("shown", "context"),
    [
        ("… {rest}", None),
        ("{} …", None),
        ("[passengers] {}", "passengers"),
        ("[passengers] {} [boat]", "passengers; boat"),
    ],
)
def test_brackets_and_ellipses_are_the_only_additions(shown: str, context: str | None) -> None:
    """They may stand anywhere in a point, and what is in brackets is of the article."""

    def added(point: KeyPoint) -> KeyPoint:
        rest = point.text.partition(" ")[2]
        return replace(point, text=shown.format(point.text, rest=rest), context=context)

    whole = _edition()
    assert whole.stories[0].points[0].speaker is None
    report = verify(pack(_with_point(added)(whole), proofs.texts(SEED)).encode(), name="e.json")
    assert report.passed, report.findings


def _later(article: StoryArticle) -> Any:
    """Return a minute later than an article was published."""
    assert article.published is not None
    return article.published + timedelta(minutes=1)


def _retold(point: KeyPoint) -> KeyPoint:
    """Return a point with one digit more."""
    return replace(point, text=point.text.replace("quay ", "quay 1"))


def _other(mark: Mark) -> Mark:
    """Return another mark."""
    return Mark.UPDATE if mark is Mark.NEW else Mark.NEW


SHOWN: dict[str, Forgery] = {
    "a headline": lambda e: _with_story(e, headline="Another headline"),
    "a mark": lambda e: _with_story(e, mark=_other(e.stories[0].mark), day=9),
    "a title": _with_article(title="Another title"),
    "an outlet": _with_article(outlet="Chanel Nine"),
    "an author": _with_article(authors=("Otto Brandt",)),
    "a time": _with_article(published=_later),
    "a link": _with_article(url="https://newline.example/other"),
    "words of an article": _with_article(words=2999),
    "a figure of a point": _with_point(_retold),
    "a label": _with_point(lambda p: replace(p, label="Queue")),
    "a speaker": _with_point(lambda p: replace(p, speaker="Otto Brandt")),
    "quotation marks": _with_point(lambda p: replace(p, text=f"“{p.text}”")),
    "a figure set beside another": _with_value(lambda v: replace(v, value="1 passengers")),
    "a sentence set beside another": _with_value(lambda v: replace(v, text=f"{v.text}!")),
    "the title of the edition": lambda e: replace(e, title="Evening briefing"),
    "its number": lambda e: replace(e, number=e.number + 1),
    "its cut-off": lambda e: replace(e, cutoff=e.cutoff + timedelta(minutes=1)),
    "its marking": lambda e: replace(e, marking="TLP:CLEAR"),
    "the sum of the account": _with_units(lambda u: [*u, replace(u[-1], ref="inbox/more.txt")]),
    "a reason in the account": _with_units(lambda u: [*u[:-1], replace(u[-1], detail="7 words")]),
}


def _shown(kind: str, forged: Edition, packed: str) -> bytes:
    """Return a face that shows one edition and carries another, sealed by our own hand."""
    if kind == "md":
        return render.markdown(forged, carried=packed).encode()
    if kind == "eml":
        return render.mail(forged, carried=packed)
    how: dict[str, Any] = {
        "template": "daily",
        "compiled": forged.compiled,
        "zone": "Europe/London",
    }
    if kind == "html":
        return render.html(forged, carried=packed, **how).encode()
    held = Attachment(name="edition.json", content=packed.encode(), media_type="application/json")
    return render.pdf(forged, attachments=(held,), **how)


@pytest.mark.parametrize("kind", ["html", "md", "eml"])
@pytest.mark.parametrize("name", SHOWN)
def test_what_a_face_shows_otherwise_than_the_edition_is_named(name: str, kind: str) -> None:
    """Whatever kind of word differs, the face is named as it reads and as it should."""
    whole = _edition()
    forged = replace(SHOWN[name](whole), id=whole.id)
    assert forged != whole
    report = verify(_shown(kind, forged, pack(whole, proofs.texts(SEED))), name=f"e.{kind}")
    assert not report.passed
    assert {f.where for f in report.findings} != {"markup"}


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_page_shows_otherwise_than_the_edition_is_named_with_the_page(name: str) -> None:
    """The pages of a PDF with a sound seal, too: where, what should stand there, what does."""
    whole = proofs.edition(SEED, stories=1)
    forged = replace(SHOWN[name](whole), id=whole.id)
    packed = pack(whole, proofs.texts(SEED, stories=1))
    report = verify(_shown("pdf", forged, packed), name="e.pdf")
    assert not report.passed
    where = {f.where.partition(" ")[0] for f in report.findings}
    assert where & {"page", "links"}, report.findings
    assert report.whole
