"""The judgements that weights are learnt from: positions, never words of an article."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

JUDGED = Path(__file__).parents[1] / "benchmarks" / "judged"
KEYS = {
    "topics.jsonl": {"id", "starts", "topics", "leans", "junk"},
    "second.jsonl": {"id", "topics", "leans"},
}

pytestmark = pytest.mark.skipif(not JUDGED.is_dir(), reason="not in an installed package")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    return [json.loads(line) for line in (JUDGED / name).read_text("utf-8").splitlines()]


def numbers(value: object) -> Iterator[int]:
    """Yield all that stands in *value*, failing at what is no whole number."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner)
    else:
        assert type(value) is int
        yield value


@pytest.mark.parametrize("name", KEYS)
def test_a_row_is_an_id_and_numbers(name: str) -> None:
    """No text of an article is in the repository: beside its id a row holds numbers alone."""
    for row in rows(name):
        assert set(row) == KEYS[name]
        assert " " not in row.pop("id")
        assert all(number >= 0 for number in numbers(row))


def test_positions_are_of_sentences_that_there_are() -> None:
    """Each article is judged once, and each judgement is of one of its sentences."""
    judged = rows("topics.jsonl")

    assert len({row["id"] for row in judged}) == len(judged)
    for row in judged:
        assert row["starts"] == sorted(set(row["starts"]))
        used = {n for topic in row["topics"] for n in topic["sentences"]}
        assert used | {*row["leans"], *row["junk"]} <= set(range(len(row["starts"])))
        assert {topic["importance"] for topic in row["topics"]} <= {1, 2, 3}
