"""Verification: a finished document against itself and its sources, offline, by anyone.

The document carries the edition and, where the rights allow, the source texts. First the edition
is held against the texts: each sentence at its place, each value in its sentence, each sum. Then
the pages are held against the edition: what they should say is made again from it, block by
block, and every word that is read back from the pages must be accounted for.
"""

from collections.abc import Mapping
from pathlib import Path

from briefing.codec.carry import unpack
from briefing.edition import Edition
from briefing.errors import FormatError
from briefing.limits import Limits
from briefing.verify.content import check_content, check_given, check_points, sourced
from briefing.verify.faces import open_face
from briefing.verify.findings import Finding, Report
from briefing.verify.now import Now, of_cited
from briefing.verify.tries import Carried

__all__ = ["LIMITS", "Finding", "Now", "Report", "edition_in", "verify"]

LIMITS = Limits(read_s=300, read_mb=2_000)
"""For one document, which may come from anybody. Five pages take 0.2 s and 54 MB; the quickest
bomb found (60 kB that draw three million words on a page) would take minutes and 1.4 GB."""


def verify(
    document: bytes,
    *,
    name: str,
    sources: Mapping[str, Now] | None = None,
    template: str | Path | None = None,
) -> Report:
    """Return what was checked of a finished document and what failed.

    Args:
        document: Its bytes.
        name: Its file name, whose ending tells the kind: pdf, html, json, md, eml.
        sources: The sources as they are now, by ref, to check against besides the texts that
            the document carries; `now.from_files` reads them.
        template: The look that made it; None: tried among ours.

    Raises:
        VerifyError: It is of another kind, or damaged beyond reading.
    """
    try:
        face = open_face(document, name)
        edition, carried = unpack(face.packed)
    except FormatError as error:
        return Report(edition=None, findings=(Finding(where="edition", what=str(error)),))
    texts = {**carried, **face.attached(edition)}
    cited = {a.ref: a for story in edition.stories for a in story.articles}
    given = of_cited(cited, sources or {})
    findings = list(check_content(edition, texts))
    findings += check_given(cited, given)
    now_texts = {ref: now.article.source_text for ref, now in given.items() if now.article}
    findings += check_points(edition, now_texts)
    shown = face.compare(Carried(edition=edition, texts=carried, template=template))
    known = texts.keys() | now_texts.keys()
    return Report(
        edition=edition.id,
        findings=(*dict.fromkeys(findings), *shown.findings),
        points=sourced(edition, known),
        unsourced=tuple(sorted(cited.keys() - known)),
        unchecked=tuple(sorted((ref, now.failed) for ref, now in given.items() if now.failed)),
        absent=tuple(sorted(cited.keys() - given.keys())) if sources is not None else (),
        pages=shown.pages,
        whole=shown.whole,
    )


def edition_in(document: bytes, *, name: str) -> Edition:
    """Return the edition that a finished document carries, not yet checked.

    Raises:
        VerifyError: It is of another kind, or damaged beyond reading.
        FormatError: It carries none, or a damaged one.
    """
    return unpack(open_face(document, name).packed)[0]
