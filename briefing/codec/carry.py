"""What a finished document carries so that anyone can check it: the edition and its source texts.

One JSON object, that of `briefing.edition/1` with one key more, `texts`: the source text of each
article as it was read, by ref, where the rights allow. In a PDF it is an attachment, in HTML an
inert block, in mail an attachment, in Markdown a comment at the end.
"""

import base64
import gzip
import io
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

from briefing.codec.edition import dump_edition, edition_object
from briefing.codec.indented import dumps
from briefing.codec.load import load_edition
from briefing.edition import Edition
from briefing.errors import FormatError

NAME = "edition.json"
"""What the attachment is called."""

BLOCK = "briefing-edition"
"""The id of the inert block in HTML, and the word that opens the comment in Markdown."""

_LEVELS = (6, 9)
"""Of gzip: what is written, and what once was. For 500 articles 9 takes four times as long as 6,
37 to 9 ms, and spares an eighth of the bytes."""

_COMMENT = re.compile(rf"<!-- {BLOCK}\n([A-Za-z0-9+/=\n]+)\n-->\s*\Z")
# Markdown carries some 100 kB unpacked; this is a thousand times that.
_MOST_BYTES = 100_000_000


def pack(edition: Edition, texts: Mapping[str, str]) -> str:
    """Return the edition and its source texts as JSON. The same things give the same bytes."""
    return dumps({**edition_object(edition), "texts": dict(sorted(texts.items()))})


def unpack(content: str | bytes) -> tuple[Edition, dict[str, str]]:
    """Return the edition and the source texts that `pack` wrote, or a bare edition and none.

    Raises:
        FormatError: It is not what `pack` or `dump_edition` wrote, to the letter.
    """
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"the edition is not JSON: {error}") from error
    texts = raw.pop("texts", None) if isinstance(raw, dict) else None
    if texts is None:
        edition = load_edition(text)
        written = dump_edition(edition)
    else:
        if not isinstance(texts, dict) or not all(isinstance(t, str) for t in texts.values()):
            raise FormatError("the texts of the edition are not text")
        edition = load_edition(dumps(raw))
        written = pack(edition, texts)
    if written != text:
        raise FormatError("the edition's JSON was changed: it is not as briefing writes it")
    return edition, texts or {}


def source_texts(packed: str | bytes) -> dict[str, str]:
    r"""Return the source texts, by ref, in what `pack` wrote; none in a bare edition.

    They stand last, and no string of JSON holds a line break: all before them need not be read.

    >>> source_texts('{\n  "id": "",\n  "texts": {\n    "a.txt": "Twelve"\n  }\n}\n')
    {'a.txt': 'Twelve'}
    >>> source_texts('{"id": ""}')
    {}
    """
    text = packed.decode() if isinstance(packed, bytes) else packed
    _, found, last = text.rpartition('\n  "texts": ')
    raw = json.loads(f"{{{found}{last}" if found else text)
    return dict(raw.get("texts", {}))


def html_block(packed: str) -> str:
    r"""Return *packed* as a block of HTML that no browser runs and no markup in it can end.

    >>> html_block('{"a": "</b>"}\n').partition(">")[2]
    '{"a": "\\u003c/b\\u003e"}</script>'
    """
    return f'<script type="application/json" id="{BLOCK}">{_inert(packed)}</script>'


def from_html_block(inert: str) -> str:
    r"""Return what `html_block` was given, from the text of the block.

    Raises:
        FormatError: The block was changed.

    >>> from_html_block('{\n  "a": "\\u003c/b\\u003e"\n}')
    '{\n  "a": "</b>"\n}\n'
    """
    try:
        packed = dumps(json.loads(inert))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"the edition inside the page is not JSON: {error}") from error
    if _inert(packed) != inert:
        raise FormatError("the edition inside the page was changed: briefing writes it otherwise")
    return packed


def _inert(packed: str) -> str:
    """Return JSON in which no character could begin markup."""
    inert = packed.strip("\n").replace("&", "\\u0026")
    return inert.replace("<", "\\u003c").replace(">", "\\u003e")


def markdown_comment(packed: str) -> str:
    """Return *packed* as a comment that ends a Markdown file; it is packed, for it is long."""
    return _commented(packed, _LEVELS[0])


def _commented(packed: str, level: int) -> str:
    """Return the comment with the edition packed at one of the levels of gzip."""
    letters = base64.b64encode(gzip.compress(packed.encode(), level, mtime=0)).decode()
    lines = [letters[start : start + 100] for start in range(0, len(letters), 100)]
    return "\n<!-- {}\n{}\n-->\n".format(BLOCK, "\n".join(lines))


def from_markdown(text: str) -> tuple[str, str]:
    """Return the words of a Markdown file, and what its comment carries.

    Raises:
        FormatError: It carries nothing, or what it carries is damaged.
    """
    found = _COMMENT.search(text)
    if not found:
        raise FormatError(
            "the file carries no edition: its closing comment is missing or changed; only what "
            "briefing daily makes can be verified, not what summarise does"
        )
    try:
        packed = gzip.GzipFile(fileobj=_stream(found[1])).read(_MOST_BYTES)
        carried = packed.decode()
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise FormatError(f"the edition in the closing comment is damaged ({error})") from error
    if text[found.start() :].strip() not in (_commented(carried, n).strip() for n in _LEVELS):
        raise FormatError("the closing comment was changed: it is not as briefing writes it")
    return text[: found.start()], carried


def _stream(encoded: str) -> Any:
    """Return base64 as a stream of its bytes."""
    return io.BytesIO(base64.b64decode(encoded.replace("\n", ""), validate=True))
