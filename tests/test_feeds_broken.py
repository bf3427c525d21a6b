"""A feed that is broken in one item, as feeds are, gives the others, and says what it lost."""

import pytest
from factories import articles
from test_containers import ITEM, LONG, RSS, message, source

from briefing import readers
from briefing.errors import FormatError
from briefing.model import Article, Failure, Kind
from briefing.readers import feed, mail
from briefing.readers.markup import flatten
from briefing.readers.unit import LONGEST, unit


def item(title: str, text: str = LONG) -> str:
    """Return an item with its whole text in a section of characters."""
    content = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
    return ITEM.format(date="", summary="", content=content).replace("Quay &amp; crane", title)


def read(*items: str, head: str = "") -> tuple[Article | Failure, ...]:
    """Read a feed of these items."""
    body = RSS.format(items="".join(items)).replace("</copyright>", f"</copyright>{head}", 1)
    return readers.read(source(body, "f.rss"))


def titles(found: tuple[Article | Failure, ...]) -> list[str | None]:
    """Return the title of each article, and None for what failed."""
    return [one.title if isinstance(one, Article) else None for one in found]


@pytest.mark.parametrize("odd", ["&#xFFFFFFF;", "&#0;", "&#xD800;", f"&#{'9' * 5_000};", "&bogus;"])
def test_a_reference_to_no_character_does_not_lose_a_feed(odd: str) -> None:
    """The parser fell over it; it is shown as one that is missing, or as it stands."""
    first, second, third = read(item("One"), item(f"Tram {odd} stops"), item("Three"))

    assert isinstance(second, Article)
    shown = odd if odd == "&bogus;" else "\ufffd"
    assert second.title == f"Tram {shown} stops"
    assert titles((first, third)) == ["One", "Three"]


@pytest.mark.parametrize("cut", [10, 40, 60])
def test_an_item_that_breaks_off_does_not_take_in_the_next(cut: int) -> None:
    """It ends where the next begins, with a warning; the others keep text and number."""
    found = read(item("One"), item("Two")[:-cut], item("Three"), item("Four"))

    assert titles(found) == ["One", "Two", "Three", "Four"]
    assert all(isinstance(one, Article) and one.text.count("witness 7 ") == 1 for one in found)
    warned = [one.warnings for one in found if isinstance(one, Article)]
    assert warned == [(), ("its item is not closed: the text may be cut off",), (), ()]
    assert {one.publisher for one in found if isinstance(one, Article)} == {"The Newline"}


@pytest.mark.parametrize("cut", [30, 100])
def test_the_last_item_of_a_feed_that_breaks_off_carries_a_warning(cut: int) -> None:
    """A download that ended early gives the items before, and what there is of the last."""
    body = RSS.format(items=item("One") + item("Two")).removesuffix("</channel></rss>")[:-cut]

    first, last = articles(feed.read, source(body, "f.rss"))

    assert (first.warnings, first.text) == ((), LONG)
    assert last.warnings == ("its item is not closed: the text may be cut off",)
    assert last.text
    assert LONG.startswith(last.text)


def test_an_item_may_show_the_markup_of_one() -> None:
    """Where the feed is sound, an <item> within an article is no item."""
    shown = f"{LONG} <item> <title>x</title>"

    assert titles(read(item("One", shown), item("Two"))) == ["One", "Two"]


def test_what_the_parser_falls_over_fails_alone() -> None:
    """A place on the map without coordinates is a defect of its item only."""
    place = "<gml:pos xmlns:gml='http://www.opengis.net/gml'>1 2</gml:pos></item>"

    found = read(item("One"), item("Two").replace("</item>", place), item("Three"))

    assert titles(found) == ["One", None, "Three"]
    assert isinstance(found[1], Failure)
    assert found[1].message.startswith("the item is broken, and nothing in it can be read")


@pytest.mark.parametrize("head", ["<image>", "<textinput>x</textinput>", "<titl<![CDATA[e>"])
def test_a_broken_head_does_not_lose_the_items(head: str) -> None:
    """They are read without it."""
    found = read(item("One"), item("Two"), head=head)

    assert titles(found) == ["One", "Two"]


def test_a_text_beyond_any_article_fails_alone() -> None:
    """An item of ten megabytes was called empty, or kept the others waiting until time was up."""
    found = read(item("One"), item("Two", "word " * 2_100_000), item("Three"))

    assert titles(found) == ["One", None, "Three"]
    assert isinstance(found[1], Failure)
    assert found[1].message.startswith("a text of 10.5 million characters is no article")
    assert unit(ref="a", text="x" * LONGEST).text
    with pytest.raises(FormatError, match="no article"):
        unit(ref="a", text="x" * (LONGEST + 1))


def test_markup_is_read_as_deep_as_it_can_be_and_then_refused() -> None:
    """Nothing is dropped without a word: neither a deep text nor what stands behind it."""
    assert flatten(f"{'<table><tr><td>' * 300}deep{'</td></tr></table>' * 300}<p>after") == (
        "deep\n\nafter"
    )
    assert flatten(f"<p>before<img src='data:{'A' * 11_000_000}'><p>after") == "before\n\nafter"
    with pytest.raises(FormatError, match="nested too deep"):
        flatten("<div>" * 10_000 + "deep")


def test_an_empty_element_is_no_defect() -> None:
    """A title or text that is there and holds nothing is as if it were not there."""
    (found,) = read("<item><title/><description/><link/><pubDate/></item>")

    assert isinstance(found, Article)
    assert (found.title, found.kind) == (None, Kind.NOT_ARTICLE)


START = b"From news@courant.example Mon Mar  2 06:10:00 2026\n"


def test_a_line_with_a_colon_is_no_head_of_a_message() -> None:
    """Behind a sentence that opens with "From" and ends in a year, as behind any other."""
    text = f"{LONG}\n\nFrom Dover the ferries sailed in 2025\nThen: nothing\n\n{LONG}\n"
    box = START + f"Subject: Ferries\n\n{text}\n".encode() + START + message(LONG)

    first, _ = articles(mail.read, source(box, "in.mbox"))

    assert "Then: nothing" in first.text


def test_a_mail_that_only_claims_two_bytes_a_letter_is_read() -> None:
    """As Chinese, it would have been no article."""
    odd = message(LONG).replace(b'charset="utf-8"', b'charset="utf-16"')

    (found,) = articles(mail.read, source(odd))

    assert "witness 7" in found.text


def test_a_mailbox_behind_a_byte_order_mark_is_one() -> None:
    """As an editor on Windows saves it."""
    box = START + message(LONG) + b"\n" + START + message(LONG)

    assert len(articles(mail.read, source(b"\xef\xbb\xbf" + box, "in.mbox"))) == 2


def test_a_sender_without_an_end_has_no_bracket() -> None:
    """The host is the outlet where no name is given."""
    odd = b'From: "unclosed <ada@courant.example>\nSubject: Quay\n\n' + LONG.encode()

    (found,) = articles(mail.read, source(odd))

    assert found.publisher == "courant.example"


def test_a_feed_without_an_item_that_can_be_parsed_is_refused() -> None:
    """What the parser falls over above all items is told."""
    body = "<rss version='2.0'><channel><textinput><title>x</title></textinput><gml:pos>1</gml:pos>"

    with pytest.raises(FormatError):
        feed.read(source(body, "f.rss"))
