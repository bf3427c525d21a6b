"""Order: how important a story is, and under which heading it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import log2

from briefing.compose.sift import last_change
from briefing.edition import Mark, Section, Story, Window
from briefing.model import Summary
from briefing.rights import outlet_key
from briefing.words import words

# The six weights below are set by hand, so that on the project's samples a story of three
# outlets stands above a scoop of the last hour, and a watched word lifts a story above both.
# None is learnt: what is important is the user's to say, with `weights` and `watch`.
OUTLETS = 1.0
"""For each doubling of the number of outlets."""

RECENCY = 0.5
"""For a story that moved at the cut-off; it falls to 0 at the beginning of the window."""

WATCHED = 2.0
"""For a story with any watched word, once."""

CONTINUING = -1.0
"""For a story that tells nothing new: what is new stands above it."""

GRAVE = 0.8
"""For a story whose headlines tell of deaths: nearly the weight of a second outlet."""

GOES_ON = 0.3
"""For a story that was news before and has moved: its readers wait for it."""

_DEATH = frozenset(
    "dead deaths death die dies died kill kills killed killing fatal fatalities toll"
    " mort morts meurt meurent tué tués tote toten getötet sterben starben opfer muerto muertos"
    " muere mueren víctimas погибли погиб погибших жертв загинули загинув загиблих жертви".split()
)

OTHER = "Other news"
"""The heading of stories that no rule and no outlet gives a section."""

ALL = "News"
"""Their heading where no story has another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """A heading, and which stories belong under it."""

    title: str
    words: tuple[str, ...] = ()
    """Words or phrases; one in a headline or in the outlet's own section is enough."""

    outlets: tuple[str, ...] = ()
    """Stories of which all outlets are among these."""

    weight: float = 0.0
    """Added to the importance of its stories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What the user holds to be important."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """Added to the importance of a story that an outlet tells, the largest of its outlets'."""

    watch: tuple[str, ...] = ()
    """Words or phrases to watch for, in titles and points."""

    sections: tuple[SectionRule, ...] = ()


def importance(
    story: Story, summaries: Sequence[Summary], *, ranking: Ranking, window: Window
) -> float:
    """Return how important a story is: a number to sort by, higher first.

    It is the sum of outlets (on a scale of doublings, for the tenth outlet tells less than the
    second), recency, deaths in a headline, news of a story that goes on, the weight the user
    gives to its outlets, its section's weight, and a watched word; what tells nothing new goes
    back.
    """
    outlets = {outlet_key(article.outlet) for article in story.articles}
    weights = {outlet_key(name): weight for name, weight in ranking.weights.items()}
    rule = section_rule(story, summaries, ranking.sections)
    return round(
        OUTLETS * log2(1 + len(outlets))
        + RECENCY * _recency(summaries, window)
        + (GRAVE if _is_grave(story) else 0.0)
        + (GOES_ON if story.mark is Mark.UPDATE else 0.0)
        + max((weights.get(outlet, 0.0) for outlet in outlets), default=0.0)
        + (rule.weight if rule else 0.0)
        + (WATCHED if _is_watched(story, ranking.watch) else 0.0)
        + (CONTINUING if story.mark is Mark.CONTINUING else 0.0),
        6,
    )


def section_rule(
    story: Story, summaries: Sequence[Summary], rules: Iterable[SectionRule]
) -> SectionRule | None:
    """Return the first rule that fits, so the user's order decides where two would."""
    texts = [story.headline, *(article.title for article in story.articles)]
    texts += [s.article.section or "" for s in summaries]
    outlets = {outlet_key(article.outlet) for article in story.articles}
    return next((rule for rule in rules if _fits(rule, texts, outlets)), None)


def _fits(rule: SectionRule, texts: Sequence[str], outlets: set[str]) -> bool:
    """Return whether a story of these titles and outlets belongs under a rule's heading."""
    if any(holds(text, phrase) for phrase in rule.words for text in texts):
        return True
    return bool(rule.outlets) and outlets <= {outlet_key(name) for name in rule.outlets}


def heading(story: Story, summaries: Sequence[Summary], rules: Sequence[SectionRule]) -> str:
    """Return the heading of a story: by rule; without rules, the section its outlet gives it."""
    rule = section_rule(story, summaries, rules)
    if rule is not None:
        return rule.title
    own = (s.article.section for s in summaries)
    return OTHER if rules else next((" ".join(o.split()) for o in own if o and o.strip()), OTHER)


def sections(
    stories: Sequence[Story], headings: Mapping[str, str], rules: Sequence[SectionRule]
) -> tuple[Section, ...]:
    """Return the sections in order: as the rules stand; without rules, by their first story.

    A heading that differs from another only in its case is the same one. A section with one
    story is kept: an outlet's word for it is better than none. `Other news` stands last; beside
    no other section it is `News`.

    Args:
        stories: In the order in which they are to stand.
        headings: Of each story, by its id.
        rules: The user's sections.
    """
    under: dict[str, tuple[str, list[str]]] = {}
    for story in stories:
        title = headings[story.id]
        under.setdefault(title.casefold(), (title, []))[1].append(story.id)
    if under.keys() == {OTHER.casefold()}:
        return (Section(title=ALL, stories=tuple(under[OTHER.casefold()][1])),)
    listed = [rule.title.casefold() for rule in rules]

    def place(key: str) -> tuple[bool, int]:
        return key == OTHER.casefold(), listed.index(key) if key in listed else len(listed)

    return tuple(
        Section(title=under[key][0], stories=tuple(under[key][1]))
        for key in sorted(under, key=place)
    )


def holds(text: str, phrase: str) -> bool:
    """Return whether *text* holds the words of *phrase*, one after the other.

    >>> holds("Rail strike: what now?", "rail strike"), holds("Trailing", "rail")
    (True, False)
    """
    return bool(words(phrase)) and f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "


def _recency(summaries: Sequence[Summary], window: Window) -> float:
    """Return 1 for what changed at the cut-off, 0 at the window's start; undated counts half."""
    changes = [c for s in summaries if (c := last_change(s.article)) is not None]
    if not changes:
        return 0.5
    length = max(window.end - window.start, timedelta(seconds=1))
    return min(1.0, max(0.0, (max(changes) - window.start) / length))


def _is_grave(story: Story) -> bool:
    """Return whether a headline tells of deaths."""
    titles = (story.headline, *(article.title for article in story.articles))
    return any(_DEATH.intersection(words(title)) for title in titles)


def _is_watched(story: Story, watch: Iterable[str]) -> bool:
    """Return whether a watched word stands in a title or a point."""
    texts = [story.headline, *(a.title for a in story.articles)]
    texts += [p.text for p in story.points]
    return any(holds(text, phrase) for phrase in watch for text in texts)
