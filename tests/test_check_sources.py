"""Corrections: exactly the printed words that no longer stand in their sources are named."""

import json
from dataclasses import replace
from pathlib import Path

import proofs
import pytest

from briefing.cli import _parse, check_sources, main
from briefing.codec.carry import pack
from briefing.corrections import Standing, correct, numbered
from briefing.edition import Edition, Section, Unit, UnitFate
from briefing.fetch import FakeFetcher
from briefing.model import Article
from briefing.verify.now import from_web

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


def test_a_point_that_is_new_is_listed_once() -> None:
    """What an UPDATE prints as new is one of its points, and is named by its number there."""
    edition = _edition()
    updates = [s for s in edition.stories if s.new]
    assert updates
    for story in updates:
        assert all(point in story.points for point in story.new)
        refs = {a.ref: Standing(withdrawn="it is gone") for a in story.articles}
        named = [t.what for t in correct(edition, refs).touched if "point" in t.what]
        assert sorted(named) == [f"point {n}" for n in range(1, len(story.points) + 1)]


def test_a_new_point_that_is_no_other_has_a_name_of_its_own() -> None:
    """Its number is that among the new ones."""
    story = replace(_edition().stories[0], new=_edition().stories[1].points[:1])
    edition = replace(_edition(), stories=(story,))
    ref = story.new[0].ref
    named = [w for w, _ in numbered(story)]
    assert named == ["new point 1", *(f"point {n}" for n in range(1, len(story.points) + 1))]
    assert [t.what for t in correct(edition, {ref: Standing()}).touched] == []


def test_a_source_that_could_not_be_had_is_listed_with_the_reason() -> None:
    """Of a source that was not given or cannot be read nothing is said but that."""
    edition = _edition()
    first, *others = [a.ref for s in edition.stories for a in s.articles]
    found = correct(edition, {first: Standing(failed="it is encrypted")})
    assert found.corrections == ()
    assert [(u.article.ref, u.why) for u in found.unchecked] == [
        (first, "it is encrypted"),
        *((ref, "it is not among the sources given") for ref in others),
    ]


def test_the_command_finds_nothing_in_untouched_sources(
    tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sources as they were: exit code 0."""
    assert main(["check-sources", _written(tmp_path), "--sources", str(inbox)]) == 0
    said = capsys.readouterr().out
    assert "no printed word is touched" in said
    assert "could not be checked" not in said


@pytest.mark.parametrize("kind", ["html", "md"])
def test_sources_that_are_missing_or_unreadable_stand_on_the_slip(
    *, tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """Exit code 3, for nothing is touched and not all is known; each is listed with its reason."""
    missing, broken, *_ = [a for s in _edition().stories for a in s.articles]
    (tmp_path / missing.ref).unlink()
    (tmp_path / broken.ref).write_bytes(b"%PDF-1.7 cut short")
    slip = tmp_path / f"slip.{kind}"
    asked = ["check-sources", _written(tmp_path), "--sources", str(inbox), "--now", NOW]
    assert main([*asked, "-o", str(slip)]) == check_sources.UNCHECKED == 3
    said = capsys.readouterr().out
    assert f"{missing.ref}: could not be checked: it is not among the sources given" in said
    assert f"{broken.ref}: could not be checked: " in said
    written = slip.read_text(encoding="utf-8")
    assert "Could not be checked" in written
    assert "not among the sources given" in written
    main([*asked, "--json"])
    unchecked = json.loads(capsys.readouterr().out)[0]["unchecked"]
    assert [u["ref"] for u in unchecked] == [missing.ref, broken.ref]


def test_a_source_that_a_folder_lacks_is_asked_for_at_its_address(
    tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Folders come first; what they lack is fetched, and what has no address is listed."""
    edition = _edition()
    missing = edition.stories[0].articles[0]
    (tmp_path / missing.ref).unlink()
    fetcher = FakeFetcher({missing.url or "": proofs.texts(3)[missing.ref].encode()})
    asked = ["check-sources", _written(tmp_path), "--sources", str(inbox), "--fetch"]
    assert check_sources.run(_parse(asked), fetcher=fetcher) == 0
    assert fetcher.asked == [missing.url]
    assert "could not be checked" not in capsys.readouterr().out


def test_an_article_without_an_address_cannot_be_fetched() -> None:
    """It is told of, and nothing is asked."""
    article = replace(_edition().stories[0].articles[0], url=None)
    fetcher = FakeFetcher({})
    assert "no address" in from_web([article], fetcher)[article.ref].failed
    assert fetcher.asked == []


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


def test_an_article_that_its_agency_cancelled_is_withdrawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wire item that comes again as cancelled touches all that was printed of it."""
    edition, ref = _edition(), "inbox/wire.json"
    story = edition.stories[0]
    lead = replace(story.articles[0], ref=ref)
    points = tuple(replace(p, ref=ref) for p in story.points[:1])
    story = replace(story, articles=(lead,), points=points, new=(), differences=())
    unit = Unit(ref=ref, fate=UnitFate.PRINTED, story=story.id)
    made = proofs.changed(
        edition,
        stories=(story,),
        sections=(Section(title="Transport", stories=(story.id,)),),
        account=replace(edition.account, units=(unit,)),
    )
    path = tmp_path / "edition.json"
    path.write_text(pack(made, {}), encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    wire = {"uri": "x", "pubstatus": "canceled", "headline": lead.title, "body_text": "Killed."}
    (tmp_path / ref).write_text(json.dumps(wire), encoding="utf-8")
    asked = ["check-sources", str(path), "--sources", str(tmp_path / "inbox")]
    assert main(asked) == check_sources.TOUCHED == 1
    said = capsys.readouterr().out
    assert "withdrawn: the agency marks it canceled" in said
    assert "2 printed things are touched" in said


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
