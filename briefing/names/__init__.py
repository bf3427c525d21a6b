"""The people of an article: who they are, where they are named, and whom a pronoun means.

    runs of capitals ─read▶ names ─gather▶ people ─antecedent▶ the person a pronoun means

Precision comes first: what is not certain is None.
"""

from briefing.names.gender import Gender
from briefing.names.persons import Mention, Person
from briefing.names.roster import NameBook, book, people

__all__ = ["Gender", "Mention", "NameBook", "Person", "book", "people"]
