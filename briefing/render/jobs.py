"""What is asked of a layout process, and what it answers: plain values that go through pipes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderLimits:
    """What the layout of one document may use. What is over is refused, with one clear line."""

    cpu_s: int = 60
    """Processor time of one layout. 500 articles take 8 s here, and a large edition is laid out in
    parts of at most 25 stories, each with this time for itself."""

    wall_s: float = 120
    """Time by the clock, all processes together."""

    memory_mb: int = 1536
    """Address space of one process. A document of 100 articles takes 250 MB, of 500 700 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that the PDF carries inside."""

    name: str
    content: bytes
    description: str = ""
    media_type: str = "application/octet-stream"
    relationship: str = "Data"
    """`Data` or `Source`, as PDF/A-3 has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the child is asked: plain values, for they travel through a pipe."""

    page: str
    """The HTML."""

    css: str
    folders: tuple[Path, ...]
    """The only folders that may be read, besides the bundled fonts."""

    fonts: Path
    compiled: datetime
    limits: RenderLimits
    attachments: tuple[Attachment, ...] = ()
    measured: bool = False
    """Whether the page is only laid out, not drawn."""

    is_part: bool = False
    """Whether the document is a part that will be joined, so not mended yet."""

    place: int = 0
    """Which of the parts this is, from 0."""

    among: int = 1
    """How many parts there are. The objects of a part are numbered so that no two share any."""

    joined: tuple[bytes, ...] = ()
    """Parts to follow what is laid out; where there is no page, all parts, drawn already."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    """What to write in the first part in place of what stands there alone at the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What came of a job."""

    document: bytes
    """Empty where it was only measured."""

    count: int
    """Of pages."""

    anchors: dict[str, int]
    """The page, from 0, on which each anchor first stands."""
