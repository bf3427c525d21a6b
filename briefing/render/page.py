"""A look and the things it prints become one HTML page.

All templates, ours included, run in Jinja's immutable sandbox with escaping on, and whatever
they print of a stranger's text is made safe first, also when the template forgets to. One that is
not ours is filled in by a child process, which can neither outlive nor outgrow its limits.
"""

import base64
import mimetypes
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import bounds, files
from briefing.brackets import named
from briefing.corrections import Slip
from briefing.edition import Edition
from briefing.errors import LimitError, ReadError, TemplateError, UsageError
from briefing.limits import Limits
from briefing.model import KeyPoint, Summary
from briefing.render import safe, times, view, wording
from briefing.render.looks import PARTS, Look, within
from briefing.render.stitch import FOLIO

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

Things = Sequence[Summary] | Edition | Slip

LIMITS = Limits(read_s=30, read_mb=1536)
"""For one page of a template that is not ours; a loop in a loop, or a text that is multiplied,
takes whatever there is. Set by hand: the largest edition takes ours a small part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a page says of itself, beside the things it prints."""

    compiled: datetime
    zone: str
    """IANA name of the zone in which times are printed."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Source texts that travel with an edition, by ref; a look for clips prints them."""


PLACEHOLDER = f'"{FOLIO}"'
"""What a stylesheet prints as page number where the number is written later."""

_COUNTED = '"Page " counter(page) " of " counter(pages)'


def make(things: Things, look: Look, *, setting: Setting, extra: Mapping[str, Any]) -> str:
    """Return the page of *things* in *look*.

    Args:
        things: What the look takes.
        look: The look.
        setting: When and where it was compiled.
        extra: More variables for the template; `face` is among them: `html` or `pdf`.

    Raises:
        UsageError: The look does not take such things.
        TemplateError: The template is broken, or has no end; the message names file and line, or
            the folder.
    """
    _check_takes(things, look)
    written = partial(_written, look=look, setting=setting, extra=dict(extra))
    return written(things) if look.is_ours else _bounded(written, things, look)


def _written(things: Things, *, look: Look, setting: Setting, extra: Mapping[str, Any]) -> str:
    """Return the page of *things*, which the look takes."""
    environment = _environment(look, setting.zone)
    variables = {
        "compiled": setting.compiled,
        "zone": setting.zone,
        "style": _style(look, str(extra.get("face"))),
        "carried": "",
        "texts": setting.texts,
        "only": "all",
        "folio": _COUNTED,
        "pages": None,
        **_things(things, shown=extra.get("view")),
        **extra,
    }
    variables["folio"] = _markup(str(variables["folio"]))
    return _rendered(environment, look, variables)


def stylesheet(look: Look, names: Sequence[str]) -> str:
    """Return the stylesheets of those *names* in one.

    Raises:
        TemplateError: One cannot be read.
    """
    return "\n".join(_text(look.stylesheet(name)) for name in names)


def compiles(look: Look) -> None:
    """Compile every template of the look's folder.

    Raises:
        TemplateError: One is broken.
    """
    environment = _environment(look, "UTC")
    for path in sorted(look.folder.rglob("*.jinja")):
        _guarded(environment.get_template, str(path.relative_to(look.folder)), look)


def _bounded(written: Callable[[Things], str], things: Things, look: Look) -> str:
    """Return the page of *things* in a look that anybody may have written, if it ends."""
    try:
        return bounds.run(
            written, things, limits=LIMITS, advice="look for a loop or text without end"
        )
    except LimitError as error:
        raise TemplateError(f"{look.folder}: {error}") from error


def _check_takes(things: Things, look: Look) -> None:
    """Refuse to print an edition with a look for single articles, and the other way round."""
    given = {Edition: "edition", Slip: "corrections"}.get(type(things), "summaries")
    if given != look.takes:
        raise UsageError(
            f"the template {look.title!r} is for {look.takes}, and this is for {given}; "
            "`briefing templates list` shows what there is"
        )


def _things(things: Things, *, shown: Any) -> dict[str, Any]:
    """Return the variables that hold what is to be printed; *shown* is its view if there is one."""
    if isinstance(things, Slip):
        return {"slip": things}
    if isinstance(things, Edition):
        return {
            "edition": things,
            "view": shown or view.edition(things),
            "nothing": wording.nothing(things),
            "in_zone": wording.in_zone(things.window),
            "edited": wording.EDITED,
            "front_failures": view.FRONT_FAILURES,
            "listed": view.LISTED,
            "sheet": view.SHEET,
        }
    return {"articles": [view.article(summary) for summary in things]}


@cache
def _environment(look: Look, zone: str) -> "ImmutableSandboxedEnvironment":
    """Return a Jinja environment for the look."""
    from jinja2 import ChoiceLoader, FunctionLoader, PrefixLoader, StrictUndefined

    loaders = [FunctionLoader(partial(_template, folder)) for folder in (look.folder, PARTS)]
    environment: ImmutableSandboxedEnvironment = _sandbox()(
        loader=ChoiceLoader([loaders[0], PrefixLoader({"parts": loaders[1]})]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        link=_link,
        pieces=safe.pieces,
        direction=safe.direction,
        printable=safe.printable,
        added=_added,
        moment=lambda time: times.moment(time, zone),
        day=lambda time: times.day(time, zone),
        weekday=lambda time: times.weekday(time, zone),
        clock=lambda time: times.clock(time, zone),
        published=lambda of: times.published(of, zone),
        hour=lambda of: times.hour(of, zone),
        stamp=times.stamp,
        differs=wording.differs,
        then=wording.then,
        ours=wording.ours,
        short=wording.short,
        paragraphs=safe.paragraphs,
        clip_parts=lambda clip, shown: wording.clip_parts(clip, shown.number, zone),
        iso=lambda time: time.isoformat(),
    )
    environment.globals["asset"] = lambda name: _asset(look.folder, name)
    return environment


@cache
def _sandbox() -> Any:
    """Return the class of environments: Jinja's own, which is told what it asks most often.

    Of attributes of our frozen values it finds each time, in a dozen steps, that they are safe
    when they begin with no underscore. That was a quarter of the time of a page. What is printed
    it hands through four functions of Python and wraps as markup; a fifth.
    """
    from jinja2.compiler import CodeGenerator
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generator(CodeGenerator):
        """Writes `environment.printed(…)` where a template escapes, else what Jinja writes.

        Both hooks are Jinja's own, though its manual does not name them; they go in pairs.
        """

        def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
            """Write what stands before a printed value."""
            if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
                super()._output_child_pre(node, frame, finalize)
            else:
                self.write("environment.printed(")

        def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
            """Write what stands after it."""
            if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
                super()._output_child_post(node, frame, finalize)
            else:
                self.write(")")

    class Sandbox(ImmutableSandboxedEnvironment):
        """The sandbox."""

        code_generator_class = Generator
        printed = staticmethod(_printed())

        def getattr(self, obj: Any, attribute: str) -> Any:
            """Return an attribute that a template may use."""
            kind: Any = type(obj)
            if attribute in _public(kind):
                return getattr(obj, attribute)
            return super().getattr(obj, attribute)

    return Sandbox


def _printed() -> Callable[[Any], str]:
    """Return what makes a page's letters of a value: what `_finalize` gives, escaped."""
    import markupsafe

    # Text to text, where this markupsafe has it; `escape` counts its markup among our steps.
    inner: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)

    def printed(value: Any) -> str:
        """Return what is printed for *value*."""
        if type(value) is str:
            return inner(safe.printable(value))
        return "" if value is None else markupsafe.escape(value)

    return printed


@cache
def _public(kind: Any) -> frozenset[str]:
    """Return what any template may ask of a frozen value of ours, which nothing of it can change.

    Of another kind it is nothing: there Jinja decides.
    """
    told = vars(kind).get("__dataclass_params__")
    if not (told and told.frozen and kind.__module__.startswith("briefing.")):
        return frozenset()
    return frozenset(name for name in dir(kind) if not name.startswith("_"))


class _Address(str):
    """An address that a page links to: escaped like any text, but without places to break."""

    __slots__ = ()


def _link(address: str | None) -> _Address | None:
    """Return the address when it may be linked to, kept from what is done to words."""
    allowed = safe.link(address)
    return _Address(allowed) if allowed else None


def _finalize(value: Any) -> Any:
    """Return what is printed for *value*: text made safe, nothing for None, the rest as it is."""
    if value is None:
        return ""
    return safe.printable(value) if type(value) is str else value


def _added(point: KeyPoint, text: str | None = None) -> Any:
    """Return the text of a point as markup, with what is not the article's own set apart."""
    from markupsafe import Markup, escape

    shown = point.text if text is None else text
    done, parts = 0, Markup()
    own = " ".join(s.text for s in point.sentences)
    for bracket, _ in named(shown, point.context):
        if bracket.group() in own:
            continue
        before, name = shown[done : bracket.start()], bracket.group()
        parts += Markup('{}<span class="added">{}</span>').format(
            safe.printable(before), safe.printable(name)
        )
        done = bracket.end()
    return parts + escape(safe.printable(shown[done:]))


def _asset(folder: Path, name: str) -> str:
    """Return a file of the look's folder as a data: address, for a page that stands alone."""
    path = within(folder, name).resolve()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(_bytes(path)).decode()}"


def _template(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Return a template of a folder as Jinja's loaders do; None where there is none."""
    path = within(folder, name)
    if not path.exists():
        return None
    written = path.stat().st_mtime_ns
    return _text(path), str(path), lambda: path.stat().st_mtime_ns == written


def _style(look: Look, face: str) -> Any:
    """Return the stylesheets that stand in the page, marked as safe to stand there."""
    names = {"html": look.screen, "mail": look.mail}.get(face, ())
    return _markup(stylesheet(look, names))


def _markup(ours: str) -> Any:
    """Return text of ours or of the template's own files as markup that needs no escaping."""
    from markupsafe import Markup

    return Markup(ours)  # noqa: S704 - never a stranger's words


def _text(path: Path) -> str:
    """Return the text of a template's file."""
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError as error:
        raise TemplateError(f"{path}: not UTF-8 at byte {error.start}") from error


def _bytes(path: Path) -> bytes:
    """Return the bytes of a template's file."""
    try:
        return files.read(path, most=files.LOOK)
    except ReadError as error:
        raise TemplateError(str(error)) from error


def _rendered(environment: Any, look: Look, variables: Mapping[str, Any]) -> str:
    """Return the page, with the template's errors told at their file and line."""
    return str(
        _guarded(lambda name: environment.get_template(name).render(variables), look.page, look)
    )


def _guarded(act: Any, name: str, look: Look) -> Any:
    """Return what *act* gives for a template's name; errors of the template become ours."""
    from jinja2 import TemplateError as JinjaError
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    try:
        return act(name)
    except TemplateNotFound as error:
        raise TemplateError(f"{look.folder}: there is no template {error.name!r}") from error
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"{error.filename or name}, line {error.lineno}: {error.message}"
        ) from error
    except (RecursionError, MemoryError) as error:
        raise TemplateError(
            f"{look.folder / name}: {type(error).__name__}; it has no end"
        ) from error
    except (JinjaError, *_SLIPS) as error:
        place = _place(error, look)
        raise TemplateError(f"{place}: {error or type(error).__name__}") from error


# What a template can raise that does what it should not; a SyntaxError, where loops in loops are
# more than Python allows.
_SLIPS = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RuntimeError,
    SyntaxError)  # fmt: skip


def _place(error: BaseException, look: Look) -> str:
    """Return file and line of the template where *error* was raised."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".jinja"):
            return f"{frame.filename}, line {frame.lineno}"
    return str(look.folder / look.page)
