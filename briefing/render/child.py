"""The child process that lays out documents: `python -m briefing.render.child`.

It reads pickled `Job`s from its parent on standard input, and answers each with a line of JSON
and the PDF. It limits itself before it looks at anything, and reads no file but fonts and the
look's folder.
"""

import gc
import json
import logging
import math
import os
import pickle
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from briefing.render.jobs import Job, Part
from briefing.render.safe import one_line


def main() -> None:
    """Answer each job on standard input on standard output, until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get into an answer
    gc.disable()
    _load()
    gc.enable()
    gc.freeze()  # what was loaded stays, and need not be looked through again
    while True:
        try:
            job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's
        except EOFError:
            return
        _limit(job)
        _answer(job, answers)


def _load() -> None:
    """Load the layout library, while the parent writes the page."""
    from briefing.render.quick import KNOWN, hasten
    from briefing.render.quick.declared import parsed
    from briefing.render.quick.later import called_later

    with parsed(), called_later(KNOWN["weasyprint"]):
        import weasyprint  # noqa: F401

    from briefing.render.apart import tell_apart

    tell_apart()
    hasten()


def lay_out(job: Job) -> Part:
    """Return the document of *job*."""
    if not job.page:
        return _finished(job)
    # Layout makes many small objects that live to the end: looking for garbage among them as
    # often as Python does costs a sixth of the time.
    gc.set_threshold(50_000, 20, 100)
    from briefing.render.mend import mend
    from briefing.render.quick.written import settle
    from briefing.render.tags import slim

    def finish(_: Any, pdf: Any) -> None:
        """Make a document ready to be written."""
        slim(pdf)
        settle(pdf, place=job.place, among=job.among)

    shared = _shared(job.css, job.folders, job.fonts)
    # What WeasyPrint would pack here is unpacked again to be mended, so it is packed at the end.
    options = {
        "stylesheets": [shared.css],
        "pdf_variant": "pdf/a-3a",
        "attachments": _attachments(job),
        "uncompressed_pdf": True,
    }
    html = shared.html(job.page)
    document = html.render(font_config=shared.config, **options)
    drawn = b"" if job.measured else document.write_pdf(finisher=finish, **options)
    count, anchors = len(document.pages), _anchors(document.pages)
    # The pages take more memory than all that follows, and hang together in circles.
    del html, document
    gc.collect()
    if not job.is_part:
        drawn = mend(drawn, job)
    return Part(document=drawn, count=count, anchors=anchors)


def _finished(job: Job) -> Part:
    """Return the document of a job that only joins parts."""
    from briefing.render.mend import mend

    front, *rest = job.joined
    document = mend(front, replace(job, joined=tuple(rest)))
    return Part(document=document, count=0, anchors={})


def _answer(job: Job, answers: BinaryIO) -> None:
    """Write what came of *job*: a line of JSON, then the document."""
    messages, part, error = _Messages(), Part(document=b"", count=0, anchors={}), None
    try:
        part = lay_out(job)
    except MemoryError:
        _unlimit_memory()  # so that there is room to say so
        error = (
            f"the layout needs more than {job.limits.memory_mb} MB; print less, or raise the limit"
        )
    except RecursionError:
        error = "the layout is nested too deeply; look at the template"
    except Exception as fallen:  # noqa: BLE001 - a stylesheet's rule that the library falls over
        told = _short(f"{type(fallen).__name__}: {fallen}")
        error = f"the layout failed ({told}); look for that in the template and its stylesheets"
    head = {"warnings": messages.warnings(), "error": error, "size": len(part.document),
            "count": part.count, "anchors": part.anchors}  # fmt: skip
    answers.write(json.dumps(head).encode() + b"\n")
    answers.write(part.document)
    answers.flush()


class _Shared:
    """What the layouts of one process have in common: the stylesheet, read once, and its fonts."""

    def __init__(self, css: str, folders: Sequence[Path], fonts: Path) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from briefing.render.fetcher import fetcher

        self.config = FontConfiguration()
        self._known = {
            "base_url": folders[0].as_uri() + "/",
            "url_fetcher": fetcher(folders, fonts=fonts),
        }
        self.css = CSS(string=css, font_config=self.config, **self._known)
        self._rules = css

    def html(self, page: str) -> Any:
        """Return a page as WeasyPrint reads it."""
        from briefing.render.markup import read

        return read(page, css=self._rules, **self._known)


_shared = cache(_Shared)


def _anchors(pages: Sequence[Any]) -> dict[str, int]:
    """Return the page on which each anchor first stands; a box that goes on is on each of its."""
    found: dict[str, int] = {}
    for place, page in enumerate(pages):
        for name in page.anchors:
            found.setdefault(name, place)
    return found


def _limit(job: Job) -> None:
    """Bound what this process may use for *job*, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only bound
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    memory = job.limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (_least(memory, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(time.process_time()) + job.limits.cpu_s
    resource.setrlimit(resource.RLIMIT_CPU, (_least(until, hard), hard))


def _least(wanted: int, hard: int) -> int:
    """Return the limit that can be set: no more than the system's own, where it has one."""
    return wanted if hard < 0 else min(wanted, hard)


def _unlimit_memory() -> None:
    """Lift the bound on memory, which only a system with bounds can have reached."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


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


def _short(message: str) -> str:
    """Return what a library says as one line that steers no terminal, without a file's content.

    >>> _short("Failed to load image at 'x.png': ")
    "Failed to load image at 'x.png': it is broken, or larger than pictures are"
    """
    line = one_line(message)
    if len(line) > 300:  # of an address that is a file itself, the beginning tells enough
        line = f"{line[:200]} … {line[-80:]}"
    return f"{line} it is broken, or larger than pictures are" if line.endswith(":") else line


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
        message = _short(record.getMessage())
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
