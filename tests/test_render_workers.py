"""Layout processes take one job after another, and none outlives its document."""

from pathlib import Path

import pytest
from factories import COMPILED

from briefing.errors import RenderError
from briefing.render import fonts
from briefing.render.jobs import Job, RenderLimits
from briefing.render.looks import PARTS
from briefing.render.workers import Workers


def job(page: str, limits: RenderLimits | None = None, folder: Path = PARTS) -> Job:
    """Return a job for a page without style."""
    return Job(
        page=page,
        css="",
        folders=(folder,),
        fonts=fonts.folder(),
        compiled=COMPILED,
        limits=limits or RenderLimits(),
        is_part=True,
    )


def test_a_process_answers_job_after_job_as_if_each_were_its_first() -> None:
    """What a process did before leaves no trace in the bytes, and warnings are not mixed up."""
    pages = ["<p id=a>One", "<p>Two<p style='break-before:page' id=b>Three"]
    with Workers(1, limits=RenderLimits()) as workers:
        told = [workers.ask(job(page)) for page in (*pages, pages[0])]
    with Workers(1, limits=RenderLimits()) as workers:
        second = workers.ask(job(pages[1]))

    assert told[0] == told[2]
    assert told[1] == second
    assert [(part.count, part.anchors) for part in told[:2]] == [(1, {"a": 0}), (2, {"b": 1})]


def test_a_job_that_fails_leaves_the_process_fit_for_the_next() -> None:
    """Nesting without end is refused, and the same process prints the next page."""
    with Workers(1, limits=RenderLimits()) as workers:
        with pytest.raises(RenderError, match="nested too deeply"):
            workers.ask(job("<div>" * 400 + "x"))

        assert workers.ask(job("<p>Words")).count == 1


def test_a_process_that_ended_is_reported() -> None:
    """A job sent to a process that is gone gets one clear line, not a broken pipe."""
    limits = RenderLimits(cpu_s=1)
    with Workers(1, limits=limits) as workers:
        for _ in range(2):
            with pytest.raises(RenderError, match="more than 1 s of processor time"):
                workers.ask(job('<div style="display:flex">' * 12 + "x", limits))
