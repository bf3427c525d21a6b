"""Grounds, borders and corners: most boxes have none, which is known of a style once."""

from functools import partial
from typing import Any

from briefing.render.quick import once, replace

_RADII = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_ROUND = (0, "px")
"""What a corner that is not round has for a radius, at least one way."""


def install() -> None:
    """Let WeasyPrint pass over boxes whose style has no ground, no border or no round corner."""
    from weasyprint.draw import border, color
    from weasyprint.layout import background, percent

    once("_angular", _is_angular)
    once("_bare", partial(_is_bare, color_of=color.get_color))
    once("_borderless", _is_borderless)
    replace(percent.resolve_radii_percentages, _resolve_radii(percent.resolve_radii_percentages))
    replace(background.layout_box_backgrounds, _lay_out(background))
    replace(border.draw_border, _draw(border.draw_border))


def _resolve_radii(usual: Any) -> Any:
    """Return a `resolve_radii_percentages` that knows a style without round corners."""

    def resolve_radii_percentages(box: Any) -> None:
        if box.style._angular:
            box.__dict__.update(_ANGULAR)
        else:
            usual(box)

    return resolve_radii_percentages


def _is_angular(style: Any) -> bool:
    """Return whether a style has no round corner."""
    return all(_ROUND in style[name] for name in _RADII)


_ANGULAR = dict.fromkeys(_RADII, (0, 0))


def _lay_out(background: Any) -> Any:
    """Return a `layout_box_backgrounds` that knows a style without ground."""
    usual, resolve_radii = background.layout_box_backgrounds, background.resolve_radii_percentages

    def layout_box_backgrounds(  # noqa: PLR0917 - what it takes
        page: Any, box: Any, image_of: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if not box.style._bare or box is page or style is not None or not layout_children:
            usual(page, box, image_of, layout_children, style)
            return
        resolve_radii(box)
        for child in box.all_children():
            layout_box_backgrounds(page, child, image_of)
        box.background = None

    return layout_box_backgrounds


def _is_bare(style: Any, color_of: Any) -> bool:
    """Return whether there is nothing to lay out behind a box of this style."""
    if any(style[name][0] != "none" for name in ("border_image_source", "mask_border_source")):
        return False
    if style["box_shadow"] or any(kind != "none" for kind, _ in style["background_image"]):
        return False
    if style["visibility"] == "hidden":
        return True
    return bool(color_of(style, "background_color").alpha == 0)


def _draw(usual: Any) -> Any:
    """Return a `draw_border` that knows a style with nothing to draw."""

    def draw_border(stream: Any, box: Any) -> None:
        if not box.style._borderless:
            usual(stream, box)

    return draw_border


def _is_borderless(style: Any) -> bool:
    """Return whether a style has no border, and no column that may have a rule."""
    return (
        not any(style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
        and style["border_image_source"][0] == "none"
        and style["border_collapse"] != "collapse"
        and style["column_width"] == style["column_count"] == "auto"
    )
