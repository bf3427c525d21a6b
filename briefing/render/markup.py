"""A page as WeasyPrint's `HTML`, made without what our pages have no use for."""

import re
from functools import cache
from typing import Any

from briefing.render.tree import drop_inherited, plain

_TELLS = re.compile(r":lang\b|\[\s*lang\b|\[\s*dir\b(?!\s*=\s*[\"']?rtl)")
"""A selector that tells an element with a language or direction from one that inherits it."""

_NOTES = re.compile(r":\s*(?:foot)?note\b|marker\b|list-item\b", re.IGNORECASE)
"""What a stylesheet says that has notes, or list items that are no `li`."""

_OF_NOTES = re.compile(r"^::(?:footnote|note)-\w+ \{[^{}]*\}$", re.MULTILINE)
_OF_ALL = re.compile(r"^::marker \{", re.MULTILINE)


def read(page: str, *, css: str, base_url: str, url_fetcher: Any) -> Any:
    """Return a page as a `weasyprint.HTML` that lays out as `HTML(string=page)` does, but sooner.

    Args:
        page: The page.
        css: The stylesheet it will be laid out with, for what its selectors can tell apart.
        base_url: What relative addresses in the page are relative to.
        url_fetcher: The only way by which it reads anything.
    """
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
    from weasyprint import HTML

    rules = css + "".join(re.findall(r"<style>([^<]*)</style>", page))
    has_notes = bool(_NOTES.search(rules)) or " style=" in page

    class Page(HTML):  # type: ignore[misc]
        """The page."""

        def __init__(self, root: Any) -> None:
            self.base_url = base_url
            self.url_fetcher = url_fetcher
            self.media_type = "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            """Return the styles that every page begins with."""
            usual: list[Any] = super()._ua_stylesheets(forms)
            return usual if forms or has_notes else [_without_notes(), *usual[1:]]

    root = plain(page)
    if root is None:
        return HTML(string=page, base_url=base_url, url_fetcher=url_fetcher)
    if not _TELLS.search(rules):
        drop_inherited(root)
    return Page(root)


@cache
def _without_notes() -> Any:
    """Return WeasyPrint's own stylesheet without styles of notes, which no page of ours has.

    They are rules for every element: each would get five styles more, a twentieth to a seventh of
    the time of a layout. Markers stay with list items. Where another version of WeasyPrint writes
    its rules otherwise, nothing is taken out, and pages look the same.
    """
    from importlib.resources import files

    from weasyprint import CSS

    rules = (files("weasyprint") / "css" / "html5_ua.css").read_text(encoding="utf-8")
    return CSS(string=_OF_ALL.sub("li::marker {", _OF_NOTES.sub("", rules)))
