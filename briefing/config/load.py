"""Find, read and write briefing.toml."""

import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefing import files
from briefing.config.model import Config
from briefing.errors import ReadError, UsageError
from briefing.toml import Toml, parse

NAME = "briefing.toml"


def load(path: Path | None = None) -> Config:
    """Return what the file at *path* says; without *path*, briefing.toml of the current folder.

    Without *path* and without such a file, every default holds.

    Raises:
        ConfigError: The file is not TOML, has an unknown key, or a value that cannot be; the
            message names its line.
        UsageError: There is no file at *path*, or it cannot be read.
    """
    chosen = path or Path(NAME)
    if not os.path.lexists(chosen):
        if path is None:
            return Config()
        raise UsageError(f"there is no {chosen}; write one: briefing init")
    try:
        content = files.read(chosen, most=files.TOML)
    except ReadError as error:
        raise UsageError(str(error)) from error
    return check(parse(content, str(chosen)), folder=chosen.parent)


def check(found: Toml, *, folder: Path) -> Config:
    """Return what a file of *folder* says.

    Raises:
        ConfigError: A key is unknown, or a value cannot be.
    """
    if "folder" in found.values:
        raise found.error(("folder",), "there is no key 'folder'")
    try:
        return Config(**found.values, folder=folder)
    except ValidationError as error:
        first = min(error.errors(include_url=False), key=lambda e: found.line(e["loc"]))
        raise found.error(first["loc"], _message(first)) from error


def starter() -> str:
    """Return the commented file that `briefing init` writes; it says no more than the defaults."""
    return (Path(__file__).parent / NAME).read_text(encoding="utf-8")


def _message(error: Any) -> str:
    """Return in one sentence what is wrong with a value."""
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"there is no key {place!r}; `briefing init` shows them all"
    if error["type"] == "missing":
        return f"{place} is missing"
    said = str(error["msg"]).removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    return f"{place} = {error['input']!r} cannot be: {said}"
