"""Run: one edition, from the inputs to the files, with nothing left half-done."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing import atomic, editor, files, lock
from briefing.archive import Archive
from briefing.codec.carry import unpack
from briefing.compose import Composed, Frame, Memory
from briefing.compose.window import window
from briefing.config import Config
from briefing.daily.collect import collect, with_outlets
from briefing.daily.digest import digest, summaries, texts
from briefing.daily.faces import JSON, NAMES, Faces, check, faces
from briefing.edition import Edition
from briefing.errors import ArchiveError, FormatError, UsageError, VerifyError
from briefing.fetch import Fetcher
from briefing.model import Plan
from briefing.pipeline import Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asked for, beside what the configuration says."""

    config: Config
    now: datetime
    """The cut-off: nothing that came in later is taken in."""

    inputs: tuple[str, ...]
    output: Path | None = None
    """One face more, of the kind that its name ends in."""

    draft: bool = False
    """Write the editor's file, too."""

    past: bool = False
    """The user named the cut-off: that later editions are known is then no surprise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a run made."""

    edition: Edition
    folder: Path
    stale: tuple[str, ...] = ()
    """Edits that no longer fit, a line each."""

    missing: tuple[str, ...] = ()
    """Faces that could not be made or did not hold, and are not there, a line each."""

    warnings: tuple[str, ...] = ()
    """What the user should know, a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The parts of the world that a run reaches, to be replaced in tests."""

    fetcher: Fetcher | None = None
    map: Map = map
    faces: Callable[[Edition, Mapping[str, str], Config], Faces] = faces
    check: Callable[[Mapping[str, bytes], Config], Mapping[str, str]] = check


def make(request: Request, tools: Tools) -> Made:
    """Make the edition of *request*, verify it, write it, and remember what it printed.

    The order matters when a run is killed: files come before the archive, so that no story is
    ever remembered that nobody could have read; run again, the same edition is made. What a
    killed run left unfinished is swept.

    Raises:
        ArchiveError: Another run is at work, the archive can't be read, or the edition was
            signed off: nobody's name is taken off a document without a word.
        ConfigError: The editor's file says something that cannot be followed.
        VerifyError: The edition itself does not hold; a face that does not is left out.
        BriefingError: A file cannot be written.
    """
    config, archive = request.config, Archive(request.config.path(request.config.archive))
    with lock.hold(archive.lock):
        return _make(request, tools, archive=archive, folder=folder_of(config, request.now))


def folder_of(config: Config, cutoff: datetime) -> Path:
    """Return where the edition of *cutoff* goes: a folder a day, by the calendar of its zone."""
    return config.path(config.out) / _day(config, cutoff).isoformat()


def _make(request: Request, tools: Tools, *, archive: Archive, folder: Path) -> Made:
    """Make the edition, with the lock held."""
    config, now = request.config, request.now
    atomic.sweep(folder)
    _refuse_other(folder, config)
    _refuse_signed(archive, config, now)
    memory = archive.memory(cutoff=now, title=config.title, day=_day(config, now))
    draft = _draft(folder / editor.NAME)
    frame = Frame(
        window=window(now, since=config.since, zone=config.zone),
        compiled=now,
        rules=config.rules(),
        memory=memory,
        wishes=draft.wishes if draft else editor.NO_WISHES,
    )
    collected = collect(
        request.inputs,
        _plan(config),
        limits=config.read_limits(),
        fetcher=tools.fetcher,
        map=tools.map,
    )
    composed = digest(with_outlets(collected, config.outlets), frame)
    if composed.edition.unread:
        return _unread(composed, request, tools, folder=folder)
    made = sound_faces(composed.edition, texts(composed), config, tools=tools)
    write_faces(made, folder, others=_others(composed, request, made, folder=folder, draft=draft))
    archive.keep(composed.edition, summaries(composed), texts=texts(composed), memory=memory)
    return Made(
        edition=composed.edition,
        folder=folder,
        stale=editor.stale(draft, composed) if draft else (),
        missing=tuple(made.problems.values()),
        warnings=() if request.past else _warnings(archive, now, memory),
    )


def _unread(composed: Composed, request: Request, tools: Tools, *, folder: Path) -> Made:
    """Return what is made of a run of which every source failed: a notice in the day's folder.

    It is no edition: the archive does not hear of it, and the editor's file stays as it is. Nor
    does it replace an edition: one of the same day, made while sources answered, stays.
    """
    notice = composed.edition
    earlier = edition_in(folder)
    if earlier is not None and not earlier.unread:
        kept = f"every source failed: nothing was written, and {folder} keeps {earlier.id}"
        return Made(edition=notice, folder=folder, warnings=(kept,))
    made = sound_faces(notice, {}, request.config, tools=tools)
    write_faces(made, folder, others=_asked_for(request, made))
    told = "every source failed: this is a notice and no edition; run it again when they answer"
    return Made(
        edition=notice, folder=folder, missing=tuple(made.problems.values()), warnings=(told,)
    )


def edition_in(folder: Path) -> Edition | None:
    """Return the edition whose faces lie in *folder*; None when there is none that can be read."""
    try:
        return unpack((folder / JSON).read_bytes())[0]
    except (OSError, FormatError):
        return None


def _plan(config: Config) -> Plan:
    """Return what is asked of each article: more than is printed, so that there is a choice."""
    points = config.length.points + 2
    return Plan(points=points, words=40 * points, method=config.method, zone=config.zone)


def sound_faces(
    edition: Edition, texts: Mapping[str, str], config: Config, *, tools: Tools
) -> Faces:
    """Return the faces that were made and hold; the others are problems.

    Raises:
        VerifyError: The edition's JSON does not hold, and with it no face can.
    """
    made = tools.faces(edition, texts, config)
    wrong = tools.check(made.files, config)
    if JSON in wrong:
        raise VerifyError(wrong[JSON])
    files = {name: content for name, content in made.files.items() if name not in wrong}
    return Faces(files=files, problems={**made.problems, **wrong})


def write_faces(made: Faces, folder: Path, *, others: Mapping[Path, bytes]) -> None:
    """Write faces and *others* whole; a face that is missing takes its predecessor along.

    An old PDF beside a new page would be taken for the new one's.
    """
    atomic.write_all({**{folder / name: content for name, content in made.files.items()}, **others})
    for name in made.problems:
        (folder / name).unlink(missing_ok=True)


def _others(
    composed: Composed,
    request: Request,
    made: Faces,
    *,
    folder: Path,
    draft: editor.Draft | None,
) -> dict[Path, bytes]:
    """Return what is written beside the faces: the face asked for by name, the editor's file."""
    files = _asked_for(request, made)
    if draft or request.draft:
        files[folder / editor.NAME] = editor.write(composed, draft).encode()
    return files


def _asked_for(request: Request, made: Faces) -> dict[Path, bytes]:
    """Return the face that was asked for by name, where it could be made."""
    if request.output is None or face_of(request.output) not in made.files:
        return {}
    return {request.output: made.files[face_of(request.output)]}


def face_of(output: Path) -> str:
    """Return the name of the face that *output* asks for by its ending.

    Raises:
        UsageError: There is no such face.

    >>> face_of(Path("today.PDF"))
    'edition.pdf'
    """
    name = f"edition{output.suffix.lower()}".replace(".htm", ".html").replace(".htmll", ".html")
    if name not in NAMES:
        kinds = ", ".join(known.removeprefix("edition") for known in NAMES)
        raise UsageError(f"{output} ends in no kind of edition; there are {kinds}")
    return name


def _draft(path: Path) -> editor.Draft | None:
    """Return what the editor's file says, None when there is none."""
    if not os.path.lexists(path):
        return None
    return editor.read(files.read(path, most=files.TOML), str(path))


def _refuse_other(folder: Path, config: Config) -> None:
    """Refuse to write over another briefing's edition of the same day."""
    edition = edition_in(folder)
    if edition is not None and edition.title != config.title:
        raise UsageError(
            f"{folder} holds “{edition.title}”; for “{config.title}” name another folder: --out"
        )


def _refuse_signed(archive: Archive, config: Config, now: datetime) -> None:
    """Refuse to replace an edition that somebody signed off."""
    day = _day(config, now)
    for edition in archive.editions(first=day, last=day):
        if edition.title == config.title and edition.signed_off:
            raise ArchiveError(
                f"“{edition.title}” of {day} was signed off by {edition.signed_off} and stays as "
                "it is; withdraw that first (briefing publish --withdraw), or give another --title "
                "and --out"
            )


def _warnings(archive: Archive, now: datetime, memory: Memory) -> tuple[str, ...]:
    """Return what the archive makes doubtful: a clock that runs behind it."""
    later = [entry for entry in archive.entries() if entry.cutoff > now]
    if not later:
        return ()
    return (
        f"the archive holds {len(later)} edition{'s' * (len(later) > 1)} later than this one's "
        f"cut-off, the last of {later[0].cutoff:%Y-%m-%d %H:%M} UTC; left aside. "
        f"Was the clock set back? (Earlier ones, which were read: {len(memory.editions)}.)",
    )


def _day(config: Config, moment: datetime) -> date:
    """Return the day of *moment* by the calendar of the edition's zone."""
    return moment.astimezone(ZoneInfo(config.zone)).date()
