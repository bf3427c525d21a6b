"""What leans: one finding in a sentence that does not stand alone."""

from typing import NamedTuple

from briefing.names import Person


class Lean(NamedTuple):
    """Something in a sentence that leans on what a reader of the sentence does not see."""

    kind: str
    """connective, surname, pronoun, noun, pointer, phrase, demonstrative, voice,
    fragment, unfinished, half-quotation, unattributed."""

    start: int
    """Offset in `Article.text`."""

    end: int
    person: Person | None = None
    """Whom it means, when that is certain."""

    @property
    def is_curable(self) -> bool:
        """Whether a bracket or an elision cures it."""
        return self.kind == "connective" or self.person is not None
