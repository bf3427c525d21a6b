"""HTML becomes PDF, in child processes that cannot outlive or outgrow their limits."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.edition import Edition
from briefing.render import fonts, page
from briefing.render.jobs import Attachment, Job, RenderLimits
from briefing.render.looks import PARTS, Look
from briefing.render.page import Setting, Things
from briefing.render.workers import Workers

__all__ = ["Attachment", "RenderLimits", "make"]


def make(
    things: Things,
    look: Look,
    *,
    setting: Setting,
    limits: RenderLimits,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return *things* in *look* as PDF. See `briefing.render.pdf`."""
    from briefing.render import join

    parted = isinstance(things, Edition) and join.is_large(things, look)
    with Workers(join.cores() if parted else 1, limits=limits) as workers:
        job = Job(
            page="",
            css=fonts.stylesheet() + page.stylesheet(look, look.print),
            folders=(look.folder, PARTS),
            fonts=fonts.folder(),
            compiled=setting.compiled,
            limits=limits,
            attachments=tuple(sorted(attachments, key=lambda a: a.name)),
        )
        if isinstance(things, Edition) and parted:
            return join.make(things, look, setting=setting, job=job, workers=workers)
        html = page.make(things, look, setting=setting, extra={"face": "pdf"})
        return workers.ask(replace(job, page=html)).document
