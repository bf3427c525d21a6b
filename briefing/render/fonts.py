"""The bundled faces, so that a page is never without letters, nor different on another machine."""

from pathlib import Path

from briefing.errors import RenderError
from briefing.render.looks import FOLDER

FACES = (
    ("Briefing Serif", 400, "normal", "BriefingSerif-Regular.ttf"),
    ("Briefing Serif", 400, "italic", "BriefingSerif-Italic.ttf"),
    ("Briefing Serif", 700, "normal", "BriefingSerif-Bold.ttf"),
    ("Briefing Sans", 400, "normal", "BriefingSans-Regular.ttf"),
    ("Briefing Sans", 400, "italic", "BriefingSans-Italic.ttf"),
    ("Briefing Sans", 700, "normal", "BriefingSans-Bold.ttf"),
)
"""Family, weight, style and file of each face. They hold Latin, Cyrillic and Greek; letters of
other scripts come from what the machine has."""

SCHEME = "fonts"
"""A stylesheet names a bundled face as `fonts:BriefingSerif-Regular.ttf`."""


def folder() -> Path:
    """Return the folder of the bundled faces.

    Raises:
        RenderError: One is missing. Without any face the layout library would crash.
    """
    found = FOLDER / "fonts"
    for *_, name in FACES:
        if not (found / name).is_file():
            raise RenderError(f"the bundled font {found / name} is missing; install briefing again")
    return found


def stylesheet() -> str:
    """Return the `@font-face` rules of the bundled faces.

    >>> stylesheet().count("@font-face")
    6
    """
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
        f"src:url({SCHEME}:{name})}}\n"
        for family, weight, style, name in FACES
    )
