"""Verification: a finished document against itself and its sources, offline, by anyone.

The document carries the edition and, where the rights allow, the source texts. First the edition
is held against the texts: each sentence at its place, each value in its sentence, each sum. Then
the pages are held against the edition: what they should say is made again from it, block by
block, and every word that is read back from the pages must be accounted for.
"""

from collections.abc import Mapping
from pathlib import Path

from briefing.codec.carry import unpack
from briefing.errors import FormatError
from briefing.verify.content import check_content, sourced
from briefing.verify.faces import open_face
from briefing.verify.findings import Finding, Report

__all__ = ["Finding", "Report", "verify"]


def verify(
    document: bytes,
    *,
    name: str,
    sources: Mapping[str, str] | None = None,
    template: str | Path | None = None,
) -> Report:
    """Return what was checked of a finished document and what failed.

    Args:
        document: Its bytes.
        name: Its file name, whose ending tells the kind: pdf, html, json, md, eml.
        sources: Source texts by ref, to check against besides those that the document carries.
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
    findings = list(check_content(edition, texts))
    for ref, text in (sources or {}).items():
        if texts.setdefault(ref, text) != text:
            what = "the file given is not what the document carries"
            findings.append(Finding(where=f"source {ref}", what=what))
    if sources:
        findings = list(dict.fromkeys([*findings, *check_content(edition, {**texts, **sources})]))
    shown = face.compare(edition, template)
    cited = {a.ref for story in edition.stories for a in story.articles}
    return Report(
        edition=edition.id,
        findings=(*findings, *shown.findings),
        points=sourced(edition, texts),
        unsourced=tuple(sorted(cited - texts.keys())),
        pages=shown.pages,
        whole=shown.whole,
    )
