"""Pages: running lines that are the same as on the page before are not laid out again."""

from typing import Any

from briefing.render.quick import replace

_KEYWORDS = tuple(
    f"@{side}-{place}"
    for side, places in (
        ("top", ("left", "center", "right")),
        ("bottom", ("left", "center", "right")),
        ("left", ("top", "middle", "bottom")),
        ("right", ("top", "middle", "bottom")),
    )
    for place in places
) + tuple(
    f"@{corner}-corner" for corner in ("top-left", "top-right", "bottom-left", "bottom-right")
)


def install() -> None:
    """Let WeasyPrint take the lines in a page's margin from the page before, where they can be.

    They can where the same rules ask for the same words at the same places, and for no counter.
    """
    from weasyprint.layout import page

    usual = page.make_margin_boxes

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
        """Do what `make_margin_boxes` does."""
        asked = _asked(context, page)
        before = context.__dict__.get("_margins")
        if asked is not None and before is not None and before[0] == asked:
            return [box.deepcopy() for box in before[1]]
        made = list(usual(context, page, state))
        context._margins = (asked, made)
        return made

    replace(usual, make_margin_boxes)


def _asked(context: Any, page: Any) -> Any:
    """Return all that the lines in a page's margin depend on; None where a page's number does."""
    style = page.style
    asked: list[Any] = [style.cascaded, page.position_x, page.position_y]
    asked += [style.parent_style, page.border_width(), page.border_height()]
    asked += [page.margin_top, page.margin_right, page.margin_bottom, page.margin_left]
    for keyword in _KEYWORDS:
        style = context.style_for(page.page_type, keyword)
        asked.append(None if style is None else style.cascaded)
        content = "none" if style is None else style["content"]
        for kind, value in () if isinstance(content, str) else content:
            if kind not in ("string", "string()"):
                return None
            is_named = kind == "string()"
            asked.append(context.get_string_set_for(page, *value) if is_named else value)
    return asked
