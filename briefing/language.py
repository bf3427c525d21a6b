"""The language of a text: by its commonest words where they decide, else by a learnt model."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

# The commonest words that tell a language from its neighbours. Words that several share count for
# each, so only the difference decides.
_WORDS = {
    "en": "the of and to in that is was for it with as on be at by this have from are he his they",
    "fr": "le la les des et est une dans que qui pour sur pas par au avec plus ce cette sont du",
    "de": "der die das und ist nicht den von mit ein eine zu auf für dem sich des auch im wird",
    "es": "el la los las de que y en un una por con no para su del se al es como más pero ha",
    "it": "il la di che e un una per non con sono del della nel gli le dei ha alla è anche da",
    "pt": "o a os as de que e em um uma para com não do da no na por se mais dos ao foi são",
    "nl": "de het een van en in is dat op te zijn niet met voor aan er ook maar door bij naar",
    "ru": "и в не на что с по как это из его он от для за было к но после также все она их до",
    "uk": "і в не на що з та як це його до за від для про було але після також він у й його ще",
}
# How many words are looked at, and how much of them must be of the best language, and by how much
# more than of the second. On English, French, German, Spanish, Italian, Portuguese, Dutch, Russian
# and Ukrainian news a language has .2 to .35 of its own and its neighbours .05 to .12.
_LOOKED_AT = 200
_SHARE, _LEAD = 0.12, 1.4
_FEWEST = 20


def language_of(paragraphs: Sequence[str]) -> str | None:
    """Return the ISO 639-1 code of the language of *paragraphs*, None when too short to tell.

    >>> language_of(["The ferry of the island sank in the night and nobody on it was hurt, "
    ...     "they say, but it will be weeks before the next one is to sail for the coast."])
    'en'
    >>> language_of(["Short."]) is None
    True
    """
    words = _first_words(paragraphs)
    if len(words) < _FEWEST:
        return _guessed(paragraphs) if words and _has_no_spaces(paragraphs) else None
    return _plainly(words) or _guessed(paragraphs)


def _plainly(words: Sequence[str]) -> str | None:
    """Return the language whose commonest words are many among *words*, and no other's are."""
    counts = Counter(language for word in words for language in _languages().get(word, ()))
    (best, count), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    sure = count >= _SHARE * len(words) and count >= _LEAD * second
    return best if sure else None


def _first_words(paragraphs: Sequence[str]) -> list[str]:
    """Return the first few hundred words, in lower case, without marks at their ends."""
    words: list[str] = []
    for paragraph in paragraphs:
        left = _LOOKED_AT - len(words)
        found = paragraph.lower().split(maxsplit=left)[:left]
        words += [word.strip(".,;:!?\"'“”‘’«»()") for word in found]
        if len(words) >= _LOOKED_AT:
            break
    return words


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Return the languages that have each word."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


def _has_no_spaces(paragraphs: Sequence[str]) -> bool:
    """Return whether the text is long though it has few spaces, as Chinese has."""
    return sum(map(len, paragraphs)) > 60


def _guessed(paragraphs: Sequence[str]) -> str | None:
    """Return what the model of py3langid says; loading it takes half a second."""
    from py3langid.langid import classify

    text = " ".join(paragraphs)[:3000]
    return str(classify(text)[0]) or None
