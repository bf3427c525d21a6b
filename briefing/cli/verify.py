"""`briefing verify`: a finished document against itself and its sources."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from briefing import bounds, files
from briefing.cli.console import refuse_missing
from briefing.codec.summary import dumps
from briefing.errors import FormatError, LimitError, UnreadableError, VerifyError
from briefing.render.safe import one_line
from briefing.verify import LIMITS, Finding, Report, verify
from briefing.verify.now import Now, from_files


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("documents", nargs="+", metavar="FILE", help="edition.pdf, .html, .json, .md or .eml")
    add(
        "--sources",
        action="append",
        metavar="FOLDER",
        help="check against these files, too, as they are now; may be given again",
    )
    add("--template", metavar="PATH", help="the template of your own that made it")
    add("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Verify each document; return 1 when anything failed."""
    refuse_missing(args.sources or ())
    sources = from_files(args.sources) if args.sources else None
    check = partial(_verified, sources=sources, template=args.template)
    if len(args.documents) == 1:
        reports = {args.documents[0]: check(args.documents[0])}
    else:
        reports = {name: _failed_or(check, name) for name in args.documents}
    if args.json:
        plain = [{"document": name, "passed": r.passed, **asdict(r)} for name, r in reports.items()]
        print(dumps(plain[0] if len(plain) == 1 else plain), end="")
    else:
        for name, report in reports.items():
            print("\n".join(_shown(name, report)))
    return 0 if all(r.passed for r in reports.values()) else 1


def _failed_or(check: Callable[[str], Report], name: str) -> Report:
    """Return the report on one of several documents: one that is damaged ends not the others."""
    try:
        return check(name)
    except (FormatError, UnreadableError, VerifyError) as error:
        return Report(edition=None, findings=(Finding(where="document", what=str(error)),))


def _verified(name: str, *, sources: dict[str, Now] | None, template: str | None) -> Report:
    """Return the report on one document, made in a process with limits.

    Raises:
        VerifyError: It cannot be examined, or is a bomb.
    """
    task = partial(verify, name=name, sources=sources, template=template)
    try:
        document = files.read(Path(name), most=files.DOCUMENT)
        return bounds.run(task, document, limits=LIMITS, advice="no edition of ours does")
    except (LimitError, VerifyError) as error:
        told = str(error)
        raise VerifyError(told if told.startswith(name) else f"{name}: {told}") from error


def _shown(name: str, report: Report) -> list[str]:
    """Return the lines that tell a person what was checked and what failed."""
    title = f"{name}: edition {report.edition or 'unknown'}"
    if not report.passed:
        count = len(report.findings)
        head = f"{title}: FAILED, {count} {'thing is' if count == 1 else 'things are'} wrong"
        return [head, *(f"  {one_line(str(finding))}" for finding in report.findings)]
    checked = f"{report.points} points stand in their sources"
    pages = f", every word of {report.pages} pages is accounted for" if report.pages else ""
    if not report.whole:
        pages = ", its own words are on the pages (made by another template: name it)"
    lines = [f"{title}: verified: {checked}{pages}"]
    if report.unsourced:
        count = len(report.unsourced)
        refs = ", ".join(report.unsourced[:5]) + (" …" if count > 5 else "")
        lines.append(f"  not checked against a source: {count} articles whose text is not carried")
        lines.append(f"  ({one_line(refs)}); give their folder with --sources")
    if report.absent:
        lines.append(f"  not among the sources given: {len(report.absent)} articles")
    return lines
