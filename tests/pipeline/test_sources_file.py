import gc
import itertools
from pathlib import Path
from typing import Any

import clips
import numpy as np
import pytest
from av.video.frame import VideoFrame

from app.errors import SourceError
from app.pipeline.frames import Frame
from app.pipeline.sources.file import FileSource


def frames(source: FileSource, limit: int = 1000) -> list[Frame]:
    source.open()
    found = itertools.islice(iter(source.read, None), limit)
    result = [frame for frame in found if frame is not None]
    source.close()
    return result


def damage(path: Path, number: int, keep: int = 0) -> None:
    """Overwrite a packet, but for its first ``keep`` bytes."""
    start, size = clips.packets(path)[number]
    data = bytearray(path.read_bytes())
    data[start + keep : start + size] = b"\xff" * (size - keep)
    path.write_bytes(data)


def test_frames_come_in_order_with_the_files_own_timestamps(tmp_path: Path) -> None:
    stamps = [500, 517, 533, 600, 1000, 1001, 3333]  # starts late, irregular
    path = clips.write(tmp_path / "clip.mkv", 7, stamps=stamps)
    found = frames(FileSource(path))
    assert [f.index for f in found] == list(range(7))
    assert [clips.number(f.image) for f in found] == list(range(7))
    assert [f.seconds for f in found] == [(ms - 500) / 1000 for ms in stamps]
    assert all(a.captured_ns <= b.captured_ns for a, b in itertools.pairwise(found))


def test_info_tells_what_the_first_frame_is_like(tmp_path: Path) -> None:
    source = FileSource(clips.write(tmp_path / "clip.mp4", 10))
    assert (source.name, source.is_live) == ("clip.mp4", False)
    info = source.open()
    source.close()
    assert (info.name, info.size, info.frame_count, info.is_live) == (
        "clip.mp4",
        (48, 64),
        10,
        False,
    )
    assert info.rate == pytest.approx(25, rel=0.01)


def test_frames_are_contiguous_bgr_at_odd_sizes(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "odd.mkv", 3, size=(49, 65), codec="ffv1", pixels="bgr0")
    for i, frame in enumerate(frames(FileSource(path))):
        assert frame.image.flags.c_contiguous
        assert frame.image.dtype == np.uint8
        np.testing.assert_array_equal(frame.image, clips.picture(i * clips.STEP, (49, 65)))


def test_frames_stay_as_they_are_while_others_are_read(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.nut", 8, codec="rawvideo", pixels="bgr24")
    found = frames(FileSource(path))
    assert [clips.number(f.image) for f in found] == list(range(8))


def test_decoded_pictures_are_freed_without_a_garbage_collection(tmp_path: Path) -> None:
    source = FileSource(clips.write(tmp_path / "phone.mp4", 12, rotation=90))
    gc.collect()
    gc.disable()
    try:
        before = _pictures_alive()
        source.open()
        while source.read():
            pass
        left = _pictures_alive() - before
    finally:
        gc.enable()
        source.close()
    assert left <= 2


def _pictures_alive() -> int:
    # type(): isinstance would wake lazy objects of other libraries, some of which then warn.
    return sum(type(thing) is VideoFrame for thing in gc.get_objects())


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("degrees", "turns"), [(0, 0), (90, 1), (180, 2), (-90, 3)])
def test_pictures_are_shown_the_way_up_they_were_taken(
    tmp_path: Path, degrees: int, turns: int, mirrored: bool
) -> None:
    path = clips.write(tmp_path / "phone.mp4", 2, rotation=degrees, mirrored=mirrored)
    source = FileSource(path)
    info = source.open()
    frame = source.read()
    source.close()
    upright = np.rot90(clips.picture(0), turns)
    upright = np.fliplr(upright) if mirrored else upright
    assert frame is not None
    assert frame.image.shape == upright.shape
    assert info.size == upright.shape[:2]
    assert np.abs(frame.image.astype(int) - upright).mean() < 3


def test_the_end_is_none_and_stays_none(tmp_path: Path) -> None:
    source = FileSource(clips.write(tmp_path / "clip.mkv", 2))
    source.open()
    assert source.read() and source.read()
    assert source.read() is None
    assert source.read() is None
    source.close()


def test_a_loop_goes_on_across_the_seam(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.mkv", 3, stamps=[0, 40, 90])
    source = FileSource(path, loop=True)
    found = frames(source, 8)
    assert [f.index for f in found] == list(range(8))
    assert [clips.number(f.image) for f in found] == [0, 1, 2, 0, 1, 2, 0, 1]
    seconds = [f.seconds for f in found]
    assert all(a < b for a, b in itertools.pairwise(seconds))
    assert seconds[4] - seconds[3] == pytest.approx(0.04)
    assert seconds[5] - seconds[3] == pytest.approx(0.09)
    assert source.open().frame_count is None
    source.close()


def test_a_looping_file_that_vanishes_is_an_error(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.mkv", 1)
    source = FileSource(path, loop=True)
    source.open()
    source.read()
    path.unlink()
    with pytest.raises(SourceError, match=r"no file clip\.mkv"):
        source.read()
    source.close()


def test_opening_again_starts_again(tmp_path: Path) -> None:
    source = FileSource(clips.write(tmp_path / "clip.mkv", 3))
    assert [f.seconds for f in frames(source)] == [f.seconds for f in frames(source)]
    assert frames(source)[0].index == 0


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("clip.mkv", "mjpeg", "yuvj420p"),
        ("clip.mkv", "libx264", "yuv420p"),
        ("clip.mp4", "libx264", "yuv420p"),
    ],
)
def test_damaged_packets_are_skipped_and_counted(
    tmp_path: Path, name: str, codec: str, pixels: str
) -> None:
    path = clips.write(tmp_path / name, 12, codec=codec, pixels=pixels, size=(96, 128))
    damage(path, 5, keep=8 if name.endswith("mkv") else 0)
    source = FileSource(path)
    found = frames(source)
    assert len(found) == 11
    assert source.skipped == 1
    assert all(a.seconds < b.seconds for a, b in itertools.pairwise(found))


def test_reading_goes_on_after_a_damaged_stretch_of_the_container(tmp_path: Path) -> None:
    path = clips.write(tmp_path / "clip.mkv", 12, options={"cluster_time_limit": "80"})
    damage(path, 5)
    found = [clips.number(frame.image) for frame in frames(FileSource(path))]
    assert found[:5] == list(range(5))
    assert found[-3:] == [9, 10, 11]


@pytest.mark.parametrize(
    ("name", "options"),
    [("clip.mkv", {}), ("clip.mp4", {"movflags": "faststart"}), ("clip.avi", {})],
)
def test_a_file_that_was_cut_off_ends_at_its_last_good_frame(
    tmp_path: Path, name: str, options: dict[str, str]
) -> None:
    path = clips.write(tmp_path / name, 10, options=options)
    start, size = clips.packets(path)[6]
    path.write_bytes(path.read_bytes()[: start + size // 2])
    found = frames(FileSource(path))
    assert [clips.number(f.image) for f in found] == list(range(6))


def test_sizes_may_change_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "clip.mjpeg"
    parts = [
        clips.write(tmp_path / f"{height}.mjpeg", 2, size=(height, 64)).read_bytes()
        for height in (48, 32)
    ]
    path.write_bytes(b"".join(parts))
    found = frames(FileSource(path))
    assert [f.image.shape for f in found] == [(48, 64, 3)] * 2 + [(32, 64, 3)] * 2
    assert all(a.seconds < b.seconds for a, b in itertools.pairwise(found))


def _write_text(path: Path) -> Path:
    path.write_text("no video " * 1000)
    return path


def _write_unfinished(path: Path) -> Path:
    start, size = clips.packets(clips.write(path, 10))[-1]
    path.write_bytes(path.read_bytes()[: start + size])  # the index of a plain MP4 comes last
    return path


def _write_undecodable(path: Path) -> Path:
    clips.write(path, 3)
    for i in range(3):
        damage(path, i, keep=8)
    return path


@pytest.mark.parametrize(
    ("make", "name", "message"),
    [
        (lambda path: path, "missing.mp4", "There is no file missing.mp4"),
        (lambda path: path.mkdir() or path, "folder", "folder is a folder"),
        (lambda path: path.write_bytes(b"") and path, "empty.mp4", "not a video"),
        (_write_text, "notes.mp4", "notes.mp4 is not a video"),
        (_write_unfinished, "unfinished.mp4", "never finished"),
        (clips.write_sound, "sound.wav", "sound.wav has no video"),
        (_write_undecodable, "broken.mkv", "No picture in broken.mkv"),
        (lambda path: clips.write(path, 0), "none.avi", "none.avi"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, make: Any, name: str, message: str) -> None:
    path = tmp_path / name
    make(path)
    source = FileSource(path)
    with pytest.raises(SourceError) as caught:
        source.open()
    assert message in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    source.close()


def test_reading_what_is_not_open_is_an_error(tmp_path: Path) -> None:
    source = FileSource(clips.write(tmp_path / "clip.mkv", 1))
    source.close()
    with pytest.raises(SourceError, match="not open"):
        source.read()
    source.open()
    source.close()
    source.close()
    with pytest.raises(SourceError, match="not open"):
        source.read()


def test_names_that_look_like_addresses_or_have_odd_letters_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("pipe:clip.mkv", "ümläut 100% 日本.mkv"):
        clips.write(tmp_path / "plain.mkv", 1).rename(tmp_path / name)
        assert len(frames(FileSource(Path(name)))) == 1


@pytest.mark.parametrize("start", range(7))
def test_a_file_begins_where_it_is_told_to(tmp_path: Path, start: int) -> None:
    stamps = [500, 517, 533, 600, 1000, 1001, 3333]
    path = clips.write(tmp_path / "clip.mkv", 7, stamps=stamps)
    wanted = frames(FileSource(path))[start].file_s
    assert wanted is not None
    source = FileSource(path)
    source.start_at(wanted)
    found = frames(source)
    assert [clips.number(f.image) for f in found] == list(range(start, 7))
    assert (found[0].index, found[0].seconds, found[0].file_s) == (0, 0.0, wanted)


@pytest.mark.parametrize("start", [-5.0, 1e6, 1e300])
def test_a_place_outside_the_file_is_its_beginning(tmp_path: Path, start: float) -> None:
    source = FileSource(clips.write(tmp_path / "clip.mkv", 5))
    source.start_at(start)
    assert [clips.number(f.image) for f in frames(source)] == list(range(5))
