"""The only way by which a layout reads anything: the look's folder and the bundled fonts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from briefing.render.fonts import SCHEME


def fetcher(folders: Sequence[Path], *, fonts: Path) -> Any:
    """Return a WeasyPrint fetcher that serves files below *folders* and *fonts*, and `data:`.

    Every other address is refused: http, https, ftp, and files elsewhere, also through a
    symbolic link.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Serve what the look may use, and nothing else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """Return the file, or raise ValueError for what may not be read."""
            path = allowed(url, folders=folders, fonts=fonts)
            if path is None:
                return super().fetch(url, headers)
            return URLFetcherResponse(url, path.read_bytes())

    return Fetcher()


def allowed(url: str, *, folders: Sequence[Path], fonts: Path) -> Path | None:
    """Return the file that *url* may read, None for an address that is no file's.

    Raises:
        ValueError: It is a file's, and not one that may be read.

    >>> allowed("data:,x", folders=(), fonts=Path("/fonts")) is None
    True
    """
    parts = urlsplit(url)
    within: tuple[Path, ...]
    if parts.scheme == SCHEME:
        path, within = fonts / Path(parts.path).name, (fonts,)
    elif parts.scheme == "file":
        path, within = Path(url2pathname(unquote(parts.path))), tuple(folders)
    else:
        return None
    path = path.resolve()
    if not any(path.is_relative_to(folder.resolve()) for folder in within):
        raise ValueError(f"a page may not read {url}")
    return path
