"""The child process that lays out one document: `python -m briefing.render.child`.

It reads a pickled `Job` from its parent on standard input, and answers with a line of JSON and
the PDF. It limits itself before it looks at anything, and reads no file but fonts and the
look's folder.
"""

import gc
import json
import logging
import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from briefing.render.paper import Job, Part


def main() -> None:
    """Lay out the job on standard input and answer on standard output."""
    answer = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not get into the answer
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's
    _limit(job)
    parts, warnings, error = list[Part](), list[str](), None
    try:
        parts, warnings = lay_out(job)
    except MemoryError:
        error = (
            f"the layout needs more than {job.limits.memory_mb} MB; print less, or raise the limit"
        )
    except RecursionError:
        error = "the layout is nested too deeply; look at the template"
    with os.fdopen(answer, "wb") as pipe:
        told = [{"size": len(p.document), "count": p.count, "anchors": p.anchors} for p in parts]
        head = {"warnings": warnings, "error": error, "parts": told}
        pipe.write(json.dumps(head).encode() + b"\n")
        for part in parts:
            pipe.write(part.document)


def lay_out(job: Job) -> tuple[list[Part], list[str]]:
    """Return the documents of *job*, and what the user should know of them."""
    # Layout makes many small objects that live to the end: looking for garbage among them as
    # often as Python does costs a sixth of the time.
    gc.set_threshold(50_000, 20, 100)
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from briefing.render.fetcher import fetcher
    from briefing.render.mend import mend

    messages = _Messages()
    config = FontConfiguration()
    base = job.folders[0].as_uri() + "/"
    only = fetcher(job.folders, fonts=job.fonts)
    css = CSS(string=job.css, base_url=base, url_fetcher=only, font_config=config)
    options = {
        "stylesheets": [css],
        "pdf_variant": "pdf/a-3a",
        "attachments": _attachments(job),
    }
    known = {"base_url": base, "url_fetcher": only}
    parts = []
    for index, page in enumerate(job.pages):
        html = HTML(string=page, **known)
        document = html.render(font_config=config, **options)
        drawn = b"" if index in job.measured else document.write_pdf(**options)
        parts.append(
            Part(document=drawn, count=len(document.pages), anchors=_anchors(document.pages))
        )
    if not job.is_part:
        parts = [replace(parts[0], document=mend(parts[0].document, job))]
    return parts, messages.warnings()


def _anchors(pages: Sequence[Any]) -> dict[str, int]:
    """Return the page on which each anchor first stands; a box that goes on is on each of its."""
    found: dict[str, int] = {}
    for place, page in enumerate(pages):
        for name in page.anchors:
            found.setdefault(name, place)
    return found


def _limit(job: Job) -> None:
    """Bound what this process may use, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only bound
        return
    memory = job.limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (job.limits.cpu_s, job.limits.cpu_s + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _attachments(job: Job) -> list[Any]:
    """Return the attachments, dated as the edition is, so that the bytes do not depend on today."""
    from weasyprint import Attachment

    return [
        Attachment(
            string=a.content,
            name=a.name,
            description=a.description,
            relationship=a.relationship,
            created=job.compiled,
            modified=job.compiled,
        )
        for a in job.attachments
    ]


class _Messages(logging.Handler):
    """Keep what WeasyPrint says, and turn what matters to a reader into words of ours."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.missing: list[str] = []
        self.others: list[str] = []
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self]
        logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        message = record.getMessage()
        if message.startswith(".notdef glyph"):
            self.missing.extend(c for c in str(record.args[0]) if c not in self.missing)  # type: ignore[index]
        elif message not in self.others and len(self.others) < 20:
            self.others.append(message)

    def warnings(self) -> list[str]:
        """Return one warning for all letters that no font has, and the rest as they came."""
        if not self.missing:
            return self.others
        named = ", ".join(f"{c} (U+{ord(c):04X})" for c in sorted(self.missing)[:20])
        more = f" and {len(self.missing) - 20} more" if len(self.missing) > 20 else ""
        return [
            f"no font on this machine has {named}{more}; install one, such as fonts-noto",
            *self.others,
        ]


if __name__ == "__main__":
    main()
