"""Clips for the drills, made from the one that ships."""

from pathlib import Path
from typing import Any

import av
from av.packet import Packet

from app.cli import demo
from swem_core.resources import asset


def copied(path: Path, *, most: int | None = None, times: int = 1) -> Path:
    """The first ``most`` pictures of the clip, ``times`` over, in the container of that name."""
    with av.open(str(asset(demo.CLIP))) as clip, av.open(str(path), "w") as container:
        source = clip.streams.video[0]
        stream = container.add_stream_from_template(source)
        assert source.time_base is not None and source.duration is not None
        for turn in range(times):
            clip.seek(0)
            for number, packet in enumerate(clip.demux(source)):
                if packet.dts is None or number == most:
                    break
                container.mux(_moved(packet, stream, turn * source.duration))
    return path


def shrunk(path: Path, side: int, most: int) -> Path:
    """The first ``most`` pictures at another size: ``side`` pixels high, H.264."""
    with av.open(str(asset(demo.CLIP))) as clip, av.open(str(path), "w") as container:
        source = clip.streams.video[0]
        stream = container.add_stream("libx264", rate=30)
        stream.height, stream.width = side, side * source.width // source.height
        stream.pix_fmt = "yuv420p"
        for number, picture in enumerate(clip.decode(source)):
            if number == most:
                break
            container.mux(stream.encode(picture.reformat(stream.width, stream.height)))
        container.mux(stream.encode(None))
    return path


def pictures(path: Path) -> int:
    """How many pictures of a file, which may be cut off, can be decoded."""
    found = 0
    try:
        with av.open(str(path)) as container:
            for _ in container.decode(video=0):
                found += 1
    except av.FFmpegError:
        pass
    return found


def _moved(packet: "Packet[Any]", stream: Any, ticks: int) -> "Packet[Any]":  # noqa: ANN401 - PyAV's
    assert packet.pts is not None and packet.dts is not None
    packet.pts, packet.dts = packet.pts + ticks, packet.dts + ticks
    packet.stream = stream
    return packet
