"""Whether each object is still in sight, judged frame by frame from its own mask and from how like
what was marked that looks.

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
_DOUBT_LIKENESS, _SURE_LIKENESS = 0.78, 0.8  # of the usual
_TELLING = 0.25  # likeness: of objects usually below it, thin or tiny ones, a fall says nothing
_LOST_AFTER, _FOUND_AFTER = 4, 3  # frames in a row
_USUAL_RATE = 0.1  # of the moving averages of an object's area and likeness
_STRANGE_RATE = 0.05  # of the latter while in doubt: looks that last half a second are its own


@dataclass(slots=True)
class _Sight:
    """``usual_area``: of its mask while well seen, as a share of the frame. ``usual_likeness``:
    mean of its first frames, moving from then on. ``well_seen``: frames. ``streak``: frames in a
    row that speak against the present state. ``doubtful``: the last frame was."""

    usual_area: float = 0.0
    usual_likeness: float = 0.0
    well_seen: int = 0
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
                alike = result.likeness.get(object_id)
                _judge(self._sights[object_id], result.scores[object_id], area, alike)

    def forget(self, ids: Iterable[ObjectId]) -> None:
        """Judge these afresh: their memory was exchanged."""
        for object_id in ids:
            self._sights.pop(object_id, None)


def _judge(sight: _Sight, score: float, area: float, alike: float | None) -> None:
    """Take note of one frame. ``area``: share of the frame inside the mask. ``alike``: how like
    what was marked that looks; it falls at once when something else is taken for the object."""
    familiar = 1.0
    if alike is not None and sight.usual_likeness >= _TELLING:
        familiar = alike / sight.usual_likeness
    shown = area / sight.usual_area if sight.usual_area else 1.0
    sight.doubtful = score < _DOUBT_SCORE or shown < _DOUBT_SHARE or familiar < _DOUBT_LIKENESS
    is_sure = score >= _SURE_SCORE and shown >= _SURE_SHARE and familiar >= _SURE_LIKENESS
    sight.streak = sight.streak + 1 if (is_sure if sight.is_lost else sight.doubtful) else 0
    _follow(sight, area, alike)
    if sight.streak >= (_FOUND_AFTER if sight.is_lost else _LOST_AFTER):
        sight.is_lost, sight.streak = not sight.is_lost, 0


def _follow(sight: _Sight, area: float, alike: float | None) -> None:
    """Take a frame into what is usual of the object."""
    is_seen = not sight.is_lost and not sight.doubtful
    if is_seen:
        sight.well_seen += 1
        sight.usual_area += _USUAL_RATE * (area - sight.usual_area)
    if alike is not None and area > 0:
        rate = max(_USUAL_RATE, 1 / sight.well_seen) if is_seen else _STRANGE_RATE
        sight.usual_likeness += rate * (alike - sight.usual_likeness)
