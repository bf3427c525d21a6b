"""Finished documents: HTML, PDF, Markdown, mail and terminal text from summaries or an edition.

Each face is made by a module of its own, loaded when it is asked for: `page` (HTML), `paper`
(PDF), `plain` (Markdown and terminal), `post` (mail). None touches the network.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Not loaded with the package, for the layout processes need neither.
    from briefing.edition import Edition
    from briefing.model import Summary
    from briefing.render.paper import Attachment, RenderLimits

    Things = Summary | Sequence[Summary] | Edition

__all__ = ["html", "mail", "markdown", "pdf", "text"]


def html(
    things: "Things",
    *,
    template: str | Path = "single",
    compiled: datetime,
    zone: str,
    carried: str | None = None,
) -> str:
    """Return one self-contained HTML page.

    Args:
        things: One summary, several, or an edition.
        template: The name of a look, or the path of a template folder.
        compiled: The time to print as compiled-at.
        zone: IANA name of the zone of all printed times.
        carried: What `codec.carry.pack` wrote, to stand in the page as an inert block.

    Raises:
        UsageError: There is no such look, or it does not take such things.
        TemplateError: The template is broken; the message names file and line.
    """
    from briefing.render.looks import find
    from briefing.render.page import Setting, make

    extra: dict[str, object] = {"face": "html"}
    if carried is not None:
        from markupsafe import Markup

        from briefing.codec.carry import html_block

        extra["carried"] = Markup(html_block(carried))  # noqa: S704 - it holds no markup
    setting = Setting(compiled=compiled, zone=zone, texts=_texts(carried))
    page = make(_several(things), find(template), setting=setting, extra=extra)
    if carried is None:
        return page
    from briefing.codec.seal import seal_markup

    return seal_markup(page)


def pdf(  # noqa: PLR0913 - a finished document is set by exactly these
    things: "Things",
    *,
    template: str | Path = "single",
    compiled: datetime,
    zone: str,
    limits: "RenderLimits | None" = None,
    attachments: "Sequence[Attachment]" = (),
) -> bytes:
    """Return a tagged PDF/A-3; the same arguments give the same bytes.

    It is laid out in a process of its own, within *limits*. Letters that no font has are named
    in a warning to the logger `briefing.render`.

    Args:
        things: One summary, several, or an edition.
        template: The name of a look, or the path of a template folder.
        compiled: The time to print as compiled-at, and the date of the file.
        zone: IANA name of the zone of all printed times.
        limits: What the layout may use; None for the defaults.
        attachments: Files to carry inside.

    Raises:
        UsageError: There is no such look, or it does not take such things.
        TemplateError: The template is broken; the message names file and line.
        RenderError: The layout failed or went over its limits.
    """
    from briefing.render.looks import find
    from briefing.render.page import Setting
    from briefing.render.paper import RenderLimits, make

    carried = next((a.content for a in attachments if a.name == "edition.json"), None)
    return make(
        _several(things),
        find(template),
        setting=Setting(compiled=compiled, zone=zone, texts=_texts(carried)),
        limits=limits or RenderLimits(),
        attachments=attachments,
    )


def markdown(thing: "Summary | Edition", *, zone: str = "UTC", carried: str | None = None) -> str:
    """Return a summary or an edition as Markdown.

    Args:
        thing: What is printed. An edition prints times in its own zone.
        zone: IANA name of the zone of the times of a summary.
        carried: What `codec.carry.pack` wrote, to stand at the end as a comment.
    """
    from briefing.edition import Edition

    if isinstance(thing, Edition):
        from briefing.render import bulletin

        words = bulletin.markdown(thing)
    else:
        from briefing.render import plain

        words = plain.markdown(thing, zone=zone)
    if carried is None:
        return words
    from briefing.codec.carry import markdown_comment

    return words + markdown_comment(carried)


def mail(
    edition: "Edition",
    *,
    sender: str | None = None,
    to: Sequence[str] = (),
    carried: str | None = None,
) -> bytes:
    """Return an edition as a MIME message with a plain-text twin, ready for sendmail.

    Args:
        edition: What is sent.
        sender: The From address; None leaves it to the mail program.
        to: The addressees; may be empty.
        carried: What `codec.carry.pack` wrote, to travel as an attachment.
    """
    from briefing.render import post

    return post.make(edition, sender=sender, to=to, carried=carried)


def text(thing: "Summary | Edition", *, zone: str = "UTC") -> str:
    """Return a summary or an edition as plain text, with nothing that could steer a terminal."""
    from briefing.edition import Edition

    if isinstance(thing, Edition):
        from briefing.render import bulletin

        return bulletin.text(thing)
    from briefing.render import plain

    return plain.text(thing, zone=zone)


def _texts(carried: str | bytes | None) -> dict[str, str]:
    """Return the source texts, by ref, in what `codec.carry.pack` wrote; none where none are."""
    from briefing.codec.carry import source_texts

    return source_texts(carried) if carried else {}


def _several(things: "Things") -> "Sequence[Summary] | Edition":
    """Return one summary as a sequence of one."""
    from briefing.model import Summary

    return (things,) if isinstance(things, Summary) else things
