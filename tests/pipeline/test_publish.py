"""What other programs get to know, through a real subscriber."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import numpy as np
import pytest
import zmq
from cat_clip import iou
from fakes import SIZE, Events, FakeEngine, FakeSource, some_mask, wait_until

from app.errors import PublishError
from app.pipeline.events import Level, LostChanged, Notice, StageFailed
from app.pipeline.frames import Draft, Frame, Segmented
from app.pipeline.outlets.message import result_message
from app.pipeline.outlets.zeromq import PublishPlan, PublishStage
from app.pipeline.session import Session, SessionOptions
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.data.rle import decode_mask
from swem_core.engine.result import StepResult

STYLE = ViewStyle(objects={7: ObjectStyle("Cup", (1, 2, 3))})


def free_address() -> str:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{probe.getsockname()[1]}"


@contextmanager
def subscriber(address: str) -> Iterator[zmq.Socket[bytes]]:
    with zmq.Context() as context, context.socket(zmq.SUB) as heard:
        heard.setsockopt(zmq.RECONNECT_IVL, 10)
        heard.setsockopt(zmq.RCVTIMEO, 10_000)
        heard.subscribe(b"")
        heard.connect(address)
        yield heard


def segmented(scale: int = 2) -> Segmented:
    """Object 7 is columns 16..47, rows 16..31 of 64x48; object 9 is out of the picture."""
    height, width = SIZE[0] * scale, SIZE[1] * scale
    frame = Frame(5, np.zeros((height, width, 3), np.uint8), 0.2, time.monotonic_ns())
    logits = np.stack([np.where(some_mask(), 9, -9), np.full(SIZE, -9)]).astype(np.float32)
    return Segmented(frame, StepResult((7, 9), logits, (height, width), SIZE, {7: 0.875, 9: 0.0}))


def message(given: Segmented, *, masks: bool = False) -> Any:
    return json.loads(result_message(given, {9}, STYLE, masks=masks))


def test_a_message_tells_place_and_confidence_in_pixels_of_the_frame() -> None:
    told = message(segmented())
    assert (told["frame"], told["seconds"], told["size"]) == (5, 0.2, [96, 128])
    assert abs(told["wall_time"] - time.time()) < 5
    cup, gone = told["objects"]
    assert cup == {
        "id": 7,
        "name": "Cup",
        "score": 0.875,
        "lost": False,
        "box": [32, 32, 64, 32],
        "centroid": [63.5, 47.5],
        "area": 64 * 32,
    }
    assert gone["lost"] and gone["name"] == "Object 9"
    assert (gone["box"], gone["centroid"], gone["area"]) == (None, None, 0)


def test_masks_are_run_length_codes() -> None:
    cup = message(segmented(), masks=True)["objects"][0]
    assert np.array_equal(decode_mask(cup["mask"]), some_mask())


def test_a_session_tells_of_every_frame_before_and_after_tracking_begins() -> None:
    address = free_address()
    options = SessionOptions(
        initial=lambda frame, loaded: {7: some_mask()}, publish=PublishPlan(address, masks=True)
    )
    session = Session(
        FakeSource(live=True), FakeEngine().load, Events(), style=STYLE, options=options
    )
    with subscriber(address) as heard:
        session.start()
        first, second = json.loads(heard.recv()), json.loads(heard.recv())
        session.set_view(STYLE.with_object(7, ObjectStyle("Mug", (1, 2, 3))))
        wait_until(
            lambda: json.loads(heard.recv())["objects"][0]["name"] == "Mug", "the name is known"
        )
        assert session.stop() == []
    assert second["frame"] > first["frame"]
    assert first["objects"][0]["box"] == [16, 16, 32, 16]
    assert iou(decode_mask(first["objects"][0]["mask"]), some_mask()) > 0.95


def test_who_is_lost_is_told_with_the_frame_it_was_lost_on() -> None:
    address, events = free_address(), Events()
    stage = PublishStage(PublishPlan(address), events, STYLE)
    with subscriber(address) as heard:
        stage.start()
        wait_until(lambda: events.of(Notice), "it is open")
        stage.hear(LostChanged(frozenset({9})))

        def told() -> bool:
            stage.offer(segmented())
            return heard.poll(20) > 0

        wait_until(told, "the subscription is known")
        assert [each["lost"] for each in json.loads(heard.recv())["objects"]] == [False, True]
        stage.stop()
        stage.join(5)
    assert not stage.is_alive()


def test_nobody_waits_for_a_publisher_that_does_not_get_on() -> None:
    stage = PublishStage(PublishPlan("tcp://127.0.0.1:1"), Events(), STYLE)
    for _ in range(1000):
        stage.offer(segmented(scale=1))
    assert stage.dropped == 999
    stage.offer(Segmented(segmented().frame, None, Draft(1)))
    assert stage.dropped == 999


def test_an_address_in_use_is_told_and_tracking_goes_on() -> None:
    address, events = free_address(), Events()
    with zmq.Context() as context, context.socket(zmq.PUB) as other:
        other.bind(address)
        options = SessionOptions(publish=PublishPlan(address))
        session = Session(FakeSource(live=True), FakeEngine().load, events, options=options)
        session.start()
        wait_until(lambda: events.of(StageFailed), "it is told")
        seen = session.view.get(5)
        assert seen is not None
        wait_until(
            lambda: (
                (later := session.view.get(5)) is not None
                and later.segmented.frame.index > seen.segmented.frame.index
            ),
            "pictures go on",
        )
        assert session.stop() == []
    (failed,) = events.of(StageFailed)
    assert isinstance(failed, StageFailed)
    assert address in failed.text and "Choose another port" in failed.text


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("tcp://127.0.0.1:5555", True),
        ("tcp://localhost:5555", True),
        ("tcp://[::1]:5555", True),
        ("ipc:///tmp/masks", True),
        ("tcp://*:5555", False),
        ("tcp://0.0.0.0:5555", False),
        ("tcp://eth0:5555", False),
    ],
)
def test_what_leaves_this_computer(address: str, local: bool) -> None:
    assert PublishPlan(address).is_local is local


@pytest.mark.parametrize("address", ["5555", "tcp://127.0.0.1", "tcp://host:port", "udp://a:1"])
def test_no_address(address: str) -> None:
    with pytest.raises(PublishError, match="Use one like tcp"):
        PublishPlan(address)


def test_others_on_the_network_are_warned_of() -> None:
    address, events = free_address().replace("127.0.0.1", "0.0.0.0"), Events()
    stage = PublishStage(PublishPlan(address), events, STYLE)
    stage.start()
    wait_until(lambda: events.of(Notice), "it is open")
    stage.stop()
    stage.join(5)
    (notice,) = events.of(Notice)
    assert isinstance(notice, Notice)
    assert notice.level is Level.WARNING and "everyone on the network" in notice.text
