"""Bytes to text: by mark, by zeros, by declaration, as UTF-8, else by a guess that is told."""

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
# The same of a text of two bytes a letter, with what its bytes do not spell.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd-\uffff]")
# Where at least so many of the first letters are ASCII, their zeros tell which byte comes first.
# Markup of any language has them; a Chinese text without a mark has not, and could be anything.
_PLAIN_SHARE = 0.25
_ENCODING = re.compile(rb"(<\?xml\b[^>]{0,300}?)\s+encoding\s*=\s*[\"'][^\"'>]{0,40}[\"']")
_WIDE = re.compile(rb"[\"'](?:utf-?16|utf-?32|ucs-?[24]|iso-10646-ucs-[24]|unicode)", re.IGNORECASE)
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
    unmarked = _by_zeros(body)
    if unmarked:
        return _spelt(body, unmarked), ()
    refuse_binary(body)
    for encoding in (codec(declared), "utf-8"):
        text = _strictly(body, encoding) if encoding else None
        if text is not None:
            return text, ()
    return _guess(body)


def as_utf8(body: bytes) -> bytes:
    r"""Return XML or JSON in UTF-8 where it is in UTF-16 or UTF-32, with a mark or without.

    What an XML declaration says of the encoding is left out then, and where it claims two bytes a
    letter of a text that has one, as programs write that only copy it.

    >>> as_utf8("<rss/>".encode("utf-16-be")), as_utf8(b'<?xml version="1.0" encoding="utf-16"?>')
    (b'<rss/>', b'<?xml version="1.0"?>')
    """
    wide = next((m for mark, m in _MARKS[1:] if body.startswith(mark)), None) or _by_zeros(body)
    plain = _spelt(body, wide).encode() if wide else body
    claimed = _ENCODING.search(plain[:1000])
    if claimed and (wide or _WIDE.search(claimed.group())):
        return plain[: claimed.end(1)] + plain[claimed.end() :]
    return plain


def codec(declared: str | None) -> str | None:
    """Return the Python name of a declared encoding, None when it can be no such."""
    try:
        name = codecs.lookup((declared or "").strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32")):
        return None  # its zeros would have told
    return _SUPERSETS.get(name, name)


def _by_zeros(body: bytes) -> str | None:
    """Return which UTF-16 *body* is in, told by the zeros beside its first letters; else None."""
    head = body[:1000]
    for encoding, zeros, letters in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if zeros.count(0) > max(_PLAIN_SHARE * len(zeros), 4 * letters.count(0)):
            sample = _spelt(body[:100_000], encoding)
            is_text = len(_NO_TEXT.findall(sample)) <= _BINARY_SHARE * len(sample)
            return encoding if is_text else None
    return None


def _spelt(body: bytes, encoding: str) -> str:
    """Return a text of two or four bytes a letter; what its bytes do not spell becomes \ufffd."""
    whole = len(body) - len(body) % (4 if "32" in encoding else 2)
    return body[:whole].decode(encoding, "replace").removeprefix("\ufeff")


def refuse_binary(body: bytes) -> None:
    """Raise FormatError when *body* is not text of any encoding without zero bytes."""
    sample = body[:100_000]
    if b"\0" in sample or len(_CONTROLS.findall(sample)) > _BINARY_SHARE * len(sample):
        raise FormatError("a binary file of no kind that is read here; give text or a web page")


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
