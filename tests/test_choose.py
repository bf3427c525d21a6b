"""What a summary holds: how much, in what order, with what account of the rest."""

from dataclasses import replace

import pytest
from documents import document, texts
from hypothesis import given
from hypothesis import strategies as st

from briefing.choose import choose
from briefing.choose.doubt import SIGNS, doubt, signs
from briefing.choose.doubt import weights as doubts
from briefing.choose.introduce import introduced
from briefing.choose.points import limits
from briefing.choose.repair import candidates
from briefing.choose.selection import Chosen, Limits, spread
from briefing.choose.setting import Setting
from briefing.choose.subjects import Kinship
from briefing.model import Block, Document, Fate, Kind, Pick, Plan, Role
from briefing.summarisers import get, own
from briefing.summarisers.features import features
from briefing.words import count_words

LEAD = "Skerrow harbour will close its eastern basin for eleven weeks, the county of Orran said."
BODY = (
    LEAD,
    "Divers found cracks in 14 of the 22 caissons of the eastern pier in January.",
    "But the repair will cost £38.5 million, of which the county has promised half.",
    "It is the longest closure since the storm of 1987.",
    "John Reed, the mayor of Skerrow, called the closure a debt to the next generation.",
    "He also asked the ferry company to sail from the coal quay until the autumn.",
    "“We would rather lose a summer than a pier,” Reed said.",
    "Fishermen in Little Orran fear that the coal quay has no room for their catch.",
    "Ada Vale, who sells nets in Skerrow, expects to close her shop until September.",
    "The regatta of Orran will be held at Fenwick for the first time in 60 years.",
    "Hotels in Skerrow have lost a third of their bookings for July and August.",
    "A second survey of the western pier will begin in March.",
    "The county of Orran will vote on the budget on 9 April.",
)
OURS = get("briefing")


def leaning(document: Document, /, *, count: int) -> tuple[Pick, ...]:
    """Pick only the sentences that open with a pronoun."""
    opened = [s for s in document.sentences if s.text.startswith(("It", "He"))]
    return tuple(Pick(position=s.position, score=1.0) for s in opened)[:count]


def test_gives_five_points_within_the_words() -> None:
    """The default is five points in at most 120 words."""
    summary = choose(document(*BODY), Plan(), summarise=OURS)

    assert 4 <= len(summary.points) <= 5
    assert sum(count_words(p.text) for p in summary.points) <= 120
    assert all(p.label and p.reasons and p.ref == "test.txt" for p in summary.points)


def test_the_lead_comes_first() -> None:
    """The most important point opens the summary, the others follow the article."""
    summary = choose(document(*BODY), Plan(words=None), summarise=OURS)
    places = [p.sentences[0].position for p in summary.points]

    assert places[0] == 0
    assert places[1:] == sorted(places[1:])


@given(
    body=st.lists(st.sampled_from(BODY), max_size=14),
    points=st.integers(1, 7),
    words=st.one_of(st.none(), st.integers(1, 150)),
    ratio=st.one_of(st.none(), st.floats(0.05, 1)),
)
def test_limits_are_kept(
    body: list[str], points: int, *, words: int | None, ratio: float | None
) -> None:
    """Whatever is asked, no more points, words or sentences are printed than that."""
    found = document(*body)
    summary = choose(found, Plan(points=points, words=words, ratio=ratio), summarise=OURS)
    sentences = [s.position for p in summary.points for s in p.sentences]

    assert len(summary.points) <= points
    assert words is None or sum(count_words(p.text) for p in summary.points) <= words
    assert ratio is None or len(sentences) <= max(1, ratio * len(found.sentences) + 1e-9)
    assert len(set(sentences)) == len(sentences)


@given(st.lists(st.sampled_from(BODY), max_size=14))
def test_every_sentence_has_one_fate(body: list[str]) -> None:
    """The fates tell of each sentence once, and of those that points show what the points show."""
    found = document(*body)
    summary = choose(found, Plan(), summarise=OURS)
    fates = {f.start: f for f in summary.fates}

    assert sorted(fates) == [s.start for s in found.sentences]
    for number, point in enumerate(summary.points):
        for sentence in point.sentences:
            assert fates[sentence.start].point == number
            assert fates[sentence.start].fate in (Fate.CHOSEN, Fate.REPAIRED)


@pytest.mark.parametrize(
    ("sentences", "points"), [(1, 1), (2, 1), (4, 1), (6, 2), (10, 4), (13, 5)]
)
def test_a_brief_is_not_summarised_into_itself(sentences: int, points: int) -> None:
    """A short article gives fewer points, an article of thirteen sentences the five asked for."""
    assert limits(document(*BODY[:sentences]), Plan()).points == points


@pytest.mark.parametrize(("ratio", "allowed"), [(0.3, 3), (0.05, 1), (1.0, 10)])
def test_a_ratio_counts_sentences(ratio: float, allowed: int) -> None:
    """A share of the sentences is rounded down, but one may always be shown."""
    assert limits(document(*BODY[:10]), Plan(ratio=ratio)).sentences == allowed


@pytest.mark.parametrize("kind", [Kind.TEASER, Kind.NOT_ARTICLE])
def test_what_is_no_article_has_no_points(kind: Kind) -> None:
    """A teaser is told of, sentence by sentence, but not summarised."""
    found = document(*BODY)
    teaser = replace(found, article=replace(found.article, kind=kind, kind_reason="Cut short."))
    summary = choose(teaser, Plan(), summarise=OURS)

    assert summary.points == ()
    assert {f.fate for f in summary.fates} == {Fate.NOT_CHOSEN}
    assert {f.reasons for f in summary.fates} == {("Cut short.",)}


def test_an_empty_article_has_no_points() -> None:
    """Nothing in, nothing out."""
    summary = choose(document(), Plan(), summarise=OURS)

    assert (summary.points, summary.fates) == ((), ())


def test_no_point_where_no_sentence_fits() -> None:
    """The words asked for are kept to even where nothing can then be said."""
    assert choose(document(*BODY), Plan(words=3), summarise=OURS).points == ()


def test_blocks_that_are_not_body_are_told_of() -> None:
    """A caption keeps the cleaner's reason as its fate."""
    found = document(*BODY)
    caption = Block(start=0, end=len(LEAD), role=Role.CAPTION, rule="caption-copy")
    article = replace(found.article, blocks=(caption, *found.article.blocks[1:]))
    left = replace(found, article=article, sentences=(), words=())
    told = choose(left, Plan(), summarise=OURS).fates

    assert [(f.fate, f.reasons) for f in told] == [(Fate.NOT_BODY, ("caption: caption-copy",))]


def test_a_pronoun_never_opens_a_point_unnamed() -> None:
    """Each method's points stand alone, also when the method prefers others."""
    found = document(BODY[3], BODY[4], BODY[5], *BODY[9:12])
    summary = choose(found, Plan(words=None), summarise=leaning)

    assert [p.text.split(" also")[0] for p in summary.points] == [
        "He [John Reed, the mayor of Skerrow]"
    ]


def test_a_repeated_subject_is_redundant() -> None:
    """Of two sentences that say the same, one is printed and the other points to it."""
    again = LEAD.replace("the county of Orran said", "officials of the county of Orran said")
    summary = choose(document(*BODY, again), Plan(), summarise=OURS)
    fate = summary.fates[-1]

    assert fate.fate is Fate.REDUNDANT
    assert fate.point == 0
    assert "point 1 tells of the same subject" in fate.reasons


def test_a_person_is_introduced_once() -> None:
    """The first bracket gives the role as the article has it, later ones the name alone."""
    found = document(
        "John Reed, the mayor of Skerrow, resigned on Monday.",
        "Reed had warned the county of Orran twice.",
        "The pier in Skerrow was built in 1961.",
        "Reed will sail to Little Orran in May.",
    )
    setting = Setting(document=found)
    taken = [Chosen(candidate=candidates(setting, n)[0], gain=1.0) for n in (1, 3)]

    told = [c.candidate.text for c in introduced(setting, taken, words=None)]
    tight = [c.candidate.text for c in introduced(setting, taken, words=18)]

    assert told == [
        "Reed [John Reed, the mayor of Skerrow] had warned the county of Orran twice.",
        "[John] Reed will sail to Little Orran in May.",
    ]
    assert tight[0] == "[John] Reed had warned the county of Orran twice."


def test_kinship_is_symmetric_and_bounded() -> None:
    """Each sentence covers itself in full, and each other as far as that one covers it."""
    kin = Kinship(document(*BODY))

    for i in range(len(BODY)):
        assert kin[i][i] == 1
        assert all(0 <= x <= 1 and kin[j][i] == pytest.approx(x) for j, x in enumerate(kin[i]))


def test_spread_prefers_a_second_subject_to_a_second_helping() -> None:
    """Two sentences of one subject are not both printed while another subject is left."""
    found = document(*BODY[:3])
    forms = [candidates(Setting(document=found), n)[0] for n in range(3)]
    kin = ((1.0, 0.9, 0.0), (0.9, 1.0, 0.0), (0.0, 0.0, 1.0))
    asked = Limits(points=2, sentences=3, words=None)

    taken = spread(forms, worth=[1.0, 0.9, 0.5], kin=kin, limits=asked)

    assert 2 in {c.candidate.position for c in taken}


def test_spread_of_nothing_is_nothing() -> None:
    """Without candidates there is no point."""
    assert spread([], worth=[], kin=[], limits=Limits(points=5, sentences=5, words=120)) == ()


def test_our_scores_are_for_every_sentence() -> None:
    """Our method weighs each sentence, never below nothing, the best first."""
    found = document(*BODY)
    picks = OURS(found, count=99)

    assert sorted(p.position for p in picks) == list(range(len(texts(found))))
    assert [p.score for p in picks] == sorted((p.score for p in picks), reverse=True)
    assert picks[0].position == 0
    assert min(p.score for p in picks) >= 0
    assert OURS(found, count=2) == picks[:2]


def test_tables_and_measures_agree() -> None:
    """Each learnt weight belongs to something that is measured, and the other way round."""
    found = document(*BODY)
    measured = signs(Setting(document=found), found.sentences[0])

    assert set(own.table("fr").weights) == set(features(found)[0])
    assert tuple(measured) == SIGNS
    for language in ("en", "fr"):
        assert len(doubts(language).signs) == len(SIGNS)
    assert doubts("en").meaning
    assert not doubts("fr").meaning


def test_doubt_is_less_where_a_name_is_shown() -> None:
    """A reader who is told who speaks asks less; one without a title asks more."""
    titled = document(*BODY, title="Skerrow closes its basin")
    bare = document(*BODY)
    run = titled.sentences[2:3]

    told = doubt(Setting(document=titled), run, told=True)
    silent = doubt(Setting(document=titled), run, told=False)
    untitled = doubt(Setting(document=bare), run, told=False)

    assert 0 < told < silent < untitled < 1


def test_a_pronoun_that_is_told_is_no_riddle() -> None:
    """A bracket takes from the doubt what it cures, and a pronoun's takes more than a surname's."""
    found = document(BODY[4], "He told the ferry company that he would sail from the coal quay.")
    setting, run = Setting(document=found), found.sentences[1:2]
    bare, surname, pronoun = [
        doubt(setting, run, told=False, cured=frozenset(cured))
        for cured in ((), ("surname",), ("pronoun",))
    ]

    assert 0 < pronoun < surname < bare < 1


def test_a_lead_brings_in_whom_it_quotes_by_office() -> None:
    """Later a voice without a name costs, for news names people once it has brought them in."""
    said = "The head of the harbour board asked the pilots of Orran to “join hands with us” in May."
    first = document(said, BODY[1])
    later = document(BODY[1], said)

    (lead,) = candidates(Setting(document=first), 0)
    (other,) = candidates(Setting(document=later), 1)

    assert lead.speaker is None
    assert lead.cost == 0 < other.cost


def test_half_of_a_thought_costs() -> None:
    """What the next sentence turns gives way to another; what it goes on with does not."""
    said = "The county of Orran promised a ferry of nine cars for May."
    costs = [
        candidates(Setting(document=document(said, f"{word} the yard has not begun to build.")), 0)
        for word in ("But", "Since March")
    ]

    assert costs[0][0].cost > costs[1][0].cost == 0


def test_what_is_said_in_the_same_words_again_is_told() -> None:
    """Two sentences that surely tell the same are one to the reader; two that may be are not."""
    again = "Skerrow harbour will close its eastern basin for eleven weeks from Monday."
    kin = Kinship(document(LEAD, again, *BODY[1:]))

    assert kin[0][1] == 1
    assert kin[0][2] < 1


def test_nothing_picked_is_nothing_printed() -> None:
    """A method that picks nothing gets no point, and every sentence still has its fate."""
    found = document(*BODY[:2], *BODY[6:8])
    summary = choose(found, Plan(), summarise=leaning)

    assert summary.points == ()
    assert len(summary.fates) == len(found.sentences)
