"""The five faces: what travels inside, and that none is written that does not hold."""

from pathlib import Path

import pytest
from editions import TEXTS, edition

from briefing.codec.carry import unpack
from briefing.config import Config, check
from briefing.daily.faces import NAMES, faces
from briefing.daily.faces import check as check_faces
from briefing.edition import Edition
from briefing.errors import UsageError
from briefing.toml import parse

ALL = dict(TEXTS)


def config(text: str = "", *, folder: Path | None = None) -> Config:
    """Return what a configuration says."""
    return check(parse(text, "briefing.toml"), folder=folder or Path())


def carried(made: Edition, setting: Config) -> set[str]:
    """Return the refs whose texts travel inside the JSON face."""
    files = faces(made, ALL, setting).files
    assert tuple(files) == NAMES
    inside, texts = unpack(files["edition.json"])
    assert inside == made
    return set(texts)


def test_texts_travel_with_the_edition() -> None:
    """Every face is made, and the JSON carries edition and texts."""
    assert carried(edition(), config()) == ALL.keys()


def test_texts_stay_where_the_rights_say_so() -> None:
    """An outlet whose texts may not be handed on, and one that allows links only."""
    setting = config(
        "[rights.outlets.'the courant']\nattach = false\n"
        "[rights.outlets.'Marrow Post']\nlinks_only = true"
    )

    assert carried(edition(), setting) == {"day/newline.txt"}


def test_texts_of_none_are_carried_when_none_may() -> None:
    """With attach = false for all, the edition travels alone."""
    assert carried(edition(), config("[rights]\nattach = false")) == set()


def test_a_face_that_was_changed_does_not_hold() -> None:
    """The file is named, and where it fails."""
    files = {"edition.json": faces(edition(), ALL, config()).files["edition.json"]}
    bad = files["edition.json"].replace(b"Twelve passengers", b"Thirty passengers", 1)

    assert check_faces(files, config()) == {}
    (problem,) = check_faces({"edition.json": bad}, config()).values()
    assert problem.startswith("edition.json was not written")


def test_a_pdf_beyond_its_limits_leaves_the_others() -> None:
    """Four faces are made; the fifth is a line that says why not."""
    made = faces(edition(), ALL, config("[limits]\nrender_mb = 1"))

    assert set(made.files) == set(NAMES) - {"edition.pdf"}
    assert made.problems["edition.pdf"].startswith("edition.pdf could not be made: ")


def test_a_look_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """By name, or by the path of a folder beside the configuration."""
    with pytest.raises(UsageError, match="no-look"):
        faces(edition(), ALL, config('template = "no-look"'))
    with pytest.raises(UsageError, match="look"):
        faces(edition(), ALL, config('template = "./look"', folder=tmp_path))
