"""Boxes: what WeasyPrint asks of each box many times, answered in fewer steps."""

from operator import attrgetter
from typing import Any

from briefing.render.quick import once, replace

_OUT = frozenset(("left", "right", "inline-start", "inline-end", "footnote"))
_APART = frozenset(("absolute", "fixed"))
_NOWHERE = frozenset(("running()", "note()"))

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)


def install() -> None:
    """Let WeasyPrint answer these sooner: place in the flow, sizes, struts, page names, floats."""
    from weasyprint import css
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block, percent
    from weasyprint.layout import float as floats
    from weasyprint.text import line_break

    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    boxes.ParentBox.page_values = _page_values
    replace(percent.resolve_percentages, _resolve(percent.resolve_percentages))
    replace(block.block_level_page_name, _page_name(block.block_level_page_name))
    replace(floats.avoid_collisions, _avoid(floats.avoid_collisions, boxes.LineBox))
    css.StyleFor.__init__ = _look_for_names(css.StyleFor.__init__)
    once("_sizes", _sizes)
    once("_strut", line_break.strut)
    replace(line_break.strut, attrgetter("_strut"))


def _is_in_normal_flow(self: Any) -> bool:
    """Do what `Box.is_in_normal_flow` does by asking five others."""
    style = self.style
    position = style["position"]
    return style["float"] not in _OUT and position not in _APART and position[0] not in _NOWHERE


def _page_values(self: Any) -> tuple[Any, Any]:
    """Do what `ParentBox.page_values` does, without a list of all children at each level."""
    if self.style.cache.get(_NAMED) is False:
        return "", ""
    start = end = self.style["page"]
    first = next((child for child in self.children if _counts(child)), None)
    if first is None:
        return start, end
    last = next(child for child in reversed(self.children) if _counts(child))
    values = first.page_values()
    return values[0] or start, (values if last is first else last.page_values())[1] or end


def _page_name(usual: Any) -> Any:
    """Return a `block_level_page_name` that knows a document in which no page has a name."""

    def block_level_page_name(before: Any, after: Any) -> Any:
        if before.style.cache.get(_NAMED) is False:
            return None
        return usual(before, after)

    return block_level_page_name


_NAMED = "named pages"


def _look_for_names(usual: Any) -> Any:
    """Return a `StyleFor.__init__` that keeps whether any rule names a page.

    It keeps that in the cache that all styles of a document share.
    """

    def look(self: Any, html: Any, *others: Any) -> None:
        usual(self, html, *others)
        styles = self.get_computed_styles()
        is_named = any("page" in style.cascaded for style in styles.values())
        styles[html.etree_element, None].cache[_NAMED] = is_named

    return look


def _avoid(usual: Any, line_box: type) -> Any:
    """Return an `avoid_collisions` that places a line where there is nothing to avoid."""

    def avoid_collisions(  # noqa: PLR0917 - what it takes
        context: Any, box: Any, containing_block: Any, outer: bool = True
    ) -> Any:
        is_usual = outer or context.excluded_shapes or not isinstance(box, line_box)
        if is_usual or containing_block.style["direction"] != "ltr":
            return usual(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        right = left + containing_block.width - box.margin_right
        left += box.margin_left
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoid_collisions


def _counts(child: Any) -> bool:
    """Return whether a page's name is looked for in *child*."""
    return bool(child.is_in_normal_flow() or child.is_floated())


def _resolve(usual: Any) -> Any:
    """Return a `resolve_percentages` that works out once what a style without any comes to."""

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        sizes = box.style._sizes
        if sizes is None:
            usual(box, containing_block)
        else:
            box.__dict__.update(sizes)

    return resolve_percentages


def _sizes(style: Any) -> dict[str, Any] | None:
    """Return what each size of a style comes to, None if it depends on more than the style."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return None
    sizes = {}
    for name in _LENGTHS:
        value = style[name]
        if value is None or value == "auto":
            sizes[name] = 0 if value and name in ("min_width", "min_height") else value
        elif getattr(value, "unit", "%") in ("px", "PX"):
            sizes[name] = value.value
        else:
            return None
    return sizes | {name: style[name] for name in _BORDERS}
