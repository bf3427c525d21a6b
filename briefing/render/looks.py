"""Looks: folders with a template and its stylesheets, ours, an add-on's or the user's own.

A look is a folder with a `template.toml`:

    title = "Single articles"
    description = "The key points of one or several articles."
    takes = "summaries"                          # or "edition", or "corrections"
    page = "page.html.jinja"
    screen = ["parts/screen.css", "screen.css"]  # stylesheets of the HTML, in order
    print = ["parts/print.css", "print.css"]     # stylesheets of the PDF, in order
    mail = ["parts/mail.css"]                    # stylesheets of the mail, in order
    parts = false                                # see docs/templates.md, "Large editions"
    back_apart = false                           # the same
    numbers_last = false                         # the same

A stylesheet or an included template named `parts/…` is the package's own, from `templates/parts`.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing import files, plugins
from briefing.errors import ReadError, TemplateError, UsageError

_PACKAGE = Path(__file__).parent.parent
FOLDER = next(
    (f for f in (_PACKAGE / "templates", _PACKAGE.parent / "templates") if f.is_dir()),
    _PACKAGE / "templates",
)
"""Where the package's own looks are: in the wheel within the package, in a checkout beside it."""

PARTS = FOLDER / "parts"
"""What all looks share; a look names it as `parts/…`."""

TAKES = ("summaries", "edition", "corrections")
"""What a look can be for."""

GROUP = "briefing.templates"
"""The entry point group by which another package adds a look: each names a folder's `Path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look: where it is, and what its `template.toml` says."""

    folder: Path
    title: str
    takes: str
    """`summaries`, `edition` or `corrections`: what it can print."""

    description: str = ""
    parts: bool = False
    """Whether its page knows `only` and `pages`, so that a large edition is laid out in parts."""

    back_apart: bool = False
    """Whether it knows the two parts of the back, `clips` and `account`, so that each is one."""

    numbers_last: bool = False
    """Whether each of `pages` stands alone at the right, so that it can be written at the end."""

    page: str = "page.html.jinja"
    screen: tuple[str, ...] = field(default=("parts/screen.css", "screen.css"))
    mail: tuple[str, ...] = field(default=("parts/mail.css",))
    print: tuple[str, ...] = field(default=("parts/print.css", "print.css"))

    @property
    def is_ours(self) -> bool:
        """Whether it came with the package, and so is known to have an end."""
        return self.folder.is_relative_to(FOLDER)

    def stylesheet(self, name: str) -> Path:
        """Return the path of a stylesheet as `template.toml` names it.

        Raises:
            TemplateError: It lies outside the folder.
        """
        if name.startswith("parts/"):
            return within(PARTS, name.removeprefix("parts/"))
        return within(self.folder, name)


def within(folder: Path, name: str) -> Path:
    """Return the path of a look's file, which is in its folder also when links are followed.

    Raises:
        TemplateError: It lies outside: a page may print what is in there, and nothing else.
    """
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that no file can have
        inside = False
    if not inside:
        raise TemplateError(f"{folder}: {name!r} is not in the template's folder; copy it there")
    return path


def find(template: str | Path) -> Look:
    """Return the look that *template* names: a name, or the path of a folder.

    A name that no look has may be that of a template folder here, as `briefing templates` takes it.

    Raises:
        UsageError: There is no such look.
        TemplateError: Its `template.toml` is missing or wrong.
    """
    if isinstance(template, str) and "/" not in template and not template.startswith("."):
        own = Path(template, "template.toml")
        if not os.path.isfile(own) or template in names():  # noqa: PTH113 - as below
            return _read(_named(template))
    folder = Path(template)
    if not os.path.isdir(folder):  # noqa: PTH112 - Path's raises for a name that is too long
        raise UsageError(f"there is no template folder {folder}; make one: briefing templates new")
    return _read(folder.resolve())


def names() -> tuple[str, ...]:
    """Return the names of all looks that can be asked for by name, ours first.

    >>> "single" in names()
    True
    """
    return plugins.names(GROUP, built_in=_built_in())


def _named(name: str) -> Path:
    """Return the folder of a look that has a name."""
    if name in _built_in():
        return FOLDER / name
    return (
        Path(plugins.load(GROUP, name, built_in={}, kind="template"))
        if name in names()
        else _lost(name)
    )


def _lost(name: str) -> Path:
    """Say that no look has this name, and which there are."""
    known = ", ".join(names())
    raise UsageError(
        f"no template is called {name!r}; there are {known}, or give a folder: ./{name}"
    )


def _built_in() -> dict[str, str]:
    """Return the names of the package's own looks."""
    return {p.parent.name: str(p.parent) for p in sorted(FOLDER.glob("*/template.toml"))}


def _read(folder: Path) -> Look:
    """Return the look that a folder holds."""
    path = folder / "template.toml"
    try:
        said = tomllib.loads(files.read(path, most=files.TOML).decode())
    except ReadError as error:
        raise TemplateError(f"{error}; a template folder needs this file") from error
    except (ValueError, RecursionError) as error:
        raise TemplateError(f"{path}: {error}") from error
    return Look(folder=folder, **_checked(said, path))


def _is_names(value: object) -> bool:
    """Return whether a value of `template.toml` is a list of strings."""
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


# What a key of `template.toml` must be, as a message says it, and whether a value is.
_Wanted = tuple[str, Callable[[object], bool]]
_A_STRING: _Wanted = ("a string", lambda value: isinstance(value, str))
_NAMES: _Wanted = ("a list of file names", _is_names)
_A_SWITCH: _Wanted = ("true or false", lambda value: isinstance(value, bool))
_WANTED: Mapping[str, _Wanted] = {
    "screen": _NAMES,
    "print": _NAMES,
    "mail": _NAMES,
    "parts": _A_SWITCH,
    "back_apart": _A_SWITCH,
    "numbers_last": _A_SWITCH,
}


def _checked(said: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return what `template.toml` says as a look's fields, or name the key that is wrong."""
    known = sorted(f for f in Look.__slots__ if f != "folder")
    for key, value in said.items():
        if key not in known:
            raise TemplateError(f"{path}: unknown key {key!r}; there are {', '.join(known)}")
        wanted, is_right = _WANTED.get(key, _A_STRING)
        if not is_right(value):
            raise TemplateError(f"{path}: {key} must be {wanted}, not {value!r}")
    if said.get("takes") not in TAKES:
        wanted = " or ".join(f'"{kind}"' for kind in TAKES)
        raise TemplateError(f"{path}: takes must be {wanted}, not {said.get('takes')!r}")
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
    return {"title": path.parent.name, **fields}
