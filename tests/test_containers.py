"""Readers of feeds, mail, documents and agency files: what they give, and what they refuse."""

import gzip
import io
import json
import zipfile
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from factories import articles
from hypothesis import given
from hypothesis import strategies as st

from briefing import readers
from briefing.errors import BriefingError, FormatError, LimitError
from briefing.model import Article, Failure, Kind, Plan, Source
from briefing.pipeline import summarise
from briefing.readers import (
    archive,
    docx,
    epub,
    feed,
    mail,
    markdown,
    newsml,
    ninjs,
    pdf,
    read,
    warc,
)
from briefing.readers.markup import flatten

LONG = " ".join(f"The harbour board heard witness {n} on Tuesday evening." for n in range(20))
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Newline</title><copyright>© Newline</copyright>{items}</channel></rss>"""
ITEM = """<item><title>Quay &amp; crane</title><link>https://newline.example/1</link>
<dc:creator>Ada Vale</dc:creator><category>Harbour</category><pubDate>{date}</pubDate>
<description>{summary}</description>{content}</item>"""


def source(body: bytes | str, ref: str = "x") -> Source:
    """Return a source of that body."""
    return Source(ref=ref, body=body.encode() if isinstance(body, str) else body)


def rss(
    *, date: str = "Mon, 02 Mar 2026 06:10:00 +0100", summary: str = "Short.", content: str = ""
) -> tuple[Article, ...]:
    """Read a feed of one item."""
    item = ITEM.format(date=date, summary=summary, content=content)
    return articles(feed.read, source(RSS.format(items=item), "newline.rss"))


def test_an_item_with_its_full_text_is_an_article() -> None:
    """Full text, title, author, time, section, outlet, link and rights come from the feed."""
    (article,) = rss(content=f"<content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded>")
    assert article.kind is Kind.ARTICLE
    assert (article.ref, article.title, article.authors) == (
        "newline.rss#1",
        "Quay & crane",
        ("Ada Vale",),
    )
    assert str(article.published) == "2026-03-02 05:10:00+00:00"
    assert (article.publisher, article.section, article.url) == (
        "The Newline",
        "Harbour",
        "https://newline.example/1",
    )
    assert article.source_text == LONG
    assert article.rights is not None
    assert article.rights.copyright == "© Newline"


def test_a_bare_summary_is_a_teaser() -> None:
    """A teaser is called one, with its number of words."""
    (article,) = rss(summary="The quay closes. Read more")
    assert article.kind is Kind.TEASER
    assert article.kind_reason == "a teaser of 5 words: the source gives no full text"


BRIEF = (
    "The north quay at Northfold was closed on Tuesday after a crane struck the harbour wall. "
    "Nobody was hurt, the harbour master, Ada Vale, said. Two ships were sent on to Port Selden, "
    "and a third waits in the roads. The crane had been moved overnight for repairs. The board "
    "will meet on Thursday to hear from the engineers, who found the same wall cracked a year ago. "
    "Ferries are not affected, and the fish market opens as usual."
)


def items(*texts: str) -> list[Kind]:
    """Return what each item of a feed of these texts turns out to be."""
    made = (ITEM.format(date="", summary=text, content="") for text in texts)
    return [
        article.kind for article in articles(feed.read, source(RSS.format(items="".join(made))))
    ]


def test_a_brief_of_a_feed_that_gives_whole_texts_is_an_article() -> None:
    """Of other feeds it may be the first lines of more, whatever it looks like."""
    assert 60 <= len(BRIEF.split()) < 90
    assert items(LONG, BRIEF, LONG, LONG) == [Kind.ARTICLE] * 4
    assert items(LONG, BRIEF) == [Kind.ARTICLE, Kind.TEASER]
    assert items(BRIEF, BRIEF, BRIEF) == [Kind.TEASER] * 3


@pytest.mark.parametrize(
    "text",
    [
        BRIEF.removesuffix("."),
        f"{BRIEF[:-1]} …",
        f"{BRIEF} Read more",
        BRIEF[: BRIEF.index("The board")].strip(),
    ],
    ids=["no full stop", "cut", "leads on", "too short"],
)
def test_what_breaks_off_is_no_brief(text: str) -> None:
    """Nor is what leads to more, or is shorter than any brief."""
    assert items(LONG, LONG, LONG, text)[3] is Kind.TEASER


def test_a_brief_of_a_json_feed_is_an_article() -> None:
    """The same rule holds for each kind of feed."""
    given = [{"content_text": text} for text in (LONG, LONG, LONG, BRIEF)]
    found = articles(feed.read, source(json.dumps({"items": given})))
    assert [article.kind for article in found] == [Kind.ARTICLE] * 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"NORTHFOLD, March 3 (Meridian Wire) - {BRIEF}", Kind.ARTICLE),
        (f"Quay closed\n\nNORTHFOLD (Meridian) — {BRIEF}\n\n(Reporting by Bo Reed)", Kind.ARTICLE),
        (BRIEF, Kind.TEASER),
        (f"NORTHFOLD (Meridian) — {BRIEF} More: https://meridian.example/1.", Kind.TEASER),
        (f"NORTHFOLD (Meridian) — {BRIEF} Reply to unsubscribe.", Kind.TEASER),
        (f"NORTHFOLD (Meridian) — {BRIEF[:-1]}", Kind.TEASER),
        (f"Your trial ends soon. {BRIEF}", Kind.TEASER),
    ],
    ids=["flash", "headline", "no dateline", "link", "subscription", "unended", "notice"],
)
def test_a_short_mail_is_an_article_when_it_is_a_flash(text: str, kind: Kind) -> None:
    """It opens with a dateline, ends a sentence, and leads nowhere: others may be anything."""
    message = EmailMessage()
    message["Subject"] = "Quay at Northfold closed"
    message.set_content(text)
    (article,) = articles(mail.read, source(message.as_bytes()))
    assert article.kind is kind


def test_a_brief_has_points() -> None:
    """Once it is an article, its sentences are chosen from like those of any other."""
    text = RSS.format(items="".join(ITEM.format(date="", summary=t, content="")
                                    for t in (LONG, LONG, LONG, BRIEF)))  # fmt: skip
    *_, summary = summarise(source(text, "newline.rss"), Plan())
    assert summary.article.kind is Kind.ARTICLE
    assert summary.points


@pytest.mark.parametrize("date", ["10:30", "March 2026", "Tuesday", "", "tomorrow", "32 Foo 2026"])
def test_a_date_that_is_not_whole_is_none(date: str) -> None:
    """A broken date is never completed from the clock."""
    assert rss(date=date)[0].published is None


def test_a_zone_that_only_feeds_write_is_known() -> None:
    """British Summer Time is an hour ahead of UTC."""
    (article,) = rss(date="Thu, 02 Jul 2026 06:10:00 BST")
    assert str(article.published) == "2026-07-02 05:10:00+00:00"


@pytest.mark.parametrize(
    "body",
    [
        "<html><p>Not a feed</html>",
        "",
        "{}",
        '{"items": 3}',
        "{" * 50_000,
        "\x00\x01\x02",
        '<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>',
    ],
)
def test_what_is_no_feed_is_refused(body: str) -> None:
    """Neither a page nor rubbish nor an entity bomb is read as a feed."""
    with pytest.raises(FormatError):
        articles(feed.read, source(body))


def test_a_feed_without_items_gives_none() -> None:
    """A silent feed is read without complaint."""
    assert articles(feed.read, source(RSS.format(items=""))) == ()


def test_a_json_feed_is_read() -> None:
    """JSON Feed carries the same as RSS."""
    item = {"title": "Quay", "content_html": f"<p>{LONG}", "date_published": "2026-03-02T06:10Z"}
    body = {"title": "Courant", "items": [item | {"authors": [{"name": "Bo Reed"}]}]}
    (article,) = articles(feed.read, source(json.dumps(body)))
    assert (article.publisher, article.authors, article.kind) == (
        "Courant",
        ("Bo Reed",),
        Kind.ARTICLE,
    )


def test_opml_names_feeds_in_order_each_once() -> None:
    """Outlines at any depth count; an address named twice is one."""
    text = """<opml version="2.0"><body><outline text="a"><outline xmlUrl="https://a.example/f"/>
    <outline xmlUrl="https://b.example/f"/></outline><outline xmlURL="https://a.example/f"/></body>
    </opml>"""
    assert feed.list_feeds(source(text)) == ("https://a.example/f", "https://b.example/f")


def message(text: str, **headers: str) -> bytes:
    """Return a mail message."""
    made = EmailMessage()
    made["Subject"] = headers.get("subject", "Harbour news")
    made["From"] = "Harbour Courant <news@courant.example>"
    made["Date"] = headers.get("date", "Mon, 02 Mar 2026 06:10:00 +0000")
    made.set_content(text)
    return bytes(made)


def test_a_message_is_one_article() -> None:
    """Subject, sender and date become title, outlet and time."""
    (article,) = articles(mail.read, source(message(LONG), "a.eml"))
    assert (article.ref, article.title, article.publisher) == (
        "a.eml",
        "Harbour news",
        "Harbour Courant",
    )
    assert str(article.published) == "2026-03-02 06:10:00+00:00"


def test_a_newsletter_gives_one_article_a_section() -> None:
    """Headed sections between rules are units of their own; the footer is none."""
    rule = "-" * 20
    foot = "You are receiving this because you subscribed.\n" + LONG
    text = f"Quay closes\n\n{LONG}\n{rule}\nCrane falls\n\n{LONG}\n{rule}\n{foot}\n"
    found = articles(mail.read, source(message(text), "a.eml"))
    assert [(a.ref, a.title) for a in found] == [
        ("a.eml#1", "Quay closes"),
        ("a.eml#2", "Crane falls"),
    ]


def forwarded(*attached: bytes, note: str = "See attached.", kind: str = "mixed") -> bytes:
    """Return a message to which others are attached."""
    made = EmailMessage()
    made["Subject"], made["From"] = "Fwd", "Desk <desk@office.example>"
    made.set_content(note)
    for one in attached:
        made.add_attachment(message_from_bytes(one, policy=policy.default))
    return bytes(made).replace(b"multipart/mixed", f"multipart/{kind}".encode())


def test_attached_messages_are_articles() -> None:
    """Forwarded as attachments, at any depth, they keep title, sender and time; the note goes."""
    one, two = message(LONG, subject="One"), message(LONG, subject="Two")

    found = articles(mail.read, source(forwarded(one, forwarded(two)), "a.eml"))

    assert [(a.ref, a.title, a.publisher) for a in found] == [
        ("a.eml#1", "One", "Harbour Courant"),
        ("a.eml#2", "Two", "Harbour Courant"),
    ]
    assert str(found[0].published) == "2026-03-02 06:10:00+00:00"
    (alone,) = articles(mail.read, source(forwarded(one), "a.eml"))
    assert (alone.ref, alone.title) == ("a.eml", "One")


def test_a_broken_message_that_is_attached_fails_alone() -> None:
    """It is told which it is; the others are articles."""
    huge = message(f"{LONG}\n" * 1_000)

    first, second = mail.read(source(forwarded(huge, message(LONG)), "a.eml"))

    assert isinstance(first, Failure)
    assert first.message.startswith("attached message 1: a text of 1.1 million characters")
    assert isinstance(second, Article)


def test_messages_attached_to_messages_without_end_are_refused() -> None:
    """Each in the next, a thousand times."""
    for depth in (500, 3_000):  # too deep for us, and for the parser
        body = b"Content-Type: message/rfc822\n\n" * depth + b"Subject: x\n\nx"
        with pytest.raises(FormatError, match="nested too deep"):
            readers.read(source(body, "a.eml"))


def test_a_message_with_an_article_of_its_own_keeps_it() -> None:
    """What is attached stands behind it."""
    found = articles(mail.read, source(forwarded(message(LONG), note=LONG), "a.eml"))

    assert [a.title for a in found] == ["Fwd", "Harbour news"]


def test_what_a_bounce_returns_is_no_article() -> None:
    """The office's own mail comes back in it."""
    (found,) = articles(mail.read, source(forwarded(message(LONG), kind="report"), "a.eml"))

    assert (found.title, found.kind) == ("Fwd", Kind.TEASER)


def test_an_unknown_charset_is_detected() -> None:
    """A charset that nobody knows does not lose the message."""
    body = message("Zażółć gęślą jaźń, powiedział burmistrz miasta. " * 8)
    odd = body.replace(b'charset="utf-8"', b'charset="x-mystery"')
    (article,) = articles(mail.read, source(odd))
    assert "burmistrz" in article.text


def test_a_mailbox_gives_each_message() -> None:
    """An mbox holds several messages."""
    start = b"From news@courant.example Mon Mar  2 06:10:00 2026\n"
    box = start + message(LONG) + b"\n" + start + message(LONG, subject="Second")
    assert [a.title for a in articles(mail.read, source(box, "a.mbox"))] == [
        "Harbour news",
        "Second",
    ]


def test_a_message_without_a_date_has_none() -> None:
    """A broken date header is no date."""
    assert articles(mail.read, source(message(LONG, date="soon")))[0].published is None


def test_what_is_no_message_is_refused() -> None:
    """Text without headers is no mail."""
    with pytest.raises(FormatError, match="headers"):
        articles(mail.read, source("Once upon a time\nthere was"))


G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x" version="1">
<rightsInfo><copyrightNotice>© Meridian</copyrightNotice><usageTerms>No archive</usageTerms>
</rightsInfo><itemMeta><itemClass qcode="ninat:text"/><provider literal="Meridian Wire"/>
<versionCreated>2026-03-02T06:20:00Z</versionCreated><embargoed>2026-03-02T12:00:00Z</embargoed>
<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><contentCreated>2026-03-02T06:00:00Z</contentCreated><by>By Ada Vale, Editor</by>
<headline>Quay closes</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>t</title></head><body><p>One.</p><p>Two.</p></body></html></inlineXML></contentSet>
</newsItem>"""


def test_a_newsml_item_carries_what_the_agency_asks() -> None:
    """Embargo, status, terms and notice are carried, and the text in its paragraphs."""
    (article,) = articles(newsml.read, source(G2.format(status="canceled")))
    assert article.text == "One.\n\nTwo."
    assert (article.title, article.authors, article.publisher) == (
        "Quay closes",
        ("Ada Vale",),
        "Meridian Wire",
    )
    assert article.rights is not None
    assert (article.rights.status, article.rights.usage) == ("canceled", "No archive")
    assert str(article.rights.embargo) == "2026-03-02 12:00:00+00:00"
    assert str(article.updated) == "2026-03-02 06:20:00+00:00"


def test_nitf_is_read() -> None:
    """A NITF file gives headline, byline, time and text."""
    text = """<nitf><head><docdata management-status="usable"><date.issue norm="20260302T0610Z"/>
    <doc.copyright holder="Meridian"/></docdata></head><body><body.head><hedline><hl1>Quay</hl1>
    </hedline><byline>By Bo Reed</byline></body.head><body.content><p>One.</p></body.content></body>
    </nitf>"""
    (article,) = articles(newsml.read, source(text))
    assert (article.title, article.authors, article.text) == ("Quay", ("Bo Reed",), "One.")
    assert str(article.published) == "2026-03-02 06:10:00+00:00"


def test_a_picture_is_no_article() -> None:
    """An agency file without a text item says what it holds instead."""
    text = G2.format(status="usable").replace("ninat:text", "ninat:picture")
    text = text.partition("<contentSet>")[0] + "</newsItem>"
    (article,) = articles(newsml.read, source(text))
    assert article.kind is Kind.NOT_ARTICLE
    assert "picture" in (article.kind_reason or "")


def test_a_text_item_without_text_says_so() -> None:
    """One whose content lies elsewhere, or is figures, holds no other kind."""
    text = G2.format(status="usable").partition("<contentSet>")[0] + "</newsItem>"
    (article,) = articles(newsml.read, source(text))
    assert article.kind is Kind.NOT_ARTICLE
    assert article.kind_reason == "a text item without running text"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<conceptItem/>", "conceptItem"),
        ('<planningItem><itemClass qcode="a:plan"/></planningItem>', "plan"),
    ],
)
def test_what_an_agency_sends_beside_news_is_no_article(text: str, told: str) -> None:
    """Concepts, plans and catalogues are named as what they are."""
    (article,) = articles(read, source(text, "a.xml"))
    assert (article.kind, article.text) == (Kind.NOT_ARTICLE, "")
    assert article.kind_reason == f"no text item: it holds {told}"


@pytest.mark.parametrize(
    ("text", "root"),
    [
        (f"<?xml version='1.0'?>\n<!-- by hand --><kml>{LONG}</kml>", "kml"),
        (f"<?xml version='1.0'?><a:sect1 id='1'>{LONG}", "a:sect1"),
        (f"<contentSet>\n <inlineXML>{LONG}</inlineXML>\n</contentSet>\n", "contentSet"),
        (f'<opml version="2.0"><outline text="{LONG}"/></opml>', "opml"),
        (f"<one>{LONG}</one><two/>", "one"),
    ],
)
@pytest.mark.parametrize("ref", ["a.xml", "a.txt", "-"])
def test_other_xml_is_refused_by_its_root(text: str, root: str, ref: str) -> None:
    """Its tags are nobody's words; a file cut out of another is no better."""
    with pytest.raises(FormatError, match=f"not read here, with the root <{root}>"):
        read(source(text, ref))


@pytest.mark.parametrize(
    "text",
    [f"<Ada Vale> {LONG}", f"<b>Quay</b> {LONG}", f"<pause> {LONG} <pause", f"a < b: {LONG} >"],
)
def test_a_text_with_angles_stays_text(text: str) -> None:
    """A speaker in brackets, or a piece of a page, makes no XML."""
    (article,) = articles(read, source(text, "a.txt"))
    assert article.text == text


@pytest.mark.parametrize(
    "text",
    [
        "<newsItem>",
        "<rss/>",
        "",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><newsItem>&a;</newsItem>',
        '<!DOCTYPE x [<!entity a "aa"><!entity b "&a;&a;">]><nitf>&b;</nitf>',
    ],
)
def test_broken_or_hostile_xml_is_refused(text: str) -> None:
    """External entities, entity bombs and torn files are refused, not expanded."""
    with pytest.raises(FormatError):
        articles(newsml.read, source(text))


@pytest.mark.parametrize(
    ("thing", "title", "text"),
    [
        ({"headline": "Quay", "body_text": LONG}, "Quay", LONG),
        ({"headlines": [{"value": "Quay"}], "bodies": [{"value": LONG}]}, "Quay", LONG),
        ({"title": "Quay", "body_xhtml": f"<p>{LONG}</p>", "type": "text"}, "Quay", LONG),
        ({"title": "Quay", "text": LONG}, "Quay", LONG),
    ],
)
def test_json_articles_of_every_version(thing: dict[str, object], title: str, text: str) -> None:
    """Versions 1 to 3 of ninjs and plain exports give headline and text."""
    (article,) = articles(ninjs.read, source(json.dumps(thing)))
    assert (article.title, article.text, article.kind) == (title, text, Kind.ARTICLE)


NITF = f"""<?xml version="1.0" encoding="utf-16"?>
<nitf><head><title>Head</title></head><body><body.head><hedline><hl1>Quay</hl1></hedline>
</body.head><body.content><p>{LONG}</p><p>Café.</p></body.content></body></nitf>"""


@pytest.mark.parametrize(
    "thing",
    [
        {"bodies": [{"contentType": "text/vnd.IPTC.NITF", "value": NITF}]},
        {
            "bodies": [
                {"contenttype": "text/plain", "value": "x"},
                {"contenttype": "nitf", "value": NITF},
            ]
        },
        {"body_text": NITF},
    ],
)
def test_the_nitf_inside_a_json_article_is_read(thing: dict[str, object]) -> None:
    """Its running text is the article's, without head and headline."""
    (article,) = articles(ninjs.read, source(json.dumps(thing)))
    assert article.text == f"{LONG}\n\nCafé."


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (NITF[:-30], "not well-formed XML"),
        (NITF.replace("<nitf>", '<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>'), "entities"),
        (f"<?xml version='1.0'?><kml>{LONG}</kml>", "root <kml>"),
    ],
)
def test_broken_or_other_xml_inside_a_json_article_is_refused(body: str, told: str) -> None:
    """No tag of it is printed."""
    with pytest.raises(FormatError, match=told):
        read(source(json.dumps({"bodies": [{"value": body}]}), "a.json"))


def test_jsonl_gives_one_article_a_line() -> None:
    """One object a line is one unit a line."""
    lines = "\n".join(json.dumps({"title": str(n), "text": LONG}) for n in range(3))
    assert [a.ref for a in articles(ninjs.read, source(lines, "a.jsonl"))] == [
        "a.jsonl#1",
        "a.jsonl#2",
        "a.jsonl#3",
    ]


def test_a_json_picture_is_no_article() -> None:
    """Items of other types say so."""
    (article,) = articles(ninjs.read, source(json.dumps({"type": "picture", "headline": "Quay"})))
    assert article.kind is Kind.NOT_ARTICLE


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "{", '{\n"text": "a",\n"title": b\n}', "[" * 100_000]
)
def test_what_is_no_json_article_is_refused(text: str) -> None:
    """Broken, empty and endlessly nested JSON is refused."""
    with pytest.raises(FormatError):
        articles(ninjs.read, source(text))


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip archive of *files*."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name, body)
    return out.getvalue()


def word(paragraphs: str, extra: dict[str, bytes] | None = None) -> bytes:
    """Return the smallest DOCX that holds *paragraphs*."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            "</Relationships>".encode(),
            "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{paragraphs}</w:body>'
            "</w:document>".encode(),
            **(extra or {}),
        }
    )


def test_a_word_document_is_read() -> None:
    """Paragraphs stay apart, and the properties name title and author."""
    core = (
        b'<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b"<dc:title>Quay</dc:title><dc:creator>Ada Vale</dc:creator></cp:coreProperties>"
    )
    text = "<w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two.</w:t></w:r></w:p>"
    (article,) = docx.read(source(word(text, {"docProps/core.xml": core})))
    assert (article.text, article.title, article.authors) == ("One.\n\nTwo.", "Quay", ("Ada Vale",))


def test_a_word_document_with_entities_is_refused() -> None:
    """An entity bomb inside a part of the document is refused."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'
    with pytest.raises(FormatError, match="entities"):
        docx.read(source(word("", {"word/styles.xml": bomb})))


BOOK = {
    "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="o/p.opf"/></rootfiles>'
    b"</container>",
    "o/p.opf": b'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    b"<dc:title>The Weekly</dc:title><dc:date>2026-03-02</dc:date></metadata><manifest>"
    b'<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
    b'<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    b'<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/></spine></package>',
    "o/a.xhtml": f"<html><body><h1>First</h1><p>{LONG}</p></body></html>".encode(),
    "o/b.xhtml": b"<html><body><p>Imprint</p></body></html>",
}


def test_an_e_book_gives_its_chapters() -> None:
    """Chapters come in reading order; what holds no running text is none."""
    (article,) = articles(epub.read, source(zipped(BOOK), "w.epub"))
    assert (article.ref, article.title, article.publisher) == ("w.epub#1", "First", "The Weekly")


def test_a_chapter_named_ten_thousand_times_is_read_once() -> None:
    """A book of 2 kB that lists one chapter for ever took the reader minutes."""
    again = BOOK["o/p.opf"].replace(b'<itemref idref="a"/>', b'<itemref idref="a"/>' * 10_000)
    (article,) = articles(epub.read, source(zipped(BOOK | {"o/p.opf": again}), "w.epub"))
    assert article.title == "First"


@pytest.mark.parametrize("value", ["1e400", "NaN", "true", "null", "[[]]", "{}", '"\\ud800"', "7"])
def test_a_json_value_of_another_kind_is_passed_over(value: str) -> None:
    """What should be a list, a text or a time and is not is as if it were not there."""
    keys = (
        "byline authors subject headlines bodies descriptions rightsinfo url versioncreated".split()
    )
    odd = ", ".join(f'"{key}": {value}' for key in keys)
    (article,) = articles(
        ninjs.read, source(f'{{"headline": "Quay", "body_text": "{LONG}", {odd}}}', "a.json")
    )
    assert (article.title, article.published) == ("Quay", None)
    entry = ", ".join(
        f'"{key}": {value}' for key in ("authors", "author", "tags", "date_published")
    )
    (item,) = articles(
        feed.read,
        source(f'{{"items": [{{"title": "Quay", "content_text": "{LONG}", {entry}}}]}}', "f.json"),
    )
    assert (item.title, item.authors, item.section) == ("Quay", (), None)


@pytest.mark.parametrize("reader", [docx.read, epub.read])
def test_zip_bombs_are_refused(reader: object) -> None:
    """Fifty megabytes of nothing in fifty kilobytes are refused unread."""
    bomb = zipped(BOOK | {"word/document.xml": b"\0" * 50_000_000})
    with pytest.raises(LimitError, match="as bombs do"):
        reader(source(bomb))  # type: ignore[operator]


@pytest.mark.parametrize("reader", [docx.read, epub.read])
@pytest.mark.parametrize("cut", [0, 10, 300])
def test_torn_archives_are_refused(reader: object, cut: int) -> None:
    """A truncated file is one clear error."""
    with pytest.raises(FormatError):
        reader(source(zipped(BOOK)[:cut]))  # type: ignore[operator]


def test_an_archive_lies_about_its_sizes_in_vain() -> None:
    """No more is unpacked than an entry declared."""
    body = bytearray(zipped({"a": b"\0" * 1000}))
    with archive.open_archive(bytes(body), what="e-book") as opened:
        assert len(archive.read_entry(opened, "a")) == 1000
        with pytest.raises(FormatError):
            archive.read_entry(opened, "b")


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"\x00" * 100])
def test_torn_pdfs_are_refused(body: bytes) -> None:
    """A truncated PDF is one clear error."""
    with pytest.raises(FormatError, match="PDF"):
        pdf.read(source(body))


def test_a_pdf_is_read() -> None:
    """Text comes in order, with words broken over lines joined."""
    (article,) = pdf.read(source(_pdf(["The har-", "bour board met.", "It rose."])))
    assert article.text == "The harbour board met. It rose."


def test_the_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    """A line that is full goes on in the next; a short one that ends its sentence does not."""
    lines = [
        "The harbour board of Northfold met on Tuesday and voted to close the",
        "north quay, where cracks had been found, for nine weeks.",
        "The chairman, Olive Penn, said that the ferries would sail from the",
        "south quay until June.",
        "Share",
        "Nobody voted against it.",
    ]
    (article,) = pdf.read(source(_pdf(lines)))
    assert article.text.split("\n\n") == [
        f"{lines[0]} {lines[1]}",
        f"{lines[2]} {lines[3]}",
        "Share",
        "Nobody voted against it.",
    ]


def test_what_a_browser_prints_at_the_edges_of_a_pdf_is_dropped() -> None:
    """Date line and address of a print are no text of the article."""
    head = "11/25/26, 12:32 AM Ferry sinks | The Newline"
    (article,) = pdf.read(source(_pdf([head, "The ferry sank.", "https://newline.example/a 1/1"])))
    assert article.text == "The ferry sank."


def test_the_date_of_a_pdf_is_not_the_day_of_publication() -> None:
    """The file's own date is named in a warning only, and only where the text names no day."""
    info = "<</CreationDate(D:20261125003206Z)/Title(Ferry sinks)>>"
    (article,) = pdf.read(source(_pdf(["The ferry sank."], info=info)))
    assert (article.title, article.published) == ("Ferry sinks", None)
    assert "2026-11-25" in article.warnings[0]
    (dated,) = pdf.read(source(_pdf(["3 March 2026, 10:00"], info=info)))
    assert (dated.published, dated.warnings) == (None, ())


def _pdf(lines: list[str], *, info: str = "<<>>") -> bytes:
    """Return a PDF of one page with *lines* and the properties *info*."""
    show = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 700 Td {show} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        info.encode(),
    ]
    body = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1)
    )
    return body + b"trailer<</Root 1 0 R/Info 6 0 R/Size 7>>\n%%EOF"


def test_markdown_loses_its_marks_and_keeps_its_front_matter() -> None:
    """Title, author and date come from the front matter; links keep their words."""
    text = "---\ntitle: Quay\nauthor: Ada Vale\ndate: 2026-03-02\n---\n# Head\n\nA [link](x) **b**."
    (article,) = markdown.read(source(text))
    assert (article.title, article.authors) == ("Quay", ("Ada Vale",))
    assert article.text == "Head\n\nA link b."
    assert str(article.published) == "2026-03-02 00:00:00+00:00"


def record(kind: str, body: bytes) -> bytes:
    """Return one WARC response record."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://newline.example/1\r\n"
        "WARC-Date: 2026-03-02T06:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def test_a_web_archive_gives_its_pages() -> None:
    """Archived HTML pages are units; other records are not."""
    page = f"<html><body><article><h1>Quay</h1><p>{LONG}</p></article></body></html>".encode()
    body = record("text/html; charset=utf-8", page) + record("image/png", b"x")
    (article,) = articles(warc.read, source(body, "a.warc.gz"))
    assert (article.ref, article.url) == ("a.warc.gz#1", "https://newline.example/1")
    assert "witness 7" in article.source_text


@pytest.mark.parametrize("body", [b"", b"rubbish\r\n\r\n", b"\x1f\x8b\x08broken"])
def test_what_is_no_web_archive_is_refused(body: bytes) -> None:
    """Rubbish is one clear error."""
    with pytest.raises(FormatError):
        articles(warc.read, source(body))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<script>alert(1)</script>Kept", "Kept"),
        ("<p onclick=x()>One</p><style>p{}</style>", "One"),
        ("a<br>b<br><br>c", "a b\n\nc"),
        ("&lt;script&gt;", "<script>"),
        ("", ""),
        ("<!-- only -->", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    """Only what a reader sees is kept, and escaped markup stays text."""
    assert flatten(markup) == text


@given(st.binary(max_size=300))
def test_no_reader_raises_anything_but_its_own_errors(body: bytes) -> None:
    """Whatever the bytes, a reader answers or refuses."""
    for reader in (feed.read, mail.read, newsml.read, ninjs.read, docx.read, epub.read, pdf.read):
        with suppress(BriefingError):
            assert "defect" not in str(reader(source(body)))
