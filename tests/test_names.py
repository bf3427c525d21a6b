"""Who the people of an article are, and whom its pronouns mean."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import article_of, cases

from briefing.names import Gender, book, people
from briefing.names.lexicon import given_names, lexicon

LETTERS = st.text(
    alphabet=st.sampled_from("aVO .,'’“”\"-\n«—é") | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@pytest.mark.parametrize("case", cases("names/people.json"))
def test_people_are_named_in_full(case: dict[str, Any]) -> None:
    """Each person is given once, by the fullest name, in the order of the article."""
    article, sentences = article_of(case["paragraphs"])

    assert [person.name for person in people(article, sentences)] == case["people"]


@pytest.mark.parametrize("case", cases("names/antecedents.json"))
def test_pronouns_lead_to_a_person_only_when_certain(case: dict[str, Any]) -> None:
    """A pronoun means the one person who fits; when another may, it means nobody."""
    article, sentences = article_of(case["paragraphs"])

    found = book(article, sentences).antecedent(case["at"])

    assert (found.name if found else None) == case["person"]


def test_a_role_is_given_in_the_articles_own_words() -> None:
    """The words beside or before a name that say who it is can be cut from the text."""
    article, sentences = article_of(
        [["Sir Conrad Birch, the head of the harbour board, met ferry union chief Nora Lund."]]
    )

    roles = {p.name: (p.role, p.role_span) for p in people(article, sentences)}

    role, span = roles["Sir Conrad Birch"]
    assert role == "the head of the harbour board"
    assert span and article.text[slice(*span)] == role
    assert roles["Nora Lund"][0] == "ferry union chief"


@pytest.mark.parametrize(
    ("opening", "times"),
    [
        ("Martin Oakes’ brother Tom pleaded for help.", 1),
        ("TARNOW — Martin Oakes’ younger brother, Tom, pleaded for help.", 1),
        ("Martin Oakes’ brother Tom Lund pleaded for help.", 2),
        ("The town heard of Martin Oakes’ brother Tom.", 2),
        ("Martin Oakes’ brother pleaded for help.", 2),
    ],
)
def test_a_surname_is_nobodys_where_kin_that_may_bear_it_open_the_article(
    opening: str, times: int
) -> None:
    """Kin named by the given name alone are whom the article is about, and whom it may mean."""
    article, sentences = article_of([[opening, "The hall was full, said Oakes."]])

    found = {person.name: person for person in people(article, sentences)}

    assert len(found["Martin Oakes"].mentions) == times


def test_no_role_is_made_of_a_verb() -> None:
    """What a sentence goes on to say of a person is no role."""
    article, sentences = article_of([["Ada Vale, standing by the mayor, left."]])

    assert people(article, sentences)[0].role is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Neither Speaker Ada Vale nor the board knew.", "Speaker"),
        ("It met Secretary of State Ada Vale.", "Secretary of State"),
        ("It drew the ire of President Ada Vale.", "President"),
        ("It met the chairman of the Joint Chiefs of Staff Gen. Ada Vale.", None),
        ("It met the former director of operations chief Ada Vale.", None),
        ("It met a friend of ferry chef Ada Vale.", "ferry chef"),
        ("Take harbour professor Ada Vale, who left.", "harbour professor"),
    ],
)
def test_only_an_office_reaches_over_of_to_a_title(text: str, role: str | None) -> None:
    """What "of" joins to a title is no role unless it is one itself."""
    article, sentences = article_of([[text]])

    (person,) = people(article, sentences)

    assert person.role == role


def test_a_role_before_a_name_begins_behind_the_verb() -> None:
    """What is done with somebody is no part of the role; a managing director keeps both words."""
    article, sentences = article_of(
        [["She is quietly dating ferry chef Martin Oakes.", "They met managing director Ada Vale."]]
    )

    roles = [person.role for person in people(article, sentences)]

    assert roles == ["ferry chef", "managing director"]


def test_gender_comes_from_titles_and_given_names_alone() -> None:
    """A title or a given name makes gender certain; a name borne by either does not."""
    article, sentences = article_of([["Mr Quorrel, Dr Ada Vale and Dr Robin Oakes met."]])

    genders = [person.gender for person in people(article, sentences)]

    assert genders == [Gender.MALE, Gender.FEMALE, Gender.UNKNOWN]


def test_a_name_is_found_by_any_part_that_only_one_person_has() -> None:
    """A surname leads to the full name, titles aside, unless two people bear it."""
    article, sentences = article_of([["Dr Ada Vale met Martin Oakes and his wife, Nora Oakes."]])
    names = book(article, sentences)

    found = [names.find(name) for name in ("Dr Vale", "Oakes", "Nora Oakes", "Birch", "")]

    assert [p and p.name for p in found] == ["Ada Vale", None, "Nora Oakes", None, None]


def test_mentions_say_where_and_whether_possessive() -> None:
    """Each place where a person is named is given with its sentence and span."""
    article, sentences = article_of([["Ada Vale resigned."], ["Vale’s plan is dead."]])
    (person,) = people(article, sentences)

    assert [article.text[m.start : m.end] for m in person.mentions] == ["Ada Vale", "Vale"]
    assert [(m.sentence, m.own) for m in person.mentions] == [(0, False), (1, True)]


def test_a_language_without_tables_names_nobody_by_title() -> None:
    """An unknown language has empty tables, so that rules keep silent."""
    article, sentences = article_of([["Rouva Quorrel lähti."]], language="xx")

    assert people(article, sentences) == ()
    assert not lexicon("xx").speech
    assert not lexicon("../en").speech


def test_given_names_agree_on_who_bears_them() -> None:
    """Every given name is lower-case and borne by men, women or either."""
    names = given_names()

    assert set(names.values()) == {"m", "f", "u"}
    assert all(name == name.lower() for name in names)


@given(st.lists(st.lists(LETTERS, min_size=1, max_size=3), max_size=4))
def test_any_text_can_be_read(paragraphs: list[list[str]]) -> None:
    """Whatever the text, mentions can be cut from it, in order, and no pronoun raises."""
    article, sentences = article_of(paragraphs)
    names = book(article, sentences)

    for person in names.people:
        starts = [mention.start for mention in person.mentions]
        assert starts == sorted(starts)
        assert all(0 <= m.start < m.end <= len(article.text) for m in person.mentions)
        assert person.name in article.text
    for sentence in sentences:
        names.antecedent(sentence.position)


@pytest.mark.parametrize(
    ("sentences", "whose"),
    [
        (["President Vale met her.", "Vale dined with first lady Ada Vale."], [1]),
        (["President Vale met her.", "“It is late,” said Vale’s wife, Ada Vale."], [1]),
        (["First lady Ada Vale came.", "President Vale spoke.", "Vale left."], [0]),
        (["First lady Ada Vale came.", "Mrs Vale spoke.", "Vale left."], [0, 1, 2]),
        (["Ada Vale came.", "President Vale spoke.", "Vale left."], [0, 1, 2]),
    ],
)
def test_a_surname_with_an_office_is_not_that_of_the_bearers_kin(
    sentences: list[str], whose: list[int]
) -> None:
    """Who came in as a wife or first lady bears it only by the full name, or as Mrs."""
    article, cut = article_of([[sentence] for sentence in sentences])
    found = [p for p in people(article, cut) if p.name == "Ada Vale"]
    assert [m.sentence for p in found for m in p.mentions] == whose
