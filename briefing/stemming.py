"""Stems: what words of one language share before their endings, where that is wanted.

Choosing compares words by their first letters, which needs no stemmer. sumy's methods are known
with one, so their adapter asks here: Snowball (Porter 2001) as NLTK has it, loaded alone, without
the rest of NLTK (20 ms instead of a second) and without its data; for Ukrainian, which Snowball
lacks, sumy's. Another language's words stay as they are.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from briefing import plugins

_SNOWBALL = {
    "ar": "Arabic", "da": "Danish", "de": "German", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "hu": "Hungarian", "it": "Italian", "nl": "Dutch",
    "no": "Norwegian", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
}  # fmt: skip

# Enough for the vocabulary of some hundred articles; a stem costs some 10 microseconds.
_REMEMBERED = 50_000


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return what turns a folded word of *language* into its stem.

    >>> stemmer("fr")("élections"), stemmer("uk")("міністрами"), stemmer("xx")("elections")
    ('élect', 'міністр', 'elections')
    """
    if language == "uk":
        found: Callable[[str], str] = _sumy("ukrainian").stem_word
    elif language in _SNOWBALL:
        found = getattr(_snowball(), f"{_SNOWBALL[language]}Stemmer")().stem
    else:
        return str
    return lru_cache(maxsize=_REMEMBERED)(found)


def _snowball() -> Any:
    """Return NLTK's Snowball stemmers, without NLTK's stop words, which are data."""
    return plugins.load_part(
        "nltk.stem.snowball",
        bare=("nltk", "nltk.stem"),
        stand_ins={"nltk.corpus": {"stopwords": None}},
    )


def _sumy(language: str) -> Any:
    """Return sumy's own stemmer of a language, without the Snowball of all others."""
    return plugins.load_part(
        f"sumy.nlp.stemmers.{language}", bare=("sumy.nlp.stemmers",), stand_ins={}
    )
