"""A story's points come from all its articles, and none says what another said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import merge
from briefing.model import Article, KeyPoint, Sentence, Summary
from briefing.words import count_words


def summary(ref: str, *texts: str, language: str = "en") -> Summary:
    """Return the summary of an article whose points are *texts*."""
    whole = " ".join(texts)
    article = Article(ref=ref, sha256=ref, source_text=whole, text=whole, language=language)
    return Summary(article=article, points=tuple(point(text) for text in texts))


def point(text: str) -> KeyPoint:
    """Return a key point of one sentence, without a ref of its own."""
    sentence = Sentence(text=text, start=0, end=len(text), position=0, paragraph=0)
    return KeyPoint(label="", text=text, sentences=(sentence,))


NEWLINE = summary(
    "newline",
    "The dam above Velm burst before dawn and flooded the lower town.",
    "The prefect, Ilse Brandt, asked the army for boats.",
    "Engineers had warned in spring that the eastern wall was moving.",
)
COURANT = summary(
    "courant",
    "Before dawn the dam above Velm burst, flooding the lower town.",
    "Insurers expect claims of forty million crowns.",
    "Engineers warned in spring of the moving eastern wall.",
)


def test_every_outlet_is_heard_and_nothing_is_said_twice() -> None:
    """The first points come before the second ones; what repeats is passed over."""
    found = merge.points([NEWLINE, COURANT], count=5)

    assert [(p.ref, p.text.split()[0]) for p in found] == [
        ("newline", "The"),
        ("newline", "The"),
        ("courant", "Insurers"),
        ("newline", "Engineers"),
    ]


def test_the_lead_decides_whose_words_are_printed() -> None:
    """Of two points that say the same, the one of the article that comes first is kept."""
    found = merge.points([COURANT, NEWLINE], count=1)

    assert [p.text for p in found] == [COURANT.points[0].text]
    assert found[0].ref == "courant"


def test_a_later_opening_that_tells_the_event_again_gives_way_to_its_next_point() -> None:
    """In other words, too: what the lead's first paragraphs tell is the event."""
    lead = summary("lead", "Voters in Marl turned out the government after 43 years on Friday.")
    text = lead.article.text + "\nTess Holloway, of the Rural Alliance, won the by-election."
    lead = replace(lead, article=replace(lead.article, text=text))
    other = summary(
        "other",
        "Tess Holloway has won the Marl by-election for the Rural Alliance.",
        "She fought the campaign from a horsebox, on the price of feed.",
    )

    found = merge.points([lead, other], count=5)

    assert [p.text for p in found] == [lead.points[0].text, other.points[1].text]


def test_a_later_opening_with_a_fact_of_its_own_is_printed() -> None:
    """That the place is named again makes it no repetition."""
    other = summary(
        "other",
        "Velm's only school, which has twelve hundred pupils, closed in March over cracks found "
        "beneath its gymnasium by a caretaker.",
    )

    assert merge.points([NEWLINE, other], count=2)[1].ref == "other"


def test_differing_figures_do_not_make_a_new_point() -> None:
    """Points that differ in a figure alone are one; the figures are compared elsewhere."""
    found = merge.points(
        [
            summary("a", "The Velm flood killed 12 people."),
            summary("b", "The Velm flood killed 14 people."),
        ],
        count=5,
    )

    assert [p.ref for p in found] == ["a"]


def test_words_are_counted_over_all_points() -> None:
    """A point that would go over the limit is left out, and a shorter one still taken."""
    found = merge.points([NEWLINE, COURANT], count=5, words=22)

    assert [p.text for p in found] == [NEWLINE.points[0].text, NEWLINE.points[1].text]
    assert sum(count_words(p.text) for p in found) <= 22


def test_a_long_first_point_is_shown_all_the_same() -> None:
    """A story always says something."""
    assert len(merge.points([NEWLINE], count=3, words=2)) == 1


@pytest.mark.parametrize("count", [0, -1])
def test_none_asked_none_given(count: int) -> None:
    """Fewer than one point is none."""
    assert merge.points([NEWLINE, COURANT], count=count) == ()


lines = st.lists(
    st.sampled_from("dam velm burst flood water army bridge 12 the of".split()), min_size=1
).map(" ".join)


@given(st.lists(st.lists(lines, max_size=4), max_size=4), st.integers(0, 6), st.integers(1, 40))
def test_points_are_the_articles_own(told: list[list[str]], count: int, words: int) -> None:
    """Each point stands in the summary that its ref names, within the limits."""
    summaries = [summary(str(n), *texts) for n, texts in enumerate(told)]

    found = merge.points(summaries, count=count, words=words)

    assert len(found) <= count
    assert all(p.text in told[int(p.ref)] for p in found)
    assert len(found) <= 1 or sum(count_words(p.text) for p in found) <= words
