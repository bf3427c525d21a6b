"""A look and what it prints become one page that runs nothing and fetches nothing."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from factories import COMPILED, article, edition, story, summary
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing import render
from briefing.edition import Reason, Unit, UnitFate
from briefing.errors import TemplateError, UsageError
from briefing.limits import Limits
from briefing.model import Fate, Kind, SentenceFate, Summary
from briefing.render import looks
from briefing.render import page as pages

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% for x in y %}",
    '<img src="file:///etc/passwd" onerror=alert(1)>',
    "</title></style></script><svg onload=alert(1)>",
    "<!-- ]]> &lt;b&gt; -->",
)


class Page(HTMLParser):
    """What a browser would see: the elements, their attributes, and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[str | None]:
        """Return the values of an attribute, in order."""
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def html(things: object, template: str | Path = "single") -> str:
    """Return the page of *things*."""
    return render.html(things, template=template, compiled=COMPILED, zone="UTC")  # type: ignore[arg-type]


def look(folder: Path, page: str, takes: str = "summaries") -> Path:
    """Write a template folder with that page and return it."""
    folder.mkdir(exist_ok=True)
    (folder / "template.toml").write_text(f'takes = "{takes}"\nscreen = []\nprint = []\n')
    (folder / "page.html.jinja").write_text(page)
    return folder


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_strangers_markup_is_printed_as_text(attack: str) -> None:
    """Markup in every field of an article is words on the page, not elements of it."""
    hostile = summary(
        (attack, f"A sentence. {attack}"), title=attack, authors=(attack,), publisher=attack,
        ref=attack, url=attack, language="en",
    )  # fmt: skip

    page, plain = Page(html(hostile)), Page(html(summary(("One.", "Two."))))

    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert not [a for _, attrs in page.tags for a in attrs if a.startswith("on") or a == "src"]
    assert page.words.count(attack) >= 4


def test_a_strangers_markup_in_an_edition_is_printed_as_text() -> None:
    """Headlines, outlets, comments, labels and messages are words on the page too."""
    attack = " ".join(HOSTILE)
    told = story(1, headline=attack)
    told = replace(
        told,
        articles=tuple(replace(a, outlet=attack, title=attack, url=attack) for a in told.articles),
        points=tuple(replace(p, label=attack, speaker=attack) for p in told.points),
        comments=(replace(told.comments[0], text=attack, author=attack),),
    )
    hostile = edition(1, stories=(told,), title=attack, marking=attack, signed_off=attack)

    page, plain = Page(html(hostile, "daily")), Page(html(edition(1), "daily"))

    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert not [a for _, attrs in page.tags for a in attrs if a.startswith("on") or a == "src"]
    assert page.words.count(attack) >= 8


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@settings(max_examples=30, deadline=None)
def test_no_unescaped_bracket_reaches_a_page(text: str) -> None:
    """Whatever the words, the page has the elements of our template and no more."""

    def shape(words: str) -> list[str]:
        made = summary((words,), title=f"A {words}")
        labelled = tuple(replace(p, label=f"On {words}") for p in made.points)
        return [tag for tag, _ in Page(html(replace(made, points=labelled))).tags]

    assert shape(text) == shape("plain words")


@pytest.mark.parametrize("template", ["single", "daily"])
def test_a_page_refers_to_nothing_outside(template: str) -> None:
    """No element of a page loads anything; the policy in its head forbids it as well."""
    page = Page(html(edition() if template == "daily" else summary(), template))

    assert not page.all("src")
    assert {tag for tag, _ in page.tags}.isdisjoint({"link", "script", "img", "iframe", "object"})
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page.all("content")
    style = html(summary()).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_every_point_is_marked_and_in_order() -> None:
    """The page says which words are which point of which article."""
    page = Page(html(summary()))

    assert page.all("data-point") == ["1", "2", "3", "4", "5"]
    assert set(page.all("data-ref")) == {"inbox/harbour.txt"}
    places = [page.words.index(p.text) for p in summary().points]
    assert places == sorted(places)


def test_what_is_added_is_set_apart() -> None:
    """A bracketed name stands in an element of its own, and only the one we added."""
    point = summary().points[2]

    assert f'<span class="added">[{point.context}]</span> said cracks' in html(summary())


def test_each_name_added_is_set_apart() -> None:
    """Of two names in one point both are marked, the article's own bracket between them is not."""
    point = replace(
        summary().points[2],
        text="[Ada] Vale wrote [sic] to him [Otto Brandt].",
        context="Ada Vale; Otto Brandt",
    )
    page = html(replace(summary(), points=(point,)))

    added = '<span class="added">[{}]</span>'
    assert f"{added.format('Ada')} Vale wrote [sic] to him {added.format('Otto Brandt')}." in page


def test_languages_and_directions_are_declared() -> None:
    """A screen reader is told in which language and direction each text stands."""
    page = Page(html(summary(("مرحبا بالعالم.",), language="ar")))

    assert ("ar", "rtl") in [(attrs.get("lang"), attrs.get("dir")) for _, attrs in page.tags]
    assert page.tags[0] == ("html", {"lang": "en"})


@pytest.mark.parametrize(
    ("kind", "reason", "expected"),
    [
        (Kind.TEASER, "Only 42 words, then a paywall.", "Only 42 words, then a paywall."),
        (Kind.NOT_ARTICLE, None, "This is not an article."),
        (Kind.ARTICLE, None, "No sentence of this article stands on its own."),
    ],
)
def test_an_article_without_points_says_why(kind: Kind, reason: str | None, expected: str) -> None:
    """A teaser, a listing and an article without a usable sentence each say what they are."""
    bare = Summary(article=replace(summary().article, kind=kind, kind_reason=reason), points=())

    assert expected in Page(html(bare)).words
    assert expected in render.text(bare)
    assert expected in render.markdown(bare).replace("\\", "")


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("stands early", "Nothing that stands on its own fits in the words asked for."),
        ("does not stand alone, and no remedy", "No sentence of this article stands on its own."),
    ],
)
def test_too_few_words_are_no_fault_of_the_article(reason: str, expected: str) -> None:
    """Sentences that would do, but are too long, are not said to need others."""
    fate = SentenceFate(0, 9, Fate.NOT_CHOSEN, 0.5, (reason,))
    bare = Summary(article=summary().article, points=(), fates=(fate,))

    assert expected in render.text(bare)


def test_only_web_links_are_links() -> None:
    """A script address is printed nowhere as a link; the file is named instead."""
    page = Page(html(summary(url="javascript:alert(1)")))

    assert not [h for h in page.all("href") if not str(h).startswith(("https:", "#"))]


def test_the_carried_edition_is_inert(tmp_path: Path) -> None:
    """What a page carries for verification cannot end its own block."""
    del tmp_path
    page = render.html(
        edition(),
        template="daily",
        compiled=COMPILED,
        zone="UTC",
        carried='{"a": "</script><b>"}\n',
    )

    assert page.count("</script>") == 1
    assert '<script type="application/json"' in page


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("<p>\n{{ nonsense }}</p>", 2, "'nonsense' is undefined"),
        ("\n\n{% if %}", 3, "Expected an expression"),
        ("{{ articles[0].article.nope }}", 1, "nope"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ articles[0].points.append(1) }}", 1, "append"),
        ("\n{% include 'gone.jinja' %}", None, "gone.jinja"),
    ],
)
def test_a_broken_template_is_reported_at_its_place(
    tmp_path: Path, *, source: str, line: int | None, message: str
) -> None:
    """The error names the file, the line and what is wrong with it."""
    folder = look(tmp_path / "mine", source)

    with pytest.raises(TemplateError) as caught:
        html(summary(), folder)

    told = str(caught.value)
    assert message in told
    assert str(folder) in told
    if line:
        assert f"page.html.jinja, line {line}:" in told


def test_the_text_is_made_safe_even_where_a_template_forgets(tmp_path: Path) -> None:
    """Bidi overrides and endless words are dealt with in a look of the user's own."""
    folder = look(tmp_path / "mine", "{{ articles[0].article.text }}")

    page = html(summary(("a\u202eb" + "x" * 100,)), folder)

    assert "\u202e" not in page
    assert max(map(len, re.split("[\u200b\\s]", page))) <= 42


def test_a_look_is_asked_only_for_what_it_takes() -> None:
    """An edition is refused by a look for single articles, with a hint."""
    with pytest.raises(UsageError, match="is for summaries, and this is for edition"):
        html(edition(), "single")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("takes = 3", "takes must be a string"),
        ('takes = "page"', 'takes must be "summaries" or "edition"'),
        ('takes = "edition"\ncolour = "red"', "unknown key 'colour'"),
        ('takes = "edition"\nprint = "a.css"', "print must be a list"),
        ("takes = ", "template.toml: Invalid"),
    ],
)
def test_a_wrong_description_is_reported(tmp_path: Path, toml: str, message: str) -> None:
    """The error names the file and the key."""
    folder = look(tmp_path / "mine", "")
    (folder / "template.toml").write_text(toml)

    with pytest.raises(TemplateError, match=re.escape(message)):
        html(edition(), folder)


def test_a_missing_look_is_reported(tmp_path: Path) -> None:
    """A name that is none and a folder that is none are told apart."""
    with pytest.raises(UsageError, match="no template is called 'sinlge'; there are"):
        html(summary(), "sinlge")
    with pytest.raises(UsageError, match="there is no template folder"):
        html(summary(), tmp_path / "gone")


def test_an_asset_must_be_of_the_folder(tmp_path: Path) -> None:
    """A template may put a file of its folder into the page, and no other."""
    folder = look(tmp_path / "mine", '<img src="{{ asset("dot.png") }}" alt="">')
    (folder / "dot.png").write_bytes(b"\x89PNG")
    assert 'src="data:image/png;base64,iVBORw=="' in html(summary(), folder)

    look(folder, '{{ asset("../../../etc/passwd") }}')
    with pytest.raises(TemplateError, match="is not in the template's folder"):
        html(summary(), folder)


@pytest.mark.parametrize("look_of_ours", ["daily", "front-page"])
def test_the_zone_is_named_where_times_do_not_say_it(look_of_ours: str) -> None:
    """A window in UTC says so in its times, and not again in brackets."""
    of = edition(1)
    home, abroad = (
        replace(of, window=replace(of.window, zone=zone)) for zone in ("UTC", "Europe/Helsinki")
    )

    assert "UTC (" not in Page(html(home, look_of_ours)).words
    assert "(Europe/Helsinki)" in Page(html(abroad, look_of_ours)).words


def test_the_label_of_a_point_stands_on_the_side_of_its_words() -> None:
    """Over Arabic words, an Arabic label stands at the right; elsewhere nothing is said of it."""
    assert _sides("ar") == {"rtl"}
    assert _sides("en") == {None}


def _sides(language: str) -> set[str | None]:
    """Return the directions of the labels of an article in *language*."""
    one = summary()
    page = Page(html([replace(one, article=replace(one.article, language=language))]))
    return {attrs.get("dir") for _, attrs in page.tags if "data-label" in attrs}


def test_an_empty_day_says_so() -> None:
    """An edition without stories has a front page that says it, and its account."""
    empty = edition(0)
    units = tuple(u for u in empty.account.units if u.reason is not Reason.TEASER)
    day = replace(empty, account=replace(empty.account, units=units))
    words = Page(html(day, "daily")).words

    assert "No story in this edition: nothing significant came in for this window." in words
    assert f"{len(units)} in = 0 printed + 0 merged + {len(units)} dropped" in words


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 item was a teaser"), (2, "2 items were teasers")]
)
def test_a_day_of_teasers_says_so(count: int, told: str) -> None:
    """What came in without its text may be news: the page does not say that nothing came."""
    units = tuple(
        Unit(ref=f"feed.xml#{n}", fate=UnitFate.DROPPED, reason=Reason.TEASER) for n in range(count)
    )
    empty = edition(0)
    words = Page(html(replace(empty, account=replace(empty.account, units=units)), "daily")).words

    assert f"No story in this edition: {told} without full text." in words
    assert "nothing significant" not in words


def test_one_story_an_outlet_names_no_outlet_at_each_point() -> None:
    """Where one outlet tells it all, its name stands once, under the story."""
    alone = story(3, id="s-1")
    page = html(edition(1, stories=(alone,)), "daily")

    assert len(alone.articles) == 1
    assert '<span class="outlet"' not in page


def test_a_folder_of_ones_own_is_found_by_its_bare_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`house-style` is taken wherever `./house-style` is; a look of ours keeps its name."""
    for name in ("house-style", "daily"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "template.toml").write_text("broken", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(TemplateError):
        looks.find("house-style")
    assert looks.find("daily").folder == looks.FOLDER / "daily"


def test_a_long_address_is_linked_to_as_it_is() -> None:
    """Words get places to break; an address that a page links to must not, or it leads astray."""
    url = "https://newline.example/" + "a-very-long-address-without-any-break" * 3
    markup = render.html(summary(url=url), compiled=COMPILED, zone="UTC")
    assert f'href="{url}"' in markup


def test_clips_print_the_texts_that_travel_and_link_the_rest() -> None:
    """A text that may not travel is a title and a link, and says so."""
    made = edition(1)
    ref = made.stories[0].articles[0].ref
    carried = json.dumps({"texts": {ref: "First paragraph.\n\nSecond <b>one</b>."}})

    page = Page(render.html(made, template="clips", compiled=COMPILED, zone="UTC", carried=carried))

    assert "First paragraph." in page.words
    assert "Second <b>one</b>." in page.words
    assert page.words.count("does not travel with the edition") == len(made.stories[0].articles) - 1


def test_a_screen_folds_what_stands_before_the_news() -> None:
    """On a screen the edition's facts and its contents are folded; a mail has them open."""
    made = edition(3)
    folded = [attrs for tag, attrs in Page(html(made, "daily")).tags if tag == "details"]

    assert [attrs.get("class") for attrs in folded] == ["about", None]
    assert all("open" not in attrs for attrs in folded)
    assert b"<details" not in render.mail(made)


def test_of_frozen_values_a_template_gets_what_has_no_underscore() -> None:
    """The sandbox is as tight for our own values, which it knows by heart, as for all others."""
    environment = pages._sandbox()()
    for written in ("{{ of.title }}", "{{ of.text.upper() }}"):
        assert environment.from_string(written).render(of=article(title="Ferry"))
    for written in ("{{ of.__class__.mro }}", "{{ of.__init__.name }}", "{{ kind.mro() }}"):
        with pytest.raises(SecurityError):
            environment.from_string(written).render(of=article(), kind=type(article()))
    written = "{{ of.storey is defined }} {{ of.storey | default('none') }}"
    assert environment.from_string(written).render(of=article()) == "False none"


PRINTED = """{% macro shown(x) %}<i>{{ x }}</i>{{ caller() if caller else none }}{% endmacro %}
{% set kept %}{{ word }}{% endset %}{{ word }}{{ none }}{{ number }}{{ mark }}{{ kept }}
{{ shown(word) }}{{ shown(mark) }}{{ word ~ mark }}{{ word | upper }}{{ 3 }}{{ "<&" }}
{% filter upper %}{{ word }}{% endfilter %}{% call shown(word) %}{{ word }}{% endcall %}
{% autoescape false %}{{ word }}{{ none }}{% endautoescape %}
{% for part in [word, mark] %}{{ part }}{% endfor %}"""


def test_what_a_template_prints_is_made_safe_as_jinja_does_it() -> None:
    """Printing in one step gives the letters of `finalize` and `escape`, markup or not."""
    values = {"word": "a<b>&'\"\u202e" + "x" * 90, "mark": Markup("<b>"), "number": 3, "none": None}
    ours = pages._sandbox()
    asked = {"autoescape": True, "finalize": pages._finalize}

    class Usual(ImmutableSandboxedEnvironment):
        """Jinja as it comes."""

    told = [kind(**asked).from_string(PRINTED).render(values) for kind in (ours, Usual)]
    assert told[0] == told[1]
    assert "a&lt;b&gt;&amp;&#39;&#34;" + "x" * 10 in told[0]
    with pytest.raises(UndefinedError):
        ours(autoescape=True, undefined=StrictUndefined).from_string("{{ nobody }}").render()


ENDLESS = {
    "a loop in a loop": "{% for a in range(99999) %}" * 2 + "{% endfor %}" * 2,
    "a text that is multiplied": '{{ "x" * 10**10 }}',
    "a text that is padded": '{{ "x" | center(10**10) }}',
    "a page that includes itself": '{% include "page.html.jinja" %}',
    "more loops in loops than Python allows": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "brackets without end": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_template_without_end_is_one_clear_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time and memory of a template of somebody's own are bounded, and the message names it."""
    monkeypatch.setattr(pages, "LIMITS", Limits(read_s=2, read_mb=600))
    with pytest.raises(TemplateError, match="endless") as raised:
        html(summary(), look(tmp_path / "endless", ENDLESS[name]))
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 500


OUTSIDE = {
    "a stylesheet": ('takes = "summaries"\nscreen = ["../secret"]\n', "{{ style }}"),
    "a stylesheet by its path": ('takes = "summaries"\nscreen = ["/etc/passwd"]\n', "{{ style }}"),
    "a stylesheet of ours": ('takes = "summaries"\nscreen = ["parts/../../x"]\n', "{{ style }}"),
    "the page": ('takes = "summaries"\npage = "../secret"\nscreen = []\n', ""),
    "a link to a template": ('takes = "summaries"\nscreen = []\n', '{% include "link" %}'),
    "a link to a stylesheet": ('takes = "summaries"\nscreen = ["link"]\n', "{{ style }}"),
    "a link to an asset": ('takes = "summaries"\nscreen = []\n', '{{ asset("link") }}'),
    "a link to itself": ('takes = "summaries"\nscreen = ["loop"]\n', "{{ style }}"),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_template_reads_nothing_outside_its_folder(name: str, tmp_path: Path) -> None:
    """A folder from a stranger can't bring a file of the user's on to a page that is handed on."""
    said, markup = OUTSIDE[name]
    (tmp_path / "secret").write_text("secret words")
    folder = look(tmp_path / "mine", markup)
    (folder / "template.toml").write_text(said)
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder / "loop")
    with pytest.raises(TemplateError, match="not in the template's folder"):
        html(summary(), folder)


NO_FILES: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "nothing": lambda _: None,
    "bytes": lambda path: path.write_bytes(b"\xff\xfe"),
    "brackets": lambda path: path.write_text("a = " + "[" * 10_000),
    "a number without end": lambda path: path.write_text("a = " + "9" * 10_000),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_stands_in_the_place_of_template_toml_is_named(name: str, tmp_path: Path) -> None:
    """Nothing that can lie there makes the reading wait or fail with a traceback."""
    NO_FILES[name](tmp_path / "template.toml")
    with pytest.raises(TemplateError, match=r"template\.toml"):
        html(summary(), tmp_path)
