"""Editions: grouped, ordered, within their length, and accounted for to the last unit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import CUTOFF, FERRY, LIBRARY, arrivals, draft, drafts, frame, groups, told
from remembered import remember

from briefing.cluster import Duplicate
from briefing.codec import dump_edition, load_edition, named
from briefing.compose import (
    Composed,
    Draft,
    Length,
    Ranking,
    Rules,
    SectionRule,
    Wish,
    Wishes,
    compose,
    point_id,
    regroup,
)
from briefing.compose import Memory as NoMemory
from briefing.compose.window import window
from briefing.edition import Comment, Difference, Reason, SourceReport, Unit, UnitFate, Value
from briefing.model import Failure, OffsetMap, Rights
from briefing.rights import Cap, Caps, takings

FERRY_A = told("a/newline.txt")
FERRY_B = told("b/courant.txt", ("Fourteen were hurt when a ferry ran aground.",))
BOOKS = told("c/post.txt", LIBRARY)


def ids(composed: Composed) -> list[str]:
    """Return the ref of the lead of each story, in order."""
    return [story.articles[0].ref for story in composed.edition.stories]


def rules(**changes: object) -> Rules:
    """Return the rules of the tests with *changes*."""
    return replace(frame().rules, **changes)  # type: ignore[arg-type]


def name_of(ref: str, made: list[Draft]) -> str:
    """Return the id of the story of an article."""
    return next(d.group.id for d in made if ref in {s.article.ref for s in d.group.summaries})


# Order.


def test_two_outlets_stand_above_one() -> None:
    """A story that two outlets tell is more important than one that one tells."""
    assert ids(compose(drafts([BOOKS], [FERRY_A, FERRY_B]), arrivals(), frame())) == [
        "a/newline.txt",
        "c/post.txt",
    ]


def test_copies_of_one_outlet_are_one_outlet() -> None:
    """Two articles of one outlet weigh no more than one."""
    again = told("d/newline.txt", FERRY[1:], published=CUTOFF - timedelta(hours=8))
    both = compose(drafts([FERRY_A, again]), arrivals(), frame()).edition.stories[0]
    alone = compose(drafts([FERRY_A]), arrivals(), frame()).edition.stories[0]

    assert both.importance == alone.importance


def test_deaths_stand_above_an_otter() -> None:
    """Of stories of one outlet each, one whose headline tells of deaths is first."""
    otter = told("a/newline.txt", LIBRARY, published=CUTOFF - timedelta(hours=1))
    at = CUTOFF - timedelta(hours=12)
    grave = told("z/post.txt", FERRY, title="Ferry fire: nine dead", published=at)

    assert ids(compose(drafts([otter], [grave]), arrivals(), frame()))[0] == "z/post.txt"


def test_the_later_of_two_stands_first() -> None:
    """Of equal stories, what moved last is first."""
    late = told("z/post.txt", LIBRARY, published=CUTOFF - timedelta(hours=1))

    assert ids(compose(drafts([FERRY_A], [late]), arrivals(), frame()))[0] == "z/post.txt"


def test_a_watched_word_lifts_a_story_above_two_outlets() -> None:
    """What the user watches for comes first; only whole words count."""
    made = drafts([BOOKS], [FERRY_A, FERRY_B])
    watched = frame(rules=rules(ranking=Ranking(watch=("library open",))))
    part = frame(rules=rules(ranking=Ranking(watch=("librar",))))

    assert ids(compose(made, arrivals(), watched))[0] == "c/post.txt"
    assert ids(compose(made, arrivals(), part))[0] == "a/newline.txt"


def test_an_outlets_weight_counts_whatever_its_case() -> None:
    """The user's weight of an outlet is added to its stories."""
    weighed = frame(rules=rules(ranking=Ranking(weights={"THE POST": 2.0})))

    made = drafts([told("c/post.txt", LIBRARY, publisher="The Post")], [FERRY_A, FERRY_B])

    assert ids(compose(made, arrivals(), weighed))[0] == "c/post.txt"


def test_sections_follow_the_rules_in_the_users_order() -> None:
    """The first rule that fits decides; the rest stands under Other news, last."""
    sections = (
        SectionRule(title="Towns", outlets=("Post",)),
        SectionRule(title="Sea", words=("ferry",), weight=1.0),
        SectionRule(title="Ships", words=("ferry aurelia",)),
    )
    other = told("e/gazette.txt", ("Snow fell on the hills above Velm.",))
    setting = frame(rules=rules(ranking=Ranking(sections=sections)))

    edition = compose(drafts([other], [FERRY_A], [BOOKS]), arrivals(), setting).edition

    assert [(s.title, len(s.stories)) for s in edition.sections] == [
        ("Towns", 1),
        ("Sea", 1),
        ("Other news", 1),
    ]


def test_without_rules_the_outlets_own_sections_are_used() -> None:
    """Their case does not part them, and a story without one stands under Other news."""
    made = drafts(
        [told("a/x.txt", section="Transport")],
        [told("b/y.txt", LIBRARY)],
        [told("c/z.txt", ("Buses will be free in Velm.",), section="TRANSPORT ")],
    )

    edition = compose(made, arrivals(), frame()).edition

    assert {s.title.casefold(): len(s.stories) for s in edition.sections} == {
        "transport": 2,
        "other news": 1,
    }
    assert edition.sections[-1].title == "Other news"


def test_stories_without_any_section_are_the_news() -> None:
    """What stands beside no other section is not other than anything."""
    made = drafts([told("a/x.txt")], [told("b/y.txt", LIBRARY)])

    edition = compose(made, arrivals(), frame()).edition

    assert [(s.title, len(s.stories)) for s in edition.sections] == [("News", 2)]


# Length and caps.


def test_an_edition_is_never_longer_than_configured() -> None:
    """What does not fit is in the account as over-length, and nowhere else."""
    short = frame(rules=rules(length=Length(stories=1)))

    edition = compose(drafts([FERRY_A, FERRY_B], [BOOKS]), arrivals(), short).edition

    assert [s.articles[0].ref for s in edition.stories] == ["a/newline.txt"]
    assert [(u.ref, u.reason) for u in edition.account.units if u.fate == "dropped"] == [
        ("c/post.txt", Reason.OVER_LENGTH)
    ]


@given(st.integers(1, 80), st.integers(1, 4), st.integers(1, 4))
def test_words_stories_and_points_stay_within_any_length(
    words: int, stories: int, points: int
) -> None:
    """Whatever the bounds, no edition goes over one of them, and every unit is accounted for."""
    length = Length(words=words, stories=stories, points=points)
    made = drafts([FERRY_A, FERRY_B], [BOOKS], [told("d/x.txt", ("Snow fell on Velm.",))])

    edition = compose(made, arrivals(), frame(rules=rules(length=length))).edition

    shown = [story.headline for story in edition.stories]
    shown += [point.text for story in edition.stories for point in story.points]
    assert sum(len(text.split()) for text in shown) <= words
    assert len(edition.stories) <= stories
    assert all(len(story.points) <= points for story in edition.stories)
    assert len(edition.account.units) == 4


def test_a_story_gives_up_points_before_it_is_left_out() -> None:
    """With room for a headline and one point, one point is printed."""
    room = frame(rules=rules(length=Length(words=5 + len(FERRY[0].split()))))

    (story,) = compose(drafts([FERRY_A]), arrivals(), room).edition.stories

    assert [p.text for p in story.points] == [FERRY[0]]


def test_a_cap_is_kept_and_said() -> None:
    """A publisher's words stay within its cap, and the account says how many points that cost."""
    caps = Caps(by_outlet=(("Newline", Cap(words=20)),))

    edition = compose(drafts([FERRY_A]), arrivals(), frame(rules=rules(caps=caps))).edition

    assert [t.words for t in takings(edition)] == [11 + 9]
    assert "1 point left out: the publisher's cap" in edition.account.units[0].detail


def test_a_cap_holds_for_all_articles_of_a_publisher_together() -> None:
    """The second story of an outlet has what the first left."""
    caps = Caps(default=Cap(words=30))
    again = told("b/newline.txt", LIBRARY)

    edition = compose(drafts([FERRY_A], [again]), arrivals(), frame(rules=rules(caps=caps))).edition

    assert sum(taking.words for taking in takings(edition)) <= 30


@given(st.floats(0.01, 1.0))
def test_a_share_of_an_article_is_kept(share: float) -> None:
    """Whatever the share, no article gives more of its words."""
    caps = Caps(default=Cap(share=share))

    edition = compose(drafts([FERRY_A], [BOOKS]), arrivals(), frame(rules=rules(caps=caps))).edition

    assert all(t.words <= share * t.of for t in takings(edition))


def test_links_only_prints_headline_and_link() -> None:
    """A story whose outlet allows links only is printed without a point."""
    caps = Caps(by_outlet=(("NEWLINE", Cap(links_only=True)),))

    edition = compose(drafts([FERRY_A, FERRY_B]), arrivals(), frame(rules=rules(caps=caps))).edition

    (story,) = edition.stories
    assert story.headline
    assert {point.ref for point in story.points} == {"b/courant.txt"}


# The account.


def test_every_unit_has_its_fate() -> None:
    """Lead, merged, copies, dropped: each stands once, with story and reason."""
    copy = told("d/wire.txt", publisher="Wire")
    same = told("e/newline.txt", publisher="Newline")
    old = told("f/newline.txt", FERRY[:1])
    found = [
        Duplicate(kept="a/newline.txt", dropped=ref, reason=reason, containment=1.0, evidence="w")
        for ref, reason in [
            ("d/wire.txt", Reason.NEAR_DUPLICATE),
            ("e/newline.txt", Reason.EXACT_DUPLICATE),
            ("f/newline.txt", Reason.EARLIER_VERSION),
        ]
    ]
    came = arrivals(
        dropped=(Unit(ref="g.html", fate=UnitFate.DROPPED, reason=Reason.TEASER),),
        duplicates=tuple(found),
        copies={s.article.ref: s.article for s in (copy, same, old)},
        sources=(SourceReport(source="day", status="ok", units=6),),
        failures=(
            Failure(ref="z", stage="read", message="m"),
            Failure(ref="h", stage="read", message="m"),
        ),
    )

    edition = compose(drafts([FERRY_A, FERRY_B]), came, frame()).edition

    (story,) = edition.stories
    assert [(u.ref, u.fate, u.reason, u.story) for u in edition.account.units] == [
        ("a/newline.txt", "printed", None, story.id),
        ("b/courant.txt", "merged", "same-story", story.id),
        ("d/wire.txt", "dropped", "near-duplicate", story.id),
        ("e/newline.txt", "dropped", "exact-duplicate", story.id),
        ("f/newline.txt", "dropped", "earlier-version", story.id),
        ("g.html", "dropped", "teaser", None),
    ]
    assert story.articles[0].duplicates == ("Wire", "e/newline.txt")
    assert [f.ref for f in edition.failures] == ["h", "z"]
    assert edition.account.sources == came.sources


def test_units_of_a_mailbox_stand_in_its_order() -> None:
    """The ninth before the tenth, in the account and among the failures."""
    refs = [f"in.mbox#{n}" for n in (100, 10, 9, 1)]
    came = arrivals(
        dropped=tuple(Unit(ref=r, fate=UnitFate.DROPPED, reason=Reason.UNREADABLE) for r in refs),
        failures=tuple(Failure(ref=r, stage="read", message="m") for r in refs),
    )

    edition = compose(drafts([FERRY_A, FERRY_B]), came, frame()).edition

    ordered = ["in.mbox#1", "in.mbox#9", "in.mbox#10", "in.mbox#100"]
    assert [u.ref for u in edition.account.units if u.fate is UnitFate.DROPPED] == ordered
    assert [f.ref for f in edition.failures] == ordered


def test_an_undated_article_is_printed_and_said_to_be_undated() -> None:
    """No date is made up for it."""
    edition = compose(drafts([told("a.txt", published=None)]), arrivals(), frame()).edition

    assert edition.stories[0].articles[0].published is None
    assert "it names no date" in edition.account.units[0].detail


def test_what_is_said_of_a_merged_article_is_one_sentence() -> None:
    """Why it was merged ends in a full stop; that it names no date comes before it is over."""
    told_twice = drafts([told("a.txt"), told("b.txt", published=None)])
    units = compose(told_twice, arrivals(), frame()).edition.account.units

    assert not any(".;" in (unit.detail or "") for unit in units)
    assert any((unit.detail or "").endswith("; it names no date") for unit in units)


def test_what_a_reader_warned_of_is_said() -> None:
    """A guessed encoding, a repaired mark: the account passes it on."""
    made = drafts([told("a.txt", warnings=("its encoding was guessed: windows-1252",))])

    edition = compose(made, arrivals(), frame()).edition

    assert "its encoding was guessed" in edition.account.units[0].detail


def test_nothing_makes_an_edition() -> None:
    """A day without anything significant is an edition that can say so."""
    edition = named(compose([], arrivals(), frame()).edition)

    assert (edition.stories, edition.sections, edition.account.units) == ((), (), ())
    assert load_edition(dump_edition(edition)) == edition


# What a story carries.


def test_points_and_values_carry_their_place_in_the_source() -> None:
    """Where the text was repaired, the span in the source is another than in the text."""
    summary = told("a.txt", ("A ferry ran aground.",))
    source = "A   ferry ran aground."
    article = replace(
        summary.article, source_text=source, offsets=OffsetMap(here=(0, 2), there=(0, 4))
    )
    moved = replace(summary, article=article)
    value = Value(
        value="ferry", ref="a.txt", outlet="", text="A ferry ran aground.", start=0, end=20
    )
    found = replace(
        draft(groups([moved])[0]),
        differences=(Difference(what="w", values=(value, value), kind="differ"),),
    )

    (story,) = compose([found], arrivals(), frame()).edition.stories

    assert story.points[0].sentences[0].source == (0, len(source))
    assert story.differences[0].values[0].source == (0, len(source))
    assert story.differences[0].values[0].outlet == "A"


def test_an_article_is_cited_with_all_that_proves_it() -> None:
    """Outlet, title, digests, words and rights stand with each article."""
    rights = Rights(copyright="© Newline")
    (story,) = compose(
        drafts(
            [
                told(
                    "a/x.txt",
                    publisher=None,
                    title=None,
                    url="https://www.newline.example/a",
                    rights=rights,
                )
            ]
        ),
        arrivals(),
        frame(),
    ).edition.stories
    (article,) = story.articles

    assert article.outlet == "newline.example"
    assert article.title == FERRY[0]
    assert article.words == sum(len(s.split()) for s in FERRY)
    assert (article.role, article.rights, article.sha256) == ("lead", rights, article.text_sha256)
    assert not article.published_day_only


def test_a_day_without_a_time_stays_one() -> None:
    """Of an article whose source gives no time, the day alone is known to the edition, too."""
    day = datetime(2026, 3, 4, tzinfo=UTC)
    came = drafts([told("a.txt", published=day, published_day_only=True)])
    (story,) = compose(came, arrivals(), frame()).edition.stories

    assert story.articles[0].published_day_only


# Groups and ids.


def test_a_storys_id_outlives_text_order_and_late_articles() -> None:
    """It is named after its earliest article's page, or outlet and title."""
    (first,) = groups([FERRY_A])
    mended = told(
        "feed.xml#9", (*FERRY, "One word more."), publisher="Newline", title=FERRY_A.article.title
    )
    late = told("z.txt", FERRY[:1], published=CUTOFF - timedelta(hours=1))

    assert groups([mended])[0].id == first.id
    assert groups([late, FERRY_A])[0].id == first.id
    assert groups([BOOKS])[0].id != first.id


def test_two_stories_never_share_an_id() -> None:
    """Two articles of one outlet and title are two names."""
    one = told("a.txt", publisher="Post", title="Morning briefing")
    other = told("b.txt", LIBRARY, publisher="Post", title="Morning briefing")

    assert len({group.id for group in groups([one], [other])}) == 2


def test_the_editor_splits_and_merges() -> None:
    """Articles set apart are a story of their own; stories set together are one."""
    made = groups([FERRY_A, FERRY_B], [BOOKS])
    ferry, books = (next(g.id for g in made if g.summaries[0] is s) for s in (FERRY_A, BOOKS))
    wishes = Wishes(stories={ferry: Wish(split=("b/courant.txt",), merge=(books,))})

    found = regroup(made, wishes, memory=NoMemory())

    assert {tuple(s.article.ref for s in g.summaries) for g in found} == {
        ("a/newline.txt", "c/post.txt"),
        ("b/courant.txt",),
    }
    assert found[0].id == ferry


def test_a_story_cannot_be_emptied_or_merged_with_itself() -> None:
    """Setting all articles apart, or a story together with itself, changes nothing."""
    made = groups([FERRY_A])
    wish = Wish(split=("a/newline.txt",), merge=(made[0].id, "s-unknown"))

    assert regroup(made, Wishes(stories={made[0].id: wish}), memory=NoMemory()) == made


# The editor's wishes.


def test_pins_drops_titles_comments_and_sections() -> None:
    """Each wish is in the edition, and a dropped story is in the account as vetoed."""
    made = drafts([FERRY_A, FERRY_B], [BOOKS], [told("d/x.txt", ("Snow fell on Velm.",))])
    ferry, books, snow = (name_of(r, made) for r in ("a/newline.txt", "c/post.txt", "d/x.txt"))
    said = (Comment(author="A. Editor", text="Ask."),)
    wishes = {
        ferry: Wish(title="Aground", section="Lead", comments=said),
        books: Wish(pin=True),
        snow: Wish(drop=True),
    }

    edition = compose(made, arrivals(), frame(wishes=Wishes(stories=wishes))).edition

    assert [s.id for s in edition.stories] == [books, ferry]
    assert (edition.stories[1].headline, edition.stories[1].comments) == ("Aground", said)
    assert {s.title for s in edition.sections} == {"Lead", "Other news"}
    dropped = [u for u in edition.account.units if u.fate == "dropped"]
    assert [(u.reason, u.detail) for u in dropped] == [("vetoed", "dropped by the editor")]


def test_the_editors_points_are_printed_in_the_editors_order() -> None:
    """Chosen points replace the usual ones; a point that is gone is passed over."""
    made = drafts([FERRY_A])
    articles = {"a/newline.txt": FERRY_A.article}
    names = [point_id(point, articles) for point in made[0].points]
    wish = Wish(points=(names[2], "p-gone", names[0]))

    (story,) = compose(
        made, arrivals(), frame(wishes=Wishes(stories={made[0].group.id: wish}))
    ).edition.stories

    assert [p.text for p in story.points] == [FERRY[2], FERRY[0]]


def test_a_person_is_named_in_full_where_the_reader_meets_the_name_first() -> None:
    """Whichever points the editor leaves, under the ids that they had."""
    one = told("a/newline.txt", ("Ada Vale came.", "Vale left.", "Vale slept."))
    (made,) = drafts([one])
    first, *others = made.points
    bare = [replace(p, text=f"[Ada] {p.text}", context="Ada Vale") for p in others]
    made = replace(made, points=(first, *bare))
    names = [point_id(point, {"a/newline.txt": one.article}) for point in made.points]

    def texts(points: tuple[str, ...] | None) -> list[str]:
        wishes = Wishes(stories={made.group.id: Wish(points=points)})
        (story,) = compose([made], arrivals(), frame(wishes=wishes)).edition.stories
        assert {point_id(p, {"a/newline.txt": one.article}) for p in story.points} <= {*names}
        return [p.text for p in story.points]

    assert texts(None) == ["Ada Vale came.", "Vale left.", "Vale slept."]
    assert texts((names[2], names[1])) == ["[Ada] Vale slept.", "Vale left."]


def test_the_editors_order_holds_and_late_stories_find_their_place() -> None:
    """A story the editor has not seen stands before the first that is less important."""
    late = told("d/late.txt", ("Snow fell on Velm.",), published=CUTOFF - timedelta(minutes=1))
    made = drafts([FERRY_A, FERRY_B], [BOOKS], [late])
    seen = {name_of(r, made): Wish() for r in ("c/post.txt", "a/newline.txt")}
    kept = frame(wishes=Wishes(stories=seen, reordered=True))
    free = frame(wishes=Wishes(stories=seen, reordered=False))

    assert ids(compose(made, arrivals(), kept)) == ["d/late.txt", "c/post.txt", "a/newline.txt"]
    assert ids(compose(made, arrivals(), free)) == ["a/newline.txt", "d/late.txt", "c/post.txt"]


def test_a_pinned_story_is_printed_whatever_the_length() -> None:
    """It is counted first, so the others have what is left."""
    made = drafts([FERRY_A, FERRY_B], [BOOKS])
    wishes = Wishes(stories={name_of("c/post.txt", made): Wish(pin=True)})
    short = frame(rules=rules(length=Length(stories=1, words=1)), wishes=wishes)

    assert ids(compose(made, arrivals(), short)) == ["c/post.txt"]


# Promises.


def test_the_order_of_drafts_does_not_matter() -> None:
    """Whatever order the stories come in, the edition is the same."""
    made = drafts([FERRY_A, FERRY_B], [BOOKS], [told("d/x.txt", ("Snow fell on Velm.",))])

    editions = {dump_edition(compose(o, arrivals(), frame()).edition) for o in permutations(made)}

    assert len(editions) == 1


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_days_are_counted_in_the_editions_zone(zone: str) -> None:
    """A story of the evening before is on its second day where midnight lies between."""
    memory = remember([told("m/a.txt", url="https://n.example/a")], days_ago=0)
    first = CUTOFF - timedelta(hours=12)
    memory = replace(memory, stories=(replace(memory.stories[0], first=first),))
    new = told(
        "t/a.txt", (*FERRY, "A tug from Marrow pulled the wreck free."), url="https://n.example/a"
    )
    setting = frame(memory=memory, window=window(CUTOFF, since="1d", zone=zone))

    (story,) = compose(drafts([new], memory=memory), arrivals(), setting).edition.stories

    days = CUTOFF.astimezone(ZoneInfo(zone)).date() - first.astimezone(ZoneInfo(zone)).date()
    assert story.day == days.days + 1
    assert first.tzinfo is UTC
