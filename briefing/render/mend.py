"""What WeasyPrint 70 leaves wrong or undone in a PDF, mended."""

import io
from typing import TYPE_CHECKING, Any

from briefing.codec.seal import seal
from briefing.render.stitch import stitch
from briefing.render.together import together

if TYPE_CHECKING:
    from briefing.render.jobs import Job


def mend(document: bytes, job: "Job") -> bytes:
    """Return the PDF with its attachments in order and PDF/UA-1 declared beside PDF/A-3a.

    The name tree of attachments gets sorted, as ISO 32000 7.9.6 asks; a file listed twice among
    the associated files is listed once; each file has its media type; and the whole is
    sealed. Parts that the job names are appended first. The bytes depend on nothing but the
    arguments.
    """
    import pikepdf

    roots: list[int] = []
    if job.joined:
        document, roots = together([document, *job.joined])
    with pikepdf.open(io.BytesIO(document)) as pdf:
        if job.joined:
            stitch(pdf, roots, numbers=job.numbers)
        _associate(pdf)
        _sort_names(pdf, job)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["pdfuaid:part"] = "1"
        seal(pdf, compiled=job.compiled)
        out = io.BytesIO()
        # The many small objects of the tags take a third of the room when packed together.
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(out, deterministic_id=True, object_stream_mode=packed)
    return out.getvalue()


def _associate(pdf: Any) -> None:
    """List each associated file once."""
    import pikepdf

    listed = pdf.Root.get("/AF")
    if listed is None:
        return
    once = {file.objgen: file for file in listed}
    pdf.Root.AF = pikepdf.Array(once.values())


def _sort_names(pdf: Any, job: "Job") -> None:
    """Sort the attachments by name and give each its media type."""
    import pikepdf

    tree = pdf.Root.get("/Names", {}).get("/EmbeddedFiles")
    if tree is None:
        return
    flat = list(tree.Names)
    pairs = sorted(zip(flat[::2], flat[1::2], strict=True), key=lambda pair: bytes(pair[0]))
    tree.Names = pikepdf.Array([part for pair in pairs for part in pair])
    types = {a.name: a.media_type for a in job.attachments}
    for _, file in pairs:
        kind = types.get(str(file.UF if "/UF" in file else file.F))
        if kind:
            file.EF.F.Subtype = pikepdf.Name("/" + kind)
