"""Fixtures of all tests that record."""

from collections.abc import Iterator

import pytest
from recorder_kit import Events, MakeRecorder, recorders


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def make_recorder(events: Events) -> Iterator[MakeRecorder]:
    with recorders(events) as build:
        yield build
