"""Faces: an edition as PDF, HTML, JSON, mail and Markdown, each verified before it is written."""

from collections.abc import Mapping

from briefing.codec.carry import NAME, pack
from briefing.config import Config
from briefing.edition import Edition
from briefing.errors import VerifyError

NAMES = ("edition.json", "edition.html", "edition.pdf", "edition.md", "edition.eml")
"""What the files of an edition are called."""


def faces(edition: Edition, texts: Mapping[str, str], config: Config) -> dict[str, bytes]:
    """Return every face of *edition* by file name, all of one content, each verified.

    Args:
        edition: With its id.
        texts: Source text by ref. Those travel inside whose outlets allow it.
        config: Which look, which limits, whose texts, which addresses of the mail.

    Raises:
        RenderError: A face could not be made.
        VerifyError: A face does not say what the edition says; this is a defect.
    """
    from briefing import render
    from briefing.render.paper import Attachment, RenderLimits

    packed = pack(edition, _allowed(edition, texts, config))
    template = config.template if "/" not in config.template else config.path(config.template)
    zone, compiled = edition.window.zone, edition.compiled
    carried = Attachment(
        name=NAME,
        content=packed.encode(),
        description="The edition and its source texts, for briefing verify",
        media_type="application/json",
        relationship="Data",
    )
    limits = RenderLimits(wall_s=config.limits.render_s, memory_mb=config.limits.render_mb)
    html = render.html(edition, template=template, compiled=compiled, zone=zone, carried=packed)
    pdf = render.pdf(
        edition,
        template=template,
        compiled=compiled,
        zone=zone,
        limits=limits,
        attachments=[carried],
    )
    mail = render.mail(
        edition, sender=config.mail.sender or None, to=config.mail.to, carried=packed
    )
    made = (packed.encode(), html.encode(), pdf, render.markdown(edition, carried=packed).encode())
    return dict(zip(NAMES, (*made, mail), strict=True))


def check(files: Mapping[str, bytes], config: Config) -> None:
    """Verify finished files as whoever receives them would.

    Raises:
        VerifyError: One does not hold; the message names the first place.
    """
    from briefing.verify import verify

    template = config.template if "/" not in config.template else config.path(config.template)
    for name, content in files.items():
        report = verify(content, name=name, template=template)
        if report.findings:
            first, count = report.findings[0], len(report.findings)
            raise VerifyError(
                f"{name} was not written, for it does not hold what it should: {first.where}: "
                f"{first.what}{f' (and {count - 1} more)' * (count > 1)}; this is a defect, "
                "please report it"
            )


def _allowed(edition: Edition, texts: Mapping[str, str], config: Config) -> dict[str, str]:
    """Return the texts that may travel inside the edition."""
    cited = {a.ref: a.outlet for story in edition.stories for a in story.articles}
    for story in edition.stories:
        cited |= {v.ref: v.outlet for d in story.differences for v in d.values}
    return {
        ref: texts[ref]
        for ref, outlet in cited.items()
        if ref in texts and config.may_attach(outlet)
    }
