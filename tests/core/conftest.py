"""An engine and a real scene for it."""

from collections.abc import Iterator

import pytest
from cat_clip import cats
from engine_kit import Scene

from swem_core.engine.engine import Engine, EngineConfig
from swem_core.model.network import SwemNetwork
from swem_core.model.weights import load_network


@pytest.fixture(scope="session")
def network() -> SwemNetwork:
    return load_network("lite")


@pytest.fixture(scope="session")
def clip() -> Scene:
    """Five real frames (BGR) and the masks of two objects on the first."""
    scene = cats()
    return scene.frames[:5], scene.labels[0] == 1, scene.labels[0] == 2


@pytest.fixture
def engine(network: SwemNetwork) -> Iterator[Engine]:
    yield Engine(network, EngineConfig(short_side=128))
