"""Articles attached to mails: the only one is read, within the limits of files; others are told."""

import io
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from factories import articles
from test_containers import LONG, _pdf, message, source, word
from test_readers import PAGE, SENTENCE

from briefing.limits import Limits
from briefing.model import Article, Failure, Kind, Plan, Source
from briefing.pipeline import attempt
from briefing.readers import mail, read, within
from briefing.readers.kinds import reader_for

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARAGRAPH = f"<w:p><w:r><w:t>{LONG}</w:t></w:r></w:p>"
FILES: dict[str, tuple[bytes, str, str]] = {
    "pdf": (
        _pdf([line.strip() + "." for line in LONG.split(".") if line]),
        "application/pdf",
        "a.pdf",
    ),
    "docx": (word(PARAGRAPH), WORD, "a.docx"),
    "named only": (word(PARAGRAPH), "application/octet-stream", "Article of Monday.DOCX"),
    "html": (PAGE.encode(), "text/html", "page.html"),
    "txt": (LONG.encode("utf-16"), "text/plain", "a.txt"),
    "eml": (message(LONG), "application/octet-stream", "a.eml"),
}


def mailed(*files: tuple[bytes, str, str], text: str = "See attached.", **headers: str) -> bytes:
    """Return a mail with files of a body, a media type and a name."""
    made = EmailMessage()
    made["Subject"] = headers.get("subject", "Your article")
    made["From"] = "Ann <ann@office.example>"
    made["Date"] = "Tue, 03 Mar 2026 10:00:00 +0100"
    made.set_content(text)
    for body, kind, name in files:
        main, _, sub = kind.partition("/")
        made.add_attachment(body, maintype=main, subtype=sub, filename=name)
    return bytes(made)


def only(body: bytes) -> Any:
    """Return the one unit of a mail."""
    (found,) = articles(mail.read, source(body, "in.eml"))
    return found


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_the_only_document_attached_is_the_article(file: tuple[bytes, str, str]) -> None:
    """Under the name of the mail, whose sender and time stand in for what it does not say."""
    found = only(mailed(file))

    assert (found.ref, found.kind) == ("in.eml", Kind.ARTICLE)
    assert ("witness 7" in found.text) or (SENTENCE in found.text)
    assert "See attached" not in found.text
    assert found.warnings[-1].startswith(f"read from what is attached to the mail: {file[2]} (")
    own = file[2] in ("page.html", "a.eml")
    assert (found.publisher == "Ann", found.published.day == 3) == (
        not own,
        not own or file[2] == "page.html",
    )


def test_what_is_passed_on_is_not_credited_to_who_does() -> None:
    """Nor is it of the time of forwarding."""
    found = only(mailed(FILES["docx"], subject="Fwd: article"))

    assert (found.kind, found.publisher, found.published) == (Kind.ARTICLE, None, None)


def test_beside_an_attached_message_a_document_is_passed_over() -> None:
    """The message is what was meant; it reads its own document."""
    made = message_from_bytes(mailed(FILES["pdf"]), policy=policy.default)
    made.add_attachment(message_from_bytes(mailed(FILES["docx"]), policy=policy.default))

    found = only(bytes(made))

    assert found.warnings == ("read from what is attached to the mail: a.docx (Word)",)


def test_a_mail_that_is_an_article_is_read_itself() -> None:
    """Whatever is attached."""
    found = only(mailed(FILES["pdf"], text=LONG))

    assert (found.title, found.publisher, found.warnings) == ("Your article", "Ann", ())


TORN = (FILES["docx"][0][:400], WORD, "a.docx")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((FILES["pdf"], FILES["docx"]), "several may be the article: a.pdf (PDF), a.docx (Word)"),
        (((b"JFIF", "image/jpeg", "page.jpg"),), "read of what is attached: page.jpg (image/jpeg)"),
        (((b"PK\x03\x04", "application/zip", "all.zip"),), ": all.zip (application/zip)"),
        ((TORN,), "attached is a.docx (Word): "),
        (((b"{\\rtf1}", "application/rtf", "a.rtf"),), "attached is a.rtf (RTF): an RTF file"),
        (((b" ", "text/plain", "a.txt"),), "attached is a.txt (text): it holds nothing"),
        (((b"Here it is.", "text/plain", "a.txt"),), "a.txt (text): a teaser of 3 words"),
        (((message("Short."), "application/x-y", "a.eml"),), "a.eml (mail): a teaser of 1 words"),
        (tuple((b"x", "image/png", f"{n}.png") for n in range(9)), "4.png (image/png) and 4 more"),
    ],
    ids=["two", "picture", "archive", "torn", "rtf", "empty", "short", "teaser", "many"],
)  # fmt: skip
def test_what_cannot_be_read_of_attachments_is_said(files: Any, said: str) -> None:
    """By name and kind, beside why the mail itself is no article."""
    found = only(mailed(*files))

    assert (found.kind, found.publisher) == (Kind.TEASER, "Ann")
    assert found.kind_reason.startswith("a teaser of 2 words: the source gives no full text; ")
    assert said in found.kind_reason


def test_a_signature_or_a_picture_in_the_text_is_no_document() -> None:
    """Nothing is said of them."""
    made = EmailMessage()
    made.set_content("See you.")
    made.add_alternative("<p>See you. <img src=cid:x></p>", subtype="html")
    page: Any = made.get_payload(1)
    page.add_related(
        b"x", maintype="image", subtype="png", cid="<x>", filename="x.png", disposition="inline"
    )
    made.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="s.p7s")

    assert only(bytes(made)).kind_reason == "a teaser of 2 words: the source gives no full text"


def test_a_mail_that_carries_something_is_read_in_a_child() -> None:
    """As the file that it carries would be; a mail of text alone is not."""
    for file in FILES.values():
        carrying = Source(ref="in.eml", body=mailed(file))
        assert reader_for(carrying).unpacks(carrying)
    plain = Source(ref="in.eml", body=message(LONG))
    assert not reader_for(plain).unpacks(plain)


def test_a_bomb_that_is_attached_is_refused() -> None:
    """Its mail says so, and the other one of the mailbox is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b"<a>" * 100_000_000)
    start = b"From ann@office.example Tue Mar  3 10:00:00 2026\n"
    bomb = mailed((made.getvalue(), WORD, "bomb.docx"))
    box = start + bomb + b"\n" + start + message(LONG)

    first, second = within.work(read, Source(ref="in.mbox", body=box), limits=Limits())

    assert isinstance(first, Article)
    assert "attached is bomb.docx (Word): " in (first.kind_reason or "")
    assert isinstance(second, Article)
    assert second.kind is Kind.ARTICLE


def test_messages_within_messages_without_end_are_refused() -> None:
    """Parts within parts are, whoever attached them."""
    nested = b"Subject: x\nContent-Type: message/rfc822\n\n" * 2_000

    (found,) = attempt(Source(ref="in.eml", body=nested), plan=Plan())

    assert isinstance(found, Failure)
    assert "nested too deep" in found.message


@pytest.mark.parametrize(
    "head",
    [
        'Content-Disposition: attachment; filename="=?utf-8?q?=ff?="',
        "Content-Disposition: attachment; filename*=x'y'%FF%",
        "Content-Disposition: ;;;",
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64",
        "Content-Type: application/pdf; name*0*=\nContent-Transfer-Encoding: x-mystery",
    ],
)
def test_broken_heads_of_attachments_lose_no_mail(head: str) -> None:
    """It is a teaser still."""
    top = "From: ann@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"

    text = f"{top}--x\n\nHello\n--x\n{head}\n\n%%%\n--x--\n"

    assert only(text.encode()).kind is Kind.TEASER
