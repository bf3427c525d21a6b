"""Summarisers: methods that choose sentences, by name.

Ours is `briefing`; `lead` and sumy's are there to compare with. Others come from packages that
declare the entry point group `briefing.summarisers`. A method answers with positions, never with
text, so none can invent words.
"""

from briefing import plugins
from briefing.model import Summariser

_SUMY = ("lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction")

_BUILT_IN = {
    "briefing": "briefing.summarisers.own:summarise",
    "lead": "briefing.summarisers.lead:summarise",
    "highlights": "briefing.summarisers.highlights:summarise",
    **{name: f"briefing.summarisers.sumy:{name}" for name in _SUMY},
}

_GROUP = "briefing.summarisers"


def get(name: str) -> Summariser:
    """Return the summariser called *name*.

    Raises:
        UsageError: No method has this name; the message lists those there are.

    >>> get("lead").__name__
    'summarise'
    """
    found: Summariser = plugins.load(_GROUP, name, built_in=_BUILT_IN, kind="method")
    return found


def names() -> tuple[str, ...]:
    """Return the names of all methods, ours first.

    >>> names()[:3]
    ('briefing', 'lead', 'highlights')
    """
    return plugins.names(_GROUP, built_in=_BUILT_IN)
