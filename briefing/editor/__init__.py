"""The editor's file, edition.toml: written for a person, read back strictly, never edited away.

The file lists the stories and points in order, each by its id. What the editor changes is a
`Wish` to the composer. At its end stands what was offered when the file was written: by it a
deletion is told from a late arrival, a stale edit from a wrong id.
"""

from briefing.editor.draft import NAME, NO_WISHES, Draft, read
from briefing.editor.stale import stale
from briefing.editor.write import write

__all__ = ["NAME", "NO_WISHES", "Draft", "read", "stale", "write"]
