"""The faces of an edition: how each is opened, and how its words are held against the edition."""

import email
import email.policy
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, Protocol

from briefing.codec.carry import BLOCK, NAME, from_html_block, from_markdown
from briefing.codec.seal import is_sealed
from briefing.edition import Edition
from briefing.errors import BriefingError, FormatError, VerifyError
from briefing.verify import expected, legible, match, paper
from briefing.verify.findings import Finding

# Looks of ours that print an edition, the usual one first.
LOOKS = ("daily", "front-page", "clips")

# A page of ours shows nearly every block that is expected; below this share found, it was made
# by a look of somebody's own, and only the edition's own words are looked for.
_OURS = 0.5
# Above this share found, no other look is tried: one changed block is seldom a tenth of a page.
_CLEARLY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What came of holding a document's words against its edition."""

    findings: tuple[Finding, ...] = ()
    pages: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a document is held against: what it carries, printed again."""

    edition: Edition
    texts: Mapping[str, str]
    """The source texts that it carries, by ref; a look for clips prints them."""

    template: str | Path | None = None
    """The look that made it; None: tried among ours."""


class Face(Protocol):
    """One kind of finished document, opened."""

    @property
    def packed(self) -> str | bytes:
        """The edition that it carries."""
        ...

    def attached(self, edition: Edition, /) -> dict[str, str]:
        """Return the source texts that it carries beside the edition, by ref."""
        ...

    def compare(self, carried: Carried, /) -> Shown:
        """Return how its words differ from those that the edition should have."""
        ...


def open_face(document: bytes, name: str) -> Face:
    """Return the document, opened by the ending of its *name*.

    Raises:
        VerifyError: The ending is of no kind that an edition has, or it is damaged.
        FormatError: What it carries is missing or damaged.
    """
    kinds: dict[str, Callable[[bytes], Face]] = {
        ".pdf": PdfFace,
        ".html": HtmlFace,
        ".htm": HtmlFace,
        ".json": JsonFace,
        ".md": MarkdownFace,
        ".eml": MailFace,
    }
    kind = kinds.get(PurePath(name).suffix.lower())
    if kind is None:
        raise VerifyError(f"{name} is of no kind that can be verified: .pdf .html .json .md .eml")
    return kind(document)


class JsonFace:
    """The edition itself: it shows nothing else."""

    def __init__(self, document: bytes) -> None:
        self.packed: bytes = document

    def attached(self, _edition: Edition, /) -> dict[str, str]:
        """Return none: they are in the JSON."""
        return {}

    def compare(self, _carried: Carried, /) -> Shown:
        """Return no finding: there are no words beside the edition."""
        return Shown()


class MarkdownFace:
    """Markdown, with the edition in its closing comment."""

    def __init__(self, document: bytes) -> None:
        self.packed: str
        self._words, self.packed = from_markdown(_decoded(document))

    def attached(self, _edition: Edition, /) -> dict[str, str]:
        """Return none: they are in the comment."""
        return {}

    def compare(self, carried: Carried, /) -> Shown:
        """Return each line that differs from those the edition gives."""
        from briefing import render

        written = render.markdown(carried.edition)
        return Shown(findings=tuple(_lines(self._words.rstrip(), written.rstrip())))


class HtmlFace:
    """A page, with the edition in an inert block."""

    def __init__(self, document: bytes) -> None:
        from lxml import etree, html

        self._markup = _decoded(document)
        try:
            root: Any = html.document_fromstring(self._markup)
        except (etree.ParserError, ValueError) as error:
            raise FormatError(f"not a page that can be read: {error}") from error
        blocks = root.xpath(f"//script[@id='{BLOCK}']")
        if len(blocks) != 1:
            count = f"{len(blocks)} editions, not one" if blocks else "no edition"
            raise FormatError(f"the page carries {count}: not as `briefing daily` writes it")
        self.packed: str = from_html_block(blocks[0].text or "")

    def attached(self, _edition: Edition, /) -> dict[str, str]:
        """Return none: they are in the block."""
        return {}

    def compare(self, carried: Carried, /) -> Shown:
        """Return each block and link that differs from those the edition gives."""
        found = _markup_flow(self._markup)
        links = expected.links(self._markup)
        tries = (
            _compare(found, links, markup=markup, edition=carried.edition)
            for markup in _made(carried, face="html")
        )
        return _sealed(_best(tries, found, carried.edition), self._markup)


class MailFace:
    """A mail message: its plain text, its HTML twin, and the edition attached."""

    def __init__(self, document: bytes) -> None:
        try:
            self._message: Any = email.message_from_bytes(document, policy=email.policy.default)
            parts = [p for p in self._message.walk() if p.get_filename() == NAME]
        except RecursionError as error:
            raise FormatError("the parts of the message are nested too deep") from error
        if len(parts) != 1:
            raise FormatError(f"the message carries {len(parts)} files called {NAME}, not one")
        self.packed: Any = parts[0].get_payload(decode=True)

    def attached(self, _edition: Edition, /) -> dict[str, str]:
        """Return none: they are in the edition attached."""
        return {}

    def compare(self, carried: Carried, /) -> Shown:
        """Return each line of the text and each block of the twin that differs."""
        from briefing import render

        edition = carried.edition
        again: Any = email.message_from_bytes(render.mail(edition), policy=email.policy.default)
        findings = [*_headers(self._message, again), *_strangers(self._message)]
        findings += _lines(_part(self._message, "plain"), _part(again, "plain"))
        markup = _part(self._message, "html") or "<p>"
        twin = _part(again, "html")
        found = _markup_flow(markup)
        shown = _compare(found, expected.links(markup), markup=twin, edition=edition)
        return _sealed(Shown(findings=(*findings, *shown.findings)), markup)


class PdfFace:
    """A PDF: its pages, its links, and the edition and source texts attached."""

    def __init__(self, document: bytes) -> None:
        self._paper = paper.read_paper(document, of_edition=True)
        self.packed: bytes = paper.edition_of(self._paper)

    def attached(self, edition: Edition, /) -> dict[str, str]:
        """Return the attached source texts by ref; one that no article knows keeps its own name."""
        by_digest = {a.text_sha256: a.ref for story in edition.stories for a in story.articles}
        texts: dict[str, str] = {}
        for name, body in self._paper.attachments.items():
            if name != NAME:
                ref = by_digest.get(hashlib.sha256(body).hexdigest(), f"attachment {name}")
                texts[ref] = body.decode(
                    "utf-8", "surrogatepass" if ref in by_digest else "replace"
                )
        return texts

    def compare(self, carried: Carried, /) -> Shown:
        """Return each block, running line, page number, link and seal that differs."""
        tries = (self._try(carried.edition, m) for m in _made(carried, face="pdf"))
        whole = match.flow([line for page in self._paper.pages for line in page])
        best = _best(tries, whole, carried.edition)
        named = {finding.where.partition(",")[0] for finding in best.findings}
        broken = [part for part in self._paper.broken if part not in named]
        if best.findings:  # what a changed page or file entails is no second finding
            broken = [part for part in broken if part not in ("frame", f"attachment {NAME}")]
        seals = tuple(_unsealed(part) for part in broken)
        beyond = tuple(Finding(where="file", what=what) for what in self._paper.beyond)
        findings = (*best.findings, *seals, *beyond)
        return replace(best, findings=findings, pages=len(self._paper.pages))

    def _try(self, edition: Edition, markup: str) -> "_Try":
        """Return how the pages differ from those of one look."""
        pieces = expected.pieces(markup, edition=edition)
        running = [*_running(markup), *([edition.marking] * 2 if edition.marking else [])]
        reading = legible.reading(
            [*(p.shown for p in pieces), *running], turned=any(p.turned for p in pieces)
        )
        lines, findings = paper.strip_running(self._paper, running, reading)
        shown = _compare(
            match.flow(lines, reading),
            self._paper.links,
            markup=markup,
            edition=edition,
            numbers=self._paper.anchors,
            reading=reading,
        )
        return replace(shown, findings=(*findings, *shown.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try(Shown):
    """What came of comparing with one look, and how much of it was there."""

    share: float = field(default=0.0)
    wanted: int = field(default=0)
    """How many blocks the look prints."""

    def is_clear(self) -> bool:
        """Return whether the look is the right one, whatever was changed.

        Nearly all words are its own, and few of its blocks are missing: a page that holds next to
        nothing is accounted for by looks that print much more.
        """
        return self.share >= _CLEARLY and len(self.findings) <= self.wanted * (1 - _CLEARLY)


def _compare(  # noqa: PLR0913 - what is found and what is wanted, each in three parts
    found: match.Flow,
    links: Sequence[str],
    *,
    markup: str,
    edition: Edition,
    numbers: Mapping[str, int] | None = None,
    reading: legible.Reading = legible.EXACT,
) -> _Try:
    """Return the findings against what one look makes of the edition."""
    pieces = expected.pieces(markup, edition=edition)
    fresh = match.Flow(text=found.text, gaps=found.gaps, starts=found.starts, pages=found.pages)
    findings = list(match.compare(fresh, pieces, numbers=numbers, reading=reading))
    findings += _links(links, expected.links(markup))
    share = sum(fresh.used) / max(1, len(found.text))
    return _Try(findings=tuple(findings), share=share, wanted=len(pieces))


def _best(tries: Iterable[_Try], found: match.Flow, edition: Edition) -> Shown:
    """Return the try with the fewest findings; of a look that is not ours, the edition's words.

    A look that prints little misses little, so only one whose words are on the pages counts.
    """
    ours: list[_Try] = []
    for one in tries:
        if not one.findings or one.is_clear():
            return one
        if one.share >= _OURS:
            ours.append(one)
    if ours:
        return min(ours, key=lambda one: len(one.findings))
    return Shown(findings=tuple(_words(found, edition)), whole=False)


def _markup_flow(markup: str) -> match.Flow:
    """Return the blocks of a page of markup, each a line."""
    lines = [match.Line(page=0, stretches=(p.shown,)) for p in expected.pieces(markup)]
    return match.flow(lines)


def _sealed(shown: Shown, markup: str) -> Shown:
    """Return what was found, and the seal of the markup when it is broken and nothing else is."""
    if shown.findings or is_sealed(markup):
        return shown
    return replace(shown, findings=(_unsealed("markup"),))


def _unsealed(part: str) -> Finding:
    """Return the finding for a part that is not as it was sealed."""
    if part == "seal":
        return Finding(where="seal", what="there is none, or it cannot be read: it was changed")
    return Finding(
        where=part, what="was changed after the document was made, though its words read the same"
    )


def _words(found: match.Flow, edition: Edition) -> Iterator[Finding]:
    """Yield each headline, point and value of the edition that is nowhere on the pages."""
    for story in edition.stories:
        wanted = [("headline", story.headline)]
        wanted += [(f"point {n}", p.text) for n, p in enumerate((*story.points, *story.new), 1)]
        wanted += [("difference", v.value) for d in story.differences for v in d.values]
        for what, words in wanted:
            if legible.squeeze(words) not in found.text:
                where = f"story {story.id}, {what}"
                yield Finding(where=where, what=f"missing from the page: {words!r}")


def _made(carried: Carried, *, face: str) -> Iterator[str]:
    """Yield the markup that each look makes of the edition."""
    from briefing.render import looks, page

    edition, template = carried.edition, carried.template
    setting = page.Setting(compiled=edition.compiled, zone=edition.window.zone, texts=carried.texts)
    for name in LOOKS if template is None else (template,):
        try:
            look = looks.find(name)
            yield page.make(edition, look, setting=setting, extra={"face": face})
        except BriefingError:
            if template is not None:
                raise


def _running(markup: str) -> list[str]:
    """Return the lines that each page repeats, but for the marking and the page number."""
    from lxml import html

    root: Any = html.document_fromstring(markup)
    found = root.xpath("//*[contains(concat(' ', @class, ' '), ' furniture ')]")
    lines = [
        " ".join("".join(node.itertext()).split())
        for node in found
        if "marking" not in node.get("class", "").split()
    ]
    return [line for line in lines if line]


def _links(found: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    """Yield each address that is linked and should not be, or the other way round."""
    for link in sorted({*found} - {*wanted}):
        yield Finding(where="links", what=f"leads to {link!r}, which the edition does not")
    for link in sorted({*wanted} - {*found}):
        yield Finding(where="links", what=f"does not lead to {link!r}, which the edition does")


def _lines(found: str, wanted: str) -> Iterator[Finding]:
    """Yield each line that differs."""
    import difflib

    one, other = wanted.splitlines(), found.splitlines()
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            should, reads = "\n".join(one[a:b]), "\n".join(other[c:d])
            what = f"should be {should!r}, but reads {reads!r}"
            yield Finding(where=f"line {c + 1}", what=what)


def _headers(found: Any, wanted: Any) -> Iterator[Finding]:
    """Yield each header of ours that differs; the mail program may add others."""
    for name in ("Subject", "Date", "Message-ID"):
        if str(found.get(name)) != str(wanted.get(name)):
            what = f"should be {wanted.get(name)!r}, but reads {found.get(name)!r}"
            yield Finding(where=f"header {name}", what=what)


def _strangers(message: Any) -> Iterator[Finding]:
    """Yield each part that is not one of the three that a mail of ours has."""
    ours = [("text/plain", None), ("text/html", None), ("application/json", NAME)]
    for part in message.walk():
        kind = (part.get_content_type(), part.get_filename())
        if kind in ours:
            ours.remove(kind)
        elif not part.is_multipart():
            called = f"{kind[1]!r} of type {kind[0]}" if kind[1] else f"a part of type {kind[0]}"
            yield Finding(where="message", what=f"carries {called}, which briefing did not put in")


def _part(message: Any, subtype: str) -> str:
    """Return the text of the message's plain or HTML body."""
    part = message.get_body(preferencelist=(subtype,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _decoded(document: bytes) -> str:
    """Return a text document as text.

    Raises:
        FormatError: It is not UTF-8, as every document of ours is.
    """
    try:
        return document.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 any more ({error}): it was changed") from error
