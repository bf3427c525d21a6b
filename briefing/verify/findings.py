"""What verification found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be."""

    where: str
    """What it concerns: `page 3`, `story s1, point 2`, `attachment edition.json`."""

    what: str
    """What is wrong, with the words expected and the words found."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was checked of a finished document, and what failed."""

    edition: str | None
    """Id of the edition; None when the document carries none that can be read."""

    findings: tuple[Finding, ...]
    points: int = 0
    """Points whose words were checked against their source text."""

    unsourced: tuple[str, ...] = ()
    """Refs whose source text is neither carried nor given, so that it was not checked."""

    absent: tuple[str, ...] = ()
    """Refs that are not among the sources given to check against; empty when none were given."""

    unchecked: tuple[tuple[str, str], ...] = ()
    """Each ref whose source was given but could not be read, and why; it is not in `absent`."""

    pages: int = 0
    """Pages whose words were read back; 0 where the format has none."""

    whole: bool = True
    """Whether every word of the pages was accounted for; False for a template of somebody's own,
    where only the edition's own words were looked for."""

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.findings

    @property
    def complete(self) -> bool:
        """Whether every source that was to be checked could be."""
        return not self.absent and not self.unchecked
