"""Copies between CPU and card: what is copied, and that nothing is read or written too early."""

import numpy as np
import pytest
import torch
from cat_clip import cats
from cuda_kit import CPU, LoggedEvent, pageable

from swem_core.engine.staging import Staging


def test_pictures_arrive_as_they_are_whatever_their_layout() -> None:
    staging = Staging(CPU, pageable, LoggedEvent)
    frame = cats().frames[0]
    for image in (frame, frame[:, ::-1], frame[::2, ::3], frame):
        np.testing.assert_array_equal(staging.upload(image).numpy(), image)


def test_results_are_copies_of_their_own() -> None:
    staging = Staging(CPU, pageable, LoggedEvent)
    planes, scores = torch.rand(3, 60, 108), torch.rand(3)
    first = staging.download(planes, scores)
    np.testing.assert_array_equal(first[0], planes)
    np.testing.assert_array_equal(first[1], scores)
    staging.download(torch.zeros(3, 60, 108), torch.zeros(3))
    np.testing.assert_array_equal(first[0], planes)
    nothing = staging.download(torch.empty(0, 60, 108), torch.empty(0))
    assert [array.shape for array in nothing] == [(0, 60, 108), (0,)]


def test_buffers_are_allocated_once() -> None:
    lengths: list[int] = []

    def allocate(nbytes: int) -> torch.Tensor:
        lengths.append(nbytes)
        return pageable(nbytes)

    staging = Staging(CPU, allocate, LoggedEvent)
    small, large = np.zeros((8, 8, 3), np.uint8), np.zeros((16, 16, 3), np.uint8)
    for image in (small, large, small, large, large):
        staging.upload(image)
        staging.download(torch.zeros(4))
    assert lengths == [0, 0, 192, 16, 768]


def test_a_buffer_is_touched_only_after_its_last_copy() -> None:
    events: list[LoggedEvent] = []

    def new_event() -> LoggedEvent:
        events.append(LoggedEvent())
        return events[-1]

    staging = Staging(CPU, pageable, new_event)
    for _ in range(3):
        staging.upload(np.zeros((8, 8, 3), np.uint8))
        staging.download(torch.zeros(4))
    up, down = (event.log for event in events)
    assert up == ["wait", "record"] * 3  # no waiting for the card when a picture is sent
    assert down == ["wait", "record", "wait"] * 3


@pytest.mark.parametrize("fill", [0, 255])
def test_the_picture_on_the_device_outlives_the_callers(fill: int) -> None:
    staging = Staging(CPU, pageable, LoggedEvent)
    image = np.full((8, 8, 3), fill, np.uint8)
    there = staging.upload(image)
    image[:] = 7
    assert (there == fill).all()
