"""What is kept between runs, and what becomes of files nobody can read."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.errors import SettingsError
from app.settings import DEVICES, THEMES, Settings, parse_settings, settings_text
from app.settings_file import SettingsFile

CHOSEN = Settings(
    theme="light",
    device="cpu",
    short_side=480,
    folder="/videos/würfel",
    recent=("talk.mp4", "rtsp://camera/1"),
    shortcuts={"freeze": ("F", "Space")},
    window={"view/opacity": 0.3, "view/hud": False},
)


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "settings.json"
    SettingsFile.open(path).change(**asdict(CHOSEN))
    again = SettingsFile.open(path)
    assert again.settings == CHOSEN and again.notice == ""
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


@hypothesis_settings(deadline=None)
@given(
    st.builds(
        Settings,
        theme=st.sampled_from(THEMES),
        device=st.sampled_from(DEVICES),
        short_side=st.integers(64, 2160),
        resume=st.booleans(),
        window=st.dictionaries(
            st.text(max_size=20),
            st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=99),
            max_size=9,
        ),
    )
)
def test_every_allowed_value_survives_the_file(chosen: Settings) -> None:
    text = settings_text(chosen).encode("ascii")
    assert parse_settings(text) == (chosen, ())


def test_one_wrong_value_costs_only_itself_and_the_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    document = json.loads(settings_text(CHOSEN)) | {"theme": "pink", "short_side": 1e9, "x": 1}
    path.write_text(json.dumps(document))
    file = SettingsFile.open(path)
    assert file.settings.theme == "system" and file.settings.short_side == 240
    assert file.settings.device == "cpu" and file.settings.window == CHOSEN.window
    for word in ("theme", "short_side", "x is not known", "settings.json.bak"):
        assert word in file.notice
    file.change(theme="dark")
    assert json.loads((tmp_path / "settings.json.bak").read_text()) == document


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"version": 99}',
        b'{"version": true}',
        b'{"theme": "dark"}',
        b"[" * 100_000,
        b'{"version": 2, "window": {"a": "' + b"x" * 2_000_000 + b'"}}',
    ],
)
def test_a_damaged_file_gives_defaults_and_is_kept(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    file = SettingsFile.open(path)
    assert file.settings == Settings() and "settings.json.bak" in file.notice
    assert (tmp_path / "settings.json.bak").read_bytes() == data


@pytest.mark.parametrize("value", [{"a": 5}, {"a": ["x"] * 9}, {"a": ["\n"]}, [], "Ctrl+A"])
def test_limits_of_shortcuts(value: object) -> None:
    data = json.dumps({"version": 2, "shortcuts": value}).encode()
    found, complaints = parse_settings(data)
    assert found.shortcuts == {} and len(complaints) == 1


def test_settings_of_version_1_are_taken_over(tmp_path: Path) -> None:
    old = tmp_path / "swem-live.ini"
    old.write_text(
        "[view]\nopacity=0.3\nhud=false\ntheme=light\n[window]\ngeometry=@ByteArray(\\x1%)\n"
    )
    settings = SettingsFile.open(tmp_path / "settings.json", old).settings
    assert settings.theme == "light" and settings.hints_seen
    assert settings.window == {"view/opacity": "0.3", "view/hud": "false"}
    old.write_bytes(b"\x00\xff not an ini file")
    assert SettingsFile.open(tmp_path / "settings.json", old).settings == Settings()


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = SettingsFile.open(tmp_path / "file" / "settings.json")
    file.change(theme="dark")
    assert file.settings.theme == "dark"


def test_reading_more_than_the_limit_is_refused() -> None:
    with pytest.raises(SettingsError, match="larger"):
        parse_settings(b" " * 3_000_000)
