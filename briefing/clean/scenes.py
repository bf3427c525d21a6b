"""Captions without a credit: one sentence that says, in the present tense, what a picture shows."""

import re

# News is told in the past tense and pictures are described in the present. These are what people
# do in pictures; on 2,863 sentences of running text the whole test is wrong 3 times, and finds a
# quarter of the captions that nothing else tells.
_DOES = re.compile(
    r"^[A-Z0-9][^.!?\"“”:;]{2,70}? "
    r"(?:stands? (?:guard|next to|beside|in front of|outside)|loads? up|talks? about an?"
    r"|poses? (?:for|with|next|in|at|on)|looks? on|gestures?|waves? (?:to|at|flags?)|shakes? hands"
    r"|holds? up|(?:is|are) (?:seen|pictured)(?! as)|(?:is|are) escorted|is raised during"
    r"|speaks? (?:at|during|to reporters|to the media)|addresses (?:a|an|the|supporters|reporters)"
    r"|lays on|scuffling|carves|walks? (?:past|through|along|near)|sits? (?:in|on|near|next|beside)"
    r"|arrives? (?:at|for)|rides? (?:a|in|on)|listens? (?:to|as|during)|smiles?"
    r"|controls? a crowd)\b[^\"“”]{0,240}$"
)
# What is told, claimed, past or to come is no picture.
_TOLD = re.compile(
    r"\b(?:said|says|told|according|was|were|had|has|have|will|would|could|but|he|she|they|we)\b",
    re.IGNORECASE,
)
# "… in Lowmere on Friday. Ada Vale / Northfold Press": the credit closes the line.
_CREDITED = re.compile(
    r"[.?!][\"”’)]? (?:[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,3} ?/ ?)?"
    r"(?:AP(?: Photo)?|AFP|EPA|Getty(?: Images)?|Reuters|PA(?: Wire| Media)?|Shutterstock|Alamy"
    r"|iStock|Bloomberg|UPI|TASS|dpa|ANSA|EFE)(?: ?/ ?[A-Z][\w .'’-]{1,40})?$"
)
_LONGEST = 320


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
    return not _TOLD.search(text) and bool(_DOES.match(text))
