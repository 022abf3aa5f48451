"""Encodes pictures, sound and masks into the replay ring, and saves what the ring holds."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from app.errors import RecorderError
from app.pipeline.disk import explain, make_folder
from app.pipeline.recording.coco import CocoWriter, Line, line_of
from app.pipeline.recording.formats import Codec
from app.pipeline.recording.mask_folder import MaskFolderWriter
from app.pipeline.recording.picture_encoder import TIME_BASE, PictureEncoder
from app.pipeline.recording.replay_ring import Kept, Piece, ReplayRing
from app.pipeline.recording.shot import Shot
from app.pipeline.recording.sound_track import SoundPackets, SoundTrack
from app.pipeline.sound.base import Sound
from swem_core.data.rle import decode_mask
from swem_core.types import Size

_KEYFRAME_EVERY: Final = 30  # what is saved begins at a key picture


class ReplayEncoder:
    """H.264 and AAC, into a ring instead of a file.

    Thread: ``add`` and ``close`` on one; ``save`` on any, also meanwhile and afterwards.
    """

    def __init__(self, shot: Shot, ring: ReplayRing, sound: Sound | None) -> None:
        """``shot``: the first one, for its size. ``sound``: is read, not closed."""
        self._ring = ring
        self._size: Size = shot.frame.picture.shape[:2]
        self._origin = shot.frame.seconds
        self._last_pts = -1
        # Streams need a container; all that this one is ever given is its header.
        self._container = av.open(io.BytesIO(), "w", format="matroska")
        self._pictures = PictureEncoder(
            self._container, Codec.H264, shot.opaque, keyframes=_KEYFRAME_EVERY, at_once=True
        )
        self._track: SoundTrack | None = None
        if sound is not None:
            self._track = SoundTrack(self._container, "aac", sound, _into(ring))
        self._container.start_encoding()

    def fits(self, shot: Shot) -> bool:
        """Whether the picture has the size of those before."""
        return bool(shot.frame.picture.shape[:2] == self._size)

    def add(self, shot: Shot) -> None:
        """Encode a shot; one whose time does not rise is left out. Raises av.FFmpegError."""
        pts = round((shot.frame.seconds - self._origin) * TIME_BASE.denominator)
        if pts <= self._last_pts:
            return
        self._last_pts = pts
        if self._track is not None:
            self._track.advance(shot.frame, pts / TIME_BASE.denominator)
        line = json.dumps(line_of(shot), separators=(",", ":")).encode()
        self._ring.add_masks(Piece(line, pts, TIME_BASE))
        for packet in self._pictures.encode(shot.opaque, pts):
            self._ring.add_picture(_piece(packet))

    def close(self) -> None:
        """Encode no more. Without it, the encoder's threads and buffers would stay until Python
        looks for reference cycles, of which a container and its streams are one."""
        self._container.close()

    def save(self, kept: Kept, video: Path) -> None:
        """Write pictures and sound as Matroska, from time 0 on. Raises RecorderError."""
        make_folder(video.parent)
        try:
            with av.open(f"file:{video}", "w", format="matroska") as container:
                self._mux(container, kept)
        except (av.FFmpegError, OSError) as error:
            raise RecorderError(explain(error, video)) from error

    def _mux(self, container: OutputContainer, kept: Kept) -> None:
        start = kept.pictures[0].seconds
        picture_stream = container.add_stream_from_template(self._pictures.stream)
        pieces: Iterable[tuple[Piece, Stream]] = ((p, picture_stream) for p in kept.pictures)
        if self._track is not None:
            sound_stream: Stream = container.add_stream_from_template(self._track.stream)
            heard = ((p, sound_stream) for p in kept.sound if p.seconds >= start)
            pieces = merge(pieces, heard, key=lambda each: each[0].seconds)
        for piece, stream in pieces:
            container.mux(_packet(piece, stream, start))


def _into(ring: ReplayRing) -> Callable[[SoundPackets], None]:
    def add(packets: SoundPackets) -> None:
        for packet in packets:
            ring.add_sound(_piece(packet))

    return add


def save_masks(kept: Kept, masks: Path | None, coco: Path | None) -> tuple[Path, ...]:
    """Write a palette PNG per picture, a COCO file, or both; the paths. Raises RecorderError."""
    start, end = kept.pictures[0].seconds, kept.pictures[-1].seconds
    within = [piece for piece in kept.masks if start <= piece.seconds <= end]
    if masks is not None:
        folder = MaskFolderWriter(masks)
        for line in _lines(within):
            _write_labels(folder, line)
    if coco is None:
        return (masks,) if masks is not None else ()
    writer = CocoWriter(coco)
    for line in _lines(within):
        writer.write_line(line)
    writer.close()
    return (masks, writer.path) if masks is not None else (writer.path,)


def _lines(pieces: list[Piece]) -> Iterator[Line]:
    return (json.loads(piece.data) for piece in pieces)


def _write_labels(folder: MaskFolderWriter, line: Line) -> None:
    image = line["image"]
    labels = np.zeros((image["height"], image["width"]), np.uint8)
    for each in line["annotations"]:
        labels[decode_mask(each["segmentation"])] = each["category_id"]
    folder.write(image["frame"], labels)


def _piece(packet: "Packet[Any]") -> Piece:
    assert packet.pts is not None and packet.time_base is not None
    return Piece(bytes(packet), packet.pts, packet.time_base, packet.is_keyframe)


def _packet(piece: Piece, stream: Stream, start_s: float) -> "Packet[Any]":
    packet: Packet[Any] = Packet(piece.data)
    packet.stream = stream
    packet.time_base = piece.base
    packet.pts = packet.dts = piece.pts - round(start_s / piece.base)
    packet.is_keyframe = piece.is_key
    return packet
