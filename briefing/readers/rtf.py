"""Rich Text Format: known, so that its commands are not taken for an article's words; not read."""

from typing import NoReturn

from briefing.errors import FormatError
from briefing.model import Source


def read(source: Source) -> NoReturn:
    """Refuse an RTF file, and say what to do.

    Every program that writes RTF saves Word documents and PDF as well, whose readers keep tables,
    footnotes and the document's properties.

    Raises:
        FormatError: Always.
    """
    del source
    raise FormatError("an RTF file, which is not read here; save it as .docx, .txt or PDF")
