"""Reading: which reader a source needs, encodings, plain text, web pages, bad input."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from factories import articles

from briefing.errors import FormatError, LimitError
from briefing.model import Source
from briefing.readers import Reader, read, reader_for
from briefing.readers.decode import decode
from briefing.readers.html import article

CASES = json.loads(
    (Path(__file__).parent / "cases" / "reading" / "kinds.json").read_text(encoding="utf-8")
)["kinds"]
SENTENCE = (
    "The ferry from Port Vale sank on Monday night with forty people on board, the harbour board"
    " said, and all of them were saved by two fishing boats that had heard the call."
)
BODY = "".join(f"<p>{n}. {SENTENCE}</p>" for n in range(1, 5))
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry sinks off Port Vale - Vale Courier</title>
<meta property="og:site_name" content="Vale Courier">
<meta property="og:title" content="Ferry sinks off Port Vale | Vale Courier">
<meta property="article:section" content="Islands">
<link rel="canonical" href="https://courier.example/ferry">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "x"}},
 {{"@type": ["NewsArticle"], "headline": "Ferry sinks off Port Vale",
 "author": [{{"@type": "Person", "name": "Ada Vale"}}, {{"name": "By Bo Lund"}}],
 "datePublished": "2026-03-03T07:15:00+02:00", "dateModified": "2026-03-03T08:40:00.123Z",
 "publisher": {{"@type": "Organization", "name": "Vale Courier Ltd"}}}}]}}</script>
<style>p {{ color: red }}</style></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ferry sinks off Port Vale</h1>{BODY}
<script>document.write("evil words that nobody may print")</script></article></body></html>"""


def page(markup: str, *, name: str = "page.html") -> Source:
    """Return a source that holds *markup*."""
    return Source(ref=name, body=markup.encode())


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_tells_the_kind(case: dict[str, Any]) -> None:
    """Media type first, then the name's ending, then the bytes."""
    source = Source(ref=case["ref"], body=case["body"].encode(), media_type=case.get("media_type"))

    assert reader_for(source).name == case["expected"]


def test_a_reader_may_be_a_function() -> None:
    """A plug-in offers its function itself."""
    assert Reader(name="x", read=read).load() is read


def test_a_missing_reader_is_one_clear_error() -> None:
    """A reader whose module is not there says which kind cannot be read."""
    with pytest.raises(FormatError, match="kind x cannot be read"):
        Reader(name="x", read="briefing.readers.no_such:read").load()


@pytest.mark.parametrize(
    ("body", "declared", "text"),
    [
        ("café".encode(), None, "café"),
        ("café".encode("utf-8-sig"), "latin-1", "café"),
        ("café".encode("utf-16"), None, "café"),
        ("café".encode("latin-1"), "iso-8859-1", "café"),
        ("“café”".encode("cp1252"), "iso-8859-1", "“café”"),
        ("café".encode(), "no-such-encoding", "café"),
        ("The café".encode("utf-16-le"), None, "The café"),
        ("The café".encode("utf-16-be"), "utf-8", "The café"),
        (b"The caf", "utf-16", "The caf"),
        ("паром".encode("koi8-r"), "koi8-r", "паром"),
    ],
)
def test_decodes(body: bytes, declared: str | None, text: str) -> None:
    """The mark wins over the declaration, the declaration over UTF-8; no guess, no warning."""
    assert decode(body, declared=declared) == (text, ())


RSS = f"""<rss version="2.0"><channel><title>Vale Courier</title><item><title>Ferry – sinks</title>
<description>{SENTENCE * 5}</description></item></channel></rss>"""
WIRE = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta>
<headline>Ferry – sinks</headline></contentMeta><contentSet><inlineXML
contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{BODY}</body>
</html></inlineXML></contentSet></newsItem>"""
JSON = json.dumps({"title": "Ferry – sinks", "text": SENTENCE}, ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("says", ["", "utf-16", "UTF-8", "iso-8859-1", "none"])
@pytest.mark.parametrize("text", [RSS, WIRE], ids=["feed", "wire"])
def test_two_bytes_a_letter_are_read_with_and_without_a_mark(
    text: str, says: str, encoding: str
) -> None:
    """Whatever the declaration says of the encoding, if there is one; whatever byte comes first."""
    claimed = f' encoding="{says}"' if says != "none" else ""
    whole = f'<?xml version="1.0"{claimed}?>\n{text}' if says else f"\n{text}"

    (found,) = articles(read, Source(ref="a.xml", body=whole.encode(encoding)))

    assert found.title == "Ferry – sinks"
    assert SENTENCE in found.text


@pytest.mark.parametrize("text", [RSS, WIRE], ids=["feed", "wire"])
def test_one_byte_a_letter_is_read_though_two_are_declared(text: str) -> None:
    """Programs write what they held in memory: UTF-16."""
    whole = f'<?xml version="1.0" encoding="utf-16" standalone="yes"?>\n{text}'

    (found,) = articles(read, Source(ref="a.xml", body=whole.encode()))

    assert found.title == "Ferry – sinks"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_json_and_pages_of_two_bytes_a_letter_are_read(encoding: str) -> None:
    """And half a letter at the end, as a tool that adds a newline leaves it, loses nothing."""
    lines = f"{JSON}\n{JSON}\n"

    (found,) = articles(read, Source(ref="a.json", body=JSON.encode(encoding) + b"\n"))
    first, _ = articles(read, Source(ref="a.jsonl", body=lines.encode(encoding)))
    (whole,) = articles(read, Source(ref="a.html", body=PAGE.encode(encoding)))

    assert found.title == first.title == "Ferry – sinks"
    assert whole.title == "Ferry sinks off Port Vale"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_entities_of_two_bytes_a_letter_are_refused(encoding: str) -> None:
    """An entity bomb is one in any encoding."""
    bomb = '<!DOCTYPE r [<!ENTITY a "b">]>'

    for name, text in (("a.rss", RSS), ("a.newsml", WIRE)):
        with pytest.raises(FormatError, match="entities"):
            read(Source(ref=name, body=f'<?xml version="1.0"?>{bomb}{text}'.encode(encoding)))


def test_guesses_an_undeclared_encoding_and_says_so() -> None:
    """Cyrillic bytes of another century are read, with a warning that they were guessed."""
    text = "Паром из порта затонул в понедельник ночью, сообщили в управлении порта. " * 5

    found, warnings = decode(text.encode("cp1251"))

    assert found == text
    assert "not declared" in warnings[0]


def test_keeps_utf8_with_a_spoilt_byte() -> None:
    """One bad byte does not turn a text into another encoding."""
    found, warnings = decode(("café, naïve, Zoë, résumé. " * 3).encode() + b"\xff")

    assert found.startswith("café")
    assert "1 bytes are not UTF-8" in warnings[0]


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0",
        bytes(range(256)) * 4,
        b"".join(n.to_bytes(2, "little") for n in range(1, 3_000, 7)),  # samples of a sound
        b"<\0r\0s\0s\0>\0" + bytes(range(1, 256)) * 9,
        "MZ <rss> an old program".encode("utf-16-le") + bytes(400),
        b"\xff\xfe" + bytes(range(256)) * 4,
        b"<\0" * 400 + b"\0\xd8" * 20,  # halves of letters
        b"\0" * 1_000,
    ],
    ids=["picture", "bytes", "sound", "markup, then bytes", "zeros", "mark", "halves", "empty"],
)
def test_refuses_binary(body: bytes) -> None:
    """A binary file under a text's name is named as such."""
    with pytest.raises(FormatError, match="binary"):
        read(Source(ref="a.txt", body=body))


@pytest.mark.parametrize("body", [b"", b" \n\t\n"])
def test_refuses_emptiness(body: bytes) -> None:
    """An empty file is an error, not an empty briefing."""
    with pytest.raises(FormatError, match="empty"):
        read(Source(ref="a.txt", body=body))


def test_reads_text_as_it_stands() -> None:
    """Plain text keeps every character; the hash is that of the file."""
    (found,) = articles(read, Source(ref="a.txt", body=b"Ferry sinks\r\n"))

    assert found.source_text == "Ferry sinks\r\n"
    assert found.sha256 == "81aa5fc83cf8937dd07c57a82ec32519716fe343b5bb4625324c0754384b557f"


def test_reads_a_page() -> None:
    """Body and metadata come out of a page; scripts, menus and the headline do not."""
    (found,) = articles(read, page(PAGE))

    assert found.source_text.split("\n\n")[-1] == f"4. {SENTENCE}"
    assert "evil" not in found.source_text
    assert "color" not in found.source_text
    assert found.title == "Ferry sinks off Port Vale"
    assert found.authors == ("Ada Vale", "Bo Lund")
    assert found.publisher == "Vale Courier"
    assert found.published == datetime(2026, 3, 3, 5, 15, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 3, 8, 40, 0, 123000, tzinfo=UTC)
    assert (found.url, found.section) == ("https://courier.example/ferry", "Islands")


def test_reads_a_page_without_structured_data() -> None:
    """Title from the page's title, author and time from what readers see."""
    markup = f"""<html><head><title>Ferry sinks | Vale Courier</title></head><body><article>
    <h1>Ferry sinks off the port</h1><span rel="author">Ada Vale</span>
    <time datetime="2026-03-03T05:15Z">today</time>{BODY}</article></body></html>"""

    found = article(markup, source=page(markup))

    assert found.title in ("Ferry sinks", "Ferry sinks off the port")
    assert found.authors == ("Ada Vale",)
    assert found.published == datetime(2026, 3, 3, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "linked",
    [
        "{",
        "[]",
        "null",
        "[" * 5000,
        '{"@type": 3}',
        '{"@type": "Article", "author": {"name": {"a": 1}}}',
        '{"@type": "NewsArticle", "datePublished": "soon", "headline": 7, "publisher": []}',
        '{"@type": "Article", "datePublished": "9999-12-31T23:59:59-23:00"}',
    ],
)
def test_broken_structured_data_is_passed_over(linked: str) -> None:
    """Whatever a page declares, its article is read."""
    markup = f'<html><body><script type="application/ld+json">{linked}</script>{BODY}</body></html>'

    assert SENTENCE in articles(read, page(markup))[0].source_text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + "<div>" * 10_000 + BODY + "</div>" * 10_000,
        "<html><body>" + "<b>" * 10_000 + BODY,
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><html><body>' + BODY + "<p>&c;</p>",
        "<html><body>\x00\x01" + BODY.replace("</p>", ""),
    ],
    ids=["deep", "deep-inline", "laughs", "control"],
)
def test_hostile_pages_are_read(markup: str) -> None:
    """Depth, entity bombs and control characters neither stop nor blow up the reading."""
    found = article(markup, source=page("x"))

    assert SENTENCE in found.source_text
    assert len(found.source_text) < 5_000


def test_markup_in_a_page_stays_text() -> None:
    """What looks like a template or a picture of a local file is text or nothing."""
    markup = (
        f"<html><body>{BODY}<p>{{{{ 7*7 }}}} <img src=file:///etc/passwd> {SENTENCE}</p></body>"
    )

    text = article(markup, source=page(markup)).source_text

    assert "{{ 7*7 }}" in text
    assert "passwd" not in text


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><script>x()</script></body>"])
def test_a_page_without_text_is_no_article(markup: str) -> None:
    """The error says so, and what to do."""
    with pytest.raises(FormatError, match="no article"):
        read(page(markup))


def test_a_page_beyond_the_limit_is_refused() -> None:
    """Nobody waits minutes for a page that no reader would open."""
    with pytest.raises(LimitError, match="too large"):
        article("<p>" + "x " * 3_000_000, source=page("x"))


def test_reads_the_encoding_that_a_page_declares() -> None:
    """The `meta` element of the page itself counts."""
    markup = f"<html><head><meta charset='windows-1251'></head><body><p>Паром. {SENTENCE}</p>{BODY}"

    (found,) = articles(read, Source(ref="a.html", body=markup.encode("cp1251")))

    assert found.source_text.startswith("Паром.")


def test_loads_nothing_heavy_for_english_text() -> None:
    """Reading and cleaning English text imports no lxml, NumPy, trafilatura, ftfy or model."""
    code = (
        "import sys; from briefing.readers import read; from briefing.clean import clean;"
        "from briefing.model import Source;"
        f"a = clean(read(Source(ref='a.txt', body={SENTENCE.encode() * 5!r}))[0], zone='UTC');"
        "heavy = {'lxml', 'numpy', 'trafilatura', 'ftfy', 'py3langid', 'nltk'} & set(sys.modules);"
        "print(a.language, sorted(heavy))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "en []"


def test_gzip_under_a_text_name_is_refused() -> None:
    """Compressed bytes are binary, whatever their name says."""
    with pytest.raises(FormatError, match="binary"):
        read(Source(ref="a.txt", body=gzip.compress(SENTENCE.encode() * 9)))


@pytest.mark.parametrize("ref", ["a.rtf", "a.txt", "a.doc", "standard input"])
def test_rtf_is_refused_by_its_name(ref: str) -> None:
    """Its commands are nobody's words; the message says what to do."""
    body = rf"{{\rtf1\ansi\deff0 {{\b Ferry sinks}}\par {SENTENCE}\par}}".encode()

    with pytest.raises(FormatError, match=r"an RTF file.*save it as \.docx"):
        read(Source(ref=ref, body=body))
