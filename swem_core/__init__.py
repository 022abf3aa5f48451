"""Live video object segmentation with a memory of constant size.

    from swem_core import Engine, load_network

    engine = Engine(load_network("lite"))
    engine.step(first_frame, anchors={1: mask})
    labels = engine.step(next_frame).labels()

Depends on neither Qt nor PyAV. The method, formula by formula, is in ``METHOD.md`` beside this
file; docstrings name its sections ("METHOD B5").
"""

from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.result import StepResult
from swem_core.engine.state import EngineState
from swem_core.errors import SwemError
from swem_core.model.weights import load_network

__all__ = ["Engine", "EngineConfig", "EngineState", "StepResult", "SwemError", "load_network"]
