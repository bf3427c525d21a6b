"""A large edition laid out in parts: sections side by side in processes, then joined.

Layout is most of a PDF's time and needs nothing from its neighbours but page numbers. So each
section is a document of its own, as many at once as there are cores; the contents are laid out
last, with the numbers then known as plain text, which also spares WeasyPrint its second layout.
How many processes there were leaves no trace in the bytes.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from briefing.edition import Edition
from briefing.render import page, view
from briefing.render.jobs import Job, Part
from briefing.render.looks import Look
from briefing.render.page import Setting
from briefing.render.stitch import GOTO
from briefing.render.workers import Workers

LARGE = 30
"""Stories above which an edition is laid out in parts. Of 50 stories that takes a fifth more
processor time, for a second process, and two thirds of the time by the clock. Below, there is
little to share."""

RUN = 25
"""Stories of one part at most: a part of 25 is some 19 pages and takes .5 s, so that cores are
kept busy to the end. WeasyPrint takes longer for each page of a longer document; parts of 40 or 15
take 2 and 0 % more in all, and each brings its own fonts."""

_FIRST = 9_500_001
# The first of the numbers that stand in the front for those of pages: no number of an edition, all
# of one width, and narrow enough for the room there is.

_ANCHOR = re.compile(r'\bid="([^"]+)"')
_SEVEN = re.compile(r"\A\d{7}\Z")
_TOKEN = re.compile(r">(\d{7})<")
_REFERENCE = re.compile(r'\bhref="#([^"]+)"')


def is_large(things: object, look: Look) -> bool:
    """Return whether *things* are worth laying out in parts, and the look can do it."""
    return look.parts and isinstance(things, Edition) and len(things.stories) > LARGE


def make(edition: Edition, look: Look, *, setting: Setting, job: Job, workers: Workers) -> bytes:
    """Return the PDF of a large edition.

    Args:
        edition: What is printed.
        look: One whose page knows `only` and `pages`.
        setting: When and where it was compiled.
        job: What all processes have in common, and the attachments.
        workers: The processes.

    Raises:
        RenderError: A process failed, or went over its limits.
    """
    book = view.edition(edition)
    tokens = {anchor: str(_FIRST + n) for n, anchor in enumerate(_anchors(book))}
    contents = {"only": "front", "view": book}
    stands: dict[str, str] = {}

    def written(extra: Mapping[str, Any]) -> str:
        """Return the page of a part."""
        html = _page(edition, look, setting=setting, extra=extra)
        if extra["only"] == "front":
            html, known = _each_its_own(html, {token: anchor for anchor, token in tokens.items()})
            stands.update(known)
        return html

    is_last = look.numbers_last and not any(_SEVEN.match(text.strip()) for text in _words(edition))
    parts = [{**contents, "pages": tokens}, *_parts(book, look)]
    told = _lay_out(parts, job, written=written, workers=workers, is_drawn=is_last)
    pages = _pages(told)
    documents = tuple(part.document for part in told)
    if is_last:
        numbers = {token: str(pages[anchor]) for token, anchor in stands.items()}
        return workers.ask(replace(job, joined=documents, numbers=numbers)).document
    numbered = _page(edition, look, setting=setting, extra={**contents, "pages": pages})
    last = replace(job, page=numbered, joined=documents[1:], among=len(documents))
    return workers.ask(last).document


def _pages(told: Sequence[Part]) -> dict[str, int]:
    """Return the page of each anchor behind the front, counted from 1 through the whole."""
    pages, before = dict[str, int](), told[0].count
    for part in told[1:]:
        pages |= {name: before + place + 1 for name, place in part.anchors.items()}
        before += part.count
    return pages


def _words(edition: Edition) -> Iterator[str]:
    """Yield what strangers wrote that may stand alone in the front, as a page number does."""
    yield from (edition.title, edition.id, edition.signed_off or "")
    yield from (section.title for section in edition.sections)
    for story in edition.stories:
        yield story.headline
        yield from (article.outlet for article in story.articles)
        yield from (point.text for point in (*story.points, *story.new))


def _each_its_own(front: str, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the front with another placeholder at each place, and which anchor each stands for.

    An anchor has several places where a story is both a lead and in the contents.
    """
    stands: dict[str, str] = {}

    def own(found: re.Match[str]) -> str:
        if found[1] not in known:
            return found[0]
        token = str(_FIRST + len(known) + len(stands))
        stands[token] = known[found[1]]
        return f">{token}<"

    return _TOKEN.sub(own, front), stands


def _page(edition: Edition, look: Look, *, setting: Setting, extra: Mapping[str, Any]) -> str:
    """Return the HTML of one part, its links into other parts as addresses to be joined."""
    folio = {"face": "pdf", "folio": page.PLACEHOLDER}
    html = page.make(edition, look, setting=setting, extra={**folio, **extra})
    own = set(_ANCHOR.findall(html))
    # Quotation marks in text are escaped, so this matches nothing but attributes.
    return _REFERENCE.sub(lambda m: m[0] if m[1] in own else f'href="{GOTO}{m[1]}"', html)


def _parts(book: view.Book, look: Look) -> Iterator[dict[str, Any]]:
    """Yield what each part but the front prints: runs of stories, then the back, maybe in two."""
    for section in book.sections:
        for start in range(0, len(section.stories), RUN):
            run = replace(
                section, stories=section.stories[start : start + RUN], continued=start > 0
            )
            yield {"only": "body", "view": replace(book, sections=(run,))}
    back = ("clips", "account")[not book.clips :] if look.back_apart else ("back",)
    yield from ({"only": name, "view": book} for name in back)


def _weight(part: Mapping[str, Any]) -> float:
    """Return about how long a part takes to lay out, that of a story being 1."""
    shown: view.Book = part["view"]
    if part["only"] == "body":
        return sum(len(section.stories) for section in shown.sections)
    return len(shown.clips) / (20 if part["only"] == "front" else 10)


def _anchors(book: view.Book) -> Iterator[str]:
    """Yield each place that the front leads to."""
    for section in book.sections:
        yield section.anchor
        yield from (shown.anchor for shown in section.stories)
    yield from ("clips", "account")


def cores() -> int:
    """Return how many processes can run at once here."""
    # Not on every system can a process be told which cores it may use.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _lay_out(
    parts: Sequence[Mapping[str, Any]],
    job: Job,
    *,
    written: Callable[[Mapping[str, Any]], str],
    workers: Workers,
    is_drawn: bool,
) -> list[Part]:
    """Return what came of each part, on as many cores as there are.

    The first is only measured, unless it *is_drawn*: then it bears the attachments.
    """
    first = replace(job, is_part=True, among=len(parts))
    usual = replace(first, attachments=())
    if not is_drawn:
        first = replace(usual, measured=True)
    # Longest first, each to the process that is free first, so that all end at about one time;
    # and each is laid out while the next is written.
    order = sorted(range(len(parts)), key=lambda n: (-_weight(parts[n]), n))
    with ThreadPoolExecutor(workers.count) as pool:
        asked: dict[int, Future[Part]] = {}
        try:
            for n in order:
                html = written(parts[n])
                asked_for = replace(usual if n else first, page=html, place=n)
                asked[n] = pool.submit(workers.ask, asked_for)
            return [asked[n].result() for n in range(len(parts))]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
