"""Editions that can be proved: points that stand in their sources, and every face of them."""

import functools
import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefing import render
from briefing.codec import named
from briefing.codec.carry import pack
from briefing.edition import (
    Account,
    Comment,
    Difference,
    Edition,
    Mark,
    Reason,
    Section,
    SourceReport,
    Story,
    StoryArticle,
    Unit,
    UnitFate,
    Value,
    Window,
)
from briefing.model import Failure, KeyPoint, Sentence
from briefing.render.paper import Attachment, RenderLimits

COMPILED = datetime(2026, 3, 4, 6, 55, tzinfo=UTC)
FACES = ("pdf", "html", "md", "eml", "json")

PLAIN = (
    "Harbour master cleared over sinking of the Aurelia",
    "Bank of Arden holds rate at 3.75 per cent",
    "“We owe people a date,” says the director",
    "Night trains return to the Orran line; 12 coaches, 340 jobs",
)
ODD = (
    "<script>alert(1)</script> & <b>bold</b> {{ 7 * 7 }} {% raw %}",
    "**Not** _bold_ [a link](javascript:1) `code` # heading | table",
    "Мост через Вельту закрыт до 12 мая",
    "Η γέφυρα κλείνει έως τις 12 Μαΐου — φϕ µμ Ωω ∆Δ",
    "إغلاق الجسر حتى 12 مايو (وكالة أورَان)",
    "הגשר ייסגר עד 12 במאי (סוכנות)",
    "x̂ and ŷ, ẹ́ and q̃ over ẁ: Zürich, Łódź, Đà Nẵng",
    "ʻOkina, it’s ʼOkina ‘quoted’ 1⁄2 1∕2 non‑breaking co‐op soft\u00adhyphen",
    "👩‍👩‍👧 🇺🇳 👍🏽 ❤️ ☃ and ✓",
    "pay\u202etxt.exe\u202c zero\u200bwidth \x1b[31mred\x07",
    "https://very-long.example/" + "abcdefghij" * 20,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 6,
    "A very long headline that " + "goes on and on and " * 30 + "ends",
    "12 14 1 000 000 £38.5m 3 % 50°C",
    "\u2067isolated\u2069 left\u200fright",
    " padded \t twice ",
    "-",
)
"""Titles that strangers may send."""
UNDRAWN = (
    "सेतु १२ मई तक बंद",
    "สะพานปิดถึง 12 พฤษภาคม",
    "橋は5月12日まで閉鎖",
    "다리는 5월 12일까지 폐쇄",
)
"""Titles in scripts that the bundled faces lack, and perhaps the whole machine."""


_SCRIPTS = (
    (0x20, 0x7E),
    (0xA1, 0x17F),  # Latin with accents
    (0x180, 0x24F),
    (0x250, 0x36F),  # phonetic letters, modifiers, marks to combine
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x531, 0x589),  # Armenian
    (0x591, 0x5F4),  # Hebrew
    (0x600, 0x6FF),  # Arabic
    (0x900, 0x97F),  # Devanagari
    (0xE01, 0xE5B),  # Thai
    (0x10A0, 0x10FF),  # Georgian
    (0x1E00, 0x1FFE),  # Latin and Greek with more accents
    (0x2000, 0x206F),  # spaces, dashes, quotation marks, what steers
    (0x2070, 0x218F),  # raised and lowered digits, currencies, fractions, letterlike signs
    (0x2190, 0x23FF),
    (0x2460, 0x27BF),
    (0x3001, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xFB00, 0xFB4F),  # ligatures
    (0xFE00, 0xFE0F),
    (0xFF01, 0xFF5E),  # full-width forms
    (0x1D400, 0x1D7FF),  # letters of mathematics
    (0x1F300, 0x1FAFF),
)
_TURNS = (
    "{} per cent", "“{}”", "‘{}’", "«{}»", "„{}“", '"{}"', "{} …", "({})", "[{}]",
    "1\u2009{}\u202f000", "{}\u00a0km", "£{}m", "<b>{}</b>", "{}: 12", "12 {} 12", "{}-{}",
    "{}\u00ad{}", "{}\u200b{}",
)  # fmt: skip


def _title(rng: random.Random) -> str:
    """Return one title that nobody thought of."""
    words = []
    for _ in range(rng.randint(1, 8)):
        scripts = rng.choice((_SCRIPTS, _SCRIPTS[:1], [rng.choice(_SCRIPTS)]))
        length = rng.choice((1, 2, 5, 9, 9, 60))
        word = "".join(chr(rng.randint(*rng.choice(scripts))) for _ in range(length))
        words.append(rng.choice(_TURNS).format(word, word) if rng.random() < 0.5 else word)
    return " ".join(words).strip() or "-"


def edition(seed: int, *, stories: int = 3, words: Sequence[str] = PLAIN) -> Edition:
    """Return an edition whose points stand in the texts of `texts(seed, …)`, by *seed* alone."""
    return _made(seed, stories, tuple(words))[0]


def texts(seed: int, *, stories: int = 3, words: Sequence[str] = PLAIN) -> dict[str, str]:
    """Return the source texts of `edition` by ref."""
    return dict(_made(seed, stories, tuple(words))[1])


def strange(seed: int, *, count: int = 6) -> tuple[str, ...]:
    """Return titles that nobody thought of, by *seed* alone: letters of many scripts and marks."""
    rng = random.Random(f"strange {seed}")
    return tuple(_title(rng) for _ in range(count))


def faces(
    of: Edition,
    carried: Mapping[str, str],
    *,
    only: Sequence[str] = FACES,
    template: str = "daily",
) -> dict[str, bytes]:
    """Return the finished documents of an edition by the ending of their names."""
    packed = pack(of, carried)
    attached = Attachment(
        name="edition.json", content=packed.encode(), media_type="application/json"
    )
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: render.pdf(
            of,
            template=template,
            compiled=of.compiled,
            zone=of.window.zone,
            limits=RenderLimits(wall_s=1200),  # no promise depends on how busy the machine is
            attachments=(attached,),
        ),
        "html": lambda: render.html(
            of, template=template, compiled=of.compiled, zone=of.window.zone, carried=packed
        ).encode(),
        "md": lambda: render.markdown(of, carried=packed).encode(),
        "eml": lambda: render.mail(of, carried=packed),
        "json": packed.encode,
    }
    return {kind: makers[kind]() for kind in only}


@functools.lru_cache(maxsize=64)
def _made(seed: int, stories: int, words: tuple[str, ...]) -> tuple[Edition, dict[str, str]]:
    """Return an edition and its texts."""
    rng = random.Random(seed)
    sources: dict[str, str] = {}
    made = tuple(_story(n, rng, words=words, sources=sources) for n in range(1, stories + 1))
    split = rng.randint(0, len(made))
    sections = tuple(
        Section(title=title, stories=tuple(s.id for s in part))
        for title, part in (("Transport", made[:split]), (rng.choice(words), made[split:]))
        if part
    )
    whole = Edition(
        id="",
        title=rng.choice(("Morning briefing", rng.choice(words))),
        number=rng.randint(1, 400),
        marking=rng.choice((None, "TLP:AMBER", "OFFICIAL-SENSITIVE")),
        window=Window(start=COMPILED - timedelta(days=1), end=COMPILED, zone="Europe/London"),
        cutoff=COMPILED,
        compiled=COMPILED,
        sections=sections,
        stories=made,
        account=_account(made, rng, words),
        failures=(Failure(ref="inbox/scan.pdf", stage="read", message="it is encrypted"),),
        signed_off=rng.choice((None, "R. Quill")),
    )
    return named(whole), sources


def _story(
    number: int, rng: random.Random, *, words: Sequence[str], sources: dict[str, str]
) -> Story:
    """Return a story and add the texts of its articles to *sources*."""
    cited = [
        _article(f"inbox/{number:03}-{k}.txt", rng, words=words, sources=sources)
        for k in range(rng.randint(1, 3))
    ]
    points = [_point(rng.choice(cited), k, sources) for k in range(rng.randint(1, 4))]
    mark = rng.choice(tuple(Mark))
    values = tuple(_value(a, sources) for a in cited[:2])
    return Story(
        id=f"s-{number}",
        headline=cited[0].title,
        mark=mark,
        day=1 if mark is Mark.NEW else 2,
        since=None if mark is Mark.NEW else "2026-03-03-0655-098f6bcd46",
        articles=tuple(cited),
        points=tuple(points),
        new=tuple(points[:1]) if mark is Mark.UPDATE else (),
        differences=(Difference(what="passengers", values=values, kind="differ"),)
        if len(values) > 1
        else (),
        comments=(Comment(author="R. Quill", text=rng.choice(words)),)
        if rng.random() < 0.3
        else (),
        importance=rng.random(),
    )


def _article(
    ref: str, rng: random.Random, *, words: Sequence[str], sources: dict[str, str]
) -> StoryArticle:
    """Return an article as a story cites it, its text added to *sources*."""
    number, place = ref[6:9], ref[10]
    title = " ".join(rng.choice(words).split()) or "-"
    sentences = [
        f"On the quay {rng.randint(2, 900)} passengers waited for boat {k}." for k in range(4)
    ]
    said = f"“{rng.randint(2, 90)} is too many,” Una Farrow said."
    text = "\n\n".join([title, *sentences, said, rng.choice(words).strip() or "-"])
    sources[ref] = text
    outlet = rng.choice(("Newline", "The Orran Courant", "Gazette of Vell"))
    published = COMPILED - timedelta(minutes=rng.randint(1, 900))
    if place == "2":  # a third article gives its day alone
        published = published.replace(hour=0, minute=0)
    return StoryArticle(
        ref=ref,
        outlet=outlet,
        title=title,
        authors=("Tobias Wren",) if int(number) % 2 else (),
        url=f"https://newline.example/{number}/{place}",
        published=published,
        updated=None,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        words=rng.randint(1, 2000),
        language=_language(title),
        role="lead" if place == "0" else "also",
        duplicates=("Channel Nine",) if rng.random() < 0.2 else (),
        published_day_only=place == "2",
    )


def _language(title: str) -> str:
    """Return the language of one of the odd titles, as far as it changes the page."""
    return next(
        (code for code, start in (("ar", "إ"), ("he", "ה")) if title.startswith(start)), "en"
    )


def _point(cited: StoryArticle, place: int, sources: Mapping[str, str]) -> KeyPoint:
    """Return a point that stands in its article; the last one's speaker is named."""
    from briefing.clean.repairs import repair

    whole = repair(sources[cited.ref])[0]
    marks = [f"boat {place}.", "said."][place == 3 :]
    end = whole.index(marks[0]) + len(marks[0])
    start = whole.rindex("\n\n", 0, end) + 2
    text = whole[start:end]
    sentence = Sentence(text=text, start=start, end=end, position=place, paragraph=place)
    speaker = "Una Farrow" if "Una" in text else None
    return KeyPoint(
        label=("Passengers", "Quay", "Boat", "Farrow")[place],
        text=text,
        sentences=(sentence,),
        speaker=speaker,
        ref=cited.ref,
    )


def _value(cited: StoryArticle, sources: Mapping[str, str]) -> Value:
    """Return the figure that an article gives in its first sentence."""
    point = _point(cited, 0, sources)
    of = point.sentences[0]
    found = of.text.partition("quay ")[2].partition(" waited")[0]
    return Value(
        value=found,
        ref=cited.ref,
        outlet=cited.outlet,
        text=of.text,
        start=of.start,
        end=of.end,
    )


def _account(made: Sequence[Story], rng: random.Random, words: Sequence[str]) -> Account:
    """Return an account in which every article and some dropped units stand."""
    units = [
        Unit(
            ref=a.ref,
            fate=UnitFate.PRINTED if a.role == "lead" else UnitFate.MERGED,
            reason=None if a.role == "lead" else Reason.SAME_STORY,
            story=s.id,
        )
        for s in made
        for a in s.articles
    ]
    units.append(
        Unit(
            ref=f"inbox/{rng.choice(words)[:60]}",
            fate=UnitFate.DROPPED,
            reason=Reason.TEASER,
            detail="42 words, then a paywall",
        )
    )
    sources = (
        SourceReport(source="inbox", status="ok", units=len(units)),
        SourceReport(source="https://vell.example/feed", status="failed", units=0, message="-"),
    )
    return Account(units=tuple(units), sources=sources)


def changed(of: Edition, **changes: object) -> Edition:
    """Return an edition with *changes*, named by its content again."""
    return named(replace(of, **changes))  # type: ignore[arg-type]
