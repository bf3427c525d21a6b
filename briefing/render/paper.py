"""HTML becomes PDF, in a child process that cannot outlive or outgrow its limits."""

import json
import logging
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.edition import Edition
from briefing.errors import RenderError
from briefing.render import fonts, page
from briefing.render.looks import PARTS, Look
from briefing.render.page import Setting, Things

LOG = logging.getLogger("briefing.render")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderLimits:
    """What the layout of one document may use. What is over is refused, with one clear line."""

    cpu_s: int = 60
    """Processor time of one process. 500 articles take 20 s in one process here."""

    wall_s: float = 120
    """Time by the clock, all processes together."""

    memory_mb: int = 1536
    """Address space of one process. A document of 100 articles takes 250 MB, of 500 700 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that the PDF carries inside."""

    name: str
    content: bytes
    description: str = ""
    media_type: str = "application/octet-stream"
    relationship: str = "Data"
    """`Data` or `Source`, as PDF/A-3 has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the child is asked: plain values, for they travel through a pipe."""

    pages: tuple[str, ...]
    """One HTML page a document."""

    css: str
    folders: tuple[Path, ...]
    """The only folders that may be read, besides the bundled fonts."""

    fonts: Path
    compiled: datetime
    limits: RenderLimits
    attachments: tuple[Attachment, ...] = ()
    measured: tuple[int, ...] = ()
    """Which of the pages are only laid out, not drawn."""

    is_part: bool = False
    """Whether the documents are parts that will be joined, so not mended yet."""

    joined: tuple[bytes, ...] = ()
    """Parts to follow the one page that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document that came back."""

    document: bytes
    """Empty where it was only measured."""

    count: int
    """Of pages."""

    anchors: dict[str, int]
    """The page, from 0, on which each anchor first stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a child process answered."""

    parts: tuple[Part, ...]
    warnings: tuple[str, ...]


def make(
    things: Things,
    look: Look,
    *,
    setting: Setting,
    limits: RenderLimits,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return *things* in *look* as PDF. See `briefing.render.pdf`."""
    job = Job(
        pages=(),
        css=fonts.stylesheet() + page.stylesheet(look, look.print),
        folders=(look.folder, PARTS),
        fonts=fonts.folder(),
        compiled=setting.compiled,
        limits=limits,
        attachments=tuple(sorted(attachments, key=lambda a: a.name)),
    )
    from briefing.render import join

    if isinstance(things, Edition) and join.is_large(things, look):
        return join.make(things, look, setting=setting, job=job)
    html = page.make(things, look, setting=setting, extra={"face": "pdf"})
    return ask(replace(job, pages=(html,))).parts[0].document


def ask(job: Job) -> Answer:
    """Return what a child process makes of *job*; its warnings are logged.

    Raises:
        RenderError: It failed, or went over its limits.
    """
    command = [sys.executable, "-P", "-m", "briefing.render.child"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=pickle.dumps(job),
            capture_output=True,
            timeout=job.limits.wall_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(
            f"the layout was stopped after {job.limits.wall_s:g} s; print less, or raise the limit"
        ) from error
    head, _, body = done.stdout.partition(b"\n")
    if not head.startswith(b"{"):
        raise RenderError(_died(done.returncode, done.stderr, job.limits))
    answer = json.loads(head)
    for warning in answer["warnings"]:
        LOG.warning(warning)
    if answer["error"]:
        raise RenderError(answer["error"])
    return Answer(parts=tuple(_parts(answer["parts"], body)), warnings=tuple(answer["warnings"]))


def _parts(told: Sequence[dict[str, Any]], body: bytes) -> Iterator[Part]:
    """Yield the documents that stand one after another in a child's answer."""
    for one in told:
        yield Part(document=body[: one["size"]], count=one["count"], anchors=one["anchors"])
        body = body[one["size"] :]


def _died(code: int, stderr: bytes, limits: RenderLimits) -> str:
    """Return why a child that gave no answer ended."""
    if code in (-24, 152):  # SIGXCPU
        return (
            f"the layout used more than {limits.cpu_s} s of processor time; "
            "print less, or raise the limit"
        )
    last = stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
    return f"the layout process ended with code {code}: {last[0][:200]}; see `briefing doctor`"
