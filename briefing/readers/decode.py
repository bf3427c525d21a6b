"""Bytes to text: by byte order mark, by declaration, as UTF-8, else by a guess that is told."""

import codecs
import re

from briefing.errors import FormatError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these two as their Windows supersets, and pages rely on it (WHATWG, Encoding).
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252"}

# Control characters that no text file holds: all but tab, newlines, form feed and escape.
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# A file with more than this share of them is binary. Texts of the evaluation material hold none.
_BINARY_SHARE = 0.003
# What a guess looks at: enough to tell, and quick on a large file.
_GUESSED_BYTES = 200_000


def decode(body: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of *body*, and warnings for the user when the encoding was guessed.

    Args:
        body: The bytes as they came.
        declared: The encoding that a server, container or the page itself claims.

    Raises:
        FormatError: It is binary, or of an encoding that cannot be told.

    >>> decode(b"\xef\xbb\xbfcaf\xc3\xa9"), decode(b"caf\xe9", declared="latin-1")
    (('café', ()), ('café', ()))
    """
    for mark, marked in _MARKS:
        if body.startswith(mark):
            text = _strictly(body, marked)
            if text is not None:
                return text.removeprefix("\ufeff"), ()
    refuse_binary(body)
    for encoding in (_known(declared), "utf-8"):
        text = _strictly(body, encoding) if encoding else None
        if text is not None:
            return text, ()
    return _guess(body)


def refuse_binary(body: bytes) -> None:
    """Raise FormatError when *body* is not text of any encoding without zero bytes."""
    sample = body[:100_000]
    if b"\0" in sample or len(_CONTROLS.findall(sample)) > _BINARY_SHARE * len(sample):
        raise FormatError("a binary file of no kind that is read here; give text or a web page")


def _known(declared: str | None) -> str | None:
    """Return the Python name of a declared encoding, None when Python has none such."""
    try:
        name = codecs.lookup((declared or "").strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name)


def _strictly(body: bytes, encoding: str) -> str | None:
    """Return the decoded text, None when a single byte does not fit."""
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guess(body: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text in the encoding that fits best, with a warning that it is a guess."""
    damaged = body.decode("utf-8", "replace")
    # UTF-8 with a few spoilt bytes is likelier than any other encoding that fits by chance.
    if damaged.count("\ufffd") * 4 < sum(not c.isascii() for c in damaged):
        count = damaged.count("\ufffd")
        return damaged, (f"{count} bytes are not UTF-8 and show as \ufffd",)
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_GUESSED_BYTES]).best()
    if best is None:
        raise FormatError("no known encoding fits its bytes; save it as UTF-8")
    text = body.decode(best.encoding, "replace")
    return text, (f"the encoding is not declared; read as {best.encoding}",)
