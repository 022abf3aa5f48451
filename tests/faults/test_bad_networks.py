"""Packets that are lost, mixed up, damaged or nonsense: the picture and the tracking go on."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import bad_network as bad
import numpy as np
import pytest
from bad_network import BadNetwork, tcp_sender, udp_sender
from cat_clip import GINGER, RATE, WHITE, cats, iou, repeated
from fakes import Events
from network_camera import rtsp_sender

from app.pipeline.channels import ChannelClosed
from app.pipeline.events import Notice, SourceLost, StageFailed
from app.pipeline.frames import Frame, Segmented
from app.pipeline.loading import EngineChoice, Loaded
from app.pipeline.session import Session, SessionOptions
from app.pipeline.sources.stream import StreamSource
from swem_core.types import Mask, ObjectId

pytestmark = pytest.mark.slow
PATIENCE_S = 60.0
SILENCE_S = 3.0  # UDP is listened to for two seconds, to find out what comes
CLEAN = 8.0  # grey levels a picture differs from what was sent, at most; encoded it is nearer 2
Sender = Callable[[BadNetwork], AbstractContextManager[str]]


CLIP = cats().to_and_fro()
TIMES = 100


def sent(frame: Frame) -> tuple[int, float]:
    """Which picture of the clip it is, and how far from that."""
    seen = frame.image[::8, ::8].astype(int)
    apart = [float(np.abs(each[::8, ::8] - seen).mean()) for each in CLIP.frames]
    return int(np.argmin(apart)), min(apart)


def both_cats(frame: Frame, loaded: Loaded) -> Mapping[ObjectId, Mask]:
    labels = CLIP.labels[sent(frame)[0]]
    return {i: labels == i for i in (GINGER, WHITE)}


class Watching:
    """A session on an address, and somebody who looks at it."""

    def __init__(self, url: str) -> None:
        self.events = Events()
        self.session = Session(
            StreamSource(url, timeout_s=SILENCE_S),
            EngineChoice(device="cpu", short_side=96).load,
            self.events,
            options=SessionOptions(initial=both_cats),
        )

    def pictures(self) -> Iterator[Segmented]:
        """As they are shown, for a minute at most."""
        end = time.monotonic() + PATIENCE_S
        with suppress(ChannelClosed):
            while time.monotonic() < end:
                rendered = self.session.view.get(0.1)
                if rendered is not None:
                    yield rendered.segmented
        raise AssertionError(f"in vain; heard {self.events.heard[-3:]}")

    def sees(self, count: int) -> None:
        """So many pictures, whatever is on them."""
        for number, _ in enumerate(self.pictures(), start=1):
            if number == count:
                return

    def sees_the_cats_tracked(self) -> None:
        """A picture as it was sent, with both cats under their masks."""
        for segmented in self.pictures():
            index, apart = sent(segmented.frame)
            if apart < CLEAN and segmented.result is not None:
                labels, truth = segmented.result.labels(), CLIP.labels[index]
                if all(iou(labels == i, truth == i) > 0.7 for i in (GINGER, WHITE)):
                    return

    def hears(self, kind: type, text: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not any(text in str(event) for event in self.events.of(kind)):
            assert time.monotonic() < end, f"in vain: {text}; heard {self.events.heard[-3:]}"
            self.session.view.get(0.05)
        self.events.heard.clear()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("cats")
    once = CLIP.write(folder / "once.mp4")
    return repeated(once, folder / "cats.ts", TIMES).read_bytes()


@pytest.mark.parametrize("sender", [udp_sender, tcp_sender, rtsp_sender])
def test_whatever_a_network_does_to_a_stream_it_is_tracked_on(data: bytes, sender: Sender) -> None:
    network = BadNetwork(data, TIMES * len(CLIP.frames) / RATE)
    with sender(network) as url:
        watching = Watching(url)
        watching.session.start()
        try:
            watching.sees_the_cats_tracked()
            for harm in (bad.lost, bad.mixed_up, bad.damaged):
                network.harm = harm
                watching.sees(len(CLIP.frames))
                assert watching.session.stats().scores, "tracking goes on"
                network.harm = bad.intact
                watching.sees_the_cats_tracked()
            for harm, said in (
                (bad.nonsense, ""),  # the words depend on where it is noticed
                (bad.silence, "has sent nothing for 3 seconds"),
            ):
                network.harm = harm
                watching.hears(SourceLost, said)
                network.harm = bad.intact
                watching.hears(Notice, "is back")
                watching.sees_the_cats_tracked()
        finally:
            late = watching.session.stop()
    assert late == [] and not watching.events.of(StageFailed)
