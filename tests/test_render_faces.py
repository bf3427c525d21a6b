"""Markdown, mail and plain text carry the words of the page, and nothing that could steer."""

import email
import email.policy
import re
import textwrap
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from factories import COMPILED, edition, story, summary
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_render_page import Page

from briefing import render
from briefing.edition import Edition
from briefing.render import plain, safe, times, wording


def words(text: str) -> list[str]:
    """Return the letters and digits of a text, word by word."""
    return re.findall(r"\w+", text)


def shown(markdown: str) -> str:
    """Return what a reader of rendered Markdown sees."""
    return Page(MarkdownIt().render(markdown)).words


def parts(message: bytes) -> dict[str, str]:
    """Return the text of each part of a mail by its type."""
    read = email.message_from_bytes(message, policy=email.policy.default)
    return {p.get_content_type(): p.get_content() for p in read.walk() if not p.is_multipart()}


def said(made: Edition) -> list[str]:
    """Return every text of an edition that each of its faces must show."""
    told = [made.title, made.id, *(s.title for s in made.sections)]
    for one in made.stories:
        told += [one.headline, one.mark.value, *(a.outlet for a in one.articles)]
        told += [text for p in (*one.points, *one.new) for text in (p.label, p.text)]
        told += [p.speaker for p in one.points if p.speaker]
        told += [said for d in one.differences for v in d.values for said in (v.value, v.text)]
        told += [text for c in one.comments for text in (c.author, c.text)]
        told += [a.title for a in one.articles]
    told += [unit.ref for unit in made.account.units if unit.fate != "printed"]
    told += [report.source for report in made.account.sources]
    return told + [f.message for f in made.failures]


@pytest.mark.parametrize("count", [0, 1, 7])
def test_every_face_has_every_word(count: int) -> None:
    """What the page says, Markdown, mail and text say too."""
    made = edition(count, marking="TLP:GREEN")
    mail = parts(render.mail(made))
    faces = {
        "html": Page(render.html(made, template="daily", compiled=COMPILED, zone="UTC")).words,
        "markdown": shown(render.markdown(made)),
        "mail text": mail["text/plain"],
        "mail html": Page(mail["text/html"]).words,
    }

    for name, face in faces.items():
        whole = " ".join(words(face))
        missing = [text for text in said(made) if " ".join(words(text)) not in whole]
        assert not missing, name


def test_points_of_an_update_stand_once() -> None:
    """A point that is new is not printed again among the others."""
    made = edition(1)
    told = made.stories[0]
    assert told.mark == "UPDATE"

    for face in (render.markdown(made), render.text(made).replace("\n   ", " ")):
        assert face.count(told.new[0].text) == 1


@given(st.text(min_size=1, max_size=80))
@settings(deadline=None)
def test_markdown_shows_exactly_the_characters(text: str) -> None:
    """Whatever an article writes, rendered Markdown shows those characters and no markup."""
    line = safe.one_line(text)

    page = Page(MarkdownIt().render(f"Said: {plain.escaped(text)}"))

    assert {tag for tag, _ in page.tags} <= {"p"}
    assert page.words.strip() == f"Said: {line}".strip()


@pytest.mark.parametrize(
    "attack", ["# Rates", "- item", "1. May", "+ plus", "> quote", "===", "---", "***", "```x"]
)
def test_a_line_of_an_article_begins_no_block(attack: str) -> None:
    """A title that looks like a heading, list, rule or fence is a paragraph."""
    page = Page(MarkdownIt().render(f"\n{plain.escaped(attack)}\n"))

    assert [tag for tag, _ in page.tags] == ["p"]
    assert page.words.strip() == attack


def test_a_title_forges_no_header() -> None:
    """Line breaks in titles, markings and addresses stay inside their header."""
    forged = replace(edition(1), title="News\r\nBcc: all@x.example", marking="A\nX-B: c")

    message = render.mail(
        forged, sender="a@b.example\nX-C: d", to=["e@f.example\r\nCc: g@h.example"]
    )

    read = email.message_from_bytes(message, policy=email.policy.default)
    assert {name.lower() for name in read} == {
        "subject", "from", "to", "date", "message-id", "mime-version", "content-type",
    }  # fmt: skip


def test_the_mail_has_a_plain_twin_and_what_it_carries() -> None:
    """Plain text first, HTML second, the edition as attachment; the same bytes each time."""
    made = edition(2)
    message = render.mail(made, carried='{"a": 1}\n')

    read = email.message_from_bytes(message, policy=email.policy.default)
    kinds = [p.get_content_type() for p in read.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/json",
    ]  # fmt: skip
    assert (read["Date"].datetime, read["MIME-Version"]) == (COMPILED, "1.0")
    assert max(map(len, message.splitlines())) <= 998
    assert render.mail(made, carried='{"a": 1}\n') == message


@pytest.mark.parametrize("carried", [None, '{"a": "ü"}\n' * 40])
def test_the_mail_is_written_as_the_library_writes_it(carried: str | None) -> None:
    """Read and written again by the standard library it has the same bytes."""
    made = replace(edition(2), title="Morgenübersicht " * 8)
    message = render.mail(made, sender="Presse <a@b.example>", to=["ü <c@d.example>"] * 5,
        carried=carried)  # fmt: skip
    policy = email.policy.SMTP
    assert email.message_from_bytes(message, policy=policy).as_bytes() == message


def test_a_terminal_is_not_steered() -> None:
    """Escape sequences and direction overrides of an article do not reach the terminal."""
    attack = "\x1b]0;owned\x07\x1b[2J\u202e"
    told = summary(
        (attack + "A sentence.",), title=attack + "T", authors=(attack,), publisher=attack
    )

    for face in (render.text(told), render.markdown(told)):
        assert not set(face) & set("\x1b\x07\u202e")


def test_lines_of_text_fit_a_terminal() -> None:
    """No line is longer than the width, but for a word that is."""
    made = edition(8, stories=(story(1, headline="word " * 60), *edition(8).stories[1:]))

    lines = render.text(made).splitlines()

    assert [line for line in lines if len(line) > plain.WIDTH and " " in line.strip()] == []


@given(
    line=st.lists(st.text("ab-é—\u3000 ", max_size=90), max_size=12).map(" ".join),
    first=st.sampled_from([None, "", "12. "]),
    indent=st.sampled_from(["", "| ", "   "]),
)
def test_lines_break_where_the_library_breaks_them(
    line: str, first: str | None, indent: str
) -> None:
    """Text is wrapped as `textwrap` does it when told to break neither long words nor hyphens."""
    expected = textwrap.wrap(
        safe.one_line(line),
        plain.WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )

    assert plain.wrapped(line, indent=indent, first=first) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/London", "29 March 2026, 02:30 BST"),
        ("America/New_York", "28 March 2026, 21:30 EDT"),
        ("Asia/Kathmandu", "29 March 2026, 07:15 UTC+05:45"),
        ("UTC", "29 March 2026, 01:30 UTC"),
    ],
)
def test_times_are_printed_in_the_zone(zone: str, expected: str) -> None:
    """The day, the hour and the zone's name are those of the zone, also on the night it changes."""
    assert times.moment(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), zone) == expected


def test_an_editors_headline_is_marked_in_every_face() -> None:
    """A headline that none of the story's articles has is said to be the editor's, no other is."""
    made = edition(2)
    own = replace(made.stories[0], headline="What the editor made of it")

    for told, count in ((made, 0), (replace(made, stories=(own, *made.stories[1:])), 1)):
        mail = parts(render.mail(told))
        page = render.html(told, template="daily", compiled=COMPILED, zone="UTC")
        for face in (shown(render.markdown(told)), mail["text/plain"]):
            assert face.count(wording.EDITED) == count
        for markup in (page, mail["text/html"]):
            assert Page(markup).words.count(wording.EDITED) == 2 * count  # its story, and as a lead
