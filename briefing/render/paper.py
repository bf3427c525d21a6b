"""HTML becomes PDF, in a child process that cannot outlive or outgrow its limits."""

import json
import logging
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

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

    html: str
    css: str
    folders: tuple[Path, ...]
    """The only folders that may be read, besides the bundled fonts."""

    fonts: Path
    compiled: datetime
    limits: RenderLimits
    attachments: tuple[Attachment, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)


def make(
    things: Things,
    look: Look,
    *,
    setting: Setting,
    limits: RenderLimits,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return *things* in *look* as PDF. See `briefing.render.pdf`."""
    html = page.make(things, look, setting=setting, extra={"face": "pdf"})
    job = Job(
        html=html,
        css=fonts.stylesheet() + page.stylesheet(look, look.print),
        folders=(look.folder, PARTS),
        fonts=fonts.folder(),
        compiled=setting.compiled,
        limits=limits,
        attachments=tuple(sorted(attachments, key=lambda a: a.name)),
    )
    return run(job)


def run(job: Job) -> bytes:
    """Return the PDF that a child process makes of *job*.

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
    head, _, document = done.stdout.partition(b"\n")
    if not head.startswith(b"{"):
        raise RenderError(_died(done.returncode, done.stderr, job.limits))
    answer = json.loads(head)
    for warning in answer["warnings"]:
        LOG.warning(warning)
    if answer["error"]:
        raise RenderError(answer["error"])
    return document


def _died(code: int, stderr: bytes, limits: RenderLimits) -> str:
    """Return why a child that gave no answer ended."""
    if code in (-24, 152):  # SIGXCPU
        return (
            f"the layout used more than {limits.cpu_s} s of processor time; "
            "print less, or raise the limit"
        )
    last = stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
    return f"the layout process ended with code {code}: {last[0][:200]}; see `briefing doctor`"
