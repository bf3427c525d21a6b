"""Names in a byline."""

import re

# Words that open a byline. "Di" and "De" alone would be names; they are left out.
_OPENS = re.compile(
    r"(?:(?:written|words|story|report(?:ed|ing)?|text|analysis|exclusive|posted|published|review)\s+)?"
    r"(?:(?:by|von(?: unsere[mrn] (?:korrespondent(?:en|in)|redakteur(?:in)?|reporter(?:in)?))?"
    r"|par|por|автор|авторка|текст|author|authors|autor|auteur|autore)\s*[:\-–—]?\s+"
    r"|(?:words|text)\s*:\s+"
    r"|from\s+(?=[A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,? in [A-Z][^.]{0,40})?$))(?=\S)",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|bin|ibn|al|el|ter|ten|y|e|af)"
_CAPITAL = r"[A-ZÀ-ÞĀ-ŽА-ЯЇЄІҐΑ-Ω]"
_TOKEN = rf"(?:{_CAPITAL}[\w’'.\-]*|{_PARTICLE})"
NAME = re.compile(rf"(?<![\w’'.\-]){_CAPITAL}[\w’'.\-]*(?: {_TOKEN}){{1,4}}")
_JOINS = re.compile(
    r"(?:(?<!\s)\s+)?(?:,\s*(?:and|und|et|y)|,|;|&|\band\b|\bund\b|\bet\b|\by\b|\bи\b|\bта\b|\be\b)\s+"
)
# Words of an office or an outlet: a capitalised phrase with one of these is no person.
_OFFICE = frozenset(
    """editor correspondent reporter writer staff agency news press agencies journalist columnist
    producer contributor chief bureau desk team media times post guardian reuters politics political
    business sports culture science health environment world home affairs economics europe
    newsroom wire service services online digital redaktion agencia agence associated avec afp
    dpa efe photographs photography international national daily the with""".split()
)
_BRACKETED = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)")
_LONGEST = 200
# What ends a list of names: an outlet, a place, a date, an address.
_BEHIND = re.compile(
    r"(?:(?<!\s)\s+)?[|•·@\t\d]|\s[-–—]\s|https?:"
    r"|, (?=(?:остров|город|село|г\.|м\.|envoyée?|enviad[oa]) )"
    r"|(?<!\s)\s+(?:(?:in|for|at|im|aus|à) (?=[A-Z])|[Oo]n(?:\s|$)|(?:Updated|Published|Posted)\b)"
)


def byline(text: str) -> tuple[str, ...] | None:
    """Return the names in a byline, none of them when it names an office, None when it is none.

    >>> byline("By Ada Vale and Bo Lund, Political Editor")
    ('Ada Vale', 'Bo Lund')
    >>> byline("By Newswire staff"), byline("By noon the ferry had sunk.")
    ((), None)
    """
    if len(text) > _LONGEST:
        return None
    opening = _OPENS.match(text.strip())
    if not opening:
        return None
    rest = text[opening.end() :]
    found = names(rest)
    if found:
        return found
    office = rest.lower().split()
    short = len(office) <= 5 and not rest.endswith((".", "!", "?"))
    return () if short and _OFFICE & {word.strip(".,") for word in office} else None


def names(text: str) -> tuple[str, ...]:
    """Return the names that *text* lists, up to the first thing that is none.

    Nothing is returned when running text follows: "Ada Vale said" is no list of names.

    >>> names("Ada Vale, Bo van Lund | Newswire"), names("Ada Vale said so.")
    (('Ada Vale', 'Bo van Lund'), ())
    """
    head = _BEHIND.split(_BRACKETED.sub("", text), maxsplit=1)[0].strip(" ,")
    head = _case(head)
    found: list[str] = []
    for piece in _JOINS.split(head):
        part = _case(piece.strip(" .:").removeprefix("By ").removeprefix("by "))
        if not NAME.fullmatch(part) or _OFFICE & set(part.lower().split()):
            if not found or not _is_office(part):
                return tuple(found) if found and _is_office(part) else ()
            continue
        found.append(part)
    return tuple(dict.fromkeys(found))


def _case(head: str) -> str:
    """Return names in capitals as names: ADA VALE becomes Ada Vale."""
    if not head.isupper() or len(head.split()) > 12:
        return head
    return re.sub(r"\bAnd\b", "and", head.title())


def _is_office(part: str) -> bool:
    """Return whether *part* may follow a name as its office or outlet: no running text."""
    words = part.split()
    return (
        len(words) <= 6
        and not part.endswith(("!", "?"))
        and (not words or words[0][:1].isupper() or bool(_OFFICE & {w.lower() for w in words}))
    )
