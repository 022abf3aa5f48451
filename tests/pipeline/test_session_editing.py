"""Marking and mending on a picture that runs on, with the real network on real pictures."""

import numpy as np
import torch
from cat_clip import GINGER, WHITE, Clip, cats, iou
from fakes import Events, wait_until
from live_clip import LiveClip, fresh_lite, lite, live, newest

from app.pipeline.editing.corrections import Corrections
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import (
    CatchingUp,
    Corrected,
    EditKind,
    HistoryChanged,
    LocksChanged,
    LostChanged,
    Notice,
    ObjectsChanged,
    Step,
)
from app.pipeline.frames import Frame, Rendered, Segmented
from app.pipeline.session import Session
from swem_core.engine.paced import PacedEngine
from swem_core.segment.prompts import Box, Brush, Click
from swem_core.types import Mask

CORRECTION = Step(EditKind.CORRECTED, (WHITE,))


def mark(session: Session, clip: Clip, *ids: int) -> Rendered:
    """Click on the cats of the clip's first frame; returns the frozen picture."""
    shown = newest(session)
    session.freeze(shown.segmented)
    for object_id in ids:
        session.set_active(object_id)
        session.prompt(Click(*clip.inside(object_id)))
    return newest(
        session, lambda r: r.segmented.draft and len(r.segmented.draft.alphas) == len(ids)
    )


def tracked(session: Session, source: LiveClip, at: int, object_id: int) -> tuple[Mask, Rendered]:
    """The tracker's mask of the object on a picture that shows the clip's frame ``at``."""
    rendered = newest(
        session,
        lambda r: (
            r.segmented.draft is None
            and r.segmented.result is not None
            and source.shown[r.segmented.frame.index] == at
        ),
    )
    assert rendered.segmented.result is not None
    return rendered.segmented.result.labels() == object_id, rendered


def memory(object_id: int) -> list[torch.Tensor]:
    state = lite().engine.save_state().only([object_id])
    return list(state.tensors.values())


def test_marks_accepted_on_an_old_frame_land_on_the_present() -> None:
    clip, events = cats(), Events()
    source = LiveClip(clip)
    with live(source, events) as session:
        frozen = mark(session, clip, GINGER).segmented.frame
        source.until = 19
        wait_until(lambda: 19 in source.shown.values(), "the cat has moved on")
        session.accept()
        seen = [frozen.index]
        while source.shown[seen[-1]] < 19:
            rendered = newest(session, lambda r: r.segmented.draft is None)
            seen.append(rendered.segmented.frame.index)
        assert rendered.segmented.result is not None
        assert iou(rendered.segmented.result.labels() == GINGER, clip.labels[19] == GINGER) > 0.8
    told = events.of(CatchingUp)
    assert told[0].total > 5 and [e.left for e in told] == list(range(told[0].left, -1, -1))
    assert seen == sorted(seen), "the picture never goes back"


def test_after_cancelling_what_was_tracked_is_caught_up_with() -> None:
    clip, events = cats(), Events()
    source = LiveClip(clip)
    with live(source, events) as session:
        mark(session, clip, GINGER)
        session.accept()
        _, rendered = tracked(session, source, 0, GINGER)
        session.freeze(rendered.segmented)
        newest(session, lambda r: r.segmented.draft is not None)
        source.until = 19
        wait_until(lambda: 19 in source.shown.values(), "the cat has moved on")
        told = len(events.of(CatchingUp))
        session.cancel()
        mask, _ = tracked(session, source, 19, GINGER)
        assert iou(mask, clip.labels[19] == GINGER) > 0.8
    assert len(events.of(CatchingUp)) > told + 5


def stroke_on(clip: Clip, object_id: int) -> Brush:
    """A short stroke on the upper end of an object, which is not enough of it."""
    ys, xs = (clip.labels[0] == object_id).nonzero()
    top = ys < ys.min() + 0.25 * (ys.max() - ys.min())
    return Brush(((float(xs[top].mean()), float(ys[top].mean())),), 14.0)


def around(clip: Clip, object_id: int, index: int = 0) -> Box:
    """A box around an object."""
    mask = clip.labels[index] == object_id
    x, y = mask.any(0).nonzero()[0], mask.any(1).nonzero()[0]
    return Box(x.min() - 4.0, y.min() - 4.0, x.max() + 4.0, y.max() + 4.0)


def test_a_click_on_the_running_picture_mends_one_object_and_can_be_taken_back() -> None:
    clip, events = cats(), Events()
    source = LiveClip(clip)
    truth = clip.labels[0] == WHITE
    with live(source, events) as session:
        mark(session, clip, GINGER)
        session.set_active(WHITE)
        session.prompt(stroke_on(clip, WHITE))
        session.accept()
        mask, rendered = tracked(session, source, 0, WHITE)
        before = iou(mask, truth)
        wait_until(lambda: len(events.of(ObjectsChanged)) > 0, "both are tracked")
        missed = truth & ~mask
        y, x = (int(v.mean()) for v in missed.nonzero())
        session.set_locked(GINGER, True)  # so that its memory stays what it is while frames run
        wait_until(lambda: events.of(LocksChanged), "it is locked")
        other = memory(GINGER)
        session.correct(WHITE, Click(x, y), rendered.segmented)
        wait_until(lambda: events.of(Corrected), "the correction is done")
        index = newest(session).segmented.frame.index
        mask, after = tracked(session, source, 0, WHITE)
        assert after.segmented.frame.index >= index
        mended = iou(mask, truth)
        assert mended > max(0.85, before + 0.3)
        assert all(torch.equal(a, b) for a, b in zip(other, memory(GINGER), strict=True))
        assert events.of(HistoryChanged)[-1] == HistoryChanged(CORRECTION, None)
        session.undo()
        wait_until(
            lambda: events.of(HistoryChanged)[-1].redo == CORRECTION,
            "the correction is taken back",
        )
        newest(session)
        mask, _ = tracked(session, source, 0, WHITE)
        assert iou(mask, truth) < mended - 0.3
        session.redo()
        wait_until(
            lambda: events.of(HistoryChanged)[-1].undo == CORRECTION,
            "it is made again",
        )
        newest(session)
        mask, _ = tracked(session, source, 0, WHITE)
        assert iou(mask, truth) > 0.85
    assert not events.of(Notice)


def test_a_locked_object_refuses_prompts_and_learns_nothing() -> None:
    clip, events = cats(), Events()
    source = LiveClip(clip)
    with live(source, events) as session:
        mark(session, clip, GINGER, WHITE)
        session.accept()
        _, rendered = tracked(session, source, 0, WHITE)
        session.set_locked(WHITE, True)
        wait_until(lambda: events.of(LocksChanged), "it is locked")
        kept = memory(WHITE)
        session.correct(WHITE, Click(5, 5), rendered.segmented)
        wait_until(lambda: events.of(Notice), "it is refused")
        newest(session)
        newest(session)
        assert all(torch.equal(a, b) for a, b in zip(kept, memory(WHITE), strict=True))
    assert "locked" in events.of(Notice)[0].text
    assert not events.of(Corrected)


def test_a_removed_object_comes_back_with_its_memory() -> None:
    clip, events = cats(), Events()
    source = LiveClip(clip)
    with live(source, events) as session:
        mark(session, clip, GINGER, WHITE)
        session.accept()
        tracked(session, source, 0, WHITE)
        session.remove_object(WHITE)
        newest(session, lambda r: r.segmented.result and r.segmented.result.ids == (GINGER,))
        source.until = 5
        session.undo()
        mask, _ = tracked(session, source, 5, WHITE)
        newest(session, lambda r: r.segmented.result and WHITE in r.segmented.result.ids)
        mask, _ = tracked(session, source, 5, WHITE)
        assert iou(mask, clip.labels[5] == WHITE) > 0.8
        session.redo()
        newest(session, lambda r: r.segmented.result and r.segmented.result.ids == (GINGER,))


def test_a_box_around_a_lost_object_anchors_it_anew() -> None:
    clip, events = cats(40).hidden(WHITE, range(6, 26)), Events()
    objects = TrackedObjects(events)
    objects.attach(PacedEngine(fresh_lite().engine))
    objects.mark(clip.frames[0], {1: clip.labels[0] == WHITE}, EditKind.MARKED)
    for image in clip.frames[1:26]:
        lost = objects.segment(image)
        objects.learn()
    assert events.of(LostChanged)[-1] == LostChanged(frozenset({1}))
    frame = Frame(26, clip.frames[26], 1.0, 0)
    corrections = Corrections(objects.look)
    mask = corrections.mask(1, around(clip, WHITE, 26), Segmented(frame, lost), lite().predictor)
    objects.mark(frame.image, {1: mask}, EditKind.CORRECTED)
    assert events.of(LostChanged)[-1] == LostChanged(frozenset())
    assert iou(objects.segment(clip.frames[27]).labels() == 1, clip.labels[27] == WHITE) > 0.85


def test_quick_corrections_build_on_each_other() -> None:
    """The second one is made on a frame whose masks know nothing of the first."""
    clip = cats()
    truth = clip.labels[1] == GINGER
    objects = TrackedObjects(Events())
    objects.attach(PacedEngine(fresh_lite().engine))
    objects.mark(clip.frames[0], {1: clip.labels[0] == WHITE}, EditKind.MARKED)
    frames = [Frame(i, clip.frames[i], 0, 0) for i in (1, 2)]
    seen = [Segmented(frame, objects.segment(frame.image)) for frame in frames]
    corrections = Corrections(objects.look)
    wipe = Brush(((430.0, 200.0), (520.0, 200.0)), 150, add=False)
    paint = Brush(tuple((float(x), float(y)) for y, x in np.argwhere(truth)[::9]), 2)
    for prompt in (paint, wipe):
        mask = corrections.mask(1, prompt, seen[0], None)
        objects.mark(frames[0].image, {1: mask}, EditKind.CORRECTED)
        corrections.carried_out(newest=2)
    assert iou(mask, truth) > 0.8, "on one frame"
    mask = corrections.mask(1, Brush(((5.0, 5.0),), 2), seen[1], None)
    assert iou(mask, clip.labels[2] == GINGER) > 0.8, "on the next one, shown before"
