"""The engine on meta tensors: one forgotten on the CPU raises here, as it would on a card.

So does what a CUDA graph cannot hold, in the passes that are recorded.
"""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from cuda_kit import LoggedEvent, OnlyRecordable, RepeatingCapture, journey, pageable
from numpy.typing import NDArray
from torch import Tensor

from swem_core.engine.device import Precision
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.graphs import GraphRunner, Recording, Tensors
from swem_core.engine.runtime import GraphRuntime, Runtime
from swem_core.engine.staging import Staging
from swem_core.model.fold import for_inference
from swem_core.model.lite import LiteNetwork
from swem_core.model.network import SwemNetwork
from swem_core.model.r50 import R50Network

META = torch.device("meta")


def made_up(*tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
    """Meta tensors have no values to fetch."""
    assert all(t.device == META and t.dtype == torch.float32 for t in tensors)
    return tuple(np.zeros(t.shape, np.float32) for t in tensors)


class MetaRuntime(Runtime):
    def fetch(self, *tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
        return made_up(*tensors)


class MetaGraphRuntime(GraphRuntime):
    def fetch(self, *tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
        return made_up(*tensors)


class StrictCapture(RepeatingCapture):
    def __call__(self, function: Callable[[], Tensors]) -> Recording:
        with OnlyRecordable():
            function()
        return super().__call__(function)


def graphs() -> Runtime:
    staging = Staging(META, pageable, LoggedEvent)
    return MetaGraphRuntime(META, staging, GraphRunner(StrictCapture))


@pytest.mark.parametrize("precision", ["fp32", "fp16", "bf16"])
@pytest.mark.parametrize("kind", [LiteNetwork, R50Network])
def test_no_tensor_stays_on_the_cpu(kind: type[SwemNetwork], precision: Precision) -> None:
    with META:
        network = for_inference(kind())
    for runtime in (MetaRuntime(META), graphs()):
        engine = Engine(network, EngineConfig(precision=precision), device=META, runtime=runtime)
        results = journey(engine)
        assert results[-1].ids == (3, 5) and results[-1].logits.shape[0] == 2


@pytest.mark.parametrize(
    "function",
    [
        lambda x: torch.where(x > 0, x, 0.0),
        lambda x: x + torch.tensor(1.0),
        lambda x: x if x.sum() > 0 else -x,
        lambda x: x.nonzero(),
    ],
)
def test_what_a_graph_cannot_hold_is_noticed(function: Callable[[Tensor], Tensor]) -> None:
    with pytest.raises(AssertionError, match="cannot be part"), OnlyRecordable():
        function(torch.ones(3))
