"""Read `briefing.edition/1` back: strictly, for the file may come from anywhere."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

from briefing.codec.edition import FORMAT, dump_edition
from briefing.edition import Edition, Story
from briefing.errors import FormatError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_A_DAY = timedelta(days=1)
HINT = "it was changed by hand or cut short, or is no edition that briefing wrote"


def load_edition(text: str | bytes) -> Edition:
    """Return the edition that `dump_edition` wrote.

    Nothing is guessed or coerced: a missing or unknown key, a value of the wrong type, a sum
    that does not balance, an id that names no story, each is refused by its place. Whether the
    edition's id is the digest of its content is not asked here: `verify` does, and names it.

    Raises:
        FormatError: The text is not an edition; the message names the first place.
    """
    raw = _parse(text)
    if not isinstance(raw, dict):
        raise FormatError(f"an edition is a JSON object, not {_name(raw)}; {HINT}")
    if raw.get("format") != FORMAT:
        raise FormatError(f"the format is {raw.get('format')!r}, not {FORMAT!r}; {HINT}")
    edition = _build(raw)
    _check_times(edition)
    _same(json.loads(dump_edition(edition)), raw, place="edition")
    _consistent(edition)
    return edition


def _parse(text: str | bytes) -> Any:
    """Return what the JSON holds, refusing what JSON readers disagree on."""
    try:
        content = text.decode() if isinstance(text, bytes) else text
        content.encode()  # a lone surrogate can be read but never written again
        return json.loads(content, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise FormatError(f"the edition is not JSON: {reason}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object, refusing a key that stands twice."""
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"the key {twice[0]!r} stands twice in one object")
    return dict(pairs)


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and infinities, which are not JSON."""
    raise ValueError(f"{name} is not a JSON number")


def _build(raw: dict[str, Any]) -> Edition:
    """Return the edition, built by field, or say which field is wrong."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(_edition(raw))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FormatError(f"the edition's {place} is wrong: {first['msg']}; {HINT}") from error


@cache
def _adapter() -> "TypeAdapter[Edition]":
    """Return what validates an edition; building it takes 50 ms, so once."""
    from pydantic import TypeAdapter

    return TypeAdapter(Edition)


def _edition(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the object in the shape of `Edition`, where that differs from the JSON's."""
    shaped = dict(raw)
    if isinstance(window := raw.get("window"), dict):
        shaped["window"] = {
            "start": window.get("from"),
            "end": window.get("to"),
            "zone": window.get("zone"),
        }
    shaped["stories"] = _each(raw.get("stories"), _story)
    return shaped


def _story(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a story in the shape of `Story`."""
    shaped = dict(raw)
    for key in ("points", "new"):
        shaped[key] = _each(raw.get(key), lambda point: _with(point, "sentences"))
    shaped["differences"] = _each(raw.get("differences"), lambda d: _with(d, "values"))
    return shaped


def _with(raw: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object with the source span of each thing under *key* as a pair."""
    return raw | {key: _each(raw.get(key), _span)}


def _span(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a sentence or value with its source span as one pair, or None."""
    pair = (raw.get("source_start"), raw.get("source_end"))
    return raw | {"source": None if pair == (None, None) else pair}


def _each(raw: Any, shape: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Return the list with each object shaped; whatever else it is, the builder will refuse."""
    if not isinstance(raw, list):
        return raw
    return [shape(one) if isinstance(one, dict) else one for one in raw]


def _check_times(edition: Edition) -> None:
    """Refuse a zone that does not exist, and a time that cannot be told in it."""
    zone_name = edition.window.zone
    try:
        zone = ZoneInfo(zone_name)
    except (OSError, ValueError, LookupError) as error:
        raise FormatError(f"there is no time zone {zone_name!r}; {HINT}") from error
    for moment in _times(edition):
        try:
            for turned in (moment - _A_DAY, moment, moment + _A_DAY):
                turned.astimezone(zone)
        except OverflowError as error:
            raise FormatError(f"no calendar has the time {moment.isoformat()}; {HINT}") from error


def _times(edition: Edition) -> Iterator[datetime]:
    """Yield each time that an edition tells."""
    window = edition.window
    yield from (window.start, window.end, edition.cutoff, edition.compiled)
    for article in (a for story in edition.stories for a in story.articles):
        embargo = article.rights.embargo if article.rights else None
        yield from filter(None, (article.published, article.updated, embargo))


def _same(written: Any, raw: Any, *, place: str) -> None:
    """Refuse *raw* at the first place where it is not what the edition would be written as."""
    if type(written) is not type(raw) and not _numbers(written, raw):
        raise FormatError(f"{place} is {_name(raw)}, not {_name(written)}; {HINT}")
    if isinstance(written, dict):
        _same_keys(written, raw, place=place)
        for key in written:
            _same(written[key], raw[key], place=f"{place}.{key}")
    elif isinstance(written, list):
        for position, (one, other) in enumerate(zip(written, raw, strict=True)):
            _same(one, other, place=f"{place}[{position}]")
    elif written != raw:
        raise FormatError(f"{place} is {raw!r} where {written!r} is right; {HINT}")


def _same_keys(written: dict[str, Any], raw: dict[str, Any], *, place: str) -> None:
    """Refuse an object with a key too many or too few."""
    for key in [*written, *raw]:
        if key not in raw:
            raise FormatError(f"{place}.{key} is missing; {HINT}")
        if key not in written:
            raise FormatError(f"{place}.{key} is not a key of the format; {HINT}")


def _numbers(one: Any, other: Any) -> bool:
    """Return whether both are numbers: JSON knows only one kind."""
    kinds = {type(one), type(other)}
    return kinds <= {int, float}


def _consistent(edition: Edition) -> None:
    """Refuse an edition whose parts name things that are not there, or name them twice."""
    stories = [story.id for story in edition.stories]
    _unique(stories, "story")
    _unique((unit.ref for unit in edition.account.units), "unit")
    listed = [story for section in edition.sections for story in section.stories]
    if sorted(listed) != sorted(stories):
        odd = sorted(set(listed) ^ set(stories)) or sorted(listed)
        raise FormatError(f"the sections do not list each story once: {odd[0]!r}; {HINT}")
    units = {unit.ref for unit in edition.account.units}
    for story in edition.stories:
        if strangers := _strangers(story, units):
            raise FormatError(f"story {story.id} cites {min(strangers)!r}, not its own; {HINT}")


def _strangers(story: Story, units: set[str]) -> set[str]:
    """Return the refs that a story cites and may not."""
    points = {point.ref for point in (*story.points, *story.new)}
    # What an earlier edition printed came in then.
    values = {v.ref for d in story.differences for v in d.values if v.edition is None}
    # A correction sets an article beside its earlier version, which the account has dropped.
    return (points - {article.ref for article in story.articles}) | (values - units)


def _unique(names: Iterable[str], kind: str) -> None:
    """Refuse a name that stands for two things."""
    for name, count in Counter(names).items():
        if count > 1:
            raise FormatError(f"two of the edition have the {kind} name {name!r}; {HINT}")


def _name(thing: Any) -> str:
    """Return what a JSON value is called."""
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return "null" if thing is None else names.get(type(thing), "a number")
