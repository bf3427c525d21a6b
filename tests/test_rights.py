"""Words taken of each article and publisher, capped, counted and exported."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import proofs
import pytest
from editions import NOON, edition, ferry, point
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from briefing import render
from briefing.edition import Edition
from briefing.model import Rights
from briefing.rights import (
    COLUMNS,
    Cap,
    Caps,
    Purse,
    by_outlet,
    ledger_csv,
    ledger_json,
    takings,
)
from briefing.verify.paper import read_paper
from briefing.words import count_words


def titled(title: str) -> Edition:
    """Return the small edition with another title of its first article."""
    made = edition()
    story = made.stories[0]
    article = replace(story.articles[0], title=title, rights=Rights(usage=title))
    stories = (replace(story, articles=(article, *story.articles[1:])), *made.stories[1:])
    return replace(made, stories=stories)


def rows(text: str) -> list[dict[str, str]]:
    """Return what a spreadsheet reads."""
    return list(csv.DictReader(io.StringIO(text)))


def test_every_cited_article_stands_in_the_ledger() -> None:
    """With its words, its share and its notices; one that gave nothing has 0."""
    ledger = takings(edition())

    assert [(t.outlet, t.points, t.words, t.of, t.share) for t in ledger] == [
        ("Newline", 2, 18, 18, 1.0),
        ("The Courant", 0, 0, 10, 0.0),
        ("Marrow Post", 1, 10, 10, 1.0),
    ]
    assert ledger[0].copyright == "© Newline"


def test_a_point_that_is_new_counts_once() -> None:
    """The points that tell what is new are among the story's points."""
    assert takings(edition())[0].words == sum(count_words(p.text) for p in ferry().points)


def test_an_article_without_words_has_no_share() -> None:
    """Nothing is divided by nothing."""
    story = replace(ferry(), articles=(replace(ferry().articles[0], words=0),))

    assert takings(replace(edition(), stories=(story,)))[0].share == 0.0


def test_outlets_are_summed_the_most_first() -> None:
    """The sum of outlets is the sum of articles."""
    ledger = takings(edition())

    assert list(by_outlet(ledger).items()) == [
        ("Newline", 18),
        ("Marrow Post", 10),
        ("The Courant", 0),
    ]


def test_the_csv_has_a_line_for_each_article() -> None:
    """A heading, then one line each, ending in CR LF."""
    text = ledger_csv(takings(edition()))

    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert [row["outlet"] for row in rows(text)] == ["Newline", "The Courant", "Marrow Post"]
    assert text.count("\r\n") == 4


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=cmd|' /C calc'!A0",
        "\u00a0=1",
        "＝1+1",
        '=HYPERLINK("https://x.example")',
    ],
)
def test_no_cell_is_a_formula(title: str) -> None:
    """A title that a spreadsheet would run is text, and can still be read whole."""
    (row, *_) = rows(ledger_csv(takings(titled(title))))

    shown = "\ufffd" + title[1:] if title[0] in "\t\r\n" else title
    assert (row["title"], row["usage"]) == (f"'{shown}", f"'{shown}")


@pytest.mark.parametrize("title", ["Strike: 1 - 0", "a=b", "“=”", "9 = 9", ""])
def test_an_ordinary_title_is_left_as_it_is(title: str) -> None:
    """Only what a spreadsheet would run is marked."""
    (row, *_) = rows(ledger_csv(takings(titled(title))))

    assert row["title"] == title


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_stays_in_its_cell(title: str) -> None:
    """Commas, quotation marks and line ends do not move the columns."""
    (row, *_) = list(csv.DictReader(io.StringIO(ledger_csv(takings(titled(title))), newline="")))

    def seen(text: str) -> str:
        """Return a text with a mark for what nobody sees; tags count as printable in Python."""
        hidden = (not c.isprintable() or "\U000e0000" <= c <= "\U000e0fff" for c in text)
        return "".join("\ufffd" if h else c for h, c in zip(hidden, text, strict=True))

    shown, read = seen(title), seen(row["title"])
    assert read.removeprefix("'") == shown.removeprefix("'") or read == f"'{shown}"
    assert row["title"].isascii() is False or row["title"].isprintable()
    assert row["outlet"] == "Newline"


def test_the_json_says_the_same() -> None:
    """Takings, the words of each outlet, and the sum."""
    plain = json.loads(ledger_json(takings(edition())))

    assert plain["words"] == 28 == sum(plain["outlets"].values())
    assert [t["words"] for t in plain["takings"]] == [18, 0, 10]


def test_a_recount_from_the_page_gives_the_same_sums() -> None:
    """The words that stand on the page of each outlet are those of the ledger."""
    made = edition()
    page: Any = html.fromstring(render.html(made, template="daily", compiled=NOON, zone="UTC"))
    outlets = {a.ref: a.outlet for story in made.stories for a in story.articles}

    counted: Counter[str] = Counter()
    for entry in page.iterfind(".//li[@data-point]"):
        printed = [words.text_content() for words in entry.iterfind(".//p[@data-words]")]
        counted[outlets[entry.get("data-ref")]] += count_words(" ".join(printed))

    assert counted == Counter({"Newline": 18, "Marrow Post": 10})
    assert counted == {k: v for k, v in by_outlet(takings(made)).items() if v}


def test_notices_and_terms_stand_in_every_face() -> None:
    """What the publisher asks is printed with the article, for whoever uses the briefing."""
    made = edition()
    story = made.stories[0]
    rights = Rights(copyright="© Newline", usage="Not for resale after 1 May")
    articles = (replace(story.articles[0], rights=rights), *story.articles[1:])
    made = replace(made, stories=(replace(story, articles=articles), *made.stories[1:]))
    page = render.html(made, template="daily", compiled=NOON, zone="UTC")
    for face in (page, render.markdown(made), render.mail(made).decode()):
        assert "© Newline" in face or "=C2=A9 Newline" in face
        assert "Not for resale after 1 May" in face


def recounted(made: Edition, document: bytes) -> Counter[str]:
    """Return the words of points that stand on the pages of a PDF, by outlet.

    A point begins below its label. Its words go to the outlet that the page names next: behind
    the point, or in the list below the story.
    """
    labels = {p.label for story in made.stories for p in story.points}
    outlets = {a.outlet for story in made.stories for a in story.articles}
    names = re.compile("(?:— .* · )?(" + "|".join(sorted(outlets, key=len, reverse=True)) + ")")
    furniture = re.compile(r"Edition \S+-\S+|Page \d|TLP:|OFFICIAL|.*Compiled \d")
    counted: Counter[str] = Counter()
    pending: list[str] = []
    is_point = False
    for line in (line for page in read_paper(document).pages[1:] for line in page):
        shown = "".join(line.stretches)
        if shown == "Clip index":
            return +counted
        if named := names.match(shown):
            counted[named[1]] += count_words(" ".join(pending))
            pending, is_point = [], False
        elif shown in labels:
            is_point = True
        elif shown.startswith(("— ", "As before", "Outlets differ", "Editor’s comment")):
            is_point = False
        elif is_point and not furniture.match(shown):
            pending.append(shown)
    raise AssertionError("the clip index is missing")


@pytest.mark.parametrize("seed", [None, 3, 4, 8])
def test_a_recount_from_the_pages_of_the_pdf_gives_the_same_sums(seed: int | None) -> None:
    """The words of each outlet that are read back from the pages are those of the ledger."""
    made = edition() if seed is None else proofs.edition(seed, stories=6)
    document = render.pdf(made, template="daily", compiled=NOON, zone="UTC")

    assert recounted(made, document) == {k: v for k, v in by_outlet(takings(made)).items() if v}


def test_a_later_point_never_takes_the_room_of_an_earlier_one() -> None:
    """A point that is too long is passed over; a shorter one after it may still be taken."""
    story = ferry()
    articles = {a.ref: a for a in story.articles}
    purse = Purse(Caps(default=Cap(words=8)))

    taken = purse.take((point("day/newline.txt", 0, label="a"), story.points[1]), articles)

    assert [p.label for p in taken] == ["Passengers"]
    assert purse.take((story.points[1],), articles) == ()


def test_one_outlet_in_two_writings_has_one_cap() -> None:
    """`The Courant` and `COURANT` draw on the same purse."""
    articles = {
        a.ref: replace(a, outlet=name)
        for a, name in zip(ferry().articles, ("The Courant", "COURANT"), strict=True)
    }
    purse = Purse(Caps(by_outlet=(("courant", Cap(words=12)),)))

    first = purse.take((point("day/newline.txt", 0, label="a"),), articles)
    second = purse.take((point("day/courant.html", 0, label="b"),), articles)

    assert (len(first), len(second)) == (1, 0)
