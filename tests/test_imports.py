"""What starts quickly stays quick: which modules are loaded, said by name and not by time."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "weasyprint", "lxml", "sqlite3", "jinja2", "nltk", "numpy", "sumy", "trafilatura", "pydantic",
)  # fmt: skip
"""Each costs from 20 ms to seconds and is needed by some commands alone."""

ARTICLE = """Council refuses the mayor's budget

By Ada Vale

The council of Elmstead refused the mayor's budget on Monday after a debate of six hours.

"We gave this town nine winters," the mayor, Boris Oduya, told the council. "Nobody asked for it."

The libraries will close in May unless a new budget passes, the council said. It meets on Thursday.
"""


def _loaded(code: str, *, folder: Path | None = None) -> set[str]:
    """Return the top-level modules that are loaded when *code* has run in a fresh process."""
    shown = "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{shown}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.rsplit("LOADED ", 1)[1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import briefing",
        "from briefing.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
        "from briefing.cli import main\ntry: main(['summarise', '-h'])\nexcept SystemExit: pass",
    ],
    ids=["import briefing", "briefing --help", "briefing summarise --help"],
)
def test_nothing_heavy_is_loaded_to_start(code: str) -> None:
    """Importing the package and asking for help load no heavy library and no stage."""
    assert not _loaded(code) & set(HEAVY)


def test_a_text_article_loads_nothing_heavy(tmp_path: Path) -> None:
    """From a text file to points in the terminal no library is needed but Python's own.

    py3langid tells the language with NumPy; a short article in English must not need it.
    """
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    code = "from briefing.cli import main\nassert main(['summarise', 'article.txt']) == 0"
    loaded = _loaded(code, folder=tmp_path)

    assert "briefing" in loaded
    assert not loaded & (set(HEAVY) - {"numpy"})


def test_a_method_of_sumy_does_not_load_nltk(tmp_path: Path) -> None:
    """Asking for LexRank costs NumPy and sumy, not NLTK."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    code = (
        "from briefing.cli import main\n"
        "assert main(['summarise', 'article.txt', '--method', 'lexrank']) == 0"
    )

    assert "nltk" not in _loaded(code, folder=tmp_path)
