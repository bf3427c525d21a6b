"""briefing.toml: every default said, every mistake shown in its line."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.compose import Length, SectionRule
from briefing.config import Config, check, load, starter
from briefing.errors import ConfigError, UsageError
from briefing.limits import Limits
from briefing.rights import Cap
from briefing.toml import parse


def config(text: str) -> Config:
    """Return what a file says."""
    return check(parse(text, "briefing.toml"), folder=Path("office"))


def test_the_file_that_init_writes_says_the_defaults() -> None:
    """It changes nothing but the folder to read."""
    assert config(starter()) == Config(sources=["inbox"], folder=Path("office"))


def test_what_the_file_shows_as_a_default_is_one() -> None:
    """Each commented `key = value` that is no example is the value one has without it."""
    shown = _uncommented(starter())
    for key in (
        "weights",
        "outlets",
        "mail",
        "marking",
        "watch",
        "allow_networks",
    ):  # these are examples
        shown.pop(key)
    shown["rights"].pop("outlets")
    shown.pop("section")

    found = config(_toml(shown)).model_dump(mode="json", exclude={"folder"})

    assert found == Config(sources=["inbox"]).model_dump(mode="json", exclude={"folder"})
    unshown = Config.model_fields.keys() - _uncommented(starter()).keys() - {"folder"}
    assert not unshown, f"the starter does not show {sorted(unshown)}"


def _uncommented(text: str) -> dict[str, Any]:
    """Return the file with every commented setting switched on."""
    lines = []
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        is_setting = bare.startswith("[") or " = " in bare.partition("#")[0]
        is_setting = is_setting and not bare.rstrip().endswith((".", ";", ","))
        lines.append(bare.partition("  (")[0].partition("         (")[0] if is_setting else "")
    return dict(tomllib.loads("\n".join(line.split("   (an")[0] for line in lines)))


def _toml(values: dict[str, object], table: str = "") -> str:
    """Return plain values as TOML."""
    plain = {k: v for k, v in values.items() if not isinstance(v, dict)}
    lines = [f"[{table}]"] if table else []
    lines += [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, value in values.items():
        if isinstance(value, dict):
            lines.append(_toml(value, key))
    return "\n".join(lines)


def _value(value: object) -> str:
    """Return one plain value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


MISTAKES = [
    ("tittle = 'x'", "1: there is no key 'tittle'; `briefing init` shows them all"),
    ("a = 1\n[length]\nword = 3", "1: there is no key 'a'"),
    ("\n[length]\nword = 3", r"3: there is no key 'length\.word'"),
    ("[length]\nwords = 'many'", r"2: length\.words = 'many' cannot be: .*integer"),
    ("[length]\nwords = 0", r"2: length\.words = 0 cannot be"),
    ("[length]\nwords = 3.5", r"2: length\.words = 3\.5 cannot be"),
    ("method = 'textrnk'", "1: .*no method is called 'textrnk'; there are briefing, lead"),
    ("zone = 'Mars/Base'", "1: .*no time zone is called 'Mars/Base'; try"),
    ("zone = '../../etc/passwd'", "1: .*no time zone is called"),
    ("zone = ''", "1: .*no time zone is called ''"),
    ("since = 'yesterday'", "1: .*write 1d, 24h or 90m"),
    ("fetch = 'yes'", "1: fetch = 'yes' cannot be"),
    ("title = ''", "1: title = '' cannot be"),
    ("title = 'a\tb'", "1: .*one line of printable characters"),
    ('marking = "a\\nb"', "1: .*one line of printable characters"),
    ("sources = 'inbox'", "1: sources = 'inbox' cannot be: .*list"),
    ("sources = [\n'a',\n3,\n]", r"3: sources\.1 = 3 cannot be"),
    ("allow_networks = ['10.0.0.0/8', 'x']", r"1: allow_networks\.1 = 'x' cannot be"),
    ("[[section]]\ntitle = 'a'\n[[section]]\nwords = ['x']", r"3: section\.1\.title is missing"),
    ("[rights.outlets.'The C']\nshare = 2.0", r"2: rights\.outlets\.The C\.share = 2\.0 cannot"),
    ("[rights]\nshare = 0.0", r"2: rights\.share = 0\.0 cannot be"),
    ("[weights]\nA = 'much'", r"2: weights\.A = 'much' cannot be"),
    ("language = 'English'", "1: language = 'English' cannot be"),
    ("folder = 'x'", "1: there is no key 'folder'"),
    ("[limits]\nbytes = true", r"2: limits\.bytes = True cannot be"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[text for text, _ in MISTAKES])
def test_a_mistake_is_shown_in_its_line(text: str, message: str) -> None:
    """The message names the file, the line, the key, the value and what it may be."""
    with pytest.raises(ConfigError, match=f"^briefing.toml:{message}"):
        config(text)


def test_rules_are_what_the_file_says() -> None:
    """Sections, weights, watched words, length and caps reach the composer."""
    rules = config(
        """
        title = "Morning"
        marking = "TLP:AMBER"
        watch = ["harbour"]
        [length]
        stories = 3
        [weights]
        "Newline" = 1.5
        [[section]]
        title = "Sea"
        words = ["ferry"]
        [rights]
        share = 0.5
        words = 100
        [rights.outlets."The Courant"]
        links_only = true
        [rights.outlets.Wire]
        words = 0
        """
    ).rules()

    assert (rules.title, rules.marking) == ("Morning", "TLP:AMBER")
    assert rules.length == Length(stories=3)
    assert rules.ranking.sections == (SectionRule(title="Sea", words=("ferry",)),)
    assert rules.ranking.weights == {"Newline": 1.5}
    assert rules.caps.of("Anyone") == Cap(share=0.5, words=100)
    assert rules.caps.of("courant") == Cap(share=0.5, words=100, links_only=True, attach=False)
    assert rules.caps.of("Wire") == Cap(share=0.5, words=None)


def test_texts_travel_unless_the_rights_say_no() -> None:
    """Not with attach = false, and not where links only are allowed."""
    found = config("[rights.outlets.A]\nattach = false\n[rights.outlets.B]\nlinks_only = true")

    assert [found.may_attach(name) for name in ("A", "B", "C")] == [False, False, True]


def test_limits_reach_the_reader() -> None:
    """What the file does not say is as everywhere."""
    assert config("[limits]\nfiles = 7").read_limits() == Limits(files=7)


def test_paths_are_beside_the_file(tmp_path: Path) -> None:
    """Wherever one stands, the archive is where the configuration is."""
    (tmp_path / "briefing.toml").write_text("title = 'x'")

    found = load(tmp_path / "briefing.toml")

    assert found.path(found.archive) == tmp_path / ".briefing" / "archive.sqlite"


def test_without_a_file_every_default_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is needed; one that is named must be there."""
    monkeypatch.chdir(tmp_path)

    assert load() == Config()
    with pytest.raises(UsageError, match=r"there is no office\.toml; write one: briefing init"):
        load(Path("office.toml"))
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path)


def test_the_file_of_the_current_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """briefing.toml need not be named."""
    (tmp_path / "briefing.toml").write_text("title = 'Found'")
    monkeypatch.chdir(tmp_path)

    assert load().title == "Found"


def test_every_commented_line_of_the_file_can_be_uncommented_as_it_stands() -> None:
    """A value with words behind it has a # before them; what is no value or table is prose."""
    starts = re.compile(r'# (?P<line>(?:[a-z_]+|"[^"]+") = \S.*|\[.+)')
    lines = [m["line"] for line in starter().splitlines() if (m := starts.fullmatch(line))]

    assert len(lines) > 30
    for line in lines:
        tomllib.loads(line)
