"""The bundled faces, so that a page is never without letters, nor different on another machine."""

from pathlib import Path

from briefing.errors import RenderError
from briefing.render.looks import FOLDER

FACES = (
    ("Source Serif 4", 400, "normal", "SourceSerif4-Regular.ttf"),
    ("Source Serif 4", 400, "italic", "SourceSerif4-It.ttf"),
    ("Source Serif 4", 700, "normal", "SourceSerif4-Bold.ttf"),
    ("Source Sans 3", 400, "normal", "SourceSans3-Regular.ttf"),
    ("Source Sans 3", 400, "italic", "SourceSans3-It.ttf"),
    ("Source Sans 3", 700, "normal", "SourceSans3-Semibold.ttf"),
)
"""Family, weight, style and file of each face. They hold Latin, Cyrillic and Greek; letters of
other scripts come from what the machine has. Both families are Adobe's, under the SIL Open Font
Licence, as they came; what we call bold of the sans is its semibold."""

SCHEME = "fonts"
"""A stylesheet names a bundled face as `fonts:SourceSerif4-Regular.ttf`."""


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
