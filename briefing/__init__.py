"""Briefings one can check: the key points of news articles, in the articles' own words.

    from briefing import Plan, summarise_file

    for summary in summarise_file("article.txt", plan=Plan(points=3)):
        for point in summary.points:
            print(f"{point.label}: {point.text}")

The names below are the public API; they are loaded when first used, so that `import briefing`
costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.codec import dump_edition, dump_outcomes, load_edition
    from briefing.edition import Edition, Story
    from briefing.errors import BriefingError
    from briefing.model import Article, Failure, KeyPoint, Plan, Sentence, Source, Summary
    from briefing.pipeline import summarise, summarise_all, summarise_file, summarise_text
    from briefing.sources import gather

__all__ = [
    "Article",
    "BriefingError",
    "Edition",
    "Failure",
    "KeyPoint",
    "Plan",
    "Sentence",
    "Source",
    "Story",
    "Summary",
    "dump_edition",
    "dump_outcomes",
    "gather",
    "load_edition",
    "summarise",
    "summarise_all",
    "summarise_file",
    "summarise_text",
]

_MODULES = {
    "BriefingError": "errors",
    "Edition": "edition",
    "Story": "edition",
    "dump_edition": "codec",
    "dump_outcomes": "codec",
    "gather": "sources",
    "load_edition": "codec",
    "summarise": "pipeline",
    "summarise_all": "pipeline",
    "summarise_file": "pipeline",
    "summarise_text": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Return a public name, imported from its module when first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    return getattr(import_module(f"briefing.{_MODULES.get(name, 'model')}"), name)
