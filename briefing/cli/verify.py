"""`briefing verify`: a finished document against itself and its sources."""

import argparse
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from briefing import bounds, files
from briefing.cli.console import refuse_missing
from briefing.codec.indented import dumps
from briefing.errors import FormatError, LimitError, UnreadableError, VerifyError
from briefing.render.safe import one_line
from briefing.verify import LIMITS, Finding, Report, verify
from briefing.verify.now import Now, from_files

UNCHECKED = 3
"""Exit code: nothing failed, but nothing is known of some source that was to be checked."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "exit code: 0 verified, 1 something is wrong (or an error), "
        "3 nothing is wrong, but a source of --sources could not be checked"
    )
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
    """Verify each document.

    Returns:
        1 when anything failed; 3 when nothing did, but a source could not be checked; else 0.
    """
    refuse_missing(args.sources or ())
    sources = from_files(args.sources) if args.sources else None
    reports = _reports(args.documents, partial(_verified, sources=sources, template=args.template))
    if args.json:
        plain = [{"document": name, "passed": r.passed, **asdict(r)} for name, r in reports.items()]
        print(dumps(plain[0] if len(plain) == 1 else plain), end="")
    else:
        for name, report in reports.items():
            print("\n".join(_shown(name, report)))
    return _exit_code(reports.values())


def _reports(names: Sequence[str], check: Callable[[str], Report]) -> dict[str, Report]:
    """Return the report on each document; of one alone, what keeps it from a report is raised."""
    if len(names) == 1:
        return {names[0]: check(names[0])}
    return {name: _failed_or(check, name) for name in names}


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


def _exit_code(reports: Collection[Report]) -> int:
    """Return how the whole ended: a document that failed outweighs one not checked in full."""
    if not all(report.passed for report in reports):
        return 1
    return 0 if all(report.complete for report in reports) else UNCHECKED


def _shown(name: str, report: Report) -> list[str]:
    """Return the lines that tell a person what was checked and what failed."""
    title = f"{name}: edition {report.edition or 'unknown'}"
    if not report.passed:
        count = len(report.findings)
        head = f"{title}: FAILED, {count} {'thing is' if count == 1 else 'things are'} wrong"
        found = (f"  {one_line(str(finding))}" for finding in report.findings)
        return [head, *found, *_unchecked(report)]
    checked = f"{report.points} points stand in their sources"
    pages = f", every word of {report.pages} pages is accounted for" if report.pages else ""
    if not report.whole:
        pages = ", its own words are on the pages (made by another template: name it)"
    lines = [f"{title}: verified: {checked}{pages}"]
    if report.unsourced:
        told = _counted(report.unsourced)
        lines.append(f"  not checked against a source, for its text is not carried: {told}")
        lines.append("  give their folder with --sources")
    return [*lines, *_unchecked(report)]


def _unchecked(report: Report) -> list[str]:
    """Return the lines that name the sources of which nothing is known."""
    lines = [one_line(f"{ref}: could not be checked: {why}") for ref, why in report.unchecked]
    if report.absent:
        lines.append(f"not among the sources given: {_counted(report.absent)}")
    return [f"  {line}" for line in lines]


def _counted(refs: Sequence[str]) -> str:
    """Return how many articles there are, and the names of the first of them.

    >>> _counted(["a.txt"])
    '1 article (a.txt)'
    """
    count = len(refs)
    named = ", ".join(refs[:5]) + (" …" if count > 5 else "")
    return f"{count:,} {'article' if count == 1 else 'articles'} ({one_line(named)})"
