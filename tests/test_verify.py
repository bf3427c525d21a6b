"""Verification: an untouched edition passes, always; a changed one is named, at its place."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import factories
import pikepdf
import proofs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.cli import main
from briefing.cli import verify as verify_command
from briefing.codec import named
from briefing.codec.carry import pack
from briefing.corrections import Slip, Standing, correct
from briefing.edition import Reason, Unit, UnitFate
from briefing.errors import VerifyError
from briefing.model import Article, Failure, Source
from briefing.readers import read
from briefing.render import looks, paper, view
from briefing.render import page as markups
from briefing.verify import Now, Report, legible, match, verify
from briefing.verify.expected import pieces
from briefing.verify.now import of_cited
from briefing.verify.paper import read_paper


def _face(kind: str, seed: int = 1) -> bytes:
    """Return one face of an edition of plain titles."""
    return proofs.faces(proofs.edition(seed), proofs.texts(seed), only=[kind])[kind]


def _redrawn(document: bytes, *, page: int, drawn: bytes) -> bytes:
    """Return a PDF with another content stream on a page, from 0."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        pdf.pages[page].Contents = pdf.make_stream(drawn)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _drawn(document: bytes, page: int) -> bytes:
    """Return the content stream of a page, from 0."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return bytes(pdf.pages[page].Contents.read_bytes())


def _said(report: Report) -> str:
    """Return all findings as one text, for assertions to show."""
    return "\n".join(map(str, report.findings))


def _words(kind: str, seed: int) -> tuple[str, ...]:
    """Return the titles that an edition is made of."""
    odd = proofs.ODD + proofs.PLAIN
    return {
        "odd": odd,
        "undrawn": proofs.ODD + proofs.UNDRAWN,
        "undrawn alone": proofs.UNDRAWN,
        "strange": proofs.strange(seed),
    }[kind]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**6),
    stories=st.sampled_from([0, 1, 2, 3, 6]),
    kind=st.sampled_from(["odd", "undrawn", "undrawn alone", "strange"]),
    look=st.sampled_from(["daily", "front-page", "clips"]),
)
@example(seed=1, stories=3, kind="undrawn", look="daily")
@example(seed=4, stories=3, kind="undrawn", look="daily")
@example(seed=9082, stories=2, kind="strange", look="clips")
@example(seed=36828, stories=2, kind="strange", look="daily")
@example(seed=52, stories=0, kind="odd", look="clips")
def test_an_untouched_edition_passes_in_every_face(
    *, seed: int, stories: int, kind: str, look: str
) -> None:
    """Whatever titles strangers send, no word of an untouched edition is named, in any look."""
    words = _words(kind, seed)
    edition = proofs.edition(seed, stories=stories, words=words)
    texts = proofs.texts(seed, stories=stories, words=words)
    only = proofs.FACES if look == "daily" else ("pdf", "html")
    for face, document in proofs.faces(edition, texts, only=only, template=look).items():
        report = verify(document, name=f"e.{face}")
        assert report.passed, f"{face}: {_said(report)}"
        assert report.whole
        assert report.points == sum(len({*s.points, *s.new}) for s in edition.stories)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), stories=st.sampled_from([1, 3]))
def test_titles_that_nobody_thought_of_pass_where_there_are_no_pages(
    seed: int, stories: int
) -> None:
    """In HTML, Markdown, mail and JSON every letter of any script is compared, and stands."""
    words = proofs.strange(seed)
    edition = proofs.edition(seed, stories=stories, words=words)
    texts = proofs.texts(seed, stories=stories, words=words)
    for face, document in proofs.faces(edition, texts, only=("html", "md", "eml", "json")).items():
        report = verify(document, name=f"e.{face}")
        assert report.passed, f"{face}: {_said(report)}"


def _lost(document: bytes, markup: str) -> list[str]:
    """Return the blocks of a page's markup that cannot be read back from its PDF."""
    read = read_paper(document)
    wanted = pieces(markup)
    lines = [line for page in read.pages for line in page]
    turned = any(piece.turned for piece in wanted)
    reading = legible.reading(
        ["".join(line.stretches) for line in lines] + [p.shown for p in wanted], turned=turned
    )
    found = match.compare(match.flow(lines, reading), wanted, numbers=read.anchors, reading=reading)
    return [f.what for f in found if "not in the edition" not in f.what]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), kind=st.sampled_from(["odd", "undrawn", "strange"]))
def test_every_word_of_slips_and_of_single_articles_can_be_read_back(seed: int, kind: str) -> None:
    """The looks that carry no edition are printed whole, too, whatever strangers send."""
    edition = proofs.edition(seed, stories=2, words=_words(kind, seed))
    first, *_ = (a.ref for s in edition.stories for a in s.articles)
    corrected = correct(edition, {first: Standing(withdrawn="the agency marks it canceled")})
    slip = Slip(editions=(corrected,), checked=proofs.COMPILED, zone="UTC")
    singles = [
        factories.summary(title=a.title, ref=f"{n}.txt", sha256=f"{n:064}")
        for n, a in enumerate((a for s in edition.stories for a in s.articles), 1)
    ]
    setting = markups.Setting(compiled=proofs.COMPILED, zone="UTC")
    for look, things in (("correction", slip), ("single", singles), ("single", singles[:1])):
        found = looks.find(look)
        markup = markups.make(things, found, setting=setting, extra={"face": "pdf"})
        document = paper.make(things, found, setting=setting, limits=paper.RenderLimits())
        assert _lost(document, markup) == []


def test_a_large_edition_passes() -> None:
    """Sixty stories over many pages pass, too."""
    edition, texts = proofs.edition(7, stories=60), proofs.texts(7, stories=60)
    document = proofs.faces(edition, texts, only=["pdf"])["pdf"]
    report = verify(document, name="e.pdf")
    assert report.passed, _said(report)
    assert report.pages > 10


def test_an_account_of_thousands_prints_the_first_of_each_list_and_passes() -> None:
    """What floods the account is counted on the page, whole in the edition, and still verified."""
    made, texts = proofs.edition(1), proofs.texts(1)
    flood = tuple(
        Unit(ref=f"flood/{n:04}.txt", fate=UnitFate.DROPPED, reason=Reason.TEASER)
        for n in range(view.LISTED + 50)
    )
    failures = tuple(
        Failure(ref=f"broken/{n:04}.pdf", stage="read", message="it is broken")
        for n in range(view.LISTED + 7)
    )
    account = replace(made.account, units=(*made.account.units, *flood))
    edition = proofs.changed(made, account=account, failures=failures)
    for face, document in proofs.faces(edition, texts).items():
        report = verify(document, name=f"e.{face}")
        assert report.passed, f"{face}: {_said(report)}"
    page = proofs.faces(edition, texts, only=["html"])["html"].decode()
    shown = page.partition('id="account"')[2].partition("<script")[0]
    assert "flood/0198.txt" in shown
    assert "flood/0199.txt" not in shown
    assert "and 51 more, listed in edition.json" in shown
    assert "and 7 more, listed in edition.json" in shown
    assert "flood/0249.txt" in page


def test_a_changed_glyph_is_named_at_its_page_and_story() -> None:
    """One glyph changed on a page is one finding: page, story, what it should be."""
    document = _face("pdf")
    for page in range(6):
        drawn = _drawn(document, page)
        runs = list(re.finditer(rb"<((?:[0-9a-f]{4})+)>", drawn))
        codes = sorted({m[1][:4] for m in runs})
        middle = runs[len(runs) // 2]
        other = next(c for c in codes if c != middle[1][:4])
        changed = drawn[: middle.start(1)] + other + drawn[middle.start(1) + 4 :]
        report = verify(_redrawn(document, page=page, drawn=changed), name="e.pdf")
        assert len(report.findings) == 1, _said(report)
        assert report.findings[0].where.startswith(f"page {page + 1}")
        with pikepdf.open(io.BytesIO(document)) as pdf:
            if page + 1 == len(pdf.pages):
                break


def test_a_rule_drawn_over_the_words_breaks_the_seal() -> None:
    """A page whose words read the same, with something drawn over them, is named."""
    document = _face("pdf")
    covered = _drawn(document, 0) + b"\n1 1 1 rg 0 0 600 800 re f\n"
    report = verify(_redrawn(document, page=0, drawn=covered), name="e.pdf")
    assert [f.where for f in report.findings] == ["page 1"]


def test_a_pdf_written_anew_still_passes() -> None:
    """Another program may pack the same objects otherwise."""
    with pikepdf.open(io.BytesIO(_face("pdf"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert verify(out.getvalue(), name="e.pdf").passed


def test_a_pdf_without_its_seal_is_named() -> None:
    """Taking the seal away is a change, too."""
    with pikepdf.open(io.BytesIO(_face("pdf"))) as pdf:
        del pdf.Root.PieceInfo
        out = io.BytesIO()
        pdf.save(out)
    assert "seal" in _said(verify(out.getvalue(), name="e.pdf"))


@pytest.mark.parametrize(("kind", "count"), [("html", 1), ("md", 1), ("json", 2)])
def test_a_changed_word_is_named(kind: str, count: int) -> None:
    """One changed figure in the words of a face is named, and nothing far from it."""
    text = _face(kind).decode()
    place = re.search(r"On the quay (\d+) passengers", text)
    assert place is not None
    changed = f"{text[: place.start(1)]}1{place[1]}{text[place.end(1) :]}"
    report = verify(changed.encode(), name=f"e.{kind}")
    assert 1 <= len(report.findings) <= count, _said(report)
    assert not report.passed


def test_hiding_a_line_by_style_breaks_the_seal() -> None:
    """A rule of style that hides words changes no word; the seal shows it."""
    page = _face("html").decode().replace("</style>", ".points { display: none }</style>")
    assert [f.where for f in verify(page.encode(), name="e.html").findings] == ["markup"]


def test_a_mail_whose_text_was_changed_is_named() -> None:
    """A changed figure in the plain half of a mail is named by its line."""
    mail = re.sub(rb"(On the quay )\d", rb"\g<1>x", _face("eml"), count=1)
    assert not verify(mail, name="e.eml").passed


def test_a_forged_point_does_not_stand_in_its_source() -> None:
    """An edition changed together with its id is found by its source texts."""
    edition, texts = proofs.edition(1), proofs.texts(1)
    story = edition.stories[0]
    point = replace(story.points[0], text=story.points[0].text.replace("waited", "wept"))
    forged = replace(story, points=(point, *story.points[1:]))
    changed = named(replace(edition, stories=(forged, *edition.stories[1:])))
    report = verify(pack(changed, texts).encode(), name="e.json")
    assert any(f"story {story.id}, point 1" in f.where for f in report.findings)


def test_a_forged_text_is_not_the_one_that_was_read() -> None:
    """A source text changed inside the document is named with its ref."""
    edition, texts = proofs.edition(1), proofs.texts(1)
    ref = edition.stories[0].articles[0].ref
    changed = {**texts, ref: texts[ref].replace("waited", "wept")}
    report = verify(pack(edition, changed).encode(), name="e.json")
    assert f"source {ref}" in {f.where for f in report.findings}


def test_the_account_must_have_each_article() -> None:
    """An article that is printed and not in the account is named."""
    edition = proofs.edition(1)
    account = replace(edition.account, units=edition.account.units[1:])
    changed = named(replace(edition, account=account))
    report = verify(pack(changed, proofs.texts(1)).encode(), name="e.json")
    assert any(f.where.startswith("account") for f in report.findings)


def test_a_day_without_a_time_is_printed_and_checked_as_a_day() -> None:
    """Where no time is known none is printed, in any face; one that was put in is named."""
    whole, texts = proofs.edition(1), proofs.texts(1)
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    stories = tuple(
        replace(
            story,
            articles=tuple(
                replace(a, published=midnight, published_day_only=True) for a in story.articles
            ),
        )
        for story in whole.stories
    )
    faces = proofs.faces(proofs.changed(whole, stories=stories), texts)
    for kind, document in faces.items():
        assert verify(document, name=f"e.{kind}").passed
    for kind in ("md", "html"):
        assert b"3 March 2026" in faces[kind]
        assert b"00:00 " not in faces[kind]
    forged = faces["md"].replace(b"published 3 March 2026", b"published 3 March 2026, 00:00 GMT", 1)
    assert len(verify(forged, name="e.md").findings) == 1


def _now(ref: str, text: str, sha256: str) -> Now:
    """Return what a source says now."""
    return Now(ref=ref, article=Article(ref=ref, sha256=sha256, source_text=text, text=text))


def test_given_sources_are_held_against_the_edition() -> None:
    """A source that reads otherwise now is named; one whose bytes alone differ, too."""
    edition, texts = proofs.edition(1), proofs.texts(1)
    article = edition.stories[0].articles[0]
    document = pack(edition, texts).encode()
    same = _now(article.ref, texts[article.ref], article.sha256)
    report = verify(document, name="e.json", sources={article.ref: same})
    assert report.passed
    assert len(report.absent) == len(texts) - 1
    other = _now(article.ref, texts[article.ref], "0" * 64)
    found = verify(document, name="e.json", sources={article.ref: other}).findings
    assert [f.where for f in found] == [f"source {article.ref}"]


def test_an_edition_without_texts_says_what_was_not_checked() -> None:
    """Points whose source is neither carried nor given are told of."""
    edition = proofs.edition(1)
    report = verify(pack(edition, {}).encode(), name="e.json")
    assert report.passed
    assert report.points == 0
    assert set(report.unsourced) == {a.ref for s in edition.stories for a in s.articles}


def test_the_command_reads_the_sources_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --sources the files count: the same ones pass, with one word changed they do not."""
    texts, asked = proofs.texts(1), _given_sources(tmp_path)
    assert main(asked) == 0
    assert "not checked" not in capsys.readouterr().out
    ref = proofs.edition(1).stories[0].points[0].ref
    (tmp_path / ref).write_text(texts[ref].replace("waited", "wept"), encoding="utf-8")
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert f"source {ref}: its text is not the one that was read" in said
    assert "not in the source at" in said


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"%PDF-1.7 cut short", "not a whole PDF"),
        (b"\xff\xfe\x00\xd8\xff", "a binary file"),
        (b"a" * 21_000_000, "more than the 20 MB"),
    ],
    ids=["damaged", "no encoding", "too large"],
)
def test_a_source_that_cannot_be_read_leaves_the_others_checked(
    *, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: bytes, why: str
) -> None:
    """Exit code 3: nothing is known of it, and of the others that they stand as they stood."""
    ref = proofs.edition(1).stories[0].points[0].ref
    asked = _given_sources(tmp_path)
    (tmp_path / ref).write_bytes(broken)
    assert main(asked) == verify_command.UNCHECKED == 3
    said = capsys.readouterr().out
    assert "verified: " in said
    assert f"  {ref}: could not be checked: " in said
    assert why in said
    assert said.count("could not be checked") == 1
    other = next(r for r, text in sorted(proofs.texts(1).items()) if r != ref and "a" in text)
    (tmp_path / other).write_text("Another text.", encoding="utf-8")
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert f"source {other}: its text is not the one that was read" in said
    assert f"  {ref}: could not be checked: " in said


@pytest.mark.parametrize("command", ["verify", "check-sources"])
def test_a_defect_of_ours_on_one_source_ends_no_check(
    *,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    """Where a reader falls over one source, that is said of it and the others are checked."""
    ref = proofs.edition(1).stories[0].points[0].ref
    asked = _given_sources(tmp_path)

    def fall(source: Source) -> list[Article | Failure]:
        if source.ref == ref:
            raise IndexError("no such place")
        return list(read(source))

    monkeypatch.setattr("briefing.readers.read", fall)
    assert main([command, *asked[1:]]) == 3
    said = capsys.readouterr().out
    assert f"{ref}: could not be checked: a defect in briefing, please report it" in said
    assert said.count("could not be checked") == 1


def test_a_source_that_is_not_there_is_counted_as_unchecked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, as for one that cannot be read; it is named."""
    ref = proofs.edition(1).stories[0].points[0].ref
    asked = _given_sources(tmp_path)
    (tmp_path / ref).unlink()
    assert main(asked) == 3
    assert f"not among the sources given: 1 article ({ref})" in capsys.readouterr().out


def test_the_articles_of_a_feed_that_cannot_be_read_have_its_reason() -> None:
    """A broken feed names no article: those that the edition has of it are found by its name."""
    broken = {ref: Now(ref=ref, failed="it is cut short") for ref in ("in/a.rss", "locked")}
    asked = ["in/a.rss#1", "in/a.rss#12", "locked/in/b.txt", "in/a.rssx", "lockedx/b.txt"]
    assert {ref: now.failed for ref, now in of_cited(asked, broken).items()} == {
        "in/a.rss#1": "in/a.rss: it is cut short",
        "in/a.rss#12": "in/a.rss: it is cut short",
        "locked/in/b.txt": "locked: it is cut short",
    }


def _given_sources(tmp_path: Path) -> list[str]:
    """Return the command that checks an edition without texts against the files, and write both."""
    document = tmp_path / "edition.json"
    document.write_bytes(pack(proofs.edition(1), {}).encode())
    for ref, text in proofs.texts(1).items():
        path = tmp_path / ref
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return ["verify", str(document), "--sources", str(tmp_path / "inbox")]


def test_the_command_needs_neither_network_nor_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five files in an empty folder, and nothing that could be asked, are enough."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("verification opened a socket")

    paths = [tmp_path / f"edition.{kind}" for kind in proofs.FACES]
    for path, document in zip(
        paths, proofs.faces(proofs.edition(1), proofs.texts(1)).values(), strict=True
    ):
        path.write_bytes(document)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("socket.socket", refuse)
    assert main(["verify", *map(str, paths)]) == 0
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.parametrize("name", ["e.docx", "e", "e.pdf.txt"])
def test_a_kind_that_no_edition_has_is_refused(name: str) -> None:
    """The ending tells the kind; another one is a clear error."""
    with pytest.raises(VerifyError, match="kind"):
        verify(b"{}", name=name)


@pytest.mark.parametrize("kind", ["pdf", "html", "md", "eml", "json"])
@settings(max_examples=30, deadline=None)
@given(body=st.binary(max_size=200))
def test_rubbish_never_passes(kind: str, body: bytes) -> None:
    """Whatever bytes come, the answer is an error of ours or a finding."""
    try:
        report = verify(body, name=f"e.{kind}")
    except VerifyError:
        return
    assert not report.passed


def test_the_command_exits_with_1_and_names_what_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`briefing verify` says what is wrong, one line each, and ends with 1; else with 0."""
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_bytes(_face("md"))
    bad.write_bytes(_face("md").replace(b"passengers waited", b"passengers wept", 1))
    assert main(["verify", str(good)]) == 0
    assert "verified" in capsys.readouterr().out
    assert main(["verify", str(bad), "--json"]) == 1
    assert '"passed": false' in capsys.readouterr().out
