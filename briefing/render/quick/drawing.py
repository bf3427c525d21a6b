"""Glyphs written to a page: each known one is looked up instead of worked out again.

WeasyPrint takes a dozen steps for each glyph, most of them through cffi, and asks for the
description of the font for each run.
"""

import re
import struct
from typing import Any

from weasyprint.draw import text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from briefing.render.quick import replace

_GLYPH = struct.Struct("=Iiii4x")
"""Pango's `PangoGlyphInfo`: glyph, width, its offsets to the right and up; flags left out."""

_BREAK = re.compile("[\n\r\u2029]")
_EMPTY = pango.PANGO_GLYPH_EMPTY
_UNKNOWN = pango.PANGO_GLYPH_UNKNOWN_FLAG

_usual = text.draw_first_line


class _Unusual(Exception):  # noqa: N818 - no error: WeasyPrint's own function draws the line then
    """A line has something in it that is not looked up here."""


def install() -> None:
    """Let WeasyPrint draw a line of ordinary glyphs by looking each up.

    Bitmaps, emoji, glyphs that no font has, raised ones and shortened lines are left to it.
    """
    if ffi.sizeof("PangoGlyphInfo") == _GLYPH.size and pango.pango_version() >= 14802:
        replace(_usual, draw)


def draw(  # noqa: PLR0917 - what `draw_first_line` takes
    stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any
) -> Any:
    """Do what `draw_first_line` does."""
    is_cut = overflow == "ellipsis" or ellipsis != "none"
    is_blank = not textbox.text.strip() or textbox.style["font_size"] < 1e-6
    if is_cut or is_blank or _BREAK.search(textbox.pango_layout.text):
        return _usual(stream, textbox, overflow, ellipsis, matrix)
    try:
        drawn = _Line(stream, textbox.pango_layout).parts()
    except _Unusual:
        return _usual(stream, textbox, overflow, ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    for font, size, glyphs in drawn:
        stream.set_font_size(font.hash, size)
        stream.show_text(glyphs)
    return []  # emoji, of which there are none


class _Line:
    """A line to be drawn."""

    def __init__(self, stream: Any, layout: Any) -> None:
        self._stream = stream
        self._layout = layout
        # A page's lines are kept until it is drawn, so no font makes room for another meanwhile.
        self._fonts = stream.__dict__.setdefault("_fonts_of_runs", {})

    def parts(self) -> list[Any]:
        """Return font, size and what is written of each part that has one font."""
        found: list[Any] = []
        before = None
        run = pango.pango_layout_get_line_readonly(self._layout.layout, 0).runs
        while run != ffi.NULL:
            item, run = run.data, run.next
            here = item.item.analysis.font
            if here != before:
                before = here
                found.append([*self._font(here), ""])
            font, size, _ = found[-1]
            found[-1][2] += self._written(item, font, size)
        return found

    def _font(self, here: Any) -> Any:
        """Return a font as the document has it, and its size."""
        if here not in self._fonts:
            self._fonts[here] = self._stream.add_font(here)
        font, size = self._fonts[here]
        if font.png or font.svg or font.colr or font.bitmap:
            raise _Unusual
        return font, size

    def _written(self, item: Any, font: Any, size: float) -> str:
        """Return what is written of a run."""
        infos = ffi.buffer(item.glyphs.glyphs, item.glyphs.num_glyphs * _GLYPH.size)
        known = font.__dict__.setdefault("_pieces", {}).setdefault(size, {})
        try:
            pieces = "".join([known[info] for info in _GLYPH.iter_unpack(infos)])
        except KeyError:
            for place, info in enumerate(_GLYPH.iter_unpack(infos)):
                if info not in known:
                    known[info] = self._piece(item, place, of=(font, size, *info))
            pieces = "".join([known[info] for info in _GLYPH.iter_unpack(infos)])
        shown = "<" + pieces
        return shown[:-1] if shown[-1] == "<" else shown + ">"

    def _piece(self, item: Any, place: int, *, of: Any) -> str:
        """Return what is written of a glyph: its number, and by how much the next is pulled."""
        font, size, glyph, width, right, up = of
        if up or glyph == _EMPTY or glyph & _UNKNOWN:
            raise _Unusual
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = self._letters(item, place)
        offset = right / size
        if glyph not in font.widths:
            extents = self._stream.ink_rect, self._stream.logical_rect
            pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, *extents)
            font.widths[glyph] = round(extents[1].width * 1000 * FROM_UNITS / size)
        kerning = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        moved = f">{-offset}<" if offset else ""
        pulled = f">{int(kerning)}<" if kerning else ""
        return f"{moved}{glyph:04x}{pulled}"

    def _letters(self, item: Any, place: int) -> str:
        """Return the letters that a glyph stands for."""
        start, clusters = item.item.offset, item.glyphs.log_clusters
        is_leftward = item.item.analysis.level % 2
        last = 0 if is_leftward else item.glyphs.num_glyphs - 1
        beside = place - 1 if is_leftward else place + 1
        until = item.item.length if place == last else clusters[beside]
        words = self._layout.text.encode()
        letters: bytes = words[start + clusters[place] : start + until]
        return letters.decode()
