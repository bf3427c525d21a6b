"""Lines of text: set up once for each style, and shaped once instead of again to be drawn.

WeasyPrint makes a Pango context and a font description for each piece of text, measures a line,
throws it away, and has it shaped again to be drawn. Kept lines take some kilobytes each.
"""

from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description

_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip
"""What `font_features` takes, in order."""

_KIT = (
    "direction", "lang", "font_language_override", "font_family", "font_style", "font_stretch",
    "font_weight", "font_size", "font_variation_settings", *_FEATURES,
)  # fmt: skip
"""What `Layout.setup` reads of a style, but the lines under and over text."""

_setup = line_break.Layout.setup
_reactivate = line_break.Layout.reactivate


def install() -> None:
    """Let WeasyPrint set up text once for each style, and keep a line until it is drawn."""
    line_break.Layout.setup = setup
    line_break.Layout.deactivate = deactivate
    line_break.Layout.reactivate = reactivate


def setup(self: Any, style: Any) -> None:
    """Do what `Layout.setup` does."""
    if style["text_decoration_line"] != "none":
        _setup(self, style)
        return
    context, self.language, description, feature = getattr(style, "_kit", None) or _kit(style)
    self.style = style
    self.first_line_direction = 0
    self.ascent = self.underline_position = self.strikethrough_position = None
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, description)
    if feature is not None:
        # A list of its own, for what is set on a layout is added to it.
        listed = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(listed, feature)
        pango.pango_layout_set_attributes(self.layout, listed)


def deactivate(self: Any) -> None:
    """Keep the line, where `Layout.deactivate` throws it away."""


def reactivate(self: Any, style: Any) -> None:
    """Have the line as it is to be drawn: shaped again where it is justified."""
    if self.justification_spacing or self.style is not style:
        _reactivate(self, style)


def _kit(style: Any) -> Any:
    """Return what the layouts of a style have in common; styles that are alike share it."""
    kits = style.font_config.__dict__.setdefault("_kits", {})
    key = str([style[name] for name in _KIT])
    if key not in kits:
        kits[key] = (*_context(style), get_font_description(style), _feature(style))
    style._kit = kits[key]
    return kits[key]


def _context(style: Any) -> tuple[Any, Any]:
    """Return context and language as `Layout.setup` makes them."""
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    told = style["font_language_override"]
    named = style["lang"] if told == "normal" else LST_TO_ISO.get(told.lower(), told)
    if not named:
        return context, pango.pango_language_get_default()
    language = pango.pango_language_from_string(named.encode().replace(b"\0", b""))
    pango.pango_context_set_language(context, language)
    return context, language


def _feature(style: Any) -> Any:
    """Return the attribute that sets the features of a font, None for none."""
    features = font_features(*(style[name] for name in _FEATURES))
    if not features:
        return None
    written = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    known = style.font_config.font_features
    if written not in known:
        known[written] = pango.pango_attr_font_features_new(written)
    return known[written]
