"""What outlets disagree on is set side by side; what only looks so is left alone."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.differ import differences
from briefing.differ.numbers import compatible, quantities, tokens
from briefing.differ.statements import statements
from briefing.model import Article

CASES = json.loads(
    (Path(__file__).parent / "cases" / "differ" / "differences.json").read_text(encoding="utf-8")
)
OUTLETS = ("The Newline", "Harbour Courant", "Channel Nine")


def article(number: int, text: str, *, at: str = "06:00", publisher: str | None = None) -> Article:
    """Return an uncleaned article of one outlet."""
    hour, minute = map(int, at.split(":"))
    return Article(
        ref=f"{number}.txt",
        sha256=str(number),
        source_text=text,
        text=text,
        publisher=publisher or OUTLETS[number % 3],
        published=datetime(2026, 3, 2, hour, minute, tzinfo=UTC),
    )


def told(case: dict[str, list[str]]) -> list[Article]:
    """Return the articles of a case."""
    return [
        article(number, text, at=at)
        for number, (text, at) in enumerate(zip(case["texts"], case["times"], strict=True))
    ]


def params(kind: str) -> list[object]:
    """Return the cases of one kind; those we know we fail must go on failing."""
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in CASES[kind]
    ]


def passing(kind: str) -> list[object]:
    """Return the cases of one kind that we do not know to fail."""
    return [pytest.param(c, id=c["label"]) for c in CASES[kind] if c["expect"] == "pass"]


@pytest.mark.parametrize("case", params("differences"))
def test_sets_side_by_side(case: dict[str, Any]) -> None:
    """Each difference is found, with the words of each outlet and the right kind."""
    found = differences(told(case))

    assert [[d.kind, [v.value for v in d.values]] for d in found] == case["expected"]


@pytest.mark.parametrize("case", params("no difference"))
def test_keeps_quiet(case: dict[str, list[str]]) -> None:
    """What is rounded, limited, doubtful or of another thing is no difference."""
    assert differences(told(case)) == ()


@pytest.mark.parametrize("case", passing("differences") + passing("no difference"))
def test_order_of_articles_does_not_matter(case: dict[str, list[str]]) -> None:
    """The same articles the other way round differ in the same way."""
    articles = told(case)

    assert differences(articles[::-1]) == differences(articles)


@pytest.mark.parametrize("case", passing("differences"))
def test_values_are_verbatim(case: dict[str, list[str]]) -> None:
    """A value stands in its sentence, and the sentence in the article at its offsets."""
    articles = {a.ref: a for a in told(case)}

    values = [value for d in differences(list(articles.values())) for value in d.values]

    assert all(v.value in v.text for v in values)
    assert all(articles[v.ref].text[v.start : v.end] == v.text for v in values)
    assert values


def test_a_later_version_corrects() -> None:
    """A sentence that a later version repeats with another figure is a correction."""
    was = article(0, "Aldous is recalling 38,000 vehicles over a seat belt.", at="10:00")
    now = article(3, "Aldous is recalling 83,000 vehicles over a seat belt.", at="12:00")

    (found,) = differences([now], earlier=[was])

    assert found.kind == "corrected"
    assert [v.value for v in found.values] == ["38,000 vehicles", "83,000 vehicles"]


def test_a_later_version_that_tells_more_is_no_correction() -> None:
    """A sentence that changed in more than its figure is a later state of things."""
    was = article(0, "The institute counted 11 aftershocks in an hour.", at="10:00")
    now = article(3, "The institute counted 40 aftershocks by nightfall in Sarban.", at="12:00")

    assert differences([now], earlier=[was]) == ()


def test_another_outlets_earlier_version_is_left_alone() -> None:
    """Only an outlet itself can correct its figures; its dropped versions are not compared."""
    was = article(0, "Aldous is recalling 38,000 vehicles over a seat belt.", at="10:00")
    now = article(1, "Aldous is recalling 83,000 vehicles over a seat belt.", at="12:00")

    assert differences([now], earlier=[was]) == ()


def test_a_spelling_of_three_outlets_is_one_difference() -> None:
    """Three spellings of one name stand together, an outlet each."""
    texts = ("Marek Dvorney drove.", "The man, Marek Dvorny, drove.", "So Marek Dvornei drove.")

    (found,) = differences([article(n, text) for n, text in enumerate(texts)])

    assert [v.value for v in found.values] == ["Marek Dvorney", "Marek Dvorny", "Marek Dvornei"]


def test_what_is_counted_goes_by_its_plainest_name() -> None:
    """Of the words outlets use for one count, the plainest heads the difference."""
    (found,) = differences(
        [
            article(0, "The fire broke out at dawn, killing 12 people."),
            article(1, "The fire at dawn left 14 dead."),
        ]
    )

    assert found.what == "dead"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three hundred and five people", [305]),
        ("twenty-two thousand homes", [22_000]),
        ("US$1.5bn", [1_500_000_000]),
        ("in 2024 there were 3rd, 12-year-old, 7-2 and 2pm", []),
        ("on 4 March or Sept. 11", []),
        ("4½ and 1,2,3", []),
    ],
)
def test_reads_numbers(text: str, expected: list[int]) -> None:
    """Numbers are read in words and figures; ages, scores, days and years are none."""
    assert [int(q.value) for q in quantities(tokens(text))] == expected


numbers = st.sampled_from(
    "12|14|at least 12|about 12|£3.2m|£3.24m|1,200|1,234|4%|up to 20|twelve|3 million".split("|")
)


@given(numbers, numbers)
def test_agreement_has_no_direction(one: str, other: str) -> None:
    """Whether two figures agree does not depend on which is named first."""
    (a,), (b,) = quantities(tokens(one)), quantities(tokens(other))

    assert compatible(a, b) == compatible(b, a)
    assert compatible(a, a)


@given(st.text(alphabet=st.sampled_from("12,.£%- aokdemillion\n\"'At"), max_size=120))
def test_never_fails_and_always_quotes(text: str) -> None:
    """Whatever the text, statements are cut from it, and an article never differs from itself."""
    one = article(0, text)

    assert all(text[s.start : s.start + len(s.text)] == s.text for s in statements(one))
    assert differences([one, article(1, text)]) == ()


@pytest.mark.parametrize("piece", ["1,", "a-", "twenty-", "A'", "to to ", "12 people "])
def test_long_lines_do_no_harm(piece: str) -> None:
    """A line of thousands of repeats is read through, and says nothing."""
    assert differences([article(0, piece * 3000), article(1, piece * 2000)]) == ()
