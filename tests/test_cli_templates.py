"""Looks are listed, copied and checked from the command line."""

from pathlib import Path

import pytest

from briefing.cli import main


def test_all_looks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each look of the package stands with its name and what it takes."""
    assert main(["templates", "list"]) == 0

    listed = dict(line.split()[:2] for line in capsys.readouterr().out.splitlines())
    assert (
        listed.items()
        >= {
            "clips": "edition",
            "daily": "edition",
            "front-page": "edition",
            "single": "summaries",
        }.items()
    )


@pytest.mark.parametrize("look", ["single", "daily", "front-page", "clips"])
def test_a_copy_of_a_look_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], look: str
) -> None:
    """What `new` copies passes `check`, so that a user starts from something that works."""
    folder = str(tmp_path / "my own")

    assert main(["templates", "new", folder, "--like", look]) == 0
    assert f"check '{folder}'" in capsys.readouterr().out
    assert main(["templates", "check", folder]) == 0

    assert f"{folder} is sound" in capsys.readouterr().out


def test_new_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that exists is left as it is."""
    assert main(["templates", "new", str(tmp_path)]) == 2

    assert "exists already" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_check_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken part of a look is found even where the specimen does not reach it."""
    folder = tmp_path / "mine"
    main(["templates", "new", str(folder)])
    story = folder / "story.html.jinja"
    story.write_text(story.read_text() + "{% endfor %}\n")
    lines = len(story.read_text().splitlines())

    assert main(["templates", "check", str(folder)]) == 1

    assert f"story.html.jinja, line {lines}: " in capsys.readouterr().err


def test_check_wants_points_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A look without the marks by which points are found is not called sound."""
    folder = tmp_path / "mine"
    main(["templates", "new", str(folder), "--like", "single"])
    (folder / "page.html.jinja").write_text("<html lang=en><title>x</title><p>words</p></html>")

    assert main(["templates", "check", str(folder)]) == 1

    assert "marks no point with data-point" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["check", "gone"], ["new", "x", "--like", "gone"], ["burn"]])
def test_wrong_use_is_answered_with_a_hint(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """What is not there, and what is no action, end with exit code 2 and one line."""
    try:
        code = main(["templates", *arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)

    assert code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
