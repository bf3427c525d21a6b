"""Single changes to finished editions: how many does `briefing verify` catch?

    python benchmarks/tamper.py [--changes 5000] [--seed 1]

Editions are made from invented articles, one third of them with hostile titles, and verified
untouched first. Then one thing at a time is changed, drawn by lot with the seed: a letter on a
page, in an attachment, in a source. A change counts as caught when verification fails. How many
findings it names is counted, too.
"""

import argparse
import io
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import proofs

from briefing.codec.carry import NAME
from briefing.edition import Edition
from briefing.errors import BriefingError
from briefing.model import Article
from briefing.verify import Now, verify

EDITIONS = 24
_STRING = re.compile(rb"<((?:[0-9A-Fa-f]{4})+)>")
_MEANING = re.compile(rb"(?m)^<[0-9A-Fa-f]+> <[0-9A-Fa-f]*([0-9A-Fa-f])>")
_VISIBLE = re.compile(r">([^<]*\w[^<]*)<")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789“”’.,:;-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One edition in every face."""

    edition: Edition
    texts: dict[str, str]
    faces: dict[str, bytes]


def main() -> int:
    """Run the changes and print the counts; return 1 when one was missed or falsely named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    began = time.monotonic()
    made = [_make(args.seed * 1000 + n) for n in range(EDITIONS)]
    false = sum(_untouched(one) for one in made)
    kinds = list(KINDS)
    caught: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    findings: dict[str, Counter[int]] = defaultdict(Counter)
    for number in range(args.changes):
        kind = kinds[number % len(kinds)]
        found = KINDS[kind](rng.choice(made), rng)
        (caught if found else missed)[kind] += 1
        findings[kind][found] += 1
    for kind in kinds:
        several = sum(count for found, count in findings[kind].items() if found > 2)
        print(
            f"{kind:28} {caught[kind]:5} caught {missed[kind]:3} missed {several:4} named thrice+"
        )
    print(f"{'all':28} {caught.total():5} caught {missed.total():3} missed")
    print(f"untouched documents: {EDITIONS * len(proofs.FACES)}, falsely named: {false}")
    print(f"seed {args.seed}, {time.monotonic() - began:.0f} s")
    return 1 if missed or false else 0


def _make(seed: int) -> Made:
    """Return a small edition in every face."""
    words = proofs.ODD if seed % 3 == 0 else proofs.PLAIN
    edition = proofs.edition(seed, stories=2, words=words)
    texts = proofs.texts(seed, stories=2, words=words)
    return Made(edition=edition, texts=texts, faces=proofs.faces(edition, texts))


def _untouched(made: Made) -> int:
    """Return how many untouched faces are named."""
    count = 0
    for kind, document in made.faces.items():
        found = _findings(document, f"e.{kind}")
        if found:
            print(f"untouched {made.edition.id}.{kind} named {found} times")
        count += bool(found)
    return count


def _findings(document: bytes, name: str, sources: dict[str, Now] | None = None) -> int:
    """Return how many things verification names; being refused counts as one."""
    try:
        return len(verify(document, name=name, sources=sources).findings)
    except BriefingError:
        return 1


def _pdf(made: Made, change: Callable[[object], None]) -> int:
    """Return the findings for a PDF that was opened, changed and written again."""
    import pikepdf

    with pikepdf.open(io.BytesIO(made.faces["pdf"])) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return _findings(out.getvalue(), "e.pdf")


def pdf_glyph(made: Made, rng: random.Random) -> int:
    """Change one glyph code on a page to another that the page uses."""

    def change(pdf: object) -> None:
        page = rng.choice(list(pdf.pages))  # type: ignore[attr-defined]
        drawn = page.Contents.read_bytes()
        codes = [m.start(1) + at for m in _STRING.finditer(drawn) for at in range(0, len(m[1]), 4)]
        at = rng.choice(codes)
        others = sorted({drawn[c : c + 4] for c in codes} - {drawn[at : at + 4]})
        page.Contents = pdf.make_stream(  # type: ignore[attr-defined]
            drawn[:at] + rng.choice(others) + drawn[at + 4 :]
        )

    return _pdf(made, change)


def pdf_glyph_gone(made: Made, rng: random.Random) -> int:
    """Take one glyph away from a page."""

    def change(pdf: object) -> None:
        page = rng.choice(list(pdf.pages))  # type: ignore[attr-defined]
        drawn = page.Contents.read_bytes()
        codes = [m.start(1) + at for m in _STRING.finditer(drawn) for at in range(0, len(m[1]), 4)]
        at = rng.choice(codes)
        page.Contents = pdf.make_stream(drawn[:at] + drawn[at + 4 :])  # type: ignore[attr-defined]

    return _pdf(made, change)


def pdf_link(made: Made, rng: random.Random) -> int:
    """Change one letter of an address that a page links to."""
    import pikepdf

    def change(pdf: object) -> None:
        actions = [
            note.A
            for page in pdf.pages  # type: ignore[attr-defined]
            for note in page.get("/Annots", ())
            if "/A" in note and "/URI" in note.A
        ]
        action = rng.choice(actions)
        action.URI = pikepdf.String(_changed(str(action.URI), rng))

    return _pdf(made, change)


def pdf_attachment(made: Made, rng: random.Random) -> int:
    """Change one letter of the edition that a PDF carries."""

    def change(pdf: object) -> None:
        spec = pdf.attachments[NAME]  # type: ignore[attr-defined]
        packed = spec.get_file().read_bytes().decode()
        spec.obj.EF.F.write(_changed(packed, rng).encode("utf-8", "surrogatepass"))

    return _pdf(made, change)


def pdf_drawn(made: Made, rng: random.Random) -> int:
    """Draw something more on a page, or draw what is there otherwise; no word changes."""
    box = "1 g {} {} {} {} re f".format(*(rng.randint(0, 700) for _ in range(4)))
    more = rng.choice((box, "3 Tr", "1 1 1 rg", "7 Tr", f"{rng.random():.2f} w", "BT ET", "0 g"))

    def change(pdf: object) -> None:
        page = rng.choice(list(pdf.pages))  # type: ignore[attr-defined]
        parts = [more.encode(), page.Contents.read_bytes()]
        rng.shuffle(parts)
        page.Contents = pdf.make_stream(b"\n".join(parts))  # type: ignore[attr-defined]

    return _pdf(made, change)


def pdf_font(made: Made, rng: random.Random) -> int:
    """Change which letter one shape of a font stands for, or one byte of the shapes."""

    def change(pdf: object) -> None:
        fonts = [f for page in pdf.pages for f in page.Resources.Font.values()]  # type: ignore[attr-defined]
        font = rng.choice(fonts)
        held = rng.choice((font.ToUnicode, font.DescendantFonts[0].FontDescriptor.FontFile2))
        was = held.read_bytes()
        at = rng.randrange(len(was))
        if held.objgen == font.ToUnicode.objgen:
            at = rng.choice([m.start(1) for m in _MEANING.finditer(was)])
        other = rng.choice([c for c in b"0123456789abcdef" if c != was[at]])
        held.write(was[:at] + bytes([other]) + was[at + 1 :])

    return _pdf(made, change)


def pdf_more(made: Made, rng: random.Random) -> int:
    """Add a page, a note, a file or a script, or take a page away."""
    import pikepdf

    def change(pdf: object) -> None:
        pages = pdf.pages  # type: ignore[attr-defined]
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([0, 0, 9, 9]))
        page = rng.choice(list(pages))
        name = f"{rng.randrange(10**6)}.json"
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(name))
        acts = (
            lambda: pages.append(page),
            lambda: pages.__delitem__(rng.randrange(len(pages))),
            lambda: page.__setitem__("/Annots", pikepdf.Array([*page.get("/Annots", ()), note])),
            lambda: pdf.attachments.__setitem__(name, b"{}"),  # type: ignore[attr-defined]
            lambda: pdf.Root.__setitem__("/OpenAction", script),  # type: ignore[attr-defined]
        )
        rng.choice(acts)()

    return _pdf(made, change)


def pdf_behind(made: Made, rng: random.Random) -> int:
    """Write bytes behind the end of a PDF, or before its beginning."""
    parts = [made.faces["pdf"], b"%" + rng.randbytes(rng.randint(1, 3000)).hex().encode()]
    if rng.random() < 0.2:
        parts.reverse()
    return _findings(b"\n".join(parts), "e.pdf")


def html_visible(made: Made, rng: random.Random) -> int:
    """Change one letter between the tags of the page."""
    page = made.faces["html"].decode()
    body = page.index("<body")
    place = rng.choice(list(_VISIBLE.finditer(page, body, page.index("<script", body))))
    changed = page[: place.start(1)] + _changed(place[1], rng) + page[place.end(1) :]
    return _findings(changed.encode(), "e.html")


def html_markup(made: Made, rng: random.Random) -> int:
    """Change one letter of the page anywhere before the block it carries: tags, style, words."""
    page = made.faces["html"].decode()
    end = page.index('<script type="application/json"')
    return _findings((_changed(page[:end], rng) + page[end:]).encode(), "e.html")


def html_block(made: Made, rng: random.Random) -> int:
    """Change one letter of the block that the page carries."""
    page = made.faces["html"].decode()
    start = page.index('<script type="application/json"')
    end = page.index("</script>", start)
    return _findings(
        (page[:start] + _changed(page[start:end], rng) + page[end:]).encode(), "e.html"
    )


def markdown(made: Made, rng: random.Random) -> int:
    """Change one letter of the Markdown, words or comment."""
    return _findings(_changed(made.faces["md"].decode().rstrip(), rng).encode(), "e.md")


def mail_text(made: Made, rng: random.Random) -> int:
    """Change one letter of the plain text or the twin of a mail."""
    import email
    import email.policy

    message = email.message_from_bytes(made.faces["eml"], policy=email.policy.default)
    kind = rng.choice(("plain", "html"))
    part = message.get_body(preferencelist=(kind,))
    text = str(part.get_content())  # type: ignore[union-attr]
    part.set_content(_changed(text.rstrip(), rng), subtype=kind)  # type: ignore[union-attr]
    return _findings(message.as_bytes(), "e.eml")


def mail_attachment(made: Made, rng: random.Random) -> int:
    """Change one letter of the edition attached to a mail."""
    import email
    import email.policy

    message = email.message_from_bytes(made.faces["eml"], policy=email.policy.default)
    part = next(p for p in message.walk() if p.get_filename() == NAME)
    packed = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
    part.set_content(
        _changed(packed, rng).encode(), maintype="application", subtype="json", filename=NAME
    )
    return _findings(message.as_bytes(), "e.eml")


def json_letter(made: Made, rng: random.Random) -> int:
    """Change one letter of the edition as JSON."""
    return _findings(_changed(made.faces["json"].decode(), rng).encode(), "e.json")


def source_file(made: Made, rng: random.Random) -> int:
    """Change one letter of a source that is given to check against."""
    import hashlib

    ref = rng.choice(sorted(made.texts))
    text = _changed(made.texts[ref], rng)
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    article = Article(ref=ref, sha256=sha256, source_text=text, text=text)
    return _findings(made.faces["json"], "e.json", {ref: Now(ref=ref, article=article)})


def carried_text(made: Made, rng: random.Random) -> int:
    """Change one letter of a source text that the edition carries, the rest packed anew."""
    from briefing.codec.carry import pack

    ref = rng.choice(sorted(made.texts))
    texts = {**made.texts, ref: _changed(made.texts[ref], rng)}
    return _findings(pack(made.edition, texts).encode("utf-8", "surrogatepass"), "e.json")


def renamed_point(made: Made, rng: random.Random) -> int:
    """Change one letter of a point and give the edition the id that fits: the source tells."""
    from briefing.codec import named
    from briefing.codec.carry import pack

    story = rng.choice(made.edition.stories)
    at = rng.randrange(len(story.points))
    points = list(story.points)
    points[at] = replace(points[at], text=_changed(points[at].text, rng))
    stories = tuple(
        replace(s, points=tuple(points)) if s is story else s for s in made.edition.stories
    )
    forged = named(replace(made.edition, stories=stories))
    return _findings(pack(forged, made.texts).encode(), "e.json")


def _changed(text: str, rng: random.Random) -> str:
    """Return *text* with one letter replaced by another, not space for space."""
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    at = rng.choice(places)
    return text[:at] + rng.choice([c for c in _LETTERS if c != text[at]]) + text[at + 1 :]


KINDS: dict[str, Callable[[Made, random.Random], int]] = {
    "PDF: a glyph": pdf_glyph,
    "PDF: a glyph taken away": pdf_glyph_gone,
    "PDF: a link": pdf_link,
    "PDF: the edition carried": pdf_attachment,
    "PDF: drawn otherwise": pdf_drawn,
    "PDF: a letter of a font": pdf_font,
    "PDF: a page or file more": pdf_more,
    "PDF: bytes around it": pdf_behind,
    "HTML: a visible letter": html_visible,
    "HTML: any of the markup": html_markup,
    "HTML: the block carried": html_block,
    "Markdown": markdown,
    "mail: text or twin": mail_text,
    "mail: the edition carried": mail_attachment,
    "JSON": json_letter,
    "source file": source_file,
    "source text carried": carried_text,
    "point, with a fitting id": renamed_point,
}

if __name__ == "__main__":
    raise SystemExit(main())
