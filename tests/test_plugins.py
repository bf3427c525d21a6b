"""Plug-ins: names lead to code, built in or brought by other packages."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import plugins
from briefing.errors import UsageError

GROUP = "briefing.summarisers"
BUILT_IN = {"pi": "math:pi"}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put a small distribution on the path whose entry points the tests write."""
    (tmp_path / "shuffler-1.0.dist-info").mkdir()
    (tmp_path / "shuffler-1.0.dist-info" / "METADATA").write_text("Name: shuffler\nVersion: 1.0\n")
    (tmp_path / "shuffler_code.py").write_text("def shuffle():\n    return 'shuffled'\n")
    (tmp_path / "shuffler-1.0.dist-info" / "entry_points.txt").write_text(
        f"[{GROUP}]\n"
        "shuffle = shuffler_code:shuffle\n"
        "pi = shuffler_code:shuffle\n"
        "gone = shuffler_code:gone\n"
        "lost = no_such_module_of_shuffler:x\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    plugins._entry_points.cache_clear()
    yield tmp_path
    sys.modules.pop("shuffler_code", None)
    plugins._entry_points.cache_clear()


@pytest.mark.usefixtures("package")
def test_a_package_adds_a_method() -> None:
    """What an entry point names is found by its name, and listed after the built-in ones."""
    found = plugins.load(GROUP, "shuffle", built_in=BUILT_IN, kind="method")

    assert found() == "shuffled"
    assert plugins.names(GROUP, built_in=BUILT_IN) == ("pi", "gone", "lost", "shuffle")


@pytest.mark.usefixtures("package")
def test_a_package_replaces_nothing() -> None:
    """An entry point with the name of a built-in method does not take its place."""
    assert plugins.load(GROUP, "pi", built_in=BUILT_IN, kind="method") > 3


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("name", ["gone", "lost"])
def test_a_broken_package_is_named(name: str) -> None:
    """A plug-in that cannot be loaded is told with its package and what to do."""
    with pytest.raises(UsageError, match=f"method '{name}' of shuffler cannot be loaded.*remove"):
        plugins.load(GROUP, name, built_in=BUILT_IN, kind="method")


def test_an_unknown_name_lists_those_there_are() -> None:
    """A name that leads nowhere is answered with the names that do."""
    with pytest.raises(UsageError, match="no method is called 'tau'; there are pi"):
        plugins.load("briefing.no-such-group", "tau", built_in=BUILT_IN, kind="method")


def test_a_part_comes_without_the_whole() -> None:
    """Snowball and sumy load without NLTK's other parts, and leave nothing half-made behind."""
    code = """
import sys
from briefing import plugins
part = plugins.load_part(
    "nltk.stem.snowball",
    bare=("nltk", "nltk.stem"),
    stand_ins={"nltk.corpus": {"stopwords": None}},
)
assert part.FrenchStemmer().stem("maisons") == "maison"
assert not any(name.partition(".")[0] in ("nltk", "scipy") for name in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_part_of_nothing_is_told() -> None:
    """A package that is not installed is named as such."""
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        plugins.load_part("no_such_package.part", bare=("no_such_package",), stand_ins={})
