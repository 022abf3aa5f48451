"""A clip of real pictures whose masks are known exactly: cats cut out of photographs move over a
photographed street. Cut-outs: feral cats data set (public domain); street: the clip that ships."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np

from swem_core.resources import asset
from swem_core.types import Image, Labels

FIXTURES = Path(__file__).parent / "fixtures"
SIZE = (360, 640)
RATE = 25
GINGER, WHITE = 1, 2


@dataclass(frozen=True)
class Clip:
    """``frames``: HxWx3 BGR; ``labels``: HxW ids, 1 = ginger cat, 2 = white cat."""

    frames: tuple[Image, ...]
    labels: tuple[Labels, ...]

    def inside(self, object_id: int, index: int = 0) -> tuple[float, float]:
        """The point (x, y) deepest inside an object."""
        mask = (self.labels[index] == object_id).astype(np.uint8)
        depth = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
        y, x = np.unravel_index(int(depth.argmax()), depth.shape)
        return float(x), float(y)

    def slowed(self, times: int) -> "Clip":
        """Every picture ``times`` times."""
        return Clip(
            *(tuple(x for x in all for _ in range(times)) for all in (self.frames, self.labels))
        )

    def hidden(self, object_id: int, during: range) -> "Clip":
        """The same with a patch of the street's wall over an object; the masks stay the same."""
        frames = list(self.frames)
        for index in during:
            region = cv2.boundingRect((self.labels[index] == object_id).astype(np.uint8))
            x, y, width, height = region
            frames[index] = frames[index].copy()
            wall = self.frames[0][:height, 200 : 200 + width]
            frames[index][y : y + height, x : x + width] = wall
        return Clip(tuple(frames), self.labels)

    def to_and_fro(self) -> "Clip":
        """Forwards and back again, so that it can be repeated without a leap."""
        return Clip(self.frames + self.frames[::-1], self.labels + self.labels[::-1])

    def alternating(self, a: int, b: int, times: int) -> "Clip":
        """Two of the pictures in turns."""
        return Clip(
            *(tuple(all[index] for index in (a, b) * times) for all in (self.frames, self.labels))
        )

    def write(self, path: Path) -> Path:
        """As H.264, nearly lossless."""
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=RATE, options={"crf": "8"})
            stream.height, stream.width = SIZE
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = Fraction(1, 1000)
            for index, image in enumerate(self.frames):
                frame = av.VideoFrame.from_ndarray(image, format="bgr24")
                frame.pts, frame.time_base = index * 1000 // RATE, Fraction(1, 1000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path


def repeated(once: Path, path: Path, times: int) -> Path:
    """A file as a camera would send it, without a leap in its time: the same ``times`` over.

    ``once``: in a container that keeps decoding times, as MP4 does and Matroska does not.
    """
    with av.open(str(once)) as source, av.open(str(path), "w") as container:
        video = source.streams.video[0]
        assert video.time_base is not None and source.duration is not None
        length = round(source.duration / av.time_base / video.time_base)
        stream = container.add_stream_from_template(video)
        for turn in range(times):
            source.seek(0)
            for packet in source.demux(video):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.dts, packet.pts = packet.dts + turn * length, packet.pts + turn * length
                packet.stream = stream
                container.mux(packet)
    return path


@cache
def cats(count: int = 20) -> Clip:
    """Two cats, each on its own path, one growing, never overlapping."""
    street = _street()
    pictures, labels = [], []
    for index in range(count):
        picture, label = street.copy(), np.zeros(SIZE, np.uint8)
        t = index / 20
        _paste(picture, label, _cat("ginger", 1.0), (60 + 140 * t, 130 + 10 * t), GINGER)
        _paste(picture, label, _cat("white", 1.0 + 0.2 * t), (420 - 40 * t, 160), WHITE)
        pictures.append(picture)
        labels.append(label)
    return Clip(tuple(pictures), tuple(labels))


@cache
def growing(count: int = 40) -> Clip:
    """The ginger cat comes nearer until it is twice as large."""
    pictures, labels = [], []
    for index in range(count):
        picture, label = _street().copy(), np.zeros(SIZE, np.uint8)
        t = index / (count - 1)
        _paste(picture, label, _cat("ginger", 1 + t), (60 + 200 * t, 130 - 122 * t), GINGER)
        pictures.append(picture)
        labels.append(label)
    return Clip(tuple(pictures), tuple(labels))


def iou(a: np.ndarray, b: np.ndarray) -> float:
    """Of two bool masks."""
    return float((a & b).sum() / (a | b).sum())


@cache
def _street() -> Image:
    with av.open(str(asset("clips/demo.mp4"))) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="bgr24")
    return cv2.resize(frame[160:475, 720:1280], SIZE[::-1], interpolation=cv2.INTER_AREA)


@cache
def _cat(name: str, scale: float) -> np.ndarray:
    cat = cv2.imread(str(FIXTURES / f"cat_{name}.png"), cv2.IMREAD_UNCHANGED)
    assert cat is not None
    return cv2.resize(cat, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)


def _paste(
    picture: Image, labels: Labels, cat: np.ndarray, at: tuple[float, float], object_id: int
) -> None:
    x, y = round(at[0]), round(at[1])
    height, width = cat.shape[:2]
    region = picture[y : y + height, x : x + width]
    alpha = cat[..., 3:] / 255
    region[:] = np.rint(cat[..., :3] * alpha + region * (1 - alpha))
    labels[y : y + height, x : x + width][cat[..., 3] > 127] = object_id
