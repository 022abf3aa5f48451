"""From a frame and its masks to the picture on the screen and the picture in the recording."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from app.pipeline.effect import Effect
from app.pipeline.effects.backdrop import fitted
from app.pipeline.effects.cutout import on_checkerboard
from app.pipeline.effects.draw import DRAW
from app.pipeline.effects.matte import Mattes
from app.pipeline.effects.overlay import fill, outline
from app.pipeline.effects.picture import Picture, opaque
from app.pipeline.effects.pixelate import hide_all, hide_objects
from app.pipeline.effects.pyramid import Pyramid
from app.pipeline.effects.scene import Scene
from app.pipeline.frames import Draft, Segmented
from app.pipeline.palettes import Color
from app.pipeline.placement import Placement
from app.pipeline.smoothing import Smoother
from app.pipeline.style import DRAFT_OPACITY, Backdrop, ViewStyle
from swem_core.engine.result import StepResult
from swem_core.types import Image, Size

_DRAFT_OUTLINE: Final[Color] = (255, 255, 255)
_SEEN: Final = 0.6  # confidence from which an object counts as found where that must be certain
# A draft shows what would be tracked if it were accepted: inside or outside, with a soft edge only.
_DECIDED: Final = np.clip((np.arange(256) - 127.5) * 4 + 127.5, 0, 255).astype(np.uint8)

_EDGE: Final = np.ones((5, 5), np.uint8)


def placement_of(size: Size, style: ViewStyle) -> Placement:
    """How a frame of (height, width) lies in the finished picture."""
    panes = 2 if style.side_by_side and not style.private else 1
    return Placement(size, style.mirrored, style.turns, panes)


class Composer:
    """Draws frames; keeps what the next one needs. Thread: one at a time.

    The screen shows what is recorded, with three exceptions: the whole frame while nothing is
    tracked or something is being marked (what cannot be seen cannot be marked), a checkerboard
    for transparency, and the original frame while comparing. A private style has no exceptions.
    """

    def __init__(self) -> None:
        self._smoother = Smoother()
        self._backdrop: tuple[Backdrop, Placement, Picture] | None = None
        self._last: tuple[Segmented, ViewStyle, Scene] | None = None

    def screen(self, segmented: Segmented, style: ViewStyle) -> Picture:
        """What a person sees: HxWx4 BGRA, alpha 255."""
        scene = self._scene(segmented, style)
        if style.private:
            picture = _private(scene, segmented)
        elif style.comparing:
            picture = opaque(scene.image)
        elif segmented.draft is not None or not scene.ids:
            picture = DRAW[Effect.OVERLAY](scene)
        elif style.transparent:
            picture = on_checkerboard(scene)
        else:
            picture = DRAW[style.effect](scene)
        if segmented.draft is not None:
            _draw_draft(picture, segmented.draft, style)
        return self._placed(picture, scene)

    def output(self, segmented: Segmented, style: ViewStyle) -> Picture:
        """What is recorded: only what is tracked counts, transparent where the style says so."""
        scene = self._scene(segmented, style)
        picture = _private(scene, segmented) if style.private else DRAW[style.effect](scene)
        return self._placed(picture, scene)

    def recorded(self, segmented: Segmented, style: ViewStyle, screen: Picture) -> Picture:
        """``output``, without drawing again what ``screen`` already shows."""
        makes_exception = style.transparent or style.comparing or not _tracks(segmented, style)
        is_same = style.private or not makes_exception
        return screen if is_same else self.output(segmented, style)

    def released(self, segmented: Segmented, style: ViewStyle) -> Image:
        """The frame for other pictures to be made of: without what the view hides."""
        if not style.private:
            return segmented.frame.image
        hidden = self.output(segmented, replace(style, mirrored=False, turns=0))
        return np.ascontiguousarray(hidden[..., :3])

    def still(self, segmented: Segmented, style: ViewStyle, screen: Picture) -> Picture:
        """What a snapshot holds: what is on the screen, with real transparency."""
        is_cut = style.transparent and not style.comparing and segmented.draft is None
        is_cut = is_cut and _tracks(segmented, style)
        return self.output(segmented, style) if is_cut else screen

    def _scene(self, segmented: Segmented, style: ViewStyle) -> Scene:
        """Kept for the recording, which usually wants the masks that the screen has just shown."""
        last = self._last
        if last is None or last[0] is not segmented or last[1] is not style:
            last = self._last = (segmented, style, self._made(segmented, style))
        return last[2]

    def _made(self, segmented: Segmented, style: ViewStyle) -> Scene:
        frame, draft = segmented.frame, segmented.draft.alphas if segmented.draft else {}
        # Smoothing and shrinking could uncover what must stay hidden.
        edge = replace(style.edge, grow=0, feather=0, smooth=0.0) if style.private else style.edge
        pyramid = Pyramid(frame.image)
        result = segmented.result
        if style.effect is not Effect.PLAIN:
            result = self._smoother.smooth(segmented, pyramid, edge.smooth)
        ids = result.ids if result is not None else ()
        if style.effect is not Effect.PIXELATE:
            ids = tuple(i for i in ids if style.shows(i) and i not in draft)
        mattes = Mattes(pyramid, result, edge) if result is not None and ids else None
        backdrop = self._fitted_backdrop(frame.image, style)
        return Scene(frame.image, pyramid, mattes, ids, style, backdrop)

    def _fitted_backdrop(self, image: Image, style: ViewStyle) -> Picture | None:
        if style.effect is not Effect.IMAGE or style.backdrop is None:
            return None
        placement = Placement((image.shape[0], image.shape[1]), style.mirrored, style.turns)
        known = self._backdrop
        if known is None or known[0] is not style.backdrop or known[1] != placement:
            # Turned back beforehand: the person, not the picture behind, is mirrored.
            upright = fitted(style.backdrop.image, placement.pane)
            known = self._backdrop = (style.backdrop, placement, placement.undo(upright))
        return known[2]

    def _placed(self, picture: Picture, scene: Scene) -> Picture:
        placement = placement_of(scene.size, scene.style)
        placed = placement.apply(picture)
        if placement.panes == 1:
            return placed
        bare = replace(placement, panes=1).apply(opaque(scene.image))
        return np.hstack((bare, placed))


def _tracks(segmented: Segmented, style: ViewStyle) -> bool:
    """Whether the effect has an object to work on."""
    return segmented.result is not None and any(style.shows(i) for i in segmented.result.ids)


def _private(scene: Scene, segmented: Segmented) -> Picture:
    """A draft reveals nothing: what it would uncover is shown when it is tracked."""
    if not _all_found(segmented.result):
        return hide_all(scene)
    if scene.style.effect is Effect.PIXELATE and segmented.draft is not None:
        return hide_objects(scene, segmented.draft.alphas.values())
    return DRAW[scene.style.effect](scene)


def _all_found(result: StepResult | None) -> bool:
    """Whether something is tracked, and every object that is was found on this frame."""
    return (
        result is not None
        and bool(result.ids)
        and all(result.scores.get(i, 0.0) >= _SEEN or i in result.anchors for i in result.ids)
    )


def _draw_draft(picture: Picture, draft: Draft, style: ViewStyle) -> None:
    for object_id, soft in draft.alphas.items():
        if object_id != draft.active and not style.shows(object_id):
            continue
        # near the mask only: far from it the click network's doubts would lie over the picture
        inside = cv2.dilate((soft > 127).astype(np.uint8) * np.uint8(255), _EDGE)
        alpha = np.asarray(cv2.bitwise_and(cv2.LUT(soft, _DECIDED), inside), np.uint8)
        color = style.of(object_id).color
        fill(picture, alpha, color, max(style.opacity, DRAFT_OPACITY))
        outline(picture, alpha, _DRAFT_OUTLINE, max(style.outline, 2))
