"""Live video object segmentation with a memory of constant size. Knows neither Qt nor PyAV.

from swem_core import Engine, load_network

engine = Engine(load_network("lite"))
engine.step(first_frame, anchors={1: mask})
labels = engine.step(next_frame).labels()
"""

from swem_core.engine.engine import Engine, EngineConfig
from swem_core.engine.result import StepResult
from swem_core.engine.state import EngineState
from swem_core.errors import SwemError
from swem_core.model.weights import load_network

__all__ = ["Engine", "EngineConfig", "EngineState", "StepResult", "SwemError", "load_network"]
