"""The PDF is right page by page, the same each time, and made within limits."""

import hashlib
import io
import logging
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from factories import COMPILED, edition, story, summary

from briefing import render
from briefing.edition import Edition
from briefing.errors import RenderError
from briefing.render import view
from briefing.render.fetcher import allowed, fetcher
from briefing.render.fonts import folder as fonts_folder
from briefing.render.paper import Attachment, RenderLimits

CARRIED = (
    Attachment(name="sources/b.txt", content=b"second", media_type="text/plain"),
    Attachment(name="edition.json", content=b"{}", media_type="application/json"),
    Attachment(name="sources/a.txt", content="erste, žluť".encode(), media_type="text/plain"),
)


def pdf(things: object, template: str | Path = "daily", **options: object) -> bytes:
    """Return the PDF of *things*."""
    return render.pdf(things, template=template, compiled=COMPILED, zone="UTC", **options)  # type: ignore[arg-type]


def pages(document: bytes) -> list[str]:
    """Return the text of each page, its lines joined."""
    with pypdfium2.PdfDocument(document) as read:
        return [" ".join(p.get_textpage().get_text_bounded().split()) for p in read]


def font_names(read: pikepdf.Pdf) -> list[str]:
    """Return the names of the fonts of a PDF, each of which must be embedded."""
    found = [
        thing
        for thing in read.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    assert all("/FontFile2" in f or "/FontFile3" in f for f in found)
    return [str(f.FontName) for f in found]


@pytest.fixture(scope="module")
def daily() -> tuple[Edition, bytes]:
    """Return an edition and its PDF, with attachments."""
    made = edition(6, marking="TLP:AMBER+STRICT")
    return made, pdf(made, attachments=CARRIED)


def test_every_page_has_its_furniture(daily: tuple[Edition, bytes]) -> None:
    """Title, id, marking at top and bottom and page x of y stand on each page, the first too."""
    found = pages(daily[1])

    for number, text in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in text
        assert f"Edition {daily[0].id}" in text
        assert "Morning briefing, 4 March 2026" in text
        assert text.count("TLP:AMBER+STRICT") == 2


@pytest.mark.parametrize("marking", ["TLP:RED", "OFFICIAL-SENSITIVE"])
def test_the_marking_is_at_least_12_points(marking: str) -> None:
    """TLP 2.0 asks for 12 points or more, at the top and at the bottom of a page."""
    with pypdfium2.PdfDocument(pdf(edition(1, marking=marking))) as read:
        page = read[0]
        text = page.get_textpage()
        found = [
            thing
            for thing in page.get_objects(filter=[1], textpage=text)
            if marking in thing.extract()
        ]
        sizes = [thing.get_font_size() * abs(thing.get_matrix().d) for thing in found]
        places = [thing.get_bounds()[1] / page.get_height() for thing in found]

    assert len(found) == 2
    assert min(sizes) >= 11.99
    assert min(places) < 0.1
    assert max(places) > 0.9


def test_points_read_back_in_order(daily: tuple[Edition, bytes]) -> None:
    """Each point's words come out of the PDF as they went in, in the order of the stories."""
    whole = " ".join(pages(daily[1])[1:])
    place = 0

    for section in daily[0].sections:
        for identity in section.stories:
            told = next(s for s in daily[0].stories if s.id == identity)
            place = whole.index(told.headline, place)
            for point in (*told.new, *(p for p in told.points if p not in told.new)):
                words = re.sub(r"\s+", r"\\s+", re.escape(point.text).replace("\\ ", " "))
                found = re.compile(words).search(whole, place)
                assert found or _around_furniture(point.text, whole[place:]), point.text
                place = found.end() if found else place


def _around_furniture(text: str, whole: str) -> bool:
    """Return whether the words stand in order with a page's foot and head between them."""
    pattern = r"(?:\s+|.{0,300}?)".join(re.escape(word) for word in text.split())
    return re.search(pattern, whole) is not None


def test_the_contents_name_the_right_pages(daily: tuple[Edition, bytes]) -> None:
    """Each headline of the contents leads, and is numbered, to the page it stands on."""
    found = pages(daily[1])
    contents = next(text for text in found if "Contents" in text)

    for told in daily[0].stories:
        number = re.search(re.escape(told.headline) + r" (\d+)", contents)
        assert number, told.headline
        assert told.headline in found[int(number[1]) - 1]


@pytest.mark.parametrize("count", [2, 4, 5])
def test_the_clip_index_of_a_small_edition_begins_where_its_stories_end(count: int) -> None:
    """So no page holds a story's last points alone. Its heading has three clips with it."""
    found = pages(pdf(edition(count)))
    (shared,) = (text for text in found[1:] if "Clip index" in text and "Contents" not in text)

    above, _, below = shared.partition("Clip index")
    assert above.endswith("UTC ")
    assert len(re.findall(r"words · story \d", below)) >= 3


@pytest.mark.parametrize("count", [0, 6, 7, 8])
def test_the_account_of_a_small_edition_stands_on_one_page(count: int) -> None:
    """No page holds its last lines alone where all of it has room on one."""
    last = pages(pdf(edition(count)))[-1]
    assert re.search(r"^Account\b", last, re.MULTILINE)
    assert "Sources asked" in last


def test_contents_without_room_on_the_front_share_their_page() -> None:
    """They are no page of their own: the first section follows them."""
    contents = pages(pdf(edition(12)))[1]
    assert "Contents" in contents
    assert edition(12).stories[0].points[0].text.split(",")[0] in " ".join(contents.split())


def test_links_lead_to_the_sources_and_within(daily: tuple[Edition, bytes]) -> None:
    """Every cited article is a live link, and every contents entry leads to its page."""
    with pikepdf.open(io.BytesIO(daily[1])) as read:
        notes = [a for p in read.pages for a in p.get("/Annots", [])]
        outside = {str(a.A.URI) for a in notes if "/A" in a and "/URI" in a.A}
        inside = [a for a in notes if "/Dest" in a or ("/A" in a and "/D" in a.A)]

    assert outside == {a.url for s in daily[0].stories for a in s.articles}
    assert len(inside) >= len(daily[0].stories)


def test_it_is_tagged_titled_and_in_a_language(daily: tuple[Edition, bytes]) -> None:
    """Title, language, structure and both profiles are declared; bookmarks name the sections."""
    with pikepdf.open(io.BytesIO(daily[1])) as read:
        assert str(read.Root.Lang) == "en"
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in read.Root
        assert str(read.docinfo.Title) == "Morning briefing, 4 March 2026"
        with read.open_metadata() as meta:
            claimed = [meta[k] for k in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
        with read.open_outline() as outline:
            titles = [item.title for item in outline.root]

    assert claimed == ["3", "A", "1"]
    assert titles == ["Contents", *(s.title for s in daily[0].sections), "Clip index", "Account"]


def test_fonts_are_ours_and_embedded(daily: tuple[Edition, bytes]) -> None:
    """A page in Latin letters needs no font of the machine."""
    with pikepdf.open(io.BytesIO(daily[1])) as read:
        names = font_names(read)

    assert names
    assert all("Source-S" in name for name in names)


def test_attachments_are_sorted_once_and_whole(daily: tuple[Edition, bytes]) -> None:
    """Each file is listed once, in the order of its name, with its bytes and its type."""
    with pikepdf.open(io.BytesIO(daily[1])) as read:
        names = [str(n) for n in list(read.Root.Names.EmbeddedFiles.Names)[::2]]
        held = {name: read.attachments[name].get_file().read_bytes() for name in names}
        types = {name: read.attachments[name].get_file().mime_type for name in names}
        assert len(read.Root.AF) == len({f.objgen for f in read.Root.AF}) == 3

    assert names == sorted(a.name for a in CARRIED)
    assert held == {a.name: a.content for a in CARRIED}
    assert types == {a.name: a.media_type for a in CARRIED}


SCRIPT = """
import sys; sys.path.insert(0, sys.argv[1])
from factories import COMPILED, edition
from briefing import render
from briefing.render.paper import Attachment
made = render.pdf(edition(3), template="daily", compiled=COMPILED, zone="UTC",
                  attachments=[Attachment(name="a.txt", content=b"words")])
sys.stdout.buffer.write(made)
"""


@pytest.mark.parametrize(
    ("zone", "seed", "locale"), [("Asia/Tokyo", "1", "C"), ("America/Lima", "77", "de_DE.UTF-8")]
)
def test_the_same_edition_gives_the_same_bytes(
    tmp_path: Path, *, zone: str, seed: str, locale: str
) -> None:
    """Zone, locale, hash seed and working folder of the machine leave no trace."""
    env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale}
    here = str(Path(__file__).parent)
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT, here], env=env, cwd=tmp_path, capture_output=True, check=True
    ).stdout

    ours = pdf(edition(3), attachments=[Attachment(name="a.txt", content=b"words")])

    assert hashlib.sha256(made).hexdigest() == hashlib.sha256(ours).hexdigest()


def test_another_time_gives_other_bytes() -> None:
    """The comparison above can fail: one second later is another file."""
    later = COMPILED + timedelta(seconds=1)

    assert render.pdf(summary(), compiled=later, zone="UTC") != pdf(summary(), "single")


def test_a_machine_without_fonts_prints_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no font installed the bundled ones do; the layout library alone would crash."""
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))

    made = pages(pdf(summary(("Плавание отменено. Ναι.",), title="Ferry"), "single"))

    assert "Плавание отменено. Ναι." in made[0]


def test_letters_that_no_font_has_are_named(caplog: pytest.LogCaptureFixture) -> None:
    """The user is told which letters the page cannot show."""
    with caplog.at_level(logging.WARNING, logger="briefing.render"):
        pdf(summary(("Written in \U00013000.",)), "single")

    assert "no font on this machine has \U00013000 (U+13000)" in caplog.text


def test_latin_cyrillic_and_greek_need_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    """The bundled faces have the letters that newspapers of these scripts use, in each style."""
    words = "ÀŁőžßþ Ґїѓљ ЁЙжщъы Ωάϊ €£₴ №§†‡ “”„«» –—… → ½ × ‰ ′"
    with caplog.at_level(logging.WARNING, logger="briefing.render"):
        made = pdf(summary((words,), title=words, publisher=words), "single")

    assert not caplog.records
    with pikepdf.open(io.BytesIO(made)) as read:
        assert all("Source-S" in name for name in font_names(read))


@pytest.mark.parametrize(
    "text",
    ["a" * 5_000, "a" * 60_000, "word " * 40_000, "\u0301" * 20_000, "<div>" * 10_000],
    ids=["long word", "endless word", "long paragraph", "marks", "tags"],
)
def test_a_bomb_of_an_article_ends_within_the_limits(text: str) -> None:
    """Text that is endless in one way or another is printed, or refused with one line."""
    made = pages(pdf(summary((text,)), "single", limits=RenderLimits(cpu_s=30)))

    assert made


@pytest.mark.parametrize(
    ("page", "limits", "message"),
    [
        ('<div style="display:flex">' * 12, RenderLimits(cpu_s=2), "more than 2 s of processor"),
        ("<p>words</p>" * 60_000, RenderLimits(memory_mb=400), "more than 400 MB"),
        ("<p>words</p>" * 60_000, RenderLimits(wall_s=2), "stopped after 2 s"),
        ("<div>" * 400, RenderLimits(), "nested too deeply"),
    ],
    ids=["flex", "memory", "clock", "depth"],
)
def test_a_bomb_of_a_template_is_stopped(
    tmp_path: Path, *, page: str, limits: RenderLimits, message: str
) -> None:
    """Whatever a template makes of the layout, it ends, and the error says which limit it met."""
    (tmp_path / "template.toml").write_text('takes = "summaries"\nprint = []\nscreen = []\n')
    (tmp_path / "page.html.jinja").write_text(page + "x")

    with pytest.raises(RenderError, match=message):
        pdf(summary(), tmp_path, limits=limits)


LOADS = (
    '<img src="{}">', '<link rel=stylesheet href="{}">', '<link rel=attachment href="{}">',
    '<a rel=attachment href="{}">x</a>', '<object data="{}"></object>', '<embed src="{}">',
    '<style>@import url({});</style>', '<p style="background:url({})">x</p>',
    '<style>@font-face{{font-family:x;src:url({})}} p{{font-family:x}}</style><p>x</p>',
    '<style>p::before{{content:url({})}}</style><p>x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}"/></svg>',
)  # fmt: skip


@pytest.mark.parametrize("load", LOADS)
def test_a_page_cannot_read_a_file_of_the_machine(tmp_path: Path, load: str) -> None:
    """Not even a template gets at a file outside its folder, by any element that loads."""
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET WORDS")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    (folder / "template.toml").write_text('takes = "summaries"\nprint = []\nscreen = []\n')
    (folder / "page.html.jinja").write_text(
        "".join(load.format(url) for url in (secret.as_uri(), "../secret.txt", "link.txt"))
    )

    made = pdf(summary(), folder)

    assert b"SECRET" not in made
    with pikepdf.open(io.BytesIO(made)) as read:
        assert not list(read.attachments)
        assert not any(
            b"SECRET" in t.read_bytes() for t in read.objects if isinstance(t, pikepdf.Stream)
        )


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x.css", "http://127.0.0.1/", "ftp://a.example/x", "gopher://a", "jar:x"],
)
def test_the_fetcher_refuses_the_network(url: str) -> None:
    """What is not a file of the look, a font or data is refused before any request."""
    with pytest.raises(ValueError, match="disallowed protocol"):
        fetcher((Path("/nowhere"),), fonts=fonts_folder()).fetch(url)


def test_the_fetcher_serves_fonts_and_the_folder_only(tmp_path: Path) -> None:
    """A font by its name, a file below the folder; nothing above it, whatever the spelling."""
    (tmp_path / "a.css").write_text("")
    serves = {"folders": (tmp_path,), "fonts": fonts_folder()}

    assert allowed((tmp_path / "a.css").as_uri(), **serves) == tmp_path / "a.css"  # type: ignore[arg-type]
    found = allowed("fonts:../../../etc/SourceSans3-Semibold.ttf", **serves)  # type: ignore[arg-type]
    assert found == fonts_folder() / "SourceSans3-Semibold.ttf"
    for url in ("file:///etc/passwd", f"{tmp_path.as_uri()}/../x", f"{tmp_path.as_uri()}/%2e%2e/x"):
        with pytest.raises(ValueError, match="may not read"):
            allowed(url, **serves)  # type: ignore[arg-type]


def test_the_front_is_one_page_whatever_the_headlines() -> None:
    """Long titles and many failures leave the contents on page 2."""
    told = [story(n, headline="A very long headline of many words " * 12) for n in range(1, 5)]
    made = edition(4)
    failures = made.failures * 1 + tuple(
        replace(made.failures[0], ref=f"inbox/{n}-{'long' * 30}.pdf", message="no " * 90)
        for n in range(12)
    )
    crowded = replace(
        made, stories=tuple(told), failures=failures, title="The morning briefing " * 3
    )

    found = pages(pdf(crowded))

    assert "What failed" in found[0]
    assert "and 9 more, in the account" in found[0]
    assert "Contents" in found[1][:200]


def test_the_first_facts_stand_on_the_front() -> None:
    """A small edition has a point under each lead and its contents on page 1, stories from 2."""
    made = edition(4, failures=())
    made = replace(made, account=replace(made.account, sources=()))
    leads = view.edition(made).leads

    front, *rest = pages(pdf(made))

    assert "Contents" in front
    for shown in leads:
        assert shown.opening is not None
        assert shown.opening.point.text in front
    assert made.sections[0].title in rest[0][:200]
    assert all(told.headline in " ".join(rest) for told in made.stories)
