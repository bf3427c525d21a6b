"""`briefing check-sources`: which printed words no longer stand in their sources."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from briefing.cli.console import clock, refuse_missing
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.corrections import Corrected, Slip, Standing
    from briefing.edition import Edition
    from briefing.fetch import Fetcher
    from briefing.verify.now import Now

TOUCHED, UNCHECKED = 1, 3
"""Exit codes: something printed no longer stands; nothing is known of some of it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "exit code: 0 all stands, 1 something printed no longer stands (or an error), "
        "3 nothing is touched, but a source could not be checked"
    )
    add = parser.add_argument
    add("editions", nargs="+", metavar="EDITION", help="edition.json, or any other face of it")
    add("--sources", action="append", metavar="FOLDER", help="the sources as they are now")
    add("--fetch", action="store_true", help="ask the address of each article again")
    add("-o", "--output", metavar="FILE", help="write a correction slip: .html .pdf .md")
    add("--template", default="correction", metavar="PATH", help="a slip of your own")
    add("--now", metavar="TIME", help="the time of the check (default: the clock)")
    add("--json", action="store_true", help="print what was found as JSON")


def run(args: argparse.Namespace, *, fetcher: "Fetcher | None" = None) -> int:
    """Check the sources of the editions.

    Args:
        args: As `configure` has them parsed.
        fetcher: What reaches addresses; None: the network, when `--fetch` allows it.

    Returns:
        1 when something printed is touched; 3 when nothing is, but a source could not be
        checked; else 0.
    """
    from briefing.corrections import Slip, correct

    if not args.sources and not args.fetch:
        raise UsageError("say where the sources are: --sources FOLDER, or --fetch to ask the web")
    refuse_missing(args.sources or ())
    write = _writer(args.output) if args.output else _nothing
    editions = [_edition(name) for name in args.editions]
    standing = _standing(_asked(editions, args, fetcher))
    found = [correct(edition, standing) for edition in editions]
    slip = Slip(
        editions=tuple(c for c in found if c.corrections or c.unchecked),
        checked=clock(args.now),
        zone=editions[0].window.zone,
    )
    print(_as_json(found) if args.json else _as_text(found))
    write(slip, args)
    return _code(found)


def _code(found: "Sequence[Corrected]") -> int:
    """Return the exit code for what was found."""
    if any(corrected.touched for corrected in found):
        return TOUCHED
    return UNCHECKED if any(corrected.unchecked for corrected in found) else 0


def _edition(name: str) -> "Edition":
    """Return the edition that a file carries, which must be as it was made."""
    from functools import partial

    from briefing import bounds, files
    from briefing.codec.edition import named
    from briefing.errors import FormatError, LimitError, VerifyError
    from briefing.verify import LIMITS, edition_in

    document = files.read(Path(name), most=files.DOCUMENT)
    task, advice = partial(edition_in, name=name), "no edition of ours does"
    try:
        edition = bounds.run(task, document, limits=LIMITS, advice=advice)
    except (FormatError, LimitError, VerifyError) as error:
        told = str(error)
        raise VerifyError(told if told.startswith(name) else f"{name}: {told}") from error
    if edition.id != named(edition).id:
        raise VerifyError(f"{name} was changed since it was made: see `briefing verify {name}`")
    return edition


def _asked(
    editions: "list[Edition]", args: argparse.Namespace, fetcher: "Fetcher | None"
) -> "dict[str, Now]":
    """Return what each source says now: from the folders first, then from the web."""
    from briefing.verify.now import from_files, from_web, of_cited

    cited = {a.ref: a for e in editions for s in e.stories for a in s.articles}
    found = of_cited(cited, from_files(args.sources) if args.sources else {})
    if not args.fetch:
        return found
    unknown = [a for ref, a in cited.items() if ref not in found or found[ref].failed]
    with ExitStack() as stack:
        if fetcher is None:
            from briefing.fetch import WebFetcher

            fetcher = stack.enter_context(WebFetcher())
        return {**found, **from_web(unknown, fetcher)}


def _standing(asked: "Mapping[str, Now]") -> "dict[str, Standing]":
    """Return what is known of the sources, and why nothing is of those that could not be had."""
    from briefing.corrections import Standing

    return {
        ref: Standing(article=now.article, withdrawn=now.withdrawn, failed=now.failed)
        for ref, now in asked.items()
    }


def _as_text(found: "Sequence[Corrected]") -> str:
    """Return the lines that tell a person what was found, with nothing a terminal obeys."""
    from briefing.render.safe import one_line

    lines = [line for corrected in found for line in _shown(corrected)]
    return "\n".join(line[: len(line) - len(line.lstrip())] + one_line(line) for line in lines)


def _shown(corrected: "Corrected") -> "Iterator[str]":
    """Yield the lines that tell what was found in one edition."""
    count = len(corrected.touched)
    said = f"{count} printed {'thing is' if count == 1 else 'things are'} touched"
    yield f"{corrected.edition.id}: {said if count else 'no printed word is touched'}"
    for correction in corrected.corrections:
        why = f"withdrawn: {correction.withdrawn}" if correction.withdrawn else "changed"
        yield f"  {correction.article.ref}: {why}"
        for touched in correction.touched:
            yield f"    “{touched.headline}” ({touched.story}), {touched.what}: {touched.printed!r}"
            if touched.now is not None:
                yield f"      the source now says: {touched.now!r}"
    for unchecked in corrected.unchecked:
        yield f"  {unchecked.article.ref}: could not be checked: {unchecked.why}"


def _as_json(found: "Sequence[Corrected]") -> str:
    """Return what was found as JSON."""
    from briefing.codec.indented import dumps

    return dumps([_plain(corrected) for corrected in found]).rstrip("\n")


def _plain(corrected: "Corrected") -> dict[str, Any]:
    """Return what was found in one edition as plain values."""
    return {
        "edition": corrected.edition.id,
        "corrections": [
            {
                "ref": c.article.ref,
                "outlet": c.article.outlet,
                "withdrawn": c.withdrawn or None,
                "touched": [asdict(touched) for touched in c.touched],
            }
            for c in corrected.corrections
        ],
        "unchecked": [{"ref": u.article.ref, "why": u.why} for u in corrected.unchecked],
    }


def _nothing(_slip: "Slip", _args: argparse.Namespace) -> None:
    """Write no slip."""


def _writer(output: str) -> Any:
    """Return what writes the slip as the ending of *output* asks.

    Raises:
        UsageError: It asks for what there is not.
    """
    writers = {".html": _html, ".htm": _html, ".pdf": _pdf, ".md": _markdown}
    kind = PurePath(output).suffix.lower()
    if kind not in writers:
        raise UsageError(f"{output}: a correction slip is .html, .pdf or .md")

    def write(slip: "Slip", args: argparse.Namespace) -> None:
        from briefing.atomic import write as write_whole

        write_whole(Path(output), writers[kind](slip, args.template))

    return write


def _html(slip: "Slip", template: str) -> bytes:
    """Return the slip as a page."""
    from briefing.render.slip import html

    return html(slip, template=template).encode()


def _pdf(slip: "Slip", template: str) -> bytes:
    """Return the slip as a PDF."""
    from briefing.render.slip import pdf

    return pdf(slip, template=template)


def _markdown(slip: "Slip", _template: str) -> bytes:
    """Return the slip as Markdown, which has no template."""
    from briefing.render.slip import markdown

    return markdown(slip).encode()
