"""What the samples give, in files that a person can read; `scripts/goldens` writes them anew."""

import re
from dataclasses import replace
from pathlib import Path

from briefing import Failure, Plan, Summary, gather, render, summarise_all

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "goldens"
README = ROOT / "README.md"
ARTICLES = sorted((ROOT / "samples" / "articles").iterdir())
# Articles of other languages than English, each beside what it gave when it was last read.
ABROAD = sorted((Path(__file__).parent / "cases" / "languages").glob("*/*.txt"))


_SHOWN = re.compile(r"(<!-- golden: ([\w.-]+) -->).*?(<!-- /golden -->)", re.DOTALL)


def written(article: Path) -> str:
    """Return what `briefing summarise` prints of one sample."""
    sources = (replace(found, ref=f"articles/{article.name}") for found in gather([str(article)]))
    return "\n".join(_shown(outcome) for outcome in summarise_all(sources, Plan()))


def _shown(outcome: Summary | Failure) -> str:
    """Return an outcome as text."""
    if isinstance(outcome, Failure):
        return f"{outcome.ref}: {outcome.message}\n"
    return render.text(outcome)


def golden(article: Path) -> Path:
    """Return the file that holds what a sample gave when it was last looked at."""
    if article in ABROAD:
        return article.with_suffix(".golden")
    return FOLDER / f"{article.name}.txt"


def in_readme(text: str) -> str:
    """Return the README with what each golden that it shows gave, between its two marks."""
    return _SHOWN.sub(lambda found: f"{found[1]}\n{_indented(found[2])}\n{found[3]}", text)


def _indented(name: str) -> str:
    """Return a golden as a block of the README."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return "\n" + "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for sample in (*ARTICLES, *ABROAD):
        golden(sample).write_text(written(sample), encoding="utf-8")
    README.write_text(in_readme(README.read_text(encoding="utf-8")), encoding="utf-8")
