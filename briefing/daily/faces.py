"""Faces: an edition as PDF, HTML, JSON, mail and Markdown, each verified before it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.codec.carry import NAME, pack
from briefing.config import Config
from briefing.edition import Edition
from briefing.errors import RenderError


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The faces that could be made, and why the others could not."""

    files: Mapping[str, bytes]
    """By file name."""

    problems: Mapping[str, str] = field(default_factory=dict)
    """One line for each file that is not there, by its name."""


def faces(edition: Edition, texts: Mapping[str, str], config: Config) -> Faces:
    """Return every face of *edition*, all of one content.

    A face that cannot be laid out within its limits, or whose template is broken, is a problem by
    itself: the others are made.

    Args:
        edition: With its id.
        texts: Source text by ref. Those travel inside whose outlets allow it.
        config: Which look, which limits, whose texts, which addresses of the mail.

    Raises:
        UsageError: There is no such look.
    """
    packed = pack(edition, _allowed(edition, texts, config))
    files = {JSON: packed.encode()}
    problems = {}
    for name, make in _MAKERS.items():
        try:
            files[name] = make(edition, packed, config)
        except RenderError as error:
            problems[name] = f"{name} could not be made: {error}"
    return Faces(files=files, problems=problems)


def check(files: Mapping[str, bytes], config: Config) -> dict[str, str]:
    """Verify finished files as whoever receives them would; return what is wrong, by file name.

    Each message names the first place. That a face does not hold is a defect of the package.
    """
    from briefing.verify import verify

    problems = {}
    for name, content in files.items():
        report = verify(content, name=name, template=_template(config))
        if report.findings:
            first, others = report.findings[0], len(report.findings) - 1
            problems[name] = (
                f"{name} was not written, for it does not hold what it should: {first.where}: "
                f"{first.what}{f' (and {others} more)' * (others > 0)}; this is a defect, "
                "please report it"
            )
    return problems


def _html(edition: Edition, packed: str, config: Config) -> bytes:
    """Return the page."""
    from briefing import render

    return render.html(
        edition,
        template=_template(config),
        compiled=edition.compiled,
        zone=edition.window.zone,
        carried=packed,
    ).encode()


def _pdf(edition: Edition, packed: str, config: Config) -> bytes:
    """Return the PDF, with the edition and its texts inside."""
    from briefing import render
    from briefing.render.paper import Attachment, RenderLimits

    carried = Attachment(
        name=NAME,
        content=packed.encode(),
        description="The edition and its source texts, for briefing verify",
        media_type="application/json",
        relationship="Data",
    )
    return render.pdf(
        edition,
        template=_template(config),
        compiled=edition.compiled,
        zone=edition.window.zone,
        limits=RenderLimits(wall_s=config.limits.render_s, memory_mb=config.limits.render_mb),
        attachments=[carried],
    )


def _markdown(edition: Edition, packed: str, _config: Config) -> bytes:
    """Return the Markdown."""
    from briefing import render

    return render.markdown(edition, carried=packed).encode()


def _mail(edition: Edition, packed: str, config: Config) -> bytes:
    """Return the message."""
    from briefing import render

    sender, to = config.mail.sender or None, config.mail.to
    return render.mail(edition, sender=sender, to=to, carried=packed)


JSON = "edition.json"
_MAKERS = {
    "edition.html": _html,
    "edition.pdf": _pdf,
    "edition.md": _markdown,
    "edition.eml": _mail,
}
NAMES = (JSON, *_MAKERS)
"""What the files of an edition are called."""


def _template(config: Config) -> str | Path:
    """Return the look: a name, or the path of a folder beside the configuration."""
    from briefing.render import looks

    own = config.path(config.template)
    if "/" in config.template or (
        (own / "template.toml").is_file() and config.template not in looks.names()
    ):
        return own
    return config.template


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
