"""What is laid out sooner is laid out the same, to the byte."""

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pydyf
import pytest
import weasyprint

from briefing.render import fonts, quick
from briefing.render.quick import declared

ROOT = Path(__file__).parent.parent

RUN = """
import contextlib, hashlib, json, sys
from briefing.render.quick.declared import parsed

is_quick = sys.argv[1] == "quick"
with parsed() if is_quick else contextlib.nullcontext():
    import weasyprint
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from briefing.render import quick
from briefing.render.quick.written import settle

if is_quick and not quick.hasten():
    sys.exit("not hastened")
found = {}
config = FontConfiguration()
for name, (css, body) in json.load(sys.stdin).items():
    page = f'<html lang="en"><title>T</title><body>{body}</body></html>'
    sheet = CSS(string=css, font_config=config)
    finisher = (lambda _, pdf: settle(pdf)) if is_quick else None
    drawn = HTML(string=page).write_pdf(
        stylesheets=[sheet], font_config=config, finisher=finisher,
        pdf_variant="pdf/a-3a", uncompressed_pdf=True,
    )
    found[name] = hashlib.sha256(drawn).hexdigest()
print(json.dumps(found))
"""

WORDS = "The harbour board voted to close the eastern basin, “the longest closure” since 1987. "
LONG = f"<p>{WORDS * 12}</p>"
MANY = LONG * 7
PLAIN = 'body { font: 11pt "Source Serif 4" } '

CASES = {
    "paragraphs": ("", MANY),
    "of several styles": ("i { color: red } b { font-size: 20pt }", f"<p><i>{WORDS}</i><b>{WORDS}"),
    "justified": ("p { text-align: justify }", LONG),
    "spaced": ("p { letter-spacing: 1px; word-spacing: 4px }", LONG),
    "spaced justified": ("p { text-align: justify; letter-spacing: 1px }", LONG + "<p> a  b </p>"),
    "anywhere": ("p { overflow-wrap: anywhere; width: 60px }", f"<p>{'x' * 300} {WORDS}"),
    "hyphenated": ("p { hyphens: auto; width: 90px }", LONG + "<p>hyphen&shy;ation&shy;less"),
    "cut short": ("p { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }", LONG),
    "clamped": ("p { max-lines: 2; block-ellipsis: auto; continue: discard }", LONG),
    "as written": ("pre { tab-size: 3 }", "<pre>a\tb\n\n  c\rd\u2029e\n" + "word " * 60 + "</pre>"),
    "lined": ("a { text-decoration: underline } s { text-decoration: line-through overline }",
              f'<p><a href="#x">{WORDS}</a><s>{WORDS}</s>'),
    "from the right": ("", '<p dir="rtl" lang="ar">نص عربي 12 مع English فيه</p>' + LONG),
    "several scripts": ("", "<p>Ελλάς Москва 東京 ﬁ é e\u0301 Å 🙂 \U000e0041 \x01 ℚ</p>"),
    "features": ("p { font-variant: small-caps oldstyle-nums; font-feature-settings: 'zero' }"
                 "b { font-variant-position: super; font-kerning: none }", f"<p>{WORDS}<b>2</b>"),
    "languages": ("", f'<p lang="tr">{WORDS}ifi</p><p lang="nl">{WORDS}<b lang="">fi'),
    "first letters": ("p::first-letter { font-size: 30pt } p::first-line { color: red }", LONG),
    "sizes": ("div { width: 50%; margin: 3% auto; padding: 1em; border: 2px solid }"
              "p { min-width: auto; max-height: 40%; height: 20px; width: calc(10px + 20%) }"
              "i { box-sizing: border-box; display: block; width: 90px; padding: 8px }",
              f"<div><p>{WORDS}</p><i>{WORDS}</i></div>"),
    "corners": ("div { background: #eee; border: 1px solid; border-radius: 4px 0 50% 0 }"
                "p { border-bottom: 1px dotted }", f"<div>{LONG}</div><p>{WORDS}"),
    "grounds": ("div { box-shadow: 2px 2px red } p { visibility: hidden; background: blue } "
                "b { background: linear-gradient(red, blue); border-left: 3px double } "
                "i { border: 4px solid; border-image: linear-gradient(red, blue) 3; color: red }"
                ".c { columns: 2; column-rule: 1px solid } body { background: #ffe }",
                f'<div>{WORDS}</div><p>{WORDS}</p><b>b</b><i>i</i><div class="c">{LONG}</div>'),
    "out of the flow": ("b { float: left } i { position: absolute; top: 3px } "
                        "s { position: relative; left: 2px } u { position: running(x) }"
                        "q { float: footnote } @page { @top-left { content: element(x) } }",
                        f"<p><b>{WORDS}</b>{WORDS}<i>i</i><s>s</s><u>u</u>{WORDS}<q>note</q></p>"),
    "kinds of boxes": ("table { border-collapse: collapse } td { border: 1px solid; width: 30% }"
                       ".f { display: flex } .g { display: grid } .c { columns: 2 }"
                       "span { display: inline-block; width: 20% }",
                       f'<table><tr><td>{WORDS}<td>b</table><div class="f"><p>a<p>b</div>'
                       f'<div class="g"><p>{WORDS}<p>b</div><div class="c">{LONG}</div>'
                       f"<ul><li>{WORDS}<span>box</span><ol><li>one</ol></ul>"),
    "named pages": ("@page wide { size: 400pt 300pt } .w { page: wide }"
                    "@page :left { margin: 9pt }",
                    f'<div>{LONG}<div class="w">{LONG}</div></div><p class="w">b</p>{MANY}'),
    "running lines": ("h2 { string-set: where content() } @page { "
                      "@top-left { content: 'Always'; border-bottom: 1px solid }"
                      "@top-right { content: string(where) ' of ' string(where, last) }"
                      "@left-middle { content: 'Side' } @bottom-right-corner { content: 'C' } }"
                      "@page :first { @top-left { content: 'First' } }"
                      "@page :left { margin: 90pt }",
                      f"{MANY}<h2>Two</h2>{MANY}<h2>Three</h2>{LONG}{MANY * 2}"),
    "numbered": ("@page { @top-left { content: 'Always' } "
                 "@bottom-right { content: counter(page) '/' counter(pages) } }", MANY * 2),
    "links and bookmarks": ("p { bookmark-level: 2; bookmark-label: content() }"
                            "a::after { content: target-counter(attr(href), page) }",
                            f'<p><a href="#z">{WORDS}</a></p>{MANY}<h1 id="z">Zoë (1) \\ </h1>'),
    "turned": ("p { transform: rotate(3deg); opacity: .5 }", LONG),
}  # fmt: skip
"""For each, a stylesheet and what stands on the page."""


def digests(how: str) -> dict[str, str]:
    """Return the digest of the PDF of each case, made by a process of its own."""
    faces = fonts.stylesheet().replace("fonts:", fonts.folder().as_uri() + "/")
    pages = {name: (faces + PLAIN + css, body) for name, (css, body) in CASES.items()}
    run = subprocess.run(
        [sys.executable, "-c", RUN, how],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, str] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def usual() -> Mapping[str, str]:
    """What WeasyPrint makes of each case by itself."""
    return digests("usual")


@pytest.fixture(scope="module")
def sooner() -> Mapping[str, str]:
    """What is made of each case sooner."""
    if {"weasyprint": weasyprint.__version__, "pydyf": pydyf.__version__} != quick.KNOWN:
        pytest.skip("other versions are installed, which nothing is done sooner for")
    return digests("quick")


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_those_of_weasyprint(
    name: str, usual: Mapping[str, str], sooner: Mapping[str, str]
) -> None:
    """A page laid out sooner is the same file as one that WeasyPrint lays out by itself."""
    assert sooner[name] == usual[name]


def test_each_case_is_another_page(usual: Mapping[str, str]) -> None:
    """No case is without effect: each gives a file of its own."""
    assert len(set(usual.values())) == len(CASES)


def test_another_version_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A WeasyPrint that is not known by heart lays out as it does."""
    before = weasyprint.text.line_break.Layout.setup
    monkeypatch.setattr(weasyprint, "__version__", "70.1")

    assert not quick.hasten()
    assert weasyprint.text.line_break.Layout.setup is before


LOAD = """
import contextlib, sys
from briefing.render.quick import declared
if sys.argv[1] == "other":
    declared.digest = lambda _: ""
with declared.parsed():
    import weasyprint
from weasyprint.text import fonts, line_break
assert fonts.ffi is line_break.ffi
print(type(fonts.ffi).__module__)
"""


@pytest.mark.parametrize(("how", "whose"), [("known", "_cffi_backend"), ("other", "cffi.api")])
def test_only_known_declarations_are_taken_as_parsed(how: str, whose: str) -> None:
    """The declarations parsed beforehand are used where WeasyPrint's are those, and only there."""
    if weasyprint.__version__ != quick.KNOWN["weasyprint"]:
        pytest.skip("another WeasyPrint is installed, which parses its own")
    command = [sys.executable, "-c", LOAD, how]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)

    assert run.stdout == whose + "\n"


def test_the_file_holds_what_cffi_makes_of_the_declarations() -> None:
    """The declarations kept are those of the WeasyPrint that is known by heart."""
    if weasyprint.__version__ != quick.KNOWN["weasyprint"]:
        pytest.skip("another WeasyPrint is installed, which parses its own")
    assert declared.PARSED.read_text(encoding="ascii") == _script("declare").written()


def _script(name: str) -> Any:
    """Return a module of `scripts/`."""
    spec = spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LATER = """
import sys
from briefing.render.quick import later
with later.called_later(sys.argv[1]):
    import weasyprint
    stands = [type(sys.modules[name]) is later._Later for name in later.CALLED]
from weasyprint.pdf import fonts
from fontTools import subset
assert isinstance(fonts.subset.Options(hinting=False), subset.Options)
try:
    fonts.instantiateVariableFont(None, {})
except TypeError:
    pass
assert not any(type(sys.modules[name]) is later._Later for name in later.CALLED)
print(stands)
"""


@pytest.mark.parametrize(("version", "stand"), [("70.0", True), ("70.1", False)])
def test_what_is_only_called_is_loaded_when_it_is(version: str, stand: bool) -> None:
    """A library that is not loaded with WeasyPrint is there when it is called."""
    if weasyprint.__version__ != "70.0":
        pytest.skip("another WeasyPrint is installed, which loads what it does")
    command = [sys.executable, "-c", LATER, version]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert (run.stderr, run.stdout) == ("", f"{[stand, stand]}\n")
