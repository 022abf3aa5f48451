"""What is hidden stays hidden: in every picture of the stage, and in the recorded file."""

import itertools
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from cat_clip import GINGER, WHITE, cats
from fakes import Events, wait_until
from hiding import survives
from view_kit import compose, compose_output, tracked

from app.pipeline.channels import BoundedQueue, Mailbox
from app.pipeline.compose import Composer
from app.pipeline.compositor import CompositorStage
from app.pipeline.effect import Effect
from app.pipeline.events import RecordingStopped, SnapshotSaved
from app.pipeline.frames import Draft, Segmented
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.recording.record_frame import RecordFrame
from app.pipeline.recording.recorder import Recorder
from app.pipeline.recording.shot import Shot
from app.pipeline.style import Edge, ObjectStyle, ViewStyle
from swem_core.types import Image

HIDE, HIDE_REST = ViewStyle(effect=Effect.PIXELATE), ViewStyle(effect=Effect.PIXELATE_REST)
BOTH = pytest.mark.parametrize("style", [HIDE, HIDE_REST], ids=["objects", "rest"])


def hidden_everywhere(picture: np.ndarray, image: Image) -> bool:
    return survives(picture, image, np.ones(image.shape[:2], np.bool_)) < 0.3


def test_the_measure_sees_what_is_not_hidden() -> None:
    segmented, labels = tracked()
    image = segmented.frame.image
    assert survives(image, image, labels == WHITE) > 0.99
    assert survives(cv2.GaussianBlur(image, (0, 0), 1.0), image, labels == WHITE) > 0.5


def test_objects_are_hidden_and_the_rest_is_exact() -> None:
    segmented, labels = tracked()
    picture, image = compose_output(segmented, HIDE), segmented.frame.image
    assert survives(picture, image, labels > 0) < 0.3
    far = cv2.dilate((labels > 0).astype(np.uint8), np.ones((81, 81))) == 0
    np.testing.assert_array_equal(picture[far][:, :3], image[far])


def test_the_rest_is_hidden_up_to_the_edge_of_the_objects() -> None:
    segmented, labels = tracked()
    picture, image = compose_output(segmented, HIDE_REST), segmented.frame.image
    outside = cv2.dilate((labels > 0).astype(np.uint8), np.ones((9, 9))) == 0
    assert survives(picture, image, outside) < 0.3
    inside = cv2.erode((labels > 0).astype(np.uint8), np.ones((31, 31))) > 0
    np.testing.assert_array_equal(picture[inside][:, :3], image[inside])


@BOTH
def test_everything_is_hidden_while_nothing_is_known(style: ViewStyle) -> None:
    segmented, labels = tracked()
    image, result = segmented.frame.image, segmented.result
    assert result is not None
    draft = Draft(WHITE, {WHITE: (labels == WHITE).astype(np.uint8) * np.uint8(255)})
    lost = replace(result, scores={GINGER: 1.0, WHITE: 0.0})
    unknown = replace(result, ids=(), logits=result.logits[:0], scores={}, anchors={})
    for case in (
        Segmented(segmented.frame),
        Segmented(segmented.frame, None, Draft(1)),
        Segmented(segmented.frame, replace(lost, anchors={})),
        Segmented(segmented.frame, unknown),
    ):
        for each in (replace(style, comparing=True, side_by_side=True), style):
            for picture in (compose(case, each), compose_output(case, each)):
                assert hidden_everywhere(picture, image)
    marked = compose(Segmented(segmented.frame, None, draft), style)
    assert survives(marked, image, labels == GINGER) < 0.3, "a draft reveals nothing"


def test_no_switch_uncovers_an_object_that_is_to_be_hidden() -> None:
    segmented, labels = tracked()
    image = segmented.frame.image
    unseen = HIDE.with_object(WHITE, ObjectStyle("x", (1, 2, 3), visible=False))
    shrunk = replace(HIDE, edge=Edge(grow=-20, feather=20, smooth=0.9))
    for style in (unseen, shrunk, replace(HIDE, solo=GINGER), replace(HIDE, blocks=0.0)):
        assert survives(compose_output(segmented, style), image, labels == WHITE) < 0.3


def test_nothing_hidden_reaches_view_file_or_snapshot(tmp_path: Path) -> None:
    """Raw frames, frozen ones, lost objects and tracked ones through the real stage and file."""
    clip = cats(8)
    queue: BoundedQueue[Segmented] = BoundedQueue(20)
    events, view = Events(), Mailbox()  # type: ignore[var-annotated]
    recorder = Recorder(events, block=True)
    shown: list[tuple[np.ndarray, Segmented]] = []

    def look() -> None:
        rendered = view.get(0)
        if rendered is not None:
            shown.append((rendered.picture, rendered.segmented))

    stage = CompositorStage(queue, view, recorder, events, look, replace(HIDE, comparing=True))
    recorder.start(RecordingPlan(tmp_path / "out.mkv"))
    stage.start()
    for index in range(8):
        segmented, labels = tracked(index)
        white = Draft(WHITE, {WHITE: (labels == WHITE).astype(np.uint8) * np.uint8(255)})
        raw = Segmented(segmented.frame)
        for item in (segmented if index >= 4 else raw, Segmented(segmented.frame, None, white)):
            queue.put(item)
    stage.snapshot(tmp_path / "still.png", not_before=5)
    wait_until(lambda: events.of(SnapshotSaved) and len(shown) >= 16, "all is drawn")
    recorder.stop()
    stage.stop()
    stage.join(5)
    assert recorder.close(20) and events.of(RecordingStopped)
    with av.open(str(tmp_path / "out.mkv")) as container:
        recorded = [f.to_ndarray(format="bgr24") for f in container.decode(video=0)]
    stills = [cv2.imread(str(path)) for path in sorted(tmp_path.glob("still*.png"))]
    assert len(recorded) == 8 and len(stills) >= 2, "a picture brings its cut-out"
    for index, picture in enumerate(recorded):
        for object_id in (GINGER, WHITE):
            where = clip.labels[index] == object_id
            assert survives(picture, clip.frames[index], where) < 0.35, (index, object_id)
    for picture, segmented in shown:
        index = segmented.frame.index
        assert survives(picture, clip.frames[index], clip.labels[index] == GINGER) < 0.3
    where = [clip.labels[i] == GINGER for i in range(8)]
    for still in stills:
        assert still is not None
        assert max(survives(still, clip.frames[i], where[i]) for i in range(8)) < 0.35


def test_a_private_view_draws_the_same_for_screen_file_and_snapshot() -> None:
    segmented, _ = tracked()
    for style, draft in itertools.product((HIDE, HIDE_REST), (None, Draft(1))):
        composer, each = Composer(), Segmented(segmented.frame, segmented.result, draft)
        screen = composer.screen(each, replace(style, comparing=True))
        assert composer.recorded(each, style, screen) is screen
        assert composer.still(each, style, screen) is screen


def test_an_alpha_video_of_hidden_objects_holds_their_mosaic() -> None:
    """It is made from the frame itself, so the frame must not be handed on as it came."""
    segmented, labels = tracked()
    image = segmented.frame.image
    released = Composer().released(segmented, replace(HIDE, mirrored=True, turns=1))
    assert released.shape == image.shape and survives(released, image, labels > 0) < 0.3
    shot = Shot(RecordFrame(compose_output(segmented, HIDE), 0, 0, segmented.result, released))
    assert survives(shot.cutout, image, labels > 0) < 0.3
    assert Composer().released(segmented, ViewStyle()) is image


def test_masks_are_turned_and_mirrored_as_the_picture_is() -> None:
    segmented, _ = tracked()
    style = ViewStyle(effect=Effect.CUTOUT, mirrored=True, turns=1)
    picture = compose_output(segmented, style)
    shot = Shot(RecordFrame(picture, 0, 0, segmented.result, None, style))
    assert shot.labels is not None and shot.labels.shape == picture.shape[:2]
    differs = (picture[..., 3] > 127) != (shot.labels > 0)
    assert differs.mean() < 0.01
    assert shot.alphas[GINGER].shape == picture.shape[:2]
