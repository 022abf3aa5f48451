"""Judging frame by frame whether each object is visible, from its mask and from how closely its
pixels resemble what was marked.

A memory that keeps learning while its object is hidden learns that the object's place is
background, and finds it late or never. So doubtful frames are not learnt from, and a lost object
must be seen well for some frames before its memory is updated again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from swem_core.engine.result import StepResult
from swem_core.types import ObjectId

# Chosen on artificial occlusions of real clips (none of them a validation sequence): nothing in
# full view is called lost, with some distance, and nine of ten occlusions are noticed.
_DOUBT_SCORE, _DOUBT_SHARE = 0.65, 0.15
_SURE_SCORE, _SURE_SHARE = 0.75, 0.3
_DOUBT_LIKENESS, _SURE_LIKENESS = 0.74, 0.76  # of the usual
_TELLING = 0.25  # likeness: of objects usually below it, thin or tiny ones, a fall says nothing
_LOST_AFTER, _FOUND_AFTER = 4, 3  # frames in a row
_USUAL_RATE = 0.1  # of the moving averages of an object's area and likeness
_STRANGE_RATE = 0.05  # of the latter while in doubt: looks that last half a second are its own


@dataclass(slots=True)
class _Sight:
    """What is known of one object. ``usual_area``: moving average over frames on which it was well
    seen, as a share of the frame. ``usual_likeness``: likewise. ``well_seen``: number of these
    frames. ``streak``: consecutive frames that contradict ``is_lost``. ``doubtful``: whether the
    last frame was."""

    usual_area: float = 0.0
    usual_likeness: float = 0.0
    well_seen: int = 0
    is_lost: bool = False
    streak: int = 0
    doubtful: bool = False


class Presence:
    """Which objects of one engine are visible. Thread: the engine's.

    The thresholds of doubt and certainty differ, and either must last for some frames, so that the
    state does not flicker.
    """

    def __init__(self) -> None:
        self._sights: dict[ObjectId, _Sight] = {}

    @property
    def lost(self) -> frozenset[ObjectId]:
        """Ids of the objects that are out of sight."""
        return frozenset(i for i, sight in self._sights.items() if sight.is_lost)

    @property
    def unsure(self) -> frozenset[ObjectId]:
        """Ids of the objects that must not learn from the last frame: lost or doubtful on it."""
        return frozenset(i for i, s in self._sights.items() if s.is_lost or s.doubtful)

    def observe(self, result: StepResult) -> None:
        """Account for a frame's result; objects no longer tracked are forgotten."""
        self._sights = {i: self._sights.get(i, _Sight()) for i in result.ids}
        for object_id, logits in zip(result.ids, result.logits, strict=True):
            if (marked := result.anchors.get(object_id)) is not None:
                self._sights[object_id] = _Sight(usual_area=float(marked.mean()))
            else:
                area = float((logits > 0).mean())
                alike = result.likeness.get(object_id)
                _judge(self._sights[object_id], result.scores[object_id], area, alike)

    def forget(self, ids: Iterable[ObjectId]) -> None:
        """Judge these objects afresh, because their memory was replaced."""
        for object_id in ids:
            self._sights.pop(object_id, None)


def _judge(sight: _Sight, score: float, area: float, alike: float | None) -> None:
    """Account for one frame. ``area``: share of the frame inside the mask. ``alike``: likeness,
    which drops at once when something else is taken for the object."""
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
    """Update the moving averages by one frame."""
    is_seen = not sight.is_lost and not sight.doubtful
    if is_seen:
        sight.well_seen += 1
        sight.usual_area += _USUAL_RATE * (area - sight.usual_area)
    if alike is not None and area > 0:
        rate = max(_USUAL_RATE, 1 / sight.well_seen) if is_seen else _STRANGE_RATE
        sight.usual_likeness += rate * (alike - sight.usual_likeness)
