"""The message that is published for each frame: one JSON object.

    version   1
    frame     number of the frame in its source
    seconds   when it was taken, on the source's clock
    wall_time when it reached this program, seconds since 1970 (UTC)
    size      [height, width] of the frame
    objects   for each tracked object:
      id, name
      score     confidence, 0 to 1
      lost      true while it is out of sight
      box       [x, y, width, height] in pixels of the frame, null if nothing is seen
      centroid  [x, y], likewise
      area      in pixels of the frame
      mask      {"size": [height, width], "counts": "..."}, COCO's run-length code, if asked for;
                as fine as the network sees the frame, so its size may be smaller

Pixels are those of the frame as it came, however the view is turned or mirrored.
"""

import json
import time
from collections.abc import Collection
from typing import Any, Final

import cv2
import numpy as np

from app.pipeline.frames import Segmented
from app.pipeline.style import ViewStyle
from swem_core.data.rle import encode_mask
from swem_core.engine.result import StepResult
from swem_core.types import Mask, ObjectId, Size

VERSION: Final = 1


def result_message(
    segmented: Segmented, lost: Collection[ObjectId], style: ViewStyle, *, masks: bool
) -> bytes:
    """ASCII JSON as described above. ``style``: the objects' names. Thread: any."""
    frame, result = segmented.frame, segmented.result
    age_s = (time.monotonic_ns() - frame.captured_ns) / 1e9
    message = {
        "version": VERSION,
        "frame": frame.index,
        "seconds": round(frame.seconds, 6),
        "wall_time": round(time.time() - age_s, 6),
        "size": list(frame.image.shape[:2]),
        "objects": [] if result is None else _objects(result, lost, style, masks),
    }
    return json.dumps(message, separators=(",", ":")).encode("ascii")


def _objects(
    result: StepResult, lost: Collection[ObjectId], style: ViewStyle, masks: bool
) -> list[dict[str, Any]]:
    # At the size of the network's input: the logits hold no more than that, and enlarging them to
    # a camera's size would take ten times as long as everything else.
    labels = result.labels(result.inference_size)
    objects = []
    for object_id in result.ids:
        mask = labels == object_id
        entry = {
            "id": object_id,
            "name": style.of(object_id).name,
            "score": round(float(result.scores.get(object_id, 0.0)), 4),
            "lost": object_id in lost,
            **_place(mask, result.source_size),
        }
        if masks:
            entry["mask"] = encode_mask(mask)
        objects.append(entry)
    return objects


def _place(mask: Mask, size: Size) -> dict[str, Any]:
    """Box, centroid and area of a mask, in pixels of a frame of ``size`` (height, width)."""
    pixels = mask.view(np.uint8)
    moments = cv2.moments(pixels, binaryImage=True)
    count = moments["m00"]
    if not count:
        return {"box": None, "centroid": None, "area": 0}
    down, across = size[0] / mask.shape[0], size[1] / mask.shape[1]
    x, y, width, height = cv2.boundingRect(pixels)
    left, top = round(x * across), round(y * down)
    right, bottom = round((x + width) * across), round((y + height) * down)
    center = (
        (moments["m10"] / count + 0.5) * across - 0.5,
        (moments["m01"] / count + 0.5) * down - 0.5,
    )
    return {
        "box": [left, top, right - left, bottom - top],
        "centroid": [round(value, 2) for value in center],
        "area": round(count * across * down),
    }
