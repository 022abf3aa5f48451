"""An accelerator whose memory is full: the real engine on a card made to have too little."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from app.cli.drills.drill import must
from app.cli.live_clip import LiveClip, real_objects
from app.pipeline.loading import EngineChoice
from swem_core.engine.engine import Engine
from swem_core.engine.graphs import Tensors
from swem_core.engine.runtime import Runtime
from swem_core.model.weights import load_network

_FRAMES: Final = 12
_FITS: Final = 150  # pixels


class _SmallCard(Runtime):
    """``full``: pictures of more than 150 pixels at the shorter side do not fit any more."""

    full = False

    def run(self, name: str, function: Callable[..., Tensors], *inputs: Tensor | None) -> Tensors:
        """See :class:`Runtime`."""
        picture = inputs[0]
        if self.full and name == "encode" and _side(picture) > _FITS:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory (a drill).")
        return super().run(name, function, *inputs)


def _side(picture: Tensor | None) -> int:
    return min(picture.shape[-2:]) if picture is not None else 0


def out_of_memory(folder: Path) -> str:
    """In the middle of tracking two objects (nothing is written)."""
    del folder
    card, clip = _SmallCard(torch.device("cpu")), LiveClip()
    engine = Engine(load_network("lite"), runtime=card)
    notices: list[str] = []
    try:
        clip.open()
        for number in range(_FRAMES):
            frame = clip.read()
            assert frame is not None
            marks = real_objects(2)(frame, EngineChoice(device="cpu").load()) if not number else {}
            card.full = number >= _FRAMES // 2
            result = engine.step(frame.image, anchors=marks)
            must(result.ids == (1, 2), f"objects {result.ids} of 2 are left")
            notices += [result.notice] if result.notice else []
    finally:
        clip.close()
    must(len(notices) == 1, f"{len(notices)} messages instead of one")
    areas = [int((result.labels() == i).sum()) for i in result.ids]
    must(min(areas) > 0, "an object was lost")
    return f"both objects tracked on at {engine.short_side} pixels, said once (injected)"
