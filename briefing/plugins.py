"""Plug-ins: find what other packages add to the package, and load it on first use.

One mechanism for readers, summarisers, renderers and templates: an entry point of the group
`briefing.<what>`. What the package brings itself is a table of the same form, `module:attribute`,
and wins over an entry point of the same name, so that a plug-in can add but never replace.
"""

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from briefing.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


def load(group: str, name: str, *, built_in: Mapping[str, str], kind: str) -> Any:
    """Return what *name* stands for, from the built-in table or else an entry point.

    Args:
        group: The entry point group, `briefing.summarisers`.
        name: What the user asked for.
        built_in: `module:attribute` by name; these are looked at first.
        kind: What the user calls such a thing, for the message: `method`.

    Raises:
        UsageError: Nothing has this name, or the plug-in that has it cannot be loaded.

    >>> load("briefing.summarisers", "pi", built_in={"pi": "math:pi"}, kind="method") > 3
    True
    """
    if name in built_in:
        module, _, attribute = built_in[name].partition(":")
        return getattr(importlib.import_module(module), attribute)
    found = _entry_points(group).get(name)
    if found is None:
        known = ", ".join(names(group, built_in=built_in))
        raise UsageError(f"no {kind} is called {name!r}; there are {known}")
    return _loaded(found, kind)


def names(group: str, *, built_in: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that `load` knows, the built-in ones first, in their order.

    >>> names("briefing.no-such-group", built_in={"pi": "math:pi"})
    ('pi',)
    """
    added = sorted(set(_entry_points(group)) - set(built_in))
    return (*built_in, *added)


@cache
def _entry_points(group: str) -> "dict[str, EntryPoint]":
    """Return the entry points of *group* by name.

    Reading them takes some milliseconds and importing what reads them 15, so both wait for the
    first name that is not built in.
    """
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=group)}


def _loaded(point: "EntryPoint", kind: str) -> Any:
    """Return what the entry point names, or say which package fails to provide it."""
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        package = point.dist.name if point.dist else "an unknown package"
        message = f"{kind} {point.name!r} of {package} cannot be loaded: {error}"
        raise UsageError(f"{message}; reinstall or remove that package") from error


def load_part(name: str, *, bare: Iterable[str], stand_ins: Mapping[str, Mapping[str, Any]]) -> Any:
    """Return module *name* of another package, without what its parents would import.

    Some packages import all of themselves to give one part: `nltk.stem.snowball` costs a second,
    most of it SciPy, and 20 ms alone. What is put in `sys.modules` for the loading is taken out
    again, so that a program that imports the whole package later gets the whole package. Names
    that are there already are left as they are.

    Args:
        name: The module to load.
        bare: Packages to stand in `sys.modules` with their path, but not run.
        stand_ins: Modules to replace while loading, with their attributes.
    """
    before = set(sys.modules)
    try:
        for package in bare:
            _enter(package, _bare(package) if package not in sys.modules else None)
        for module, attributes in stand_ins.items():
            made = ModuleType(module)
            made.__dict__.update(attributes)
            _enter(module, made if module not in sys.modules else None)
        return importlib.import_module(name)
    finally:
        roots = {package.partition(".")[0] for package in (*bare, *stand_ins)}
        for added in [m for m in sys.modules if m not in before]:
            if added.partition(".")[0] in roots:
                del sys.modules[added]


def _enter(name: str, module: ModuleType | None) -> None:
    """Put a module in `sys.modules`, unless there is none to put."""
    if module is not None:
        sys.modules[name] = module


def _bare(package: str) -> ModuleType:
    """Return a package that knows where its modules lie and has run nothing."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return importlib.util.module_from_spec(spec)
