"""The errors a caller may meet.

    BriefingError
    ├── UsageError            the request makes no sense: exit code 2
    │   └── ConfigError       a configuration or edition file is wrong, at a line
    ├── ReadError             a source could not be read
    │   ├── UnreadableError   missing, no permission, not a regular file
    │   ├── FormatError       not of a kind that any reader knows, or broken
    │   ├── LimitError        larger, deeper or slower than the limits allow
    │   └── FetchError        an address could not be fetched, or is refused
    ├── RenderError           a document could not be made
    │   └── TemplateError     a template is broken, at its file and line
    ├── ArchiveError          the archive is locked, damaged or from a newer version
    └── VerifyError           a document could not be examined, or what was made does not hold

Each message says what is wrong, the value that is wrong, and what to do.
"""


class BriefingError(Exception):
    """Any error that the package raises on purpose."""


class UsageError(BriefingError):
    """The request makes no sense as given."""


class ConfigError(UsageError):
    """A configuration or edition file says something that cannot be followed."""


class ReadError(BriefingError):
    """A source could not be read."""


class UnreadableError(ReadError):
    """The source is missing, forbidden, or not a regular file."""


class FormatError(ReadError):
    """The source is of no known kind, or broken."""


class LimitError(ReadError):
    """The source is larger, deeper or slower than the limits allow."""


class FetchError(ReadError):
    """An address could not be fetched, or may not be."""


class RenderError(BriefingError):
    """A document could not be made."""


class TemplateError(RenderError):
    """A template is broken, at a file and line that the message names."""


class ArchiveError(BriefingError):
    """The archive is locked, damaged, or was written by a newer version."""


class VerifyError(BriefingError):
    """A document could not be examined at all, or what was to be printed does not hold."""
