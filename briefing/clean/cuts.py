"""Parts within a line: a dateline before, a credit behind, noise glued into running text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefing.clean.lines import Line, line
from briefing.model import Role

# Agencies and papers that sign their datelines: LONDON (Reuters) —. Any other name in brackets is
# taken only behind a place in capitals.
_UPPER = r"[A-ZÀ-ÞА-ЯЇЄІҐ]"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_AGENCY = r"(?:Reuters|AP|AFP|CNN|UPI|Bloomberg|DPA|dpa|EFE|ANSA|TASS|Xinhua|PA)"
_DATELINE = re.compile(
    # Capitals, perhaps with a state or country behind: HAYWARD, Calif. / ORME, Tennessee
    # (a hyphen is part of a word; as a separator too it would be tried at every place).
    rf"(?:(?P<place>(?<![A-ZÀ-ÞА-ЯЇЄІҐ.'’-]){_UPPER}[A-ZÀ-ÞА-ЯЇЄІҐ.'’-]+"
    r"(?:[ /][A-ZÀ-ÞА-ЯЇЄІҐ.'’-]{2,}){0,4}"
    r"(?:, [A-ZÀ-Þ][\w.]+(?: [A-Z][\w.]+){0,2})?)"
    rf"(?:,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} [A-Z][a-z]{{2,8}}))?"
    r"\s{0,2}(?P<signed>\([^()\n]{2,40}\))?\s{0,2}(?:—|–|--?|:(?=\s))\s*"
    rf"|\({_AGENCY}\)\s{{0,2}}(?:—|–|--?)\s*)"
)
# The place in small letters: Port Vale, Tarsia (CNN) -- / (CNN)The. Without a dash what stands in
# brackets must be a name that no other body's initials make: AP and PA are those of many.
_TITLED = rf"{_UPPER}[\w.]{{1,15}}"
_SIGNED = re.compile(
    rf"(?P<place>(?:(?:{_UPPER}[\w.'’-]{{0,20}}|de|da|do|del|of|la|al),? ){{0,6}})"
    rf"\((?:(?P<agency>{_AGENCY})|{_TITLED}(?: {_TITLED}){{0,3}})\)\s{{0,2}}"
    rf"(?P<dash>(?:—|–|--?)\s*)?(?=[\"“‘'(]{{0,2}}(?:{_UPPER}|\d))"
)
# The longest such dateline of the evaluation material has 49 characters before its agency.
_SIGNED_WITHIN = 80
_SURE = frozenset(("CNN", "Reuters", "Bloomberg", "Xinhua"))
# Of other languages: VALMURE (Haute-Rive), 17 janv. – / Ясенівка, 6 грудня – Укрвісті. /
# Zareck. 15 января. ДЕЛОВАЯ ЛЕНТА — / ЗАРЕЧЬЕ, 5 февраля. /Корр. Лента/. / Brackenau (dpa/lb) –
_MONTH_ABROAD = (
    r"(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|ene|feb|abr|may|jun|jul|ago|dic"
    r"|jan|mär|apr|aug|okt|dez|янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек"
    r"|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд)[^\W\d_]{0,8}\.?"
)
_ABROAD = re.compile(
    rf"(?<![^\W_]){_UPPER}[^\W\d_]+(?:[ -]{_UPPER}[^\W\d_]+){{0,3}}"
    rf"(?:(?: \([^()\n]{{2,30}}\))?[,.] \d{{1,2}}\.? (?i:{_MONTH_ABROAD})(?: \d{{4}})?"
    r"(?: г\.| р\.)?[.,]?\s"
    rf"(?:/[^/\n]{{3,60}}/\.?|(?:{_UPPER}[\w-]+ ?){{0,3}}[—–]"
    rf"(?: {_UPPER}[^\W\d_]+\.(?=\s{_UPPER}))?)"
    r"| \((?:dpa|APA|AFP|EFE|sda|afp)(?:/[^()\n]{2,20})?\)\s?[—–-])\s*"
)
_PICTURE_AGENCY = r"(?:AP|AFP|EPA|Getty(?: Images)?|Reuters|REUTERS|PA|Shutterstock|Bloomberg)"
_CREDIT = re.compile(
    r"\s(?:(?:Picture|Image|Photo|Photograph|Photographer|Pic|Credit|[IP][a-z]{4} [Cc]redits?"
    r"|Foto|FOTO|PHOTO|Bild|Crédit|Фото|Video)s?\s?:\s?[^.!?\n]{2,80}\.?"
    r"|© [\w.’' /-]{2,60}|/ (?:[A-ZÀ-Þ]\.? ?)(?:[A-ZÀ-Þ]+\.? ?){1,3}"
    r"|\((?:Photo|Image|Picture|Credit|AP Photo|Photo by|Foto|Bild|Courtesy)\b[^()\n]{0,100}\)"
    rf"|\([\w.’' -]{{2,50}}(?:/|, ){_PICTURE_AGENCY}[^()\n]{{0,40}}\)"
    rf"|\[[\w.’' -]{{2,50}}/(?:{_PICTURE_AGENCY}|Al Jazeera)[^\]\n]{{0,40}}\]"
    r"|REUTERS/[\w .’/-]{2,60}|\| AP Photo)\s*$"
)
# What stands before a credit is its caption, but not when it is longer than any caption.
_CAPTION_WORDS = 60
# Written by the page between two sentences; each is its own block.
_READ_MORE = r"(?P<read_more>\b(?:watch|see|read|view|hear) (?:[^\s.!?»]+ ){1,14}»)"
_GLUED = re.compile(
    r"(?P<advert>(?:story|article) continue[sd] (?:below|after)"
    r"(?: (?:this |the )?ad(?:vert(?:isement)?)?)?|continue reading below(?: advertisement)?"
    r"|advertisement - story continues below)"
    r"|(?P<related>scroll down for (?:the )?videos?(?: and more)?)"
    r"|(?P<subscribe>\[ ?sign up for [^\]\n]{1,120}\])"
    r"|(?P<share>\btweet this\b(?=\s|$)|e-mail to a friend\b)"
    r"|(?P<caption>(?:enlarge this image\s*)?(?:toggle|hide) caption)"
    rf"|{_READ_MORE}",
    re.IGNORECASE,
)
_POINTED = re.compile(_READ_MORE, re.IGNORECASE)
# One of these is in each other match: "continue" alone, which runs through the news, tried too
# often. A match begins at its hint or before, and ends behind it, by no more than this.
_GLUED_HINTS = (
    "story continue",
    "article continue",
    "continue reading below",
    "scroll down for ",
    "sign up for ",
    "tweet this",
    "e-mail to a",
    "toggle caption",
    "hide caption",
)
_BEFORE_HINT, _BEHIND_HINT = 40, 200
_GLUED_ROLES = {
    "advert": Role.ADVERT,
    "related": Role.RELATED,
    "subscribe": Role.SUBSCRIBE,
    "share": Role.SHARE,
    "caption": Role.CAPTION,
    "read_more": Role.READ_MORE,
}


def dateline(found: Line) -> int:
    """Return the length of the dateline that *found* opens with, 0 when it has none.

    >>> from briefing.clean.lines import lines
    >>> dateline(lines("PORT VALE (Newswire) — The ferry sank.")[0])
    23
    """
    if abroad := _ABROAD.match(found.text):
        return abroad.end() % len(found.text)
    match = _DATELINE.match(found.text)
    if not match:
        return _signed(found.text)
    if match.end() == len(found.text):
        return 0
    place, signed = match["place"], match["signed"]
    if place is None:
        return match.end()
    mark = match[0].rstrip()[-1]
    # "NEW DELHI: The" is a dateline, "WHO: The" and "UPDATE - The" may be anything.
    sure = bool(signed) or (mark in "—–-" and len(place) > 3)
    return match.end() if sure and len(place.split()) <= 8 else 0


def _signed(text: str) -> int:
    """Return the length of the dateline, its place in small letters, that *text* opens with.

    >>> _signed("Port Vale, Tarsia (CNN) The ferry sank."), _signed("Ada Vale (Labour) The ferry")
    (24, 0)
    """
    match = _SIGNED.match(text) if "(" in text[:_SIGNED_WITHIN] else None
    if not match:
        return 0
    place, agency, dash = match.group("place", "agency", "dash")
    if place and (not agency or _is_short_for(agency, place)):
        return 0  # Port Association (PA) -- founded in 1901 -- and Ada Vale (Labour)
    return match.end() if dash or agency in _SURE or (agency and not place) else 0


def _is_short_for(agency: str, words: str) -> bool:
    """Return whether *agency* are the initials of the *words* before it."""
    return "".join([word[0] for word in words.split()]).endswith(agency)


def credit(found: Line) -> int:
    """Return where the credit begins that ends *found*, its length when it has none.

    >>> from briefing.clean.lines import lines
    >>> credit(lines("The ferry at Port Vale. Picture: Ada Vale")[0])
    23
    """
    match = _CREDIT.search(found.text) if _may_be_credited(found.text) else None
    return match.start() if match else len(found.text)


def _may_be_credited(text: str) -> bool:
    """Return whether *text* ends as one that a credit closes: a look, not the whole search."""
    if "©" in text[-64:] or " / " in text[-40:]:
        return True
    return text[-1:] in ")]" or ":" in text[-90:] or "REUTERS/" in text or text[-5:] == "Photo"


def glued(found: Line) -> Iterator[tuple[int, int, Role]]:
    """Yield span within *found* and role of each phrase that the page put into running text.

    >>> from briefing.clean.lines import lines
    >>> list(glued(lines("It sank. Scroll down for video It was raised.")[0]))
    [(9, 30, <Role.RELATED: 'related'>)]
    """
    for match in _glued(found.text):
        yield *match.span(), _GLUED_ROLES[match.lastgroup or "advert"]


def _glued(text: str) -> Iterator[re.Match[str]]:
    """Yield each phrase that the page put into *text*, looked for only where one may be.

    The whole expression takes a millisecond for an article, whose letters it tries one by one.
    """
    lowered = text.lower()
    places = sorted(_places(lowered))
    if places and ("»" in text or len(lowered) != len(text)):
        yield from _GLUED.finditer(text)
    elif places:
        yield from _about(text, places)
    else:
        yield from _pointed(text)


def _places(lowered: str) -> Iterator[int]:
    """Yield where the hints stand."""
    for hint in _GLUED_HINTS:
        place = lowered.find(hint)
        while place >= 0:
            yield place
            place = lowered.find(hint, place + 1)


def _about(text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield each phrase that holds one of *places*."""
    done = 0
    for place in places:
        begin = max(place - _BEFORE_HINT, done)
        match = _GLUED.search(text, begin, place + _BEHIND_HINT)
        if match and match.start() <= place:
            yield match
            done = match.end()


def _pointed(text: str) -> Iterator[re.Match[str]]:
    """Yield each phrase that ends in a "»": it holds no mark that ends a sentence."""
    place = text.find("»")
    while place >= 0:
        begin = max(text.rfind(mark, 0, place) for mark in ".!?»") + 1
        yield from _POINTED.finditer(text, begin, place + 1)
        place = text.find("»", place + 1)


# "Bo Lund Bo Anders LundFerry strike enters third week … MORE": behind a name the page repeats it
# in full, with headlines that somebody clicked for, up to "MORE". The name twice makes it sure.
_NAME_TWICE = (
    r"\b(?P<name>[A-Z][\w'’-]{2,30}) "
    r"(?P<run>(?:\(?[A-Z][\w.'’-]{0,30}\)? ){1,4}(?P=name)(?=%s[A-Z]))"
)
# Mostly the headline is glued to the name.
_NAMES_TWICE = tuple(re.compile(_NAME_TWICE % between) for between in ("", " "))
_MORE = re.compile(r" MORE\b")
# The longest such run in the evaluation material is of about 700 characters.
_RUN = 900
# A full stop behind four small letters is no abbreviation's: "Rep." and "Sens." are.
_STOP = re.compile(r"(?<=[a-z]{4})[.!?][\"”’]{0,2} (?=[\"“‘A-Z])")


def _woven(found: Line) -> Iterator[tuple[int, int, Role, str]]:
    """Yield the headlines that a page wove into sentences, and what they leave of the sentences.

    Half a sentence is no body: nobody wrote it so, and it must not be printed.
    """
    runs = list(_runs(found.text))
    stops = [0, *(stop.end() for stop in _STOP.finditer(found.text))] if runs else []
    ends = [*stops[1:], len(found.text)]
    done = 0
    for at, (start, end) in enumerate(runs):
        opening = max(done, *(stop for stop in stops if stop <= start))
        if opening < start:
            yield opening, start, Role.RELATED, "related-broken"
        yield start, end, Role.RELATED, "related-woven"
        done = min(stop for stop in ends if stop >= end)
        following = runs[at + 1][0] if at + 1 < len(runs) else len(found.text)
        done = min(done, following)
        if end < done:
            yield end, done, Role.RELATED, "related-broken"


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each name in full with headlines up to "MORE"."""
    floor = 0
    for more in _MORE.finditer(text):
        place = max(floor, more.start() - _RUN)
        for expression in _NAMES_TWICE:
            names = list(expression.finditer(text, place, more.start()))
            if names:
                yield names[-1].start("run"), more.end()
                floor = more.end()
                break


def parts(text: str, found: Line) -> tuple[tuple[Line, Role | None, str], ...]:
    """Return *found*, a line of *text*, cut at its seams.

    Of each part: the part, its role or None where it is open, and the rule's name.
    """
    length = dateline(found)
    cuts = [(0, length, Role.DATELINE, "dateline")] if length else []
    cuts += _by_page(text, found, floor=length)
    begin = credit(found)
    if begin < len(found.text) and (not cuts or begin >= cuts[-1][1]):
        cuts.append((begin, len(found.text), Role.CREDIT, "credit-behind"))
    return tuple(_cut(text, found, cuts)) if cuts else ((found, None, ""),)


def _by_page(text: str, found: Line, *, floor: int) -> list[tuple[int, int, Role, str]]:
    """Return what the page wrote into a line, from *floor* on, in order."""
    glues, weaves = _seams(text)
    cuts = [cut for cut in _woven(found) if cut[0] >= floor] if weaves else []
    if glues:
        woven = [cut[:2] for cut in cuts]
        cuts += [
            (a, b, role, "glued")
            for a, b, role in glued(found)
            if a >= floor and not any(a < end and start < b for start, end in woven)
        ]
        cuts.sort()
    return cuts


@lru_cache(maxsize=1)
def _seams(text: str) -> tuple[bool, bool]:
    """Return whether anything may be glued, and woven, into the lines of *text*.

    Asked of each line in turn, and looked for once: a page of 25 lines took .1 ms for it.
    """
    lowered = text.lower()
    glues = "»" in lowered or any(hint in lowered for hint in _GLUED_HINTS)
    return glues, " MORE" in text


def _cut(
    text: str, found: Line, cuts: list[tuple[int, int, Role, str]]
) -> Iterator[tuple[Line, Role | None, str]]:
    """Yield the parts of *found* between and at *cuts*, of which there are some."""
    captioned = cuts[-1][2] is Role.CREDIT
    done = 0
    for start, end, role, rule in [*cuts, (len(found.text), len(found.text), Role.OTHER, "")]:
        between = line(text, found.start + done, found.start + start)
        if between:
            short = between.text.count(" ") < _CAPTION_WORDS
            caption = captioned and role is Role.CREDIT and short
            yield (
                between,
                Role.CAPTION if caption else None,
                "caption-before-credit" if caption else "",
            )
        piece = line(text, found.start + start, found.start + end)
        if piece:
            yield piece, role, rule
        done = end
