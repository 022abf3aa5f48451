"""What to track from the first frame on: a mask, or marks that a person made on that frame."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from app.pipeline.frames import Frame
from app.pipeline.loading import Loaded
from app.prompts_file import PromptsFile
from swem_core.data.masks import check_mask, split_objects
from swem_core.segment.marking import Marking
from swem_core.types import Labels, Mask, ObjectId

InitialMarks: TypeAlias = Callable[[Frame, Loaded], Mapping[ObjectId, Mask]]
"""HxW bool masks for the first frame. May raise MaskError or PromptError."""


def marks_from_labels(labels: Labels) -> InitialMarks:
    """Track every object of a label map, which must have the size of the first frame."""

    def mark(frame: Frame, loaded: Loaded) -> Mapping[ObjectId, Mask]:
        check_mask(labels, frame.image.shape[:2])
        return split_objects(labels)

    return mark


def marks_from_prompts(prompts: PromptsFile) -> InitialMarks:
    """Track the objects of a prompts file, as if a person gave the same prompts."""

    def mark(frame: Frame, loaded: Loaded) -> Mapping[ObjectId, Mask]:
        marking = Marking(frame.image, loaded.predictor)
        for entry in prompts.scaled_to(frame.image.shape[:2]).objects:
            for prompt in entry.prompts:
                marking.add(entry.object_id, prompt)
        masks = marking.masks()
        for object_id, mask in masks.items():
            check_mask(mask, frame.image.shape[:2], f"What the prompts find of object {object_id}")
        return masks

    return mark
