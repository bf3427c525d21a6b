"""Who said it: each quotation with its speaker, and each sentence that reports somebody's words.

    sentences ─cue▶ who speaks in each ─carry▶ who speaks in each quotation

A speaker is given by full name as the article gives it, or not at all: silence beats a wrong
name.
"""

from briefing.quotes.speakers import quotations, speaker_of

__all__ = ["quotations", "speaker_of"]
