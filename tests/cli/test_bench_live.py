"""The measurements of the live pipeline: what they compute, and one short run of each."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.__main__ import main
from app.cli.bench import gesture_times, target
from app.cli.bench import trace as bench_trace
from app.cli.bench.soak import soak
from app.cli.bench.trace_picture import draw
from app.cli.live_clip import LiveClip, real_objects
from app.cli.parser import parse
from app.cli.soak.curves import draw as draw_soak
from app.cli.soak.rows import SoakRow
from app.cli.soak.slopes import level_text, slope, student_975, warm_up
from app.pipeline.loading import EngineChoice
from app.pipeline.trace import Span
from app.ui.picture.tools import Tool

SMALL = EngineChoice(device="cpu", short_side=64)


def test_the_slope_of_a_line_and_of_noise() -> None:
    minutes = [1.0, 2, 3, 4, 5, 6]
    found = slope(minutes, [10 + 0.5 * m for m in minutes])
    assert found.per_minute == pytest.approx(0.5) and not found.is_zero
    noise = np.random.default_rng(1).normal(0, 1, 6)
    assert slope(minutes, list(20 + noise)).is_zero
    assert slope(minutes, [3.0] * 6).is_zero


@pytest.mark.parametrize(
    ("free", "expected"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (60, 2.0)]
)
def test_students_quantile(free: int, expected: float) -> None:
    assert student_975(free) == pytest.approx(expected, rel=0.012)


def test_the_interval_holds_the_true_slope_as_often_as_it_should() -> None:
    random = np.random.default_rng(0)
    minutes = list(range(9))
    hits = 0
    for _ in range(400):
        found = slope(minutes, list(0.3 * np.arange(9) + random.normal(0, 1, 9)))
        hits += abs(found.per_minute - 0.3) <= found.margin
    assert 0.91 < hits / 400 < 0.985


def rows(memory: list[float]) -> list[SoakRow]:
    return [SoakRow(i + 1.0, 20.0, 25.0, mib, 12, 9) for i, mib in enumerate(memory)]


def test_a_run_is_level_from_where_memory_stops_growing(tmp_path: Path) -> None:
    jitter = np.random.default_rng(2).normal(0, 3, 20)
    growing = [800 + 100.0 * min(i, 5) for i in range(20)]
    grown = rows(list(growing + jitter))
    first = warm_up(grown)
    assert first is not None and 5 <= first <= 8
    assert f"level after {first}.0 minutes" in level_text(grown)
    steady = rows(list(900 + jitter))
    assert warm_up(steady) in (1, 2)
    leaking = rows(list(800 + 10.0 * np.arange(20) + jitter))
    assert warm_up(leaking) is None and "never" in level_text(leaking)
    for number, each in enumerate((grown, leaking, grown[:2], grown[:1])):
        draw_soak(each, tmp_path / f"{number}.png")
        assert (tmp_path / f"{number}.png").stat().st_size > 5_000


def test_as_many_objects_as_asked_for_none_of_them_overlapping() -> None:
    source = LiveClip()
    assert source.open().is_live
    frame = source.read()
    source.close()
    assert frame is not None
    loaded = SMALL.load()
    for count in (1, 2, 3, 5):
        masks = real_objects(count)(frame, loaded)
        assert list(masks) == list(range(1, count + 1))
        stacked = np.stack(list(masks.values()))
        assert (stacked.sum(0) > 1).mean() < 1e-4 and stacked.any((1, 2)).all()


def test_the_timeline_is_drawn(tmp_path: Path) -> None:
    spans = [
        Span("capture", "decode video", 0, 8_000_000),
        Span("engine", "segment", 5_000_000, 25_000_000),
        Span("engine", "encode key", 5_000_000, 15_000_000, 1),
    ]
    draw(spans, tmp_path / "t.png")
    picture = np.asarray(Image.open(tmp_path / "t.png").convert("RGB"))
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 5
    assert (tmp_path / "t.png").stat().st_size < 100_000


def test_a_soaked_pipeline_holds_its_memory_files_and_threads() -> None:
    told: list[SoakRow] = []
    rows = soak(SMALL, 6.0, 2, told.append)
    assert told == rows and len(rows) == 12
    assert all(row.fps > 0 and row.step_ms > 0 for row in rows)
    assert len({row.threads for row in rows[4:]}) == 1
    assert max(row.files for row in rows[2:]) - min(row.files for row in rows[2:]) <= 1
    assert rows[-1].memory_mib - rows[4].memory_mib < 25


def test_a_trace_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_trace, "_SETTLE_S", 1.5)
    trace, picture = tmp_path / "t.json", tmp_path / "t.png"
    arguments = ["bench", "--size", "64", "--device", "cpu", "--seconds", "1"]
    assert main([*arguments, "--trace", str(trace), "--picture", str(picture)]) == 0
    names = {event["name"] for event in json.loads(trace.read_text("utf-8"))["traceEvents"]}
    assert {"decode video", "encode key", "publish", "memorise", "compose"} <= names
    assert "encode video" in names and "paint picture" in names
    assert picture.exists() and "Where the time goes" in capsys.readouterr().out
    assert main([*arguments, "--trace", str(tmp_path / "no" / "folder.json")]) == 1


@pytest.mark.parametrize("wrong", ["0", "ten", "10,0", ""])
def test_wrong_targets_are_refused(wrong: str) -> None:
    with pytest.raises(SystemExit):
        main(["bench", "--target", wrong])


def test_a_target_that_is_easy_is_held_at_full_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "_SETTLE_S", 1.0)
    row = target.measure(SMALL, 2.0, 1, 1.0)
    assert (row.level, row.changes, row.gain) == ("full", 0, 1.0) and row.fps > 2


def test_every_gesture_is_timed_on_running_and_held_pictures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(gesture_times, "_SETTLE_S", 1.5)
    monkeypatch.setattr(gesture_times, "_STEPS", 4)
    monkeypatch.setattr(gesture_times, "SIZE", (540, 960))
    figures = tmp_path / "gestures.json"
    arguments = ["bench", "--size", "64", "--device", "cpu", "--gestures", "--json", str(figures)]
    assert main(arguments) == 0
    rows = json.loads(figures.read_text("utf-8"))
    assert {(row["gesture"], row["frozen"]) for row in rows} == {
        (gesture, frozen)
        for gesture in (*(tool.value for tool in Tool), "hover", "zoom", "pan")
        for frozen in (False, True)
    }
    assert all(row["milliseconds"] for row in rows), "every gesture was seen on the screen"
    assert "held" in capsys.readouterr().out


def test_a_failure_while_the_window_plays_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(gesture_times, "_SETTLE_S", 1.5)
    monkeypatch.setattr(gesture_times, "_Hand", fail)
    with pytest.raises(ZeroDivisionError):
        gesture_times.measure_gestures(SMALL, 1)


def test_the_parser_knows_one_live_mode_at_a_time() -> None:
    chosen = parse(["bench", "--target", "10,20.5"])
    assert isinstance(chosen, argparse.Namespace) and chosen.target_rates == (10.0, 20.5)
    with pytest.raises(SystemExit):
        parse(["bench", "--soak", "1", "--trace", "x"])
