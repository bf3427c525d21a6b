"""What a finished document carries: packed and unpacked to the letter, changed never unnoticed."""

import base64
import gzip
import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.codec.carry import (
    BLOCK,
    from_html_block,
    from_markdown,
    html_block,
    markdown_comment,
    pack,
    source_texts,
    unpack,
)
from briefing.codec.edition import named
from briefing.codec.seal import is_sealed, seal_markup
from briefing.edition import Account, Edition, Window
from briefing.errors import FormatError

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
EMPTY = named(
    Edition(
        id="",
        title="Morning briefing",
        number=1,
        marking=None,
        window=Window(start=MORNING, end=MORNING, zone="UTC"),
        cutoff=MORNING,
        compiled=MORNING,
        sections=(),
        stories=(),
        account=Account(units=(), sources=()),
    )
)
TEXTS = st.dictionaries(st.text(max_size=5), st.text(st.characters(codec="utf-8"), max_size=40))


@given(TEXTS)
def test_what_is_packed_comes_out_again(texts: dict[str, str]) -> None:
    """The edition and every text, whatever is in it, survive each way of carrying."""
    packed = pack(EMPTY, texts)
    inert = html_block(packed).partition(">")[2].removesuffix("</script>")
    assert unpack(packed) == (EMPTY, texts)
    assert from_html_block(inert) == packed
    assert from_markdown("# Words\n" + markdown_comment(packed)) == ("# Words\n\n", packed)


def test_a_comment_of_an_earlier_level_is_read_and_of_no_other() -> None:
    """What was packed at level 9, as once all was, holds; any other packing is a change."""

    def comment(level: int) -> str:
        letters = base64.b64encode(gzip.compress(packed.encode(), level, mtime=0)).decode()
        lines = [letters[start : start + 100] for start in range(0, len(letters), 100)]
        return "\n<!-- {}\n{}\n-->\n".format(BLOCK, "\n".join(lines))

    packed = pack(EMPTY, {"a": "Twelve. " * 99, "b": "".join(map(chr, range(40, 999)))})
    assert markdown_comment(packed) == comment(6) != comment(9)
    assert from_markdown(comment(9)) == ("\n", packed)
    with pytest.raises(FormatError, match="changed"):
        from_markdown(comment(1))


@given(TEXTS)
def test_the_texts_are_read_without_the_rest(texts: dict[str, str]) -> None:
    """What stands at the end of the packed JSON is what a reader of all of it finds."""
    packed = pack(EMPTY, texts)
    assert source_texts(packed) == source_texts(packed.encode()) == texts
    assert source_texts(json.dumps({"texts": texts, "id": ""})) == texts


@example("\x1e\x1e")
@given(st.text(st.sampled_from("a\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\ud800"), max_size=6))
def test_the_seal_is_of_lines_however_they_end(markup: str) -> None:
    """The digest in a seal is of the lines of a page, joined by line feeds."""
    lines = "\n".join(markup.splitlines()).encode("utf-8", "surrogatepass")
    assert hashlib.sha256(lines).hexdigest() in seal_markup(markup)
    assert is_sealed(seal_markup(markup))


@given(TEXTS)
def test_nothing_inside_the_page_is_markup(texts: dict[str, str]) -> None:
    """No text, whatever is in it, can end the block or begin an element."""
    inert = html_block(pack(EMPTY, texts)).partition(">")[2].removesuffix("</script>")
    assert not {"<", ">", "&"} & set(inert)


@given(st.data())
def test_one_changed_character_is_noticed(data: st.DataObject) -> None:
    """Whatever single character of the JSON is changed, it is no longer accepted as it was."""
    packed = pack(EMPTY, {"a.txt": "The quay closed at 12."})
    at = data.draw(st.integers(0, len(packed) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != packed[at]))
    changed = packed[:at] + other + packed[at + 1 :]
    try:
        found = unpack(changed)
    except FormatError:
        return
    assert found != (EMPTY, {"a.txt": "The quay closed at 12."})


@pytest.mark.parametrize(
    "text",
    [
        "# Words",
        f"<!-- {BLOCK}\nAAAA\n-->",
        f"<!-- {BLOCK}\nH4sIAAAAAAAC\n-->",
        f"<!-- {BLOCK}\n=\n-->",
    ],
)
def test_a_file_without_its_comment_is_refused(text: str) -> None:
    """A missing or damaged comment is one clear error."""
    with pytest.raises(FormatError):
        from_markdown(text)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"texts": 3}', "{" * 99_999])
def test_what_is_no_edition_is_refused(content: str) -> None:
    """Rubbish is one clear error."""
    with pytest.raises(FormatError):
        unpack(content)


def test_a_bare_edition_has_no_texts() -> None:
    """The JSON of an edition without texts is read, too."""
    from briefing.codec import dump_edition

    assert unpack(dump_edition(EMPTY)) == (EMPTY, {})
    assert "texts" not in json.loads(dump_edition(EMPTY))
