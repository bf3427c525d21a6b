"""What a title or a given name makes certain of a person's gender."""

from collections.abc import Sequence
from enum import StrEnum

from briefing.names.lexicon import Lexicon, given_names


class Gender(StrEnum):
    """What is certain of a person's gender, for the sake of pronouns."""

    MALE = "m"
    FEMALE = "f"
    UNKNOWN = "u"


def gender_of(title: str, tokens: Sequence[str], words: Lexicon) -> Gender:
    """Return the gender that a title or given name makes certain."""
    if title in words.titles_male:
        return Gender.MALE
    if title in words.titles_female:
        return Gender.FEMALE
    if len(tokens) < 2:
        return Gender.UNKNOWN
    return _GENDERS[given_names().get(tokens[0].lower().partition("-")[0], "u")]


# Looked up, as a call of the class takes five times as long.
_GENDERS = {gender.value: gender for gender in Gender}
