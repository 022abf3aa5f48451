"""What is wrong with a command line is said by its own names, and ends with exit code 2."""

from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.results import write_json
from swem_core.errors import OutputError


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--target-fps fast", "--target-fps: invalid rate value: 'fast'"),
        ("run a.mp4 --mask m.png --opacity 3", "--opacity: must be a number from 0 to 1"),
        ("run a.mp4 --mask m.png --part 3", "--part: invalid part value: '3'"),
        ("bench --objects 1,x", "--objects: invalid count list value: '1,x'"),
        ("bench --gestures nan", "--gestures: must be 0.5 to 4"),
        ("bench --seconds 0", "--seconds: must be a number above 0"),
        ("eval DAVIS --frames 2", "--frames: must be 3 or more"),
        ("compare-data train-lite DAVIS --size 9", "--size: must be 64 to 2160 pixels"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(
    line: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(line.split())
    assert stop.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("run --mask m.png", "Say what to segment"),
        ("run a.mp4 --mask m.png", "Say what to write"),
        ("eval", "Say where the data set is"),
        ("eval DAVIS --youtube-vos", "Say where the masks for the server go"),
    ],
)
def test_too_little_was_said(line: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    assert says in capsys.readouterr().err


def test_results_make_their_folder_or_say_why_not(tmp_path: Path) -> None:
    write_json(tmp_path / "new" / "results.json", [1.5])
    assert (tmp_path / "new" / "results.json").read_text("utf-8") == "[\n  1.5\n]\n"
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"results\.json .*Choose a folder"):
        write_json(tmp_path / "file" / "results.json", [])
