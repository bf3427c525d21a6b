"""What a collection is made of: lines, tables, archives and folders, packed or not, and no less."""

import gzip
import io
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import zstandard
from test_scale import lines

from briefing.cli import corpus as command
from briefing.cli import main
from briefing.errors import FormatError, LimitError, UsageError
from briefing.model import Failure, Source
from briefing.readers import warc
from briefing.scale import Collection
from briefing.scale.collect import _read_lines
from briefing.scale.packed import unpacked


def refs(*inputs: Path) -> list[str]:
    """Return the refs of the units of *inputs*, without the folders above them."""
    return [Path(unit.ref).name for unit in Collection([str(path) for path in inputs]).units()]


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz", "in.jsonl.zst"])
def test_packed_lines_are_read(tmp_path: Path, name: str) -> None:
    """Gzip and zstd streams hold the same units as the plain file."""
    packs: dict[str, Any] = {".gz": gzip.compress, ".zst": zstandard.compress}
    pack = packs.get(Path(name).suffix, bytes)
    (tmp_path / name).write_bytes(pack(lines(3)))
    assert len(list(Collection([str(tmp_path / name)]).units())) == 3


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_members_one_behind_the_other_are_all_read(tmp_path: Path, pack: Any) -> None:
    """Tools that pack in parallel write many frames; none but the first would be half a file."""
    name = "in.jsonl.gz" if pack is gzip.compress else "in.jsonl.zst"
    (tmp_path / name).write_bytes(pack(lines(2)) + pack(lines(3)))
    assert len(refs(tmp_path / name)) == 5


def test_a_bomb_of_zeros_comes_in_bounded_chunks() -> None:
    """A few kB that unpack to 300 MB are never in memory at once."""
    bomb = io.BytesIO(zstandard.compress(bytes(300_000_000)))
    assert max(map(len, unpacked("a.zst", bomb))) < 20_000_000


def test_a_glob_and_a_folder_are_expanded_in_order(tmp_path: Path) -> None:
    """Inputs stand for files in the order of their names."""
    for name in ("b.jsonl", "a.jsonl"):
        (tmp_path / name).write_bytes(lines(1))
    assert refs(tmp_path / "*.jsonl") == ["a.jsonl#1", "b.jsonl#1"]


def test_a_glob_without_matches_is_a_mistake(tmp_path: Path) -> None:
    """A pattern that matches nothing is named."""
    with pytest.raises(UsageError, match="nothing matches"):
        Collection([str(tmp_path / "*.nothing")])


def test_an_input_that_is_not_there_is_told_before_the_run(tmp_path: Path) -> None:
    """A mistyped name is found now, not in the table of failures of a run of days."""
    with pytest.raises(UsageError, match="is not there"):
        Collection([str(tmp_path / "gone.jsonl")])


def test_an_input_that_goes_during_the_run_is_a_failure(tmp_path: Path) -> None:
    """What was there at the start and is gone later does not end the run."""
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(lines(1))
    collection = Collection([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")])
    (tmp_path / "a.jsonl").unlink()
    gone, there = collection.units()
    assert isinstance(gone, Failure)
    assert isinstance(there, Source)


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    """A file and a glob that matches it are one input."""
    (tmp_path / "a.jsonl").write_bytes(lines(2))
    assert refs(tmp_path / "a.jsonl", tmp_path / "*.jsonl") == ["a.jsonl#1", "a.jsonl#2"]


def test_a_folder_may_hold_collections_and_articles(tmp_path: Path) -> None:
    """Its files of lines are read line by line, all others as one article each."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/a.jsonl").write_bytes(lines(2))
    assert refs(tmp_path) == ["a.jsonl#1", "a.jsonl#2"]
    (tmp_path / "one.txt").write_text("One ferry sank.")
    assert refs(tmp_path) == ["one.txt", "a.jsonl#1", "a.jsonl#2"]


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.zst", "in.parquet", "texts"])
def test_progress_ends_at_all_of_it(tmp_path: Path, name: str) -> None:
    """The share that was read grows, and is the whole at the end."""
    import pyarrow as pa

    path = tmp_path / name
    if name == "texts":
        path.mkdir()
        for n in range(300):
            (path / f"{n}.txt").write_text("One ferry sank.")
    elif name.endswith("parquet"):
        rows = [json.loads(line) for line in lines(600).splitlines()]
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        body = lines(600)
        path.write_bytes(zstandard.compress(body) if name.endswith("zst") else body)
    collection = Collection([str(path)])
    shares = [collection.fraction() for _ in collection.units()]
    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1]
    assert collection.fraction() == 1


def archive(*pages: bytes) -> bytes:
    """Return a WARC archive of *pages*, each packed as a member of its own."""
    return b"".join(gzip.compress(_record(page, n)) for n, page in enumerate(pages))


def _record(page: bytes, number: int) -> bytes:
    """Return the answer with which a server sent *page*."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://newline.example/{number}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_one_page_too_large_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a failure in its place, and the pages behind it are read."""
    monkeypatch.setattr(warc, "MOST_PAGE_BYTES", 50)
    (tmp_path / "a.warc.gz").write_bytes(archive(b"<p>A", b"<p>B" * 50, b"<p>C"))
    kinds = [type(unit) for unit in Collection([str(tmp_path / "a.warc.gz")]).units()]
    assert kinds == [Source, Failure, Source]


def test_an_archive_may_be_larger_than_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as a stream, an archive has no limit; read whole it has."""
    monkeypatch.setattr(warc, "MOST_BYTES", 5)
    body = archive(b"<p>A", b"<p>B")
    assert len(list(warc.pages(io.BytesIO(body)))) == 2
    with pytest.raises(LimitError, match="more than 5 bytes"):
        warc.read(Source(ref="a.warc.gz", body=body))


def test_lines_longer_than_any_article_are_refused() -> None:
    """One endless line is no JSONL and does not fill the memory."""
    with pytest.raises(FormatError, match="longer than"):
        list(_read_lines([b"x" * 1000] * 3, 1000))


def test_the_output_lies_outside_the_inputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that goes on would read what it wrote."""
    (tmp_path / "a.jsonl").write_bytes(lines(1))
    assert main(["corpus", str(tmp_path), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert "lies within the input" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_a_collection_without_articles_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that found nothing says what to give it, and leaves nothing behind."""
    (tmp_path / "a.jsonl").write_bytes(b"\n")
    (tmp_path / "none").mkdir()
    (tmp_path / "feed").mkdir()
    empty = "<rss version='2.0'><channel><title>Wire</title></channel></rss>"
    (tmp_path / "feed" / "a.rss").write_text(empty, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for name in ("a.jsonl", "none", "feed"):
        target = str(tmp_path / "new" / "out.jsonl")
        asked = ["corpus", str(tmp_path / name), "-o", target, "--jobs", "1", "--stories"]
        assert main(asked) == 1
        said = capsys.readouterr().err
        assert "no article was found" in said
        assert "give folders or files" in said
        assert sorted(tmp_path.rglob("*")) == before


def test_an_output_folder_of_the_users_own_stays(tmp_path: Path) -> None:
    """Where a run found nothing, only what it made is removed."""
    (tmp_path / "none").mkdir()
    (tmp_path / "out.jsonl").mkdir()
    asked = ["corpus", str(tmp_path / "none"), "-o", str(tmp_path / "out.jsonl"), "--jobs", "1"]
    assert main(asked) == 1
    assert list((tmp_path / "out.jsonl").iterdir()) == []


def test_a_terminal_is_told_what_was_done(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line: how many articles, where, and what failed; a pipe is told of failures alone."""
    (tmp_path / "in.jsonl").write_bytes(lines(3))
    (tmp_path / "torn.jsonl").write_bytes(lines(2) + b"{torn\n")
    whole, torn = str(tmp_path / "whole.jsonl"), str(tmp_path / "part.jsonl")
    failed = f"1 unit failed: {torn}/_failures says why"
    asked = ["corpus", str(tmp_path / "torn.jsonl"), "-o", torn, "--jobs", "1"]
    assert main(asked) == 1
    assert capfd.readouterr().err == f"briefing: {failed}\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(command, "_watch", lambda *_, **__: nullcontext(lambda *_: None))
    assert main(asked) == 1
    assert capfd.readouterr().err == f"briefing: 2 articles in {torn}; {failed}\n"
    assert main(["corpus", str(tmp_path / "in.jsonl"), "-o", whole, "--jobs", "1"]) == 0
    assert capfd.readouterr().err == f"briefing: 3 articles in {whole}\n"


def test_the_command_is_silent_in_a_pipe(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A run without failures prints nothing and ends with 0."""
    (tmp_path / "in.jsonl").write_bytes(lines(3))
    target = str(tmp_path / "out.jsonl")
    assert main(["corpus", str(tmp_path / "in.jsonl"), "-o", target, "--jobs", "1"]) == 0
    assert tuple(capfd.readouterr()) == ("", "")


def test_a_log_may_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no terminal, `--progress` gives lines with rate and time left."""
    monkeypatch.setattr(command, "EVERY_S", 0)
    (tmp_path / "in.jsonl").write_bytes(lines(3))
    target = str(tmp_path / "out.jsonl")
    arguments = ["corpus", str(tmp_path / "in.jsonl"), "-o", target, "--jobs", "1", "--progress"]
    assert main(arguments) == 0
    assert "3 units, 100 % of the input" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--method", "nope"], "no method is called 'nope'"),
        (["--zone", "Mars/Base"], "no time zone is called 'Mars/Base'"),
        (["--points", "0"], "--points must be at least 1"),
        (["--jobs", "0"], "--jobs must be at least 1"),
        (["--engine", "dask"], "needs --scheduler"),
        (["--engine", "dask", "--scheduler", "nonsense"], "write tcp://host:8786"),
        (["--scheduler", "tcp://127.0.0.1:1"], "is for --engine dask"),
    ],
)
def test_options_that_make_no_sense_are_told_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, options: list[str], said: str
) -> None:
    """Nothing is written for a mistyped option, and the message says what is wrong with it."""
    (tmp_path / "in.jsonl").write_bytes(lines(1))
    target = tmp_path / "out.jsonl"
    assert main(["corpus", str(tmp_path / "in.jsonl"), "-o", str(target), *options]) == 2
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_a_file_that_is_no_archive_is_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands in a file called an archive is said to be none, and never shown."""
    (tmp_path / "a.warc.gz").write_bytes(lines(2))
    (failure,) = Collection([str(tmp_path / "a.warc.gz")]).units()
    assert isinstance(failure, Failure)
    assert "does not begin with a record" in failure.message
    assert tuple(capsys.readouterr()) == ("", "")
