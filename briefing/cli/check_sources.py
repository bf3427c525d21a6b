"""`briefing check-sources`: which printed words no longer stand in their sources."""

import argparse
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from briefing.cli.console import clock
from briefing.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from briefing.corrections import Corrected, Slip
    from briefing.edition import Edition
    from briefing.fetch import Fetcher
    from briefing.verify.now import Now


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("editions", nargs="+", metavar="EDITION", help="edition.json, or any other face of it")
    add("--sources", action="append", metavar="FOLDER", help="the sources as they are now")
    add("--fetch", action="store_true", help="ask the address of each article again")
    add("-o", "--output", metavar="FILE", help="write a correction slip: .html .pdf .md")
    add("--template", default="correction", metavar="PATH", help="a slip of your own")
    add("--now", metavar="TIME", help="the time of the check (default: the clock)")
    add("--json", action="store_true", help="print what was found as JSON")


def run(args: argparse.Namespace, *, fetcher: "Fetcher | None" = None) -> int:
    """Check the sources of the editions; return 1 when something printed is touched.

    Args:
        args: As `configure` has them parsed.
        fetcher: What reaches addresses; None: the network, when `--fetch` allows it.
    """
    from briefing.corrections import Slip, correct

    if not args.sources and not args.fetch:
        raise UsageError("say where the sources are: --sources FOLDER, or --fetch to ask the web")
    write = _writer(args.output) if args.output else None
    editions = [_edition(name) for name in args.editions]
    asked = _asked(editions, args, fetcher)
    found = [correct(edition, _standing(asked)) for edition in editions]
    slip = Slip(
        editions=tuple(c for c in found if c.corrections),
        checked=clock(args.now),
        zone=editions[0].window.zone,
    )
    if args.json:
        print(json.dumps([_plain(c, asked) for c in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(line for c in found for line in _shown(c, asked)))
    if write is not None:
        write(slip, args)
    return 1 if any(c.touched for c in found) else 0


def _edition(name: str) -> "Edition":
    """Return the edition that a file carries, which must be as it was made."""
    from briefing.codec.edition import digest
    from briefing.errors import VerifyError
    from briefing.verify import edition_in

    try:
        document = Path(name).read_bytes()
    except OSError as error:
        raise UnreadableError(f"{name} cannot be read: {error.strerror}; check the path") from error
    edition = edition_in(document, name=name)
    if edition.id.rpartition("-")[2] != digest(edition):
        raise VerifyError(f"{name} was changed since it was made: see `briefing verify {name}`")
    return edition


def _asked(
    editions: "list[Edition]", args: argparse.Namespace, fetcher: "Fetcher | None"
) -> "dict[str, Now]":
    """Return what each source says now: from the folders first, then from the web."""
    from briefing.verify.now import from_files, from_web

    found = from_files(args.sources) if args.sources else {}
    if not args.fetch:
        return found
    cited = {a.ref: a for e in editions for s in e.stories for a in s.articles}
    unknown = [a for ref, a in cited.items() if ref not in found]
    with ExitStack() as stack:
        if fetcher is None:
            from briefing.fetch import WebFetcher

            fetcher = stack.enter_context(WebFetcher())
        return {**found, **from_web(unknown, fetcher)}


def _standing(asked: "Mapping[str, Now]") -> dict[str, Any]:
    """Return what is known of the sources; what failed is not known."""
    from briefing.corrections import Standing

    return {
        ref: Standing(article=now.article, withdrawn=now.withdrawn)
        for ref, now in asked.items()
        if not now.failed
    }


def _shown(corrected: "Corrected", asked: "Mapping[str, Now]") -> list[str]:
    """Return the lines that tell a person what was found in one edition."""
    from briefing.render.safe import one_line

    count = len(corrected.touched)
    said = f"{count} printed {'thing is' if count == 1 else 'things are'} touched"
    lines = [f"{corrected.edition.id}: {said if count else 'no printed word is touched'}"]
    for correction in corrected.corrections:
        why = f"withdrawn: {correction.withdrawn}" if correction.withdrawn else "changed"
        lines.append(f"  {correction.article.ref}: {why}")
        for touched in correction.touched:
            lines.append(f"    story {touched.story}, {touched.what}: {touched.printed!r}")
            if touched.now is not None:
                lines.append(f"      the source now says: {touched.now!r}")
    lines += [
        f"  {ref}: not checked: {asked[ref].failed if ref in asked else 'not found'}"
        for ref in _unknown(corrected.edition, asked)
    ]
    return [one_line(line) if not line.startswith(" ") else _indented(line) for line in lines]


def _indented(line: str) -> str:
    """Return a line, its indent kept, with nothing in it that a terminal obeys."""
    from briefing.render.safe import one_line

    return line[: len(line) - len(line.lstrip())] + one_line(line)


def _unknown(edition: "Edition", asked: "Mapping[str, Now]") -> list[str]:
    """Return the refs of an edition of which nothing is known now."""
    cited = {a.ref for story in edition.stories for a in story.articles}
    return sorted(ref for ref in cited if ref not in asked or asked[ref].failed)


def _plain(corrected: "Corrected", asked: "Mapping[str, Now]") -> dict[str, Any]:
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
        "unchecked": _unknown(corrected.edition, asked),
    }


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
