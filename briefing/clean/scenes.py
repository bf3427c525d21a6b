"""Captions without a credit: one sentence that says, in the present tense, what a picture shows."""

import re

# News is told in the past tense and pictures are described in the present. These are what people
# do in pictures; on 2,863 sentences of running text the whole test is wrong 3 times, and finds a
# quarter of the captions that nothing else tells.
_DOES = re.compile(
    r"^[A-Z0-9][^.!?\"“”:;]{2,70}? "
    r"(?:stands? (?:guard|next to|beside|in front of|outside)|loads? up|talks? about an?"
    r"|poses? (?:for|with|next|in|at|on)|looks? on|gestures|waves? (?:to|at|flags?)|shakes? hands"
    r"|holds? up|(?:is|are) (?:seen|pictured)(?! as)|(?:is|are) escorted|is raised during"
    r"|speaks? (?:at|during|to reporters|to the media)|addresses (?:a|an|the|supporters|reporters)"
    r"|lays on|scuffling|carves|walks? (?:past|through|along|near)|sits? (?:in|on|near|next|beside)"
    r"|arrives? (?:at|for)|rides? (?:a|in|on)|listens? (?:to|as|during)|smiles?"
    r"|controls? a crowd)\b[^\"“”]{0,240}$"
)
# What is told, claimed, past or to come is no picture.
_TOLD = re.compile(
    r"\b(?:said|says|told|according|was|were|had|has|have|will|would|could|may|can|might|should"
    r"|must|but|if|when|what|which|whether|until|used|he|she|they|we|i|you)\b",
    re.IGNORECASE,
)
# "… in Lowmere on Friday. Ada Vale / Northfold Press": the credit closes the line.
_CREDITED = re.compile(
    r"[.?!][\"”’)]? (?:[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,3} ?/ ?)?"
    r"(?:AP(?: Photo)?|AFP|EPA|Getty(?: Images)?|Reuters|PA(?: Wire| Media)?|Shutterstock|Alamy"
    r"|iStock|Bloomberg|UPI|TASS|dpa|ANSA|EFE)(?: ?/ ?[A-Z][\w .'’-]{1,40})?$"
)
_LONGEST = 320
_SHORTEST = 5
# "… in Port Vale on 3 June 2026.": what is told so ends in a date, too, but in the past tense.
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_PLACE = r"(?:,? (?:in|at) [A-Z][\w. ]{2,30}(?:, [A-Z][\w. ]{2,20})?)?"
_DATED = re.compile(
    rf"{_MONTH} (?:\d{{1,2}}, )?\d{{4}}{_PLACE}\W*$|, in \d{{4}}\W*$|\d{{4}} photo\W*$"
)
# "…, March 3, 2026.": a date with no "on" before it is a caption's even if something is told.
_BARE_DATE = re.compile(rf", {_MONTH} \d{{1,2}}, \d{{4}}\W*$")
_WEEKDAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|night|evening|afternoon))?"
    rf"{_PLACE}\W*$"
)
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|according|became|began|bought|broke|brought|built|came|caught|chose|cut|died"
    r"|did|drew|drove|fell|fled|flew|found|fought|gave|got|grew|had|has|have|held|hit|kept|knew|laid"
    r"|led|left|lost|made|met|paid|ran|rose|said|sank|saw|sent|set|shot|sold|sought|spent|spoke"
    r"|stood|struck|swept|told|took|taught|thought|threw|was|went|were|won|wrote)\b"
)
# A time that is neither past nor seen: schedules, claims, what always holds.
_TIMELESS = re.compile(
    r"\b(?:runs|plans?|expects?|hopes?|begins?|opens?|starts?|ends?|hits|alleges|owes?|dates?|is|are"
    r"|am|does|do|who|because)\b"
)
# What one person does to be taken a picture of.
_ONE_DOES = re.compile(
    r"^[A-Z0-9][^.!?\"“”:;]{2,140}? (?:addresses|arrives|attends|boards|carries|celebrates|cheers"
    r"|conducts|delivers|departs|embraces|enters|gestures|gives|greets|holds|hugs|inspects|introduces"
    r"|kisses|leaves|listens|looks|makes|meets|participates|poses|prays|reacts|receives|rides|shakes"
    r"|signs|sits|smiles|speaks|stands|testifies|tours|visits|walks|watches|waves|wears"
    r"|welcomes) "
)


def is_scene(text: str) -> bool:
    """Return whether a line is the caption of a picture by its wording alone.

    >>> is_scene("A fireman stands outside the burnt ferry in Lowmere.")
    True
    >>> is_scene("A fireman who stands outside the law was jailed, the court said.")
    False
    >>> is_scene("Boats in the harbour of Lowmere on Friday. Ada Vale / Getty Images")
    True
    """
    if len(text) > _LONGEST:
        return False
    if _CREDITED.search(text):
        return True
    if _TOLD.search(text):
        return bool(_BARE_DATE.search(text[-30:])) and not _PAST.search(text)
    return bool(_DOES.match(text)) or (_is_dated(text) and not _TIMELESS.search(text))


def _is_dated(text: str) -> bool:
    """Return whether *text* says, in no past tense, what is seen on a certain day."""
    if _DATED.search(text[-90:]):
        return text[0].isupper() and text.count(" ") >= _SHORTEST and not _PAST.search(text)
    return bool(
        "day" in text[-90:]
        and _WEEKDAY.search(text[-90:])
        and _ONE_DOES.match(text)
        and not _PAST.search(text)
    )
