"""Corrections: exactly the printed words that no longer stand in their sources are named."""

import json
from pathlib import Path

import proofs
import pytest

from briefing.cli import _parse, check_sources, main
from briefing.codec.carry import pack
from briefing.corrections import Standing, correct
from briefing.edition import Edition
from briefing.fetch import FakeFetcher
from briefing.model import Article

NOW = "2026-03-05T08:00:00Z"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with the sources of the edition, as they were read."""
    for ref, text in proofs.texts(3).items():
        path = tmp_path / ref
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "inbox"


def _edition() -> Edition:
    """Return the edition that is checked."""
    return proofs.edition(3)


def _written(tmp_path: Path) -> str:
    """Return the path of the edition as JSON."""
    path = tmp_path / "edition.json"
    path.write_text(pack(_edition(), {}), encoding="utf-8")
    return str(path)


def _now(ref: str, text: str) -> Standing:
    """Return how a source reads now."""
    return Standing(article=Article(ref=ref, sha256="0" * 64, source_text=text, text=text))


def test_exactly_the_points_whose_words_changed_are_touched() -> None:
    """A figure changed in one sentence touches what was printed of it, with what it says now."""
    edition, texts = _edition(), proofs.texts(3)
    story = edition.stories[0]
    point = story.points[0]
    changed = point.text.replace("waited", "wait")
    text = texts[point.ref].replace(point.text, changed)
    found = correct(edition, {point.ref: _now(point.ref, text)})
    points = [t for t in found.touched if "point" in t.what]
    assert points
    assert {t.printed for t in points} == {point.text}
    assert {t.now for t in points} == {changed}


def test_a_change_that_touches_no_printed_word_is_told_apart() -> None:
    """An article that only grew is named, with nothing of the edition to correct."""
    edition, texts = _edition(), proofs.texts(3)
    ref = edition.stories[0].articles[0].ref
    found = correct(edition, {ref: _now(ref, texts[ref] + "\n\nIt rained later.")})
    assert [c.article.ref for c in found.corrections] == [ref]
    assert found.touched == ()


def test_a_withdrawn_article_touches_all_that_was_printed_of_it() -> None:
    """Everything printed from a withdrawn article is named, and nothing else."""
    edition = _edition()
    ref = edition.stories[0].articles[0].ref
    found = correct(edition, {ref: Standing(withdrawn="the agency marks it canceled")})
    printed = [p for s in edition.stories for p in (*s.points, *s.new) if p.ref == ref]
    assert len([t for t in found.touched if "point" in t.what]) == len(printed)
    assert {t.what for t in found.touched} >= {"title"}


def test_a_source_that_was_not_asked_is_passed_over() -> None:
    """Nothing known, nothing to correct."""
    assert correct(_edition(), {}).corrections == ()


def test_the_command_finds_nothing_in_untouched_sources(
    tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sources as they were: exit code 0."""
    assert main(["check-sources", _written(tmp_path), "--sources", str(inbox)]) == 0
    assert "no printed word is touched" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["html", "md"])
def test_the_command_writes_a_slip(tmp_path: Path, inbox: Path, kind: str) -> None:
    """A changed source: exit code 1, and a slip that says what was printed and what it says now."""
    point = _edition().stories[0].points[0]
    path = tmp_path / point.ref
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(point.text, point.text.replace("boat", "<b>ship")), "utf-8")
    slip = tmp_path / f"slip.{kind}"
    asked = ["check-sources", _written(tmp_path), "--sources", str(inbox), "--now", NOW]
    assert main([*asked, "-o", str(slip)]) == 1
    written = slip.read_text(encoding="utf-8")
    assert point.text in written
    assert "<b>ship" not in written
    assert "5 March 2026" in written


def test_the_command_asks_addresses_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With fetching allowed each address is asked; one that is gone counts as withdrawn."""
    edition = _edition()
    cited = [a for s in edition.stories for a in s.articles]
    texts = proofs.texts(3)
    answers = {a.url: texts[a.ref].encode() for a in cited[1:] if a.url}
    fetcher = FakeFetcher(dict(answers))
    args = _parse(["check-sources", _written(tmp_path), "--fetch", "--json"])
    assert check_sources.run(args, fetcher=fetcher) == 1
    found = json.loads(capsys.readouterr().out)[0]["corrections"]
    assert [c["ref"] for c in found if c["withdrawn"]] == [cited[0].ref]
    assert sorted(fetcher.asked) == sorted(a.url for a in cited if a.url)


def test_the_command_wants_to_know_where_the_sources_are(tmp_path: Path) -> None:
    """Neither a folder nor leave to fetch: wrong usage."""
    assert main(["check-sources", _written(tmp_path)]) == 2


def test_a_slip_of_an_unknown_kind_is_refused_before_anything_is_asked(
    tmp_path: Path, inbox: Path
) -> None:
    """The ending of the slip is looked at first."""
    path = _written(tmp_path)
    assert main(["check-sources", path, "--sources", str(inbox), "-o", "slip.docx"]) == 2


def test_an_edition_that_was_changed_is_not_checked(tmp_path: Path, inbox: Path) -> None:
    """What was printed is not known from a changed edition."""
    path = Path(_written(tmp_path))
    path.write_text(path.read_text("utf-8").replace("passengers", "travellers"), "utf-8")
    assert main(["check-sources", str(path), "--sources", str(inbox)]) == 1
