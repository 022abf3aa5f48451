"""What "Copy report" puts on the clipboard, and what it must not."""

from pathlib import Path

from app.cli.report import last_lines, report, without_secrets
from app.log import log_path


def test_addresses_lose_their_secrets() -> None:
    text = (
        "opening rtsp://admin:hunter2@cam/live failed; "
        "tried 'http://cam/x?token=hunter2' and https://me:hunter2@h/user=a&password=hunter2"
    )
    told = without_secrets(text)
    assert "hunter2" not in told and "admin" not in told
    assert told.startswith("opening rtsp://cam/live failed; tried 'http://cam/x?…'")


def test_the_report_holds_versions_and_the_end_of_the_log() -> None:
    log_path().parent.mkdir(parents=True)
    lines = [f"line {number}" for number in range(500)]
    log_path().write_text("\n".join([*lines, "lost rtsp://u:hunter2@cam/live"]))
    text = report()
    assert "torch: " in text and "line 499" in text and "line 100\n" not in text
    assert "rtsp://cam/live" in text and "hunter2" not in text
    assert str(Path.home()) not in text


def test_a_log_that_cannot_be_read_is_no_trouble(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "missing.log") == []
    (tmp_path / "odd.log").write_bytes(b"\xff\xfe\x00" * 50_000 + b"\nend")
    assert last_lines(tmp_path / "odd.log")[-1] == "end"
