"""How a story of today stands to the editions before."""

from datetime import timedelta

import pytest
from newsroom import CUTOFF, FERRY, LIBRARY, arrivals, drafts, frame, told
from remembered import remember, together

from briefing.compose import Memory, compose
from briefing.edition import Mark, Story
from briefing.model import Summary

MONDAY = told("mon/newline.txt", FERRY, url="https://newline.example/ferry")

# The same event in another outlet's words, with the same facts.
REWRITE = (
    "Port Selden: the ferry Aurelia ran aground on Tuesday night.",
    "Passengers, twelve of them, went to hospital with broken bones.",
)
NEWS = "A tug from Marrow pulled the wreck free at dawn and towed it into dock."


def story(*summaries: Summary, memory: Memory) -> Story:
    """Return the story that these articles become."""
    composed = compose(drafts(summaries, memory=memory), arrivals(), frame(memory=memory))
    (found,) = composed.edition.stories
    return found


def test_without_memory_a_story_is_new() -> None:
    """Nothing was told before: the first day, and no edition to go on from."""
    found = story(told("tue/newline.txt"), memory=Memory())

    assert (found.mark, found.day, found.since, found.new) == (Mark.NEW, 1, None, ())


def test_another_event_is_new() -> None:
    """A memory of one event does not mark another."""
    found = story(told("tue/post.txt", LIBRARY), memory=remember([MONDAY]))

    assert (found.mark, found.since) == (Mark.NEW, None)


def test_a_new_version_of_a_page_is_an_update_that_tells_what_is_new() -> None:
    """At the address of an article that was printed, the new sentence is what is new."""
    version = told("tue/newline.txt", (*FERRY, NEWS), url="https://newline.example/ferry?ref=rss")

    found = story(version, memory=remember([MONDAY]))

    assert (found.id, found.mark, found.day, found.since) == ("s-1", Mark.UPDATE, 2, "edition-1")
    assert [p.text for p in found.new] == [NEWS]
    assert found.points[0].text == NEWS


def test_half_of_the_same_sentences_are_the_same_story() -> None:
    """Without an address, an article is known again by what it repeats."""
    version = told("tue/gazette.txt", (FERRY[0], FERRY[1], NEWS))

    assert story(version, memory=remember([MONDAY])).mark is Mark.UPDATE


def test_the_same_facts_in_other_words_are_continuing() -> None:
    """A rewrite that tells nothing new is marked so, and told in two points."""
    rewrite = told("tue/newline.txt", (*REWRITE, *FERRY), url="https://newline.example/ferry")

    found = story(rewrite, memory=remember([MONDAY]))

    assert (found.mark, found.new, len(found.points)) == (Mark.CONTINUING, (), 2)


@pytest.mark.parametrize("figure", ["Fourteen", "14"])
def test_a_changed_figure_is_news(figure: str) -> None:
    """In letters or digits, another number is told as new though every other word is known."""
    changed = FERRY[1].replace("Twelve", figure)
    version = told("tue/newline.txt", (FERRY[0], changed), url="https://newline.example/ferry")

    found = story(version, memory=remember([MONDAY]))

    assert [p.text for p in found.new] == [changed]


def test_days_count_from_the_first_printing_by_the_calendar() -> None:
    """A story last printed yesterday and first printed three days before is on its fifth day."""
    memory = remember([MONDAY], days_ago=1, first=4)
    version = told("tue/newline.txt", (*FERRY, NEWS), url="https://newline.example/ferry")

    assert story(version, memory=memory).day == 5


def test_since_names_the_last_edition_that_printed_it() -> None:
    """Though an article of the first edition is the one that is most alike."""
    later = told("tue/newline.txt", (NEWS, *LIBRARY), url="https://newline.example/ferry")
    memory = together(remember([MONDAY], days_ago=3), remember([later], days_ago=1, first=3))
    version = told("wed/newline.txt", FERRY, url="https://newline.example/ferry")

    assert story(version, memory=memory).since == "edition-1"


def test_what_any_earlier_edition_told_is_not_new() -> None:
    """What was told three days ago, and not yesterday, is no news today."""
    later = told("tue/newline.txt", LIBRARY, url="https://newline.example/ferry")
    memory = together(remember([MONDAY], days_ago=3), remember([later], days_ago=1, first=3))
    version = told("wed/newline.txt", (FERRY[1],), url="https://newline.example/ferry")

    assert story(version, memory=memory).mark is Mark.CONTINUING


def test_what_goes_on_from_one_story_is_one_story() -> None:
    """Two articles that are not alike, of which each goes on from Monday's story."""
    memory = remember([MONDAY])
    one = told("tue/a.txt", (FERRY[0], NEWS), url="https://newline.example/ferry")
    other = told("tue/b.txt", FERRY[1:])

    composed = compose(drafts([one], [other], memory=memory), arrivals(), frame(memory=memory))

    (found,) = composed.edition.stories
    assert {a.ref for a in found.articles} == {"tue/a.txt", "tue/b.txt"}
    assert found.reason == "both go on from a story of edition edition-1"


def test_the_edition_is_numbered_after_those_before() -> None:
    """The third edition has two before it."""
    memory = together(remember(days_ago=2), remember(days_ago=1))

    assert compose([], arrivals(), frame(memory=memory)).edition.number == 3


def test_a_home_page_is_no_address_to_know_an_article_by() -> None:
    """Two articles of one outlet whose feed links to its front are two stories."""
    monday = told("mon/a.txt", FERRY, url="https://newline.example/")
    other = told("tue/b.txt", LIBRARY, url="https://newline.example")

    assert story(other, memory=remember([monday])).mark is Mark.NEW


def test_a_clock_set_back_still_counts_days() -> None:
    """A story that was first printed after this edition is on its first day, not before it."""
    memory = remember([MONDAY], days_ago=1, first=-2)
    version = told("tue/a.txt", (*FERRY, NEWS), published=CUTOFF - timedelta(hours=1))

    assert story(version, memory=memory).day == 1
