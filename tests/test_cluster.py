"""Copies are known as copies, and articles of one event, and only those, become one story."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cluster import (
    Fingerprint,
    copies,
    duplicates,
    fingerprint,
    same_story,
    same_text,
    stories,
    story_odds,
)
from briefing.cluster.linkage import linked
from briefing.cluster.reasons import joined
from briefing.cluster.shingles import containment
from briefing.edition import Reason
from briefing.model import Article, Summary

CASES = json.loads(
    (Path(__file__).parent / "cases" / "cluster" / "cluster.json").read_text(encoding="utf-8")
)
MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)


def article(ref: str, text: str, **known: str) -> Article:
    """Return an uncleaned article."""
    at = known.get("at")
    return Article(
        ref=ref,
        sha256=ref,
        source_text=text,
        text=text,
        title=known.get("title"),
        publisher=known.get("outlet"),
        authors=(known["author"],) if "author" in known else (),
        url=known.get("url"),
        language=known.get("language", "en"),
        published=datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None,
    )


def params(kind: str) -> list[object]:
    """Return the cases of one kind; those we know we fail must go on failing."""
    return [
        pytest.param(
            [article(**a) for a in case["articles"]],
            case["expected"],
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in CASES[kind]
    ]


def groups(articles: list[Article], **options: float) -> list[list[str]]:
    """Return the refs of each story, in alphabetical order."""
    found = stories([Summary(article=a, points=()) for a in articles], **options)
    return sorted(sorted(story.refs) for story in found)


@pytest.mark.parametrize(("articles", "expected"), params("duplicates"))
def test_drops_copies(articles: list[Article], expected: list[list[str]]) -> None:
    """Each copy is dropped for the copy that stays, with its reason."""
    found = [[d.kept, d.dropped, str(d.reason)] for d in duplicates(articles)]

    assert found == expected


@pytest.mark.parametrize(("articles", "expected"), params("stories"))
def test_one_event_one_story(articles: list[Article], expected: list[list[str]]) -> None:
    """Articles of one event are one story; those that only look alike stay apart."""
    assert groups(articles) == expected


def test_the_reason_names_what_the_articles_share() -> None:
    """An editor reads in the article's own spelling what joined the two."""
    case = next(c for c in CASES["stories"] if c["label"] == "one rate decision")

    (story,) = stories(
        [Summary(article=article(**a), points=()) for a in case["articles"]],
    )

    assert "Norland" in story.reason
    assert "Aasland" in story.reason
    assert "; the figure 3.75; " in story.reason
    assert story.cohesion > 0


def test_a_piece_of_a_number_is_no_word_that_articles_share() -> None:
    """Of 4,000 pounds neither 4 nor 000 is told as a word."""
    both = [article(ref, "It cost £46,000 in coins.") for ref in "ab"]

    reason = joined(both, [fingerprint(one) for one in both])

    assert "the words" in reason
    assert " 000" not in reason


def test_a_single_article_is_a_story_that_says_so() -> None:
    """An article like no other is alone, and its reason says so."""
    (story,) = stories([Summary(article=article("a", "Bread is dear in Orlow."), points=())])

    assert (story.refs, story.lead) == (("a",), "a")
    assert "No other article" in story.reason


def test_a_narrower_window_keeps_articles_apart() -> None:
    """Articles further apart than the window are not joined."""
    case = next(c for c in CASES["stories"] if c["label"] == "one rate decision")
    first, second = (article(**a) for a in case["articles"])
    dated = [first, second]
    dated = [
        article(a.ref, a.text, title=a.title or "", at=at)
        for a, at in zip(dated, ("2026-03-02T06:00", "2026-03-02T20:00"), strict=True)
    ]

    assert groups(dated) == [["a", "b"]]
    assert groups(dated, window_h=12) == [["a"], ["b"]]


WORDS = "dam velm burst flood water army bridge school night Ilse Brandt Ansel 12 200 power".split()
texts = st.lists(st.sampled_from(WORDS), min_size=0, max_size=40).map(" ".join)


@st.composite
def days(draw: st.DrawFn) -> list[Article]:
    """Return a day of articles that repeat each other's words."""
    bodies = draw(st.lists(texts, min_size=0, max_size=7))
    return [
        Article(
            ref=f"{n}.txt",
            sha256=str(n),
            source_text=body,
            text=body,
            title=draw(st.one_of(st.none(), texts)),
            publisher=draw(st.sampled_from([None, "Newline", "Courant"])),
            published=draw(
                st.one_of(st.none(), st.integers(0, 90).map(lambda h: MORNING + timedelta(hours=h)))
            ),
            language="en",
        )
        for n, body in enumerate(bodies)
    ]


@given(days(), st.randoms(use_true_random=False))
def test_order_does_not_matter(articles: list[Article], dice: random.Random) -> None:
    """The same articles in another order have the same copies and the same stories."""
    shuffled = articles.copy()
    dice.shuffle(shuffled)

    assert duplicates(shuffled) == duplicates(articles)
    assert stories([Summary(article=a, points=()) for a in shuffled]) == stories(
        [Summary(article=a, points=()) for a in articles]
    )


@given(days())
def test_nothing_is_lost(articles: list[Article]) -> None:
    """Every article is in exactly one story, led by one of its own."""
    found = stories([Summary(article=a, points=()) for a in articles])

    assert sorted(ref for story in found for ref in story.refs) == sorted(a.ref for a in articles)
    assert all(story.lead == story.refs[0] for story in found)


@given(days())
def test_what_stays_is_never_dropped(articles: list[Article]) -> None:
    """No article is dropped for one that is itself dropped, and none twice."""
    found = duplicates(articles)
    dropped = [d.dropped for d in found]

    assert len(set(dropped)) == len(dropped)
    assert not {d.kept for d in found} & set(dropped)
    assert all(0 <= d.containment <= 1 for d in found)


@given(days())
def test_a_fingerprint_survives_json(articles: list[Article]) -> None:
    """A fingerprint written as JSON and read again is the same."""
    for one in map(fingerprint, articles):
        assert Fingerprint.from_json(json.loads(json.dumps(one.to_json()))) == one


@given(days())
def test_likeness_has_no_direction(articles: list[Article]) -> None:
    """Two articles are as like one way as the other."""
    prints = [fingerprint(a) for a in articles]

    for a, b in pairwise(prints):
        assert story_odds(a, b) == pytest.approx(story_odds(b, a))
        assert same_text(a, b) == same_text(b, a)


def test_a_story_goes_on_the_next_day_and_is_not_its_look_alike() -> None:
    """An earthquake's next day is the same story; another earthquake is not."""
    first, same = (article(**a) for a in CASES["stories"][0]["articles"])
    other = article(**CASES["stories"][1]["articles"][1])

    assert same_story(fingerprint(first), fingerprint(same))
    assert not same_story(fingerprint(first), fingerprint(other))


def test_the_same_text_is_known_by_its_sketch() -> None:
    """A text published again is known from its fingerprint alone, other words are not."""
    case = next(
        c for c in CASES["duplicates"] if c["label"] == "lightly edited, the earliest stays"
    )
    dam, edited = (fingerprint(article(**a)) for a in case["articles"])
    other = fingerprint(article(**CASES["duplicates"][5]["articles"][1]))

    assert same_text(dam, dam)
    assert same_text(dam, edited)
    assert not same_text(dam, other)


def test_a_bridge_does_not_chain_two_events() -> None:
    """One article like two events joins the nearer only."""
    odds = {(0, 1): 4.0, (1, 2): 3.0, (2, 3): 4.0, (0, 2): -3.0, (1, 3): -3.0, (0, 3): -5.0}

    assert linked(4, odds, threshold=1.0) == ((0, 1), (2, 3))


def test_founded_groups_need_more_than_a_single_article() -> None:
    """What would join an article to a group does not yet join two groups."""
    single = {(0, 1): 4.0, (0, 2): 2.0, (1, 2): 2.0}
    pairs = {(0, 1): 4.0, (2, 3): 4.0, (0, 2): 2.0, (0, 3): 2.0, (1, 2): 2.0, (1, 3): 2.0}

    assert linked(3, single, threshold=1.0) == ((0, 1, 2),)
    assert linked(4, pairs, threshold=1.0) == ((0, 1), (2, 3))


def test_a_hundred_copies_are_one() -> None:
    """Many copies of one text leave one, the earliest."""
    text = CASES["duplicates"][0]["articles"][0]["text"]
    many = [
        article(
            f"{n:03}", text, outlet=f"Outlet {n}", at=f"2026-03-02T{n // 60 + 6:02}:{n % 60:02}"
        )
        for n in range(100)
    ]

    found = duplicates(many)

    assert {d.kept for d in found} == {"000"}
    assert len(found) == 99
    assert {d.reason for d in found} == {Reason.EXACT_DUPLICATE}


def test_texts_that_share_a_phrase_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What all texts of a collection have in common costs no comparison of any two."""
    compared = list[float]()

    def counted(a: frozenset[int], b: frozenset[int]) -> float:
        compared.append(containment(a, b))
        return compared[-1]

    monkeypatch.setattr(copies, "containment", counted)
    dice = random.Random(3)
    phrase = " a spokesman for the town said at the end of the week that it would go on "
    many = [
        article(
            str(n), phrase.join(" ".join(str(dice.random()) for _ in range(200)) for _ in "123")
        )
        for n in range(60)
    ]

    duplicates([*many, replace(many[7], ref="copy")])

    assert len(compared) == 2  # the copy, once to find it and once to say how alike it is
