"""What sentences mean: sums of a table's numbers, and what is near to what."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarisers import closeness, own
from briefing.summarisers.closeness import Meaning, meaning, nearness, table, whole
from briefing.summarisers.features import CLOSENESS, FEATURES, columns

FERRY = "The ferry sank in the harbour during the storm."
BOAT = "A boat went down near the port in bad weather."
TAXES = "Parliament raised the duty on tobacco and wine."


def test_what_means_the_same_is_near_without_a_common_word() -> None:
    """A boat that went down is nearer to a ferry that sank than a tax is."""
    known = meaning(document(FERRY, BOAT, TAXES))

    near = nearness(known, known.sentences[0])

    assert near[0] == pytest.approx(1)
    assert near[1] > near[2] + 0.3


def test_a_title_that_is_not_there_is_near_nothing() -> None:
    """Without a title its numbers are zeros, and so is every nearness to it."""
    known = meaning(document(FERRY, TAXES))

    assert set(known.title) == {0.0}
    assert nearness(known, known.title) == [0.0, 0.0]
    assert set(meaning(document(FERRY, title="Storm at sea")).title) != {0.0}


def test_a_sentence_without_a_known_word_means_nothing() -> None:
    """Words that the table has not add nothing, and length is 1 so that none divides by 0."""
    known = meaning(document("Qzxvw jjqqk."))

    assert set(known.sentences[0]) == {0.0}
    assert known.lengths == (1.0,)


def test_each_stem_counts_once_and_its_order_does_not() -> None:
    """A sentence is a set of stems."""
    once, more = meaning(document("The storm sank it.", "It sank, sank the storm.")).sentences

    assert once == more


@given(st.lists(st.sampled_from(["the", "storm", "tax", "harbour", "zzzz"]), max_size=600))
def test_long_sums_stay_in_bounds(words: list[str]) -> None:
    """However long a sentence, no number of it is beyond what its stems can make."""
    (numbers,) = meaning(document(" ".join(["Storm", *words]) + ".")).sentences

    assert max(map(abs, numbers)) <= 2 * math.sqrt(5)


def test_more_stems_than_a_sum_can_hold_are_left_out() -> None:
    """A sentence of all stems of the table is summed without running over."""
    (numbers,) = meaning(document(" ".join(table("en").places) + ".")).sentences

    assert max(map(abs, numbers)) <= 2 * math.sqrt(257)


def test_sums_are_those_of_the_table_number_by_number() -> None:
    """Summing long whole numbers gives what summing byte by byte gives."""
    learnt = table("en")
    places = [learnt.places[stem] for stem in ("the", "storm", "sank")]
    step = range(0, 2 * learnt.dimensions, 2)
    by_hand = [sum(learnt.numbers[p + n] - 128 for p in places) / 64 / math.sqrt(3) for n in step]

    (numbers,) = meaning(document("The storm sank.")).sentences

    assert list(numbers) == pytest.approx(by_hand)


def test_the_whole_is_no_nearer_to_a_long_sentence() -> None:
    """Each sentence counts alike for what the article means."""
    known = Meaning(sentences=((3.0, 4.0), (0.0, 0.5)), title=(), lengths=(5.0, 0.5))

    assert whole(known) == pytest.approx([0.6, 1.8])


def test_a_language_without_a_table_is_weighed_as_ever() -> None:
    """French has the ten features and the ten weights; English four more."""
    assert set(own.table("fr").weights) == set(FEATURES)
    assert own.table("fr").kind == ()
    assert set(own.table("en").weights) == {*FEATURES, *CLOSENESS}
    assert own.table("../en") is not own.table("en")
    with pytest.raises(FileNotFoundError):
        meaning(document("Le bac a coulé.", language="fr"))


def test_closeness_is_measured_where_it_counts() -> None:
    """With weights for the numbers of meaning come the features of meaning, in their order."""
    found = document(BOAT, TAXES, "Storm at sea", title="Storm in the harbour")

    assert list(columns(found)) == list(FEATURES)
    measured = columns(found, kind=(1.0,))
    assert list(measured) == [*FEATURES, *CLOSENESS]
    assert measured["finished"] == [1.0, 1.0, 0.0]
    assert measured["kind"] == [numbers[0] for numbers in meaning(found).sentences]
    assert measured["near title"][0] > measured["near title"][1] + 0.2
    assert measured["near whole"] == pytest.approx(nearness(meaning(found), whole(meaning(found))))
    assert columns(document(), kind=(1.0,))["near whole"] == []


def test_reasons_tell_of_closeness() -> None:
    """A sentence is said to be near the title though it shares no word with it."""
    title = "Ferry sinks off harbour in storm"
    found = document(TAXES, "Wine costs a penny more from May.", BOAT, title=title)

    reasons = {pick.position: pick.reasons for pick in own.summarise(found, count=3)}

    assert "is near the title in meaning" in reasons[2]
    assert "is near the title in meaning" not in reasons[0]
    assert "says what the title says" not in reasons[2]


def test_the_table_says_where_it_comes_from() -> None:
    """The model, its licence, its digest and the day are told; the table is small and plain."""
    path = Path(closeness.__file__).parents[1] / "tables" / "closeness-en.json"
    raw = json.loads(path.read_text(encoding="utf-8"))

    for told in ("all-MiniLM-L6-v2", "Apache-2.0", "sha256", "train_closeness.py"):
        assert told in raw["provenance"]
    assert path.stat().st_size < 1_000_000
    assert len(set(raw["stems"].split())) * raw["dimensions"] == len(table("en").numbers) / 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_table_is_read_for_english_alone(language: str) -> None:
    """Neither starting nor an article in another language reads it."""
    code = (
        "from documents import document\n"
        "from briefing.choose import choose\n"
        "from briefing.model import Plan\n"
        "from briefing.summarisers import closeness, get\n"
        f"found = document('Ada Vale came home.', 'It rained.', language={language!r})\n"
        "choose(found, Plan(), summarise=get('briefing'))\n"
        "print(closeness.table.cache_info().currsize)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent,
    )

    assert ran.stdout.strip() == str(int(language == "en"))
