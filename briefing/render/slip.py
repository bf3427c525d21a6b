"""A correction slip as HTML, PDF or Markdown, from a template."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.corrections import Corrected, Correction, Slip
from briefing.edition import StoryArticle
from briefing.render import page, paper, safe, times
from briefing.render.looks import find
from briefing.render.plain import address, escaped

if TYPE_CHECKING:
    from briefing.render.paper import RenderLimits

LOOK = "correction"


def html(slip: Slip, *, template: str | Path = LOOK) -> str:
    """Return the slip as a self-contained page.

    Raises:
        UsageError: There is no such look, or it is for something else.
        TemplateError: The template is broken; the message names file and line.
    """
    setting = page.Setting(compiled=slip.checked, zone=slip.zone)
    return page.make(slip, find(template), setting=setting, extra={"face": "html"})


def pdf(slip: Slip, *, template: str | Path = LOOK, limits: "RenderLimits | None" = None) -> bytes:
    """Return the slip as a PDF. Raises what `html` does, and RenderError."""
    setting = page.Setting(compiled=slip.checked, zone=slip.zone)
    return paper.make(slip, find(template), setting=setting, limits=limits or paper.RenderLimits())


def markdown(slip: Slip) -> str:
    """Return the slip as Markdown, every stranger's character standing for itself."""
    lines = ["# Correction", "", f"Sources checked {times.moment(slip.checked, slip.zone)}.", ""]
    for corrected in slip.editions:
        lines += _edition(corrected)
    return "\n".join(lines)


def _edition(corrected: Corrected) -> Iterator[str]:
    """Yield what is to be corrected in one edition."""
    of = corrected.edition
    yield from (f"## {escaped(of.title)}, edition {of.number} ({escaped(of.id)})", "")
    for correction in corrected.corrections:
        yield from _correction(correction)
    if corrected.unchecked:
        yield from ("### Could not be checked", "")
        for unchecked in corrected.unchecked:
            article = unchecked.article
            outlet, ref = escaped(article.outlet), escaped(article.ref)
            yield f"- {outlet}: {_linked(article)} ({ref}): {escaped(unchecked.why)}"
        yield ""


def _linked(article: StoryArticle) -> str:
    """Return the title of an article, leading to it where it may be linked to."""
    link = safe.link(article.url)
    title = escaped(article.title)
    return f"[{title}]({address(link)})" if link else title


def _correction(correction: Correction) -> Iterator[str]:
    """Yield what is to be corrected of one article."""
    article = correction.article
    yield from (f"### {escaped(article.outlet)}: {_linked(article)}", "")
    if correction.withdrawn:
        yield from (f"Withdrawn: {escaped(correction.withdrawn)}.", "")
    if not correction.touched:
        yield from ("The article was changed; no printed word is touched.", "")
    for touched in correction.touched:
        yield f"- {escaped(touched.headline)}, {touched.what}. We printed:"
        yield from ("", f"  > {escaped(touched.printed)}", "")
        if touched.now is not None:
            yield from ("  The source now says:", "", f"  > {escaped(touched.now)}", "")
        elif not correction.withdrawn:
            yield from ("  The source no longer says this.", "")
