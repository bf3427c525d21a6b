"""Labels of a story: two articles on one event may share one; what is printed tells them apart."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from newsroom import arrivals, drafts, frame, told

from briefing.compose import compose
from briefing.compose.relabel import distinct
from briefing.edition import Story
from briefing.label import labels
from briefing.model import Summary
from briefing.segment import segment

VOTE = (
    "Drivers at Westline voted for a strike.",
    "The Footplate Union said on Sunday that most of its members had voted.",
)
PAY = (
    "Westline offered its drivers higher pay.",
    "Nine in ten supported the action, the Footplate Union said in a statement.",
)
ALONE = ("Selden waited.",)


def labelled(ref: str, sentences: Sequence[str]) -> Summary:
    """Return a summary with the labels that its points have in an article alone."""
    summary = told(ref, sentences)
    found = labels(segment(summary.article), [[n] for n in range(len(sentences))])
    points = zip(summary.points, found, strict=True)
    return replace(summary, points=tuple(replace(p, label=label, ref=ref) for p, label in points))


def story(*summaries: Summary) -> Story:
    """Return the one story of an edition of these articles."""
    made = [replace(d, points=tuple(p for s in summaries for p in s.points))
            for d in drafts(summaries)]  # fmt: skip
    (found,) = compose(made, arrivals(), frame()).edition.stories
    return found


def test_the_labels_of_a_story_differ() -> None:
    """The first keeps what it has; the other gets the next best, in its own article's words."""
    vote, pay = labelled("a/newline.txt", VOTE), labelled("b/courant.txt", PAY)
    assert vote.points[1].label == pay.points[1].label == "Footplate Union"

    points = story(vote, pay).points

    assert [p.label for p in points[:2]] == [p.label for p in vote.points]
    assert len({p.label.casefold() for p in points}) == len(points) == 4
    given = points[3].label
    assert given
    assert given in pay.article.text
    assert points[3] == replace(pay.points[1], label=given, sentences=points[3].sentences)


def test_labels_that_differ_stay() -> None:
    """An article's own labels are not touched, nor is anything else of a point."""
    vote = labelled("a/newline.txt", VOTE)
    assert distinct(vote.points, {vote.article.ref: vote.article}) == vote.points


def test_where_there_is_no_other_word_the_label_stays() -> None:
    """A label twice is better than one that says nothing, or than none."""
    one, other = (labelled(f"{n}/newline.txt", ALONE) for n in "ab")
    articles = {s.article.ref: s.article for s in (one, other)}
    found = distinct((*one.points, *other.points), articles)
    assert [p.label for p in found] == [one.points[0].label] * 2


@pytest.mark.parametrize("copies", [2, 4])
def test_a_label_that_was_given_is_not_given_again(copies: int) -> None:
    """However many articles share it, and whatever their other points are called."""
    summaries = [labelled(f"{n}/outlet{n}.txt", PAY) for n in range(copies)]
    articles = {s.article.ref: s.article for s in summaries}
    found = [p.label for p in distinct([p for s in summaries for p in s.points], articles)]
    assert len(set(found)) == len(found)
    assert found[:2] == [p.label for p in summaries[0].points]
