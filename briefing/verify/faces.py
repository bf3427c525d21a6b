"""The faces of an edition: how each is opened, and how its words are held against the edition."""

import email
import email.policy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Protocol

from briefing.codec.carry import BLOCK, NAME, from_html_block, from_markdown
from briefing.codec.seal import is_sealed
from briefing.edition import Edition
from briefing.errors import FormatError, VerifyError
from briefing.verify import expected, legible, match, paper
from briefing.verify.findings import Finding
from briefing.verify.tries import Carried, Shown, Try, against, best, made


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
            against(found, links, markup=markup, edition=carried.edition)
            for markup in made(carried, face="html")
        )
        return _sealed(best(tries, found, carried.edition), self._markup)


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
        shown = against(found, expected.links(markup), markup=twin, edition=edition)
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
        tries = (self._try(carried.edition, m) for m in made(carried, face="pdf"))
        whole = match.flow([line for page in self._paper.pages for line in page])
        shown = best(tries, whole, carried.edition)
        named = {finding.where.partition(",")[0] for finding in shown.findings}
        broken = [part for part in self._paper.broken if part not in named]
        if shown.findings:  # what a changed page or file entails is no second finding
            broken = [part for part in broken if part not in ("frame", f"attachment {NAME}")]
        seals = tuple(_unsealed(part) for part in broken)
        beyond = tuple(Finding(where="file", what=what) for what in self._paper.beyond)
        findings = (*shown.findings, *seals, *beyond)
        return replace(shown, findings=findings, pages=len(self._paper.pages))

    def _try(self, edition: Edition, markup: str) -> Try:
        """Return how the pages differ from those of one look."""
        pieces = expected.pieces(markup, edition=edition)
        running = [*_running(markup), *([edition.marking] * 2 if edition.marking else [])]
        reading = legible.reading(
            [*(p.shown for p in pieces), *running], turned=any(p.turned for p in pieces)
        )
        lines, findings = paper.strip_running(self._paper, running, reading)
        shown = against(
            match.flow(lines, reading),
            self._paper.links,
            markup=markup,
            edition=edition,
            numbers=self._paper.anchors,
            reading=reading,
        )
        return replace(shown, findings=(*findings, *shown.findings))


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
