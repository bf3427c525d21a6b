"""Whether a sentence is a statement that could be a key point at all, whatever it leans on."""

import re

from briefing.choose.setting import Setting
from briefing.model import Sentence

_STOPS = ".!?…。！？।؟"
_ENDED = re.compile(rf"[{_STOPS}][\"'“”‘’«»)\]\s]*$")
# Words below which a sentence says too little to be a point ("Nobody knows why.").
_SHORT = 5
_ADDRESS = re.compile(r"(?<!\w)[@#]\w|https?://|\bwww\.|[a-z]\.[a-z]{2,9}/\w")


def tells_nothing(setting: Setting, sentence: Sentence) -> bool:
    """Return whether a sentence is no statement, or too short for one; found once."""
    telling = setting.telling.get(sentence.position)
    if telling is None:
        telling = setting.telling[sentence.position] = _tells(setting, sentence)
    return not telling


def _tells(setting: Setting, sentence: Sentence) -> bool:
    """Return whether a sentence is a statement, and not too short for one."""
    text = sentence.text
    if text[-1] in "?!" or sentence.position in setting.asides or _has_address(text):
        return False
    if _is_idle(setting, sentence) or (text[0] == "(" and text.rstrip(".")[-1:] == ")"):
        return False
    if not setting.ends_sentences:
        return True
    enough = len(setting.document.words[sentence.position]) >= _SHORT
    return enough and bool(text[-1:] in _STOPS or _ENDED.search(text))


def _is_idle(setting: Setting, sentence: Sentence) -> bool:
    """Return whether a sentence tells of the reporting alone; what it quotes may be the news."""
    known = setting.lexis
    if known.idle is None or known.idle_words.isdisjoint(setting.document.words[sentence.position]):
        return False
    return known.idle.search(sentence.text) is not None and not setting.quoted((sentence,))


def _has_address(text: str) -> bool:
    """Return whether *text* names a page or an account, as posts and captions do.

    >>> _has_address("Ask @valeferry."), _has_address("Ask the ferry.")
    (True, False)
    """
    may = "@" in text or "#" in text or "/" in text or "www." in text
    return may and _ADDRESS.search(text) is not None
