"""What briefing.toml may say, checked strictly: an unknown key is a mistake, not a wish."""

from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from briefing import summarisers
from briefing.compose import Length, Ranking, Rules, SectionRule
from briefing.compose.window import window
from briefing.errors import UsageError
from briefing.limits import Limits
from briefing.rights import Cap, Caps


class _Table(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _zone(name: str) -> str:
    """Refuse a zone that does not exist."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:  # a zone not found is a KeyError
        raise ValueError(f'no time zone is called {name!r}; try "Europe/London"') from error
    return name


def _method(name: str) -> str:
    """Refuse a method that is not installed: else each article would fail by itself."""
    known = summarisers.names()
    if name not in known:
        raise ValueError(f"no method is called {name!r}; there are {', '.join(known)}")
    return name


def _since(text: str) -> str:
    """Refuse what is no length of time."""
    try:
        window(datetime(2026, 1, 1, tzinfo=UTC), since=text, zone="UTC")
    except UsageError as error:
        raise ValueError(str(error)) from error
    return text


def _network(text: str) -> str:
    """Refuse what is no network."""
    ip_network(text)  # its ValueError says what is wrong
    return text


def _line(text: str) -> str:
    """Refuse a text of several lines: a title or marking stands on one."""
    if not text.isprintable():
        raise ValueError("it must be one line of printable characters")
    return text


def _place(text: str) -> str:
    """Refuse what no file or folder can be called, on any system that we run on."""
    if any(len(part.encode()) > _LONGEST_NAME for part in text.split("/")):
        raise ValueError(f"no file can have a name of more than {_LONGEST_NAME} bytes")
    return text


# 255 is the limit of most systems; what stands beside an archive has its name and more.
_LONGEST_NAME = 230

Line = Annotated[str, Field(max_length=1_000), AfterValidator(_line)]
Place = Annotated[Line, Field(min_length=1), AfterValidator(_place)]
Share = Annotated[float, Field(gt=0, le=1)]
Weight = Annotated[float, Field(allow_inf_nan=False)]
# Seconds and megabytes beyond the upper bound are more than the system's own clocks can count.
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]


class SectionTable(_Table):
    """One `[[section]]`."""

    title: Annotated[Line, Field(min_length=1)]
    words: list[str] = []
    outlets: list[str] = []
    weight: Weight = 0.0


class LengthTable(_Table):
    """`[length]`."""

    stories: Count = Length().stories
    words: Count = Length().words
    points: Count = Length().points


class CapTable(_Table):
    """`[rights.outlets."…"]`; what it does not say is as `[rights]` has it."""

    share: Share | None = None
    words: Annotated[int, Field(ge=0)] | None = None
    links_only: bool | None = None
    attach: bool | None = None


class RightsTable(_Table):
    """`[rights]`."""

    share: Share = 1.0
    words: Annotated[int, Field(ge=0)] = 0
    links_only: bool = False
    attach: bool = True
    outlets: dict[str, CapTable] = {}


class MailTable(_Table):
    """`[mail]`."""

    sender: Line = ""
    to: list[Line] = []


class LimitsTable(_Table):
    """`[limits]`."""

    bytes: Count = Limits().bytes
    files: Count = Limits().files
    depth: Count = Limits().depth
    units: Count = Limits().units
    read_s: Count = Limits().read_s
    read_mb: Count = Limits().read_mb
    render_s: Count = 120
    render_mb: Count = 1536


class Config(_Table):
    """How the daily edition is made: the whole of briefing.toml."""

    title: Annotated[Line, Field(min_length=1)] = "Daily briefing"
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    sources: list[str] = []
    since: Annotated[str, AfterValidator(_since)] = "1d"
    marking: Line | None = None
    watch: list[str] = []
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = "en"
    method: Annotated[str, AfterValidator(_method)] = "briefing"
    out: Place = "editions"
    archive: Place = ".briefing/archive.sqlite"
    template: Place = "daily"
    fetch: bool = False
    allow_networks: list[Annotated[str, AfterValidator(_network)]] = []
    section: list[SectionTable] = []
    length: LengthTable = LengthTable()
    weights: dict[str, Weight] = {}
    outlets: dict[str, Annotated[Line, Field(min_length=1)]] = {}
    rights: RightsTable = RightsTable()
    mail: MailTable = MailTable()
    limits: LimitsTable = LimitsTable()

    folder: Path = Field(default=Path(), exclude=True)
    """Where the file lies; what it names is looked for there. Never a key of the file."""

    def rules(self) -> Rules:
        """Return how the user wants every edition to be."""
        return Rules(
            title=self.title,
            marking=self.marking or None,
            language=self.language,
            length=Length(**self.length.model_dump()),
            ranking=Ranking(
                weights=self.weights,
                watch=tuple(self.watch),
                sections=tuple(
                    SectionRule(
                        title=s.title,
                        words=tuple(s.words),
                        outlets=tuple(s.outlets),
                        weight=s.weight,
                    )
                    for s in self.section
                ),
            ),
            caps=self._caps(),
        )

    def read_limits(self) -> Limits:
        """Return how much is read of files and folders."""
        return Limits(**self.limits.model_dump(exclude={"render_s", "render_mb"}))

    def may_attach(self, outlet: str) -> bool:
        """Return whether the texts of *outlet* may travel inside PDF and HTML.

        Where only links may be printed, the whole text may not be handed on either.
        """
        return self._caps().of(outlet).attach

    def path(self, name: str) -> Path:
        """Return the path of what the file names."""
        return self.folder / name

    def _caps(self) -> Caps:
        """Return the caps of all publishers."""
        own = self.rights
        general = own.model_dump(exclude={"outlets"})
        return Caps(
            default=_cap(general),
            by_outlet=tuple(
                (name, _cap(general | table.model_dump(exclude_none=True)))
                for name, table in own.outlets.items()
            ),
        )


def _cap(table: dict[str, Any]) -> Cap:
    """Return what a table of rights says."""
    return Cap(
        share=table["share"],
        words=table["words"] or None,
        links_only=table["links_only"],
        attach=table["attach"] and not table["links_only"],
    )
