"""Whether each object is still in sight, judged from its own masks frame by frame.

A memory that goes on learning while its object is hidden learns that the object's place is
background, and finds it late or never. So a doubtful frame teaches nothing, and an object that was
lost has to be seen well for some frames before its memory is written again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from swem_core.engine.result import StepResult
from swem_core.types import ObjectId

# Tuned on artificial occlusions of real clips (none of them a validation sequence).
_DOUBT_SCORE, _DOUBT_SHARE = 0.65, 0.15
_SURE_SCORE, _SURE_SHARE = 0.75, 0.3
_LOST_AFTER, _FOUND_AFTER = 4, 3  # frames in a row
_USUAL_RATE = 0.1  # of the moving average of an object's area


@dataclass(slots=True)
class _Sight:
    """``usual_area``: of its mask while well seen, as a share of the frame. ``streak``: frames in
    a row that speak against the present state. ``doubtful``: the last frame was."""

    usual_area: float = 0.0
    is_lost: bool = False
    streak: int = 0
    doubtful: bool = False


class Presence:
    """Follows the results of one engine. Thread: the engine's.

    Doubt and certainty have different limits, and each must last, so that the state never flickers.
    """

    def __init__(self) -> None:
        self._sights: dict[ObjectId, _Sight] = {}

    @property
    def lost(self) -> frozenset[ObjectId]:
        """Objects out of sight."""
        return frozenset(i for i, sight in self._sights.items() if sight.is_lost)

    @property
    def unsure(self) -> frozenset[ObjectId]:
        """Objects whose memory must not learn from the last frame: lost, or not well seen on it."""
        return frozenset(i for i, s in self._sights.items() if s.is_lost or s.doubtful)

    def observe(self, result: StepResult) -> None:
        """Take note of a frame's masks; objects no longer tracked are forgotten."""
        self._sights = {i: self._sights.get(i, _Sight()) for i in result.ids}
        for object_id, logits in zip(result.ids, result.logits, strict=True):
            if (marked := result.anchors.get(object_id)) is not None:
                self._sights[object_id] = _Sight(usual_area=float(marked.mean()))
            else:
                area = float((logits > 0).mean())
                _judge(self._sights[object_id], result.scores[object_id], area)

    def forget(self, ids: Iterable[ObjectId]) -> None:
        """Judge these afresh: their memory was exchanged."""
        for object_id in ids:
            self._sights.pop(object_id, None)


def _judge(sight: _Sight, score: float, area: float) -> None:
    """Take note of one frame. ``area``: share of the frame inside the mask."""
    sight.doubtful = score < _DOUBT_SCORE or area < _DOUBT_SHARE * sight.usual_area
    is_sure = score >= _SURE_SCORE and area >= _SURE_SHARE * sight.usual_area
    if not sight.is_lost and not sight.doubtful:
        sight.usual_area += _USUAL_RATE * (area - sight.usual_area)
    sight.streak = sight.streak + 1 if (is_sure if sight.is_lost else sight.doubtful) else 0
    if sight.streak >= (_FOUND_AFTER if sight.is_lost else _LOST_AFTER):
        sight.is_lost, sight.streak = not sight.is_lost, 0
