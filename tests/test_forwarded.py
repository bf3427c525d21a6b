"""Forwarded mails: outlet, title and time are those of the message inside."""

from email.message import EmailMessage

import pytest
from factories import articles
from test_containers import LONG, source

from briefing.model import Article
from briefing.readers import mail

GMAIL = """FYI

---------- Forwarded message ---------
{sender}: Harbour Courant <news@courant.example>
Date: {date}
Subject: Ferry sinks
To: Bo Reed <bo@office.example>


"""
GMAIL_FR = GMAIL.replace("{sender}: Harbour Courant", "{sender} : *Harbour Courant*")
OUTLOOK = """See below.

Ann Lund
Press office

________________________________
From: Harbour Courant <news@courant.example>
Sent: Monday, March 2, 2026 6:10 AM
To: Bo Reed; Ann Lund
Cc: Cy Dorn
Subject: Ferry sinks

"""
OUTLOOK_DE = """-----Ursprüngliche Nachricht-----
Von: Harbour Courant [mailto:news@courant.example]
Gesendet: Montag, 2. März 2026 06:10
An: Bo Reed
Betreff: Ferry sinks

"""
OUTLOOK_FR = """Pour info

De : Harbour Courant <news@courant.example>
Envoyé : lundi 2 mars 2026 06:10
À : Bo Reed
Objet : Ferry sinks

"""
APPLE = """
Begin forwarded message:

From: "Harbour Courant" <news@courant.example>
Subject: Ferry
 sinks
Date: 2 March 2026 at 06:10:00 CET
To: bo@office.example
Reply-To: news@courant.example

"""
APPLE_DE = """Anfang der weitergeleiteten Nachricht:

Von: Harbour Courant <news@courant.example>
Betreff: Ferry sinks
Datum: 2. März 2026 um 06:10:00 MEZ
An: bo@office.example

"""
APPLE_FR = """Début du message réexpédié :

De: Harbour Courant <news@courant.example>
Objet: Ferry sinks
Date: 2 mars 2026 à 06:10:00 UTC+1
À: bo@office.example

"""
THUNDERBIRD = """-------- Weitergeleitete Nachricht --------
Betreff: \tFerry sinks
Datum: \tMon, 2 Mar 2026 05:10:00 +0000
Von: \tHarbour Courant <news@courant.example>
An: \tbo@office.example


"""
BLOCKS = {
    "Gmail": ("Fwd: Ferry sinks", GMAIL.format(sender="From", date="Mon, Mar 2, 2026 at 6:10 AM")),
    "Gmail, de": ("Fwd: x", GMAIL.format(sender="Von", date="Mo., 2. März 2026 um 06:10 Uhr")),
    "Gmail, fr": ("Fwd: x", GMAIL_FR.format(sender="De", date="lun. 2 mars 2026 à 06:10")),
    "Outlook": ("FW: Ferry sinks", OUTLOOK),
    "Outlook, de": ("WG: Ferry sinks", OUTLOOK_DE),
    "Outlook, fr": ("TR : Ferry sinks", OUTLOOK_FR),
    "Apple": ("ferry", APPLE),
    "Apple, de": ("Fwd: Ferry sinks", APPLE_DE),
    "Apple, fr": ("Fwd: Ferry sinks", APPLE_FR),
    "Thunderbird": ("Fwd: Ferry sinks", THUNDERBIRD),
}


def sent(text: str, subject: str, *, markup: str = "") -> Article:
    """Return the article of a mail that Ann sent the day after, at an hour east of Greenwich."""
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "Ann <ann@office.example>"
    made["Date"] = "Tue, 03 Mar 2026 10:00:00 +0100"
    if markup:
        made.set_content(markup, subtype="html")
    else:
        made.set_content(text)
    (found,) = articles(mail.read, source(bytes(made), "a.eml"))
    return found


def told(article: Article) -> tuple[str | None, str | None, str]:
    """Return outlet, title and time of an article."""
    return article.publisher, article.title, f"{article.published:%d %H:%M}"


INSIDE = ("Harbour Courant", "Ferry sinks", "02 05:10")


@pytest.mark.parametrize(("subject", "block"), BLOCKS.values(), ids=BLOCKS)
def test_the_message_inside_counts(subject: str, block: str) -> None:
    """Its block, and what stands above it, are no words of the article."""
    found = sent(f"{block}{LONG}\n\nThe end.\n", subject)

    assert told(found) == INSIDE
    assert found.text == f"{LONG}\n\nThe end."


@pytest.mark.parametrize("block", [APPLE, APPLE_DE, APPLE_FR], ids=["en", "de", "fr"])
def test_a_quoted_message_inside_is_unquoted(block: str) -> None:
    """Apple's plain texts quote the block and all behind it."""
    marker, _, rest = f"{block.strip()}\n\n{LONG}\n\nThe end.".partition("\n\n")
    quoted = "\n".join(f"> {line}".rstrip() for line in rest.split("\n"))

    found = sent(f"{marker}\n\n{quoted}\n", "Fwd: ferry")

    assert told(found) == INSIDE
    assert found.text == f"{LONG}\n\nThe end."


@pytest.mark.parametrize(
    "markup",
    [
        "<div>FYI<br>---------- Forwarded message ---------<br>From: <b>Harbour Courant</b> <span>"
        "&lt;<a href='mailto:news@courant.example'>news@courant.example</a>&gt;</span><br>"
        "Date: Mon, Mar 2, 2026 at 6:10 AM<br>Subject: Ferry sinks<br>To: Bo<br></div><br><br>",
        "<p>FYI</p><div><p><b><span>From:</span></b><span> Harbour Courant &lt;news@courant.example"
        "&gt;<br><b>Sent:</b> Monday, March 2, 2026 6:10 AM<br><b>To:</b> Bo<br><b>Subject:</b> "
        "Ferry sinks</span></p></div>",
    ],
    ids=["Gmail", "Outlook"],
)
def test_a_block_in_a_page_is_read(markup: str) -> None:
    """Mails without a plain text have their block in lines of markup."""
    found = sent("", "FW: ferry", markup=f"<html><body>{markup}<p>{LONG}</p></body></html>")

    assert told(found) == INSIDE
    assert found.text == LONG


def test_a_forward_of_a_forward_is_the_innermost() -> None:
    """Whoever stands between, the outlet is who wrote it."""
    outer = OUTLOOK.replace("Harbour Courant <news@courant", "Cy Dorn <cy@office")
    outer = outer.replace("Subject: ", "Subject: Fwd: ").replace("6:10", "7:55")

    found = sent(f"{outer}{OUTLOOK}{LONG}", "FW: Fwd: Ferry sinks")

    assert told(found) == INSIDE
    assert found.text == LONG


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Ferry sinks", f"{LONG}\n\n{OUTLOOK}{LONG}"),
        ("AW: WG: Ferry sinks", f"Thanks!\n\n{OUTLOOK_DE}{LONG}"),
        ("Ferry sinks", f"Thanks!\n\n{OUTLOOK}{LONG}"),
        ("Re: Ferry sinks", f"Thanks!\n\n{APPLE}{LONG}"),
        ("Fwd: Ferry sinks", f"{LONG}\n\n{OUTLOOK}{LONG}"),
        ("Fwd: Ferry sinks", OUTLOOK),
        ("Fwd: Ferry sinks", f"From: the harbour\nTo: the sea\n\n{LONG}"),
        ("Fwd: Ferry sinks", f"Begin forwarded message:\n\n{LONG}"),
    ],
    ids=["reply", "reply to a forward", "bare", "reply that quotes", "own article",
         "nothing inside", "verse", "no block"],
)  # fmt: skip
def test_a_reply_or_an_article_of_ones_own_is_no_forward(subject: str, text: str) -> None:
    """The sender is the outlet, and no word is taken away."""
    found = sent(text, subject)

    assert found.publisher == "Ann"
    assert f"{found.published:%d %H:%M}" == "03 09:00"
    assert found.text.split() == text.split()


@pytest.mark.parametrize(
    ("header", "outlet"),
    [
        ("news@courant.example", "courant.example"),
        ("<news@courant.example>", "courant.example"),
        ("Harbour Courant via Lists <l@lists.example>", "Harbour Courant via Lists"),
        ("", "Ann"),
        ("@", None),
    ],
)
def test_the_sender_inside_is_a_name_or_a_host(header: str, outlet: str | None) -> None:
    """As of any mail; without a sender the block tells nothing."""
    block = OUTLOOK.replace("Harbour Courant <news@courant.example>", header)

    found = sent(f"{block}{LONG}", "Fwd: Ferry sinks")

    assert found.publisher == outlet


@pytest.mark.parametrize("date", ["", "soon", "02/03/2026 06:10", "99 March 20260", "6:10 AM"])
def test_a_time_inside_that_cannot_be_told_is_none(date: str) -> None:
    """The time of forwarding is none of the article's."""
    block = OUTLOOK.replace("Monday, March 2, 2026 6:10 AM", date)

    found = sent(f"{block}{LONG}", "Fwd: Ferry sinks")

    assert (found.publisher, found.published) == ("Harbour Courant", None)


def test_a_prefix_of_the_subject_is_no_part_of_the_title() -> None:
    """Where a message is passed on without a block, too."""
    assert sent(LONG, "Fwd: WG: Ferry sinks").title == "Ferry sinks"
