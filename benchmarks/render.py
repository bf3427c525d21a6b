"""PDF of a daily edition: ours, plain WeasyPrint and headless Chromium, side by side in one run.

    python benchmarks/render.py [STORIES ...] [--rounds N] [--out docs/benchmarks/render.md]

An edition of N stories cites about 2 N articles, all invented. Ours is tagged PDF/A-3a with
contents, running headers and an attachment of the edition's size. Plain WeasyPrint prints the
same page and stylesheet, tagged, in a process of its own. Chromium prints our HTML; it has no
page numbers in the contents, no running headers, no attachments.

The other faces are made in the same rounds, each alone and with the edition's JSON inside as
`briefing daily` writes it; their share is of our PDF's wall time.
"""

import argparse
import contextlib
import ctypes
import os
import pickle
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from factories import COMPILED, edition  # noqa: E402

from briefing import render  # noqa: E402
from briefing.codec.carry import pack  # noqa: E402
from briefing.codec.edition import dump_edition  # noqa: E402
from briefing.edition import Edition  # noqa: E402
from briefing.render import fonts, looks, page, paper  # noqa: E402

INSIDE = ", edition inside"

Way = Callable[[], object]

PLAIN = """
import pickle, sys
from pathlib import Path
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
html, css, folder = pickle.load(sys.stdin.buffer)
config = FontConfiguration()
style = CSS(string=css, font_config=config)
HTML(string=html).write_pdf(sys.argv[1], stylesheets=[style], font_config=config,
                            pdf_variant="pdf/a-3a")
"""


def main() -> None:
    """Measure each way at each size and print the table."""
    args = _arguments()
    rows, shares = [], []
    with tempfile.TemporaryDirectory() as folder:
        for stories in args.stories:
            printed, faces = _measured(stories, rounds=args.rounds, folder=Path(folder))
            rows += printed
            shares += faces
    table = _table(rows, shares, args)
    print(table)
    if args.out:
        args.out.write_text(table, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", nargs="*", type=int, default=[10, 50, 250])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn; medians")
    parser.add_argument("--out", type=Path, help="also write the table here, as Markdown")
    return parser.parse_args()


def _measured(
    stories: int, *, rounds: int, folder: Path
) -> tuple[list[list[str]], list[list[str]]]:
    """Return a row for each way of printing at one size, and a row for each other face."""
    made = edition(stories, marking="OFFICIAL")
    articles = str(sum(len(story.articles) for story in made.stories))
    ways, faces = _ways(made, folder), _faces(made)
    medians = _medians(ways, faces, rounds=rounds)
    rows = []
    for name in ways:
        wall, cpu, peak = medians[name]
        pages = _pages(folder / f"{name}.pdf")
        rows.append([articles, name, pages, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}"])
    return rows, _shares(articles, {name: medians[name] for name in faces}, medians["ours"][0])


def _medians(
    ways: Mapping[str, Way], faces: Mapping[str, Way], *, rounds: int
) -> dict[str, list[float]]:
    """Return what each took in rounds in turn: wall and processor seconds, MB."""
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in (*ways, *faces)}
    for way in faces.values():
        way()  # so that the libraries are loaded, as they are for what is printed
    for _ in range(rounds):
        for name, way in ways.items():
            runs[name].append(_run(way))
        for name, way in faces.items():
            runs[name].append(_here(way))
    return {
        name: [statistics.median(column) for column in zip(*measured, strict=True)]
        for name, measured in runs.items()
    }


def _shares(articles: str, medians: Mapping[str, Sequence[float]], pdf: float) -> list[list[str]]:
    """Return a row for each face and for all together: seconds, and the share of the PDF's."""
    rows = []
    for inside in ("", INSIDE):
        of = {name: m for name, m in medians.items() if name.endswith(INSIDE) == bool(inside)}
        sums = [sum(column) for column in zip(*of.values(), strict=True)]
        for name, (wall, cpu, _) in {**of, f"all four{inside}": sums}.items():
            rows.append([articles, name, f"{wall:.3f}", f"{cpu:.3f}", f"{wall / pdf:.3f}"])
    return rows


def _ways(made: Edition, folder: Path) -> dict[str, Way]:
    """Return each way of printing the edition, as a function that a fresh process runs."""
    setting = page.Setting(compiled=COMPILED, zone="UTC")
    look = looks.find("daily")
    html = folder / "edition.html"
    html.write_text(render.html(made, template="daily", compiled=COMPILED, zone="UTC"))
    size = len(html.read_bytes())
    carried = [paper.Attachment(name="texts.txt", content=b"x" * size, media_type="text/plain")]

    def ours() -> None:
        document = render.pdf(
            made, template="daily", compiled=COMPILED, zone="UTC", attachments=carried
        )
        (folder / "ours.pdf").write_bytes(document)

    def plain() -> None:
        markup = page.make(made, look, setting=setting, extra={"face": "pdf"})
        css = fonts.stylesheet() + page.stylesheet(look, look.print)
        css = css.replace("fonts:", fonts.folder().as_uri() + "/")
        command = [sys.executable, "-c", PLAIN, str(folder / "WeasyPrint.pdf")]
        job = pickle.dumps((markup, css, ""))
        subprocess.run(command, input=job, check=True, stderr=subprocess.DEVNULL)

    ways: dict[str, Way] = {"ours": ours, "WeasyPrint": plain}
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium:
        options = "--headless --no-sandbox --disable-gpu --disable-background-networking"
        command = [chromium, *options.split(), "--no-pdf-header-footer"]
        command += [f"--print-to-pdf={folder / 'Chromium.pdf'}", html.as_uri()]
        ways["Chromium"] = lambda: _quiet(command)
    return ways


def _faces(made: Edition) -> dict[str, Way]:
    """Return each way of making another face, alone and with the edition inside."""
    packed = pack(made, {})

    def html(carried: str | None) -> object:
        return render.html(made, template="daily", compiled=COMPILED, zone="UTC", carried=carried)

    return {
        "HTML": lambda: html(None),
        "JSON": lambda: dump_edition(made),
        "Markdown": lambda: render.markdown(made),
        "mail": lambda: render.mail(made),
        f"HTML{INSIDE}": lambda: html(packed),
        f"JSON{INSIDE}": lambda: pack(made, {}),
        f"Markdown{INSIDE}": lambda: render.markdown(made, carried=packed),
        f"mail{INSIDE}": lambda: render.mail(made, carried=packed),
    }


def _quiet(command: Sequence[str]) -> None:
    """Run a command without its chatter."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _run(way: Way) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds of all processes, and MB of the largest process.

    What a browser's helpers use counts, too: they outlive it and become children of the process
    that is measured.
    """
    said, say = os.pipe()
    child = os.fork()
    if child == 0:
        _adopt()
        begun = time.perf_counter()
        way()
        os.write(say, str(time.perf_counter() - begun).encode())
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        os._exit(0)
    os.close(say)
    _, status, own = os.wait4(child, 0)
    with os.fdopen(said) as told:
        wall = told.read()
    if status or not wall:
        raise SystemExit("a way of printing failed; run it alone to see why")
    return float(wall), own.ru_utime + own.ru_stime, own.ru_maxrss / 1000


def _here(way: Way) -> tuple[float, float, float]:
    """Return the same of a way that needs no other process; of its memory nothing is told."""
    begun, used = time.perf_counter(), time.process_time()
    way()
    return time.perf_counter() - begun, time.process_time() - used, 0


def _adopt() -> None:
    """Become the parent of all processes below this one whose own parents end. Linux only."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def _pages(document: Path) -> str:
    """Return how many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(document) as read:
        return str(len(read))


def _table(
    rows: Sequence[Sequence[str]], shares: Sequence[Sequence[str]], args: argparse.Namespace
) -> str:
    """Return the figures as Markdown, with where they were measured."""
    words = " ".join(str(n) for n in args.stories)
    lines = [
        "# Rendering", "",
        f"`python benchmarks/render.py {words} --rounds {args.rounds}`, medians of "
        f"{args.rounds}, {len(os.sched_getaffinity(0))} cores, Python "
        f"{platform.python_version()}, WeasyPrint {_version('weasyprint')}.", "",
        "| articles | | pages | wall s | CPU s | largest process MB |",
        "|---|---|---|---|---|---|",
        *("| " + " | ".join(row) + " |" for row in rows), "",
        "| articles | face | wall s | CPU s | of our PDF's wall |",
        "|---|---|---|---|---|",
        *("| " + " | ".join(row) + " |" for row in shares),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _version(package: str) -> str:
    """Return the version of an installed package."""
    from importlib.metadata import version

    return version(package)


if __name__ == "__main__":
    main()
