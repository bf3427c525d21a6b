"""Fonts of one name kept apart where they are two files.

WeasyPrint 70 knows a font by its description, and Pango gives the regular face made bold the same
one as the bold face of the family. It takes a font that steps in for letters that ours lack from
both, embeds one file, and draws the letters of the other by its numbers: `ℚ` where `Å` stands.
"""

from typing import Any

OURS = b"Source S"
"""Begins the family of each bundled face. None of them is ever made bold: all weights are there."""


def tell_apart() -> None:
    """Make WeasyPrint, in this process, know each font that steps in by its file, too."""
    from weasyprint.pdf import stream
    from weasyprint.text.ffi import ffi, harfbuzz, pango
    from weasyprint.text.fonts import get_pango_font_key

    def key_of(font: Any) -> tuple[Any, Any, Any]:
        """Return key, description and size of a font, its family named with its count of glyphs."""
        key, description, size = get_pango_font_key(font)
        family = ffi.string(pango.pango_font_description_get_family(description))
        if family.startswith(OURS):
            return key, description, size
        face = harfbuzz.hb_font_get_face(pango.pango_font_get_hb_font(font))
        named = b"%b %d" % (family, harfbuzz.hb_face_get_glyph_count(face))
        pango.pango_font_description_set_family(description, named)
        return pango.pango_font_description_hash(description), description, size

    stream.get_pango_font_key = key_of
