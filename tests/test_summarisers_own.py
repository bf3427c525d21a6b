"""Our own method knows a feature that opens with a scene, and leaves all other articles alone."""

from documents import document

from briefing.summarisers.features import FEATURES
from briefing.summarisers.own import Table, Weight, nut, summarise, weighed

SCENE = (
    "At dawn Ada Vale lifts a lid and smells the air over the harbour.",
    "She nods to her dog and puts the kettle on.",
    "The fog has not lifted yet.",
    "Nobody speaks until the tea is poured.",
)
NEWS = "Vale is the last keeper of the bell buoys of Lamorna, which the county will sell in May."
REST = (
    "The county says that satellites do the work for a third of the cost.",
    "Fishermen have collected 4,000 names against the sale.",
    "A study by the university found that the bells prevented nine groundings.",
    "The council meets on Tuesday.",
    "Two firms have made offers.",
    "One would turn them into garden ornaments.",
)


def test_a_scene_gives_way_to_the_news() -> None:
    """The sentence that takes up the headline is the best, though it stands fifth."""
    feature = document(*SCENE, NEWS, *REST, title="The last keeper of the bell buoys")

    assert nut(feature) == 4
    assert summarise(feature, count=1)[0].position == 4
    assert summarise(feature, count=1)[0].reasons == ("takes up the headline after a scene",)


def test_news_that_takes_up_its_headline_has_no_nut() -> None:
    """An article whose lead says what its title says is weighed as ever."""
    assert nut(document(NEWS, *SCENE, *REST, title="The last keeper of the bell buoys")) is None


def test_without_a_telling_title_there_is_none() -> None:
    """A title of two words is too little to know the news by."""
    assert nut(document(*SCENE, NEWS, *REST, title="Last bells")) is None
    assert nut(document(*SCENE, NEWS, *REST, title=None)) is None


def test_a_headline_that_nothing_takes_up_has_none() -> None:
    """Where no sentence of the first half shares a word with it, nothing is raised."""
    title = "Parliament votes on pensions"
    assert nut(document(*SCENE, NEWS, *REST, title=title)) is None


def test_what_stands_first_counts_more() -> None:
    """Two sentences by half a usual score: of what is alike they come first, in their order."""
    same = document(*("The council of Velm voted on the pier." for _ in range(5)))
    alike = Table(base=2.0, weights={name: Weight(value=0.0, reason="") for name in FEATURES})

    picks = weighed(same, alike)

    assert [p.position for p in picks] == [0, 1, 2, 3, 4]
    assert [p.score for p in picks] == [3.0, 3.0, 2.0, 2.0, 2.0]
