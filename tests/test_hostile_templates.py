"""Stylesheets and pictures of a template: nothing fetched, nothing read outside, one line each."""

import logging
import struct
import zlib
from base64 import b64encode
from pathlib import Path
from unicodedata import category

import pytest
from factories import COMPILED, summary

from briefing import render
from briefing.errors import RenderError
from briefing.render.paper import RenderLimits

ELSEWHERE = ("http://127.0.0.1:9/x", "file:///etc/passwd", "//127.0.0.1:9/x", "ftp://x.example/x")


def pdf(folder: Path, *, css: str = "", picture: str = "", cpu_s: int = 60) -> bytes:
    """Return the PDF of a page with one stylesheet and one picture."""
    folder.mkdir(exist_ok=True)
    (folder / "template.toml").write_text('takes = "summaries"\nprint = ["print.css"]\n')
    (folder / "print.css").write_text(css)
    shown = f'<img src="{picture}" alt="x" style="width: 3cm">' if picture else ""
    markup = f'<html lang="en"><title>x</title><body><p>quay</p>{shown}</body></html>'
    (folder / "page.html.jinja").write_text(markup)
    limits = RenderLimits(cpu_s=cpu_s)
    return render.pdf(summary(), template=folder, compiled=COMPILED, zone="UTC", limits=limits)


RULES = {
    "an import": "@import url({});",
    "a font": "@font-face {{ font-family: X; src: url({}) }} body {{ font-family: X }}",
    "a background": "body {{ background: url({}) }}",
    "a list's mark": "p {{ display: list-item; list-style-image: url({}) }}",
    "content": "p::before {{ content: url({}) }}",
}


@pytest.mark.parametrize("name", RULES)
def test_a_stylesheet_fetches_nothing_and_the_page_is_made(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What a rule wants from elsewhere is refused, told, and left out."""
    caplog.set_level(logging.WARNING, "briefing.render")
    css = "\n".join(RULES[name].format(address) for address in ELSEWHERE)
    made = pdf(tmp_path / "look", css=css)
    assert made.startswith(b"%PDF-")
    assert b"root:" not in made
    assert caplog.messages


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.icc", "file:///etc/passwd", "gone.icc"])
def test_a_colour_profile_from_elsewhere_is_one_clear_line(address: str, tmp_path: Path) -> None:
    """WeasyPrint ends its layout at a profile that is refused: the line tells the address."""
    css = f"@color-profile --x {{ src: url({address}) }}"
    with pytest.raises(RenderError, match="look for that in the template") as raised:
        pdf(tmp_path / "look", css=css)
    assert address in str(raised.value)
    assert "\n" not in str(raised.value)


FALLS = {
    "lengths beyond reckoning": "body { font-size: 1e30px } @page { size: 1e9px 1e9px }",
    "brackets without end": "a{" * 50_000,
    "sums within sums": "p { width: " + "calc(1px + " * 2_000 + "1px" + ")" * 2_000 + "}",
}


@pytest.mark.parametrize("name", FALLS)
def test_what_the_layout_falls_over_is_one_line(name: str, tmp_path: Path) -> None:
    """A rule that the library cannot stand is told in words, with where to look."""
    with pytest.raises(RenderError, match=r"look (at|for that in) the template") as raised:
        pdf(tmp_path / "look", css=FALLS[name])
    assert "\n" not in str(raised.value)


def test_warnings_of_a_layout_steer_no_terminal_and_are_short(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A name in a stylesheet may hold what a terminal obeys, an address a whole file."""
    css = '@font-face { font-family: "\\1b[2J\\9b 2J\\202e"; src: url(x.ttf) }'
    pdf(tmp_path / "look", css=css, picture="data:image/png;base64," + "A" * 100_000)
    assert len(caplog.messages) >= 2
    for message in caplog.messages:
        assert len(message) < 400
        assert not {c for c in message if category(c) in {"Cc", "Cf"}}


def png(width: int, height: int) -> bytes:
    """Return a picture that says to be of this size, and holds nothing."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def svg(content: str, *, before: str = "") -> bytes:
    """Return a drawing."""
    size = 'viewBox="0 0 10 10" width="100" height="100"'
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'.encode()


PICTURES = {
    "bomb.png": png(30_000, 30_000),
    "broken.png": png(100, 100)[:40],
    "script.svg": svg('<script>alert(1)</script><rect width="5" height="5" onload="x()"/>'),
    "entity.svg": svg(
        '<text y="5">&x;</text>',
        before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "laughs.svg": svg(
        '<text y="5">&a9;</text>',
        before='<!DOCTYPE svg [<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
        + "]>",
    ),
    "outside.svg": svg(
        "".join(f'<image href="{a}" width="5" height="5"/><use href="{a}#a"/>' for a in ELSEWHERE)
    ),
    "style.svg": svg(f"<style>@import url({ELSEWHERE[0]}); g{{fill:url({ELSEWHERE[1]})}}</style>"),
    "foreign.svg": svg(f'<foreignObject><iframe src="{ELSEWHERE[1]}"/></foreignObject>'),
    "ring.svg": svg('<g id="a"><use href="#a"/></g><use href="#a"/>'),
    "deep.svg": svg("<g>" * 20_000 + "</g>" * 20_000),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_or_left_out(name: str, tmp_path: Path) -> None:
    """As a file or within the page, a picture runs nothing, reads nothing, and ends."""
    folder = tmp_path / "look"
    folder.mkdir()
    (folder / name).write_bytes(PICTURES[name])
    kind = "png" if name.endswith("png") else "svg+xml"
    inside = f"data:image/{kind};base64,{b64encode(PICTURES[name]).decode()}"
    for picture in (name, inside):
        made = pdf(folder, picture=picture)
        assert made.startswith(b"%PDF-")
        assert b"root:" not in made


def test_a_drawing_that_multiplies_is_stopped(tmp_path: Path) -> None:
    """A drawing of a drawing ten times, eight times over, ends with the layout's own limit."""
    levels = "".join(f'<g id="u{n + 1}">{f"""<use href="#u{n}"/>""" * 10}</g>' for n in range(8))
    (tmp_path / "look").mkdir()
    drawing = svg(f'{levels}<rect id="u0" width="1" height="1"/><use href="#u8"/>')
    (tmp_path / "look/many.svg").write_bytes(drawing)
    with pytest.raises(RenderError, match="more than 3 s of processor time"):
        pdf(tmp_path / "look", picture="many.svg", cpu_s=3)
