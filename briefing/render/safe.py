"""Strangers' text made safe for a page: nothing hidden, nothing endless, no link but a plain one.

The letters stay as they are. What goes is what a reader cannot see and a machine obeys: control
characters, terminal escapes, direction overrides, zero-width characters. What is added is a
place to break where a word is longer than any line.
"""

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST_TOKEN = 40
"""Letters after which a word without a break gets one. A line of our pages holds 60 to 90; one
word of 20,000 letters takes 3.7 s to lay out without breaks, of 100,000 with them 1.9 s."""

LONGEST_PIECE = 20_000
"""Characters after which a paragraph is cut in two. Layout is quadratic within a paragraph: 1 MB
takes over a minute in one, 9 s in pieces of this length."""

BREAK = "\u200b"
"""The zero-width space that marks a place to break. `visible` removes it again."""

# Everything of the classes Cc and Cf, but tab and line feed; lone surrogates; the tag characters
# and variation selectors that hide text in plain sight; line and paragraph separators become
# spaces. U+200C and U+200D are decided by their neighbours.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINER = re.compile("[\u200c\u200d]")
_SEPARATOR = re.compile("\r\n?|[\u2028\u2029\x85]")
_PLAIN_LINK = re.compile("https?://[a-zA-Z0-9.-]+(?:/[!-~]*)?")
# Possessive, so that a text of one letter a word costs as little as one without words.
_LONG = re.compile(rf"\S{{{LONGEST_TOKEN}}}(?=\S)")


def visible(text: str) -> str:
    r"""Return *text* without what cannot be seen.

    Zero-width joiners stay between two letters of a script that needs them (Arabic, Indic).
    The answer is the same when asked twice.

    >>> visible("pay\u202etxt.exe\u202c \x1b[31mnow\x07")
    'paytxt.exe [31mnow'
    >>> visible("می\u200cخواهم") == "می\u200cخواهم"
    True
    """
    if text.isascii() and text.isprintable():  # most text, and six times as fast
        return text
    cleaned = _HIDDEN.sub("", _SEPARATOR.sub("\n", text))
    return _JOINER.sub(_needed, cleaned) if _JOINER.search(cleaned) else cleaned


def printable(text: str) -> str:
    r"""Return what a page prints for *text*: visible, with a place to break in each long word.

    >>> printable("short words stay") == "short words stay"
    True
    >>> printable("a" * 100).count(BREAK)
    2
    """
    if len(text) <= LONGEST_TOKEN and text.isascii() and text.isprintable():  # most values
        return text
    shown = visible(text)
    if len(shown) <= LONGEST_TOKEN:
        return shown
    return _LONG.sub(lambda long: long[0] + BREAK, shown)


def one_line(text: str) -> str:
    r"""Return *text* as one visible line, for a heading, a header or a terminal.

    >>> one_line("Subject\r\nBcc: everyone@example.org")
    'Subject Bcc: everyone@example.org'
    """
    return " ".join(visible(text).split())


def pieces(text: str) -> tuple[str, ...]:
    """Return *text* in pieces of at most `LONGEST_PIECE` characters, cut at spaces if it can be.

    >>> pieces("A sentence."), [len(p) for p in pieces("word " * 5000)]
    (('A sentence.',), [19999, 4999])
    """
    found = []
    start = 0
    while len(text) - start > LONGEST_PIECE:
        cut = text.rfind(" ", start + 1, start + LONGEST_PIECE)
        cut = start + LONGEST_PIECE if cut < 0 else cut
        found.append(text[start:cut].strip())
        start = cut
    found.append(text[start:].strip())
    return tuple(found)


def paragraphs(text: str) -> tuple[str, ...]:
    r"""Return the paragraphs of a source text: its lines that are not empty, in pieces.

    >>> paragraphs("One.\n\n Two.\n")
    ('One.', 'Two.')
    """
    lines = (line for line in visible(text).split("\n") if line.strip())
    return tuple(piece for line in lines for piece in pieces(line))


def link(address: str | None) -> str | None:
    """Return *address* when it is one that a page may link to, else None.

    Only http, https and mailto, with a host or mailbox, and without blanks or hidden characters.

    >>> link("https://newline.example/a?b=1"), link("javascript:alert(1)"), link("file:///etc/passwd")
    ('https://newline.example/a?b=1', None, None)
    """
    if address and _PLAIN_LINK.fullmatch(address):  # most, in a tenth of the time
        return address
    plain = address and visible(address) == address and address.split() == [address]
    return address if address and plain and _leads_somewhere(address) else None


def _leads_somewhere(address: str) -> bool:
    """Return whether an address names a host of the web, or a mailbox."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme == "mailto" and "@" in parts.path


def direction(language: str | None) -> str:
    """Return the direction in which *language* is written: `rtl` or `ltr`.

    >>> direction("ar"), direction("ru"), direction(None)
    ('rtl', 'ltr', 'ltr')
    """
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"}
)


def _needed(joiner: re.Match[str]) -> str:
    """Return a zero-width joiner that stands between two letters of a joining script, else ""."""
    text, place = joiner.string, joiner.start()
    around = (text[place - 1 : place], text[place + 1 : place + 2])
    return joiner[0] if all(c and c > "\u0590" and _is_letter(c) for c in around) else ""


def _is_letter(character: str) -> bool:
    """Return whether a character is a letter or a mark that belongs to one."""
    return unicodedata.category(character)[0] in "LM"
