"""What an editor's highlights would say: the learnt ranker of `briefing.rank` as a method."""

from briefing import rank
from briefing.model import Document, Pick


def summarise(document: Document, /, *, count: int) -> tuple[Pick, ...]:
    """Return the sentences that highlights would use most, best first, nothing said twice.

    The score is about the share of the sentence that highlights would use, in 0 to 1, less what
    better picks say already.
    """
    taken = rank.order(document)[: max(count, 0)]
    return tuple(
        Pick(position=position, score=score, reasons=("like an editor's highlights",))
        for position, score in taken
    )
