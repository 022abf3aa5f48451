"""Marks in files: masks and prompts read for a frozen frame, and what is shown saved for later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.pipeline.frames import Segmented
from app.pipeline.style import ObjectStyle, ViewStyle, default_color
from app.prompts_file import ObjectPrompts, PromptsFile, load_prompts, save_prompts
from swem_core.data.masks import check_mask, read_mask, split_objects, write_mask
from swem_core.errors import MaskError, PromptError
from swem_core.segment.prompts import Prompt
from swem_core.types import MAX_OBJECT_ID, Labels, Mask, ObjectId, Size

MASK_SUFFIXES = (".png", ".bmp")
PROMPTS_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class ImportedMarks:
    """What files say: HxW bool masks, or prompts in their order; and looks, where they say any."""

    masks: Mapping[ObjectId, Mask] = field(default_factory=dict)
    prompts: tuple[tuple[ObjectId, Prompt], ...] = ()
    looks: Mapping[ObjectId, ObjectStyle] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[ObjectId, ...]:
        """The objects they are for."""
        return tuple(dict.fromkeys((*self.masks, *(object_id for object_id, _ in self.prompts))))


def are_marks(paths: Sequence[Path]) -> bool:
    """Whether these look like masks, or like a prompts file."""
    suffixes = {path.suffix.lower() for path in paths}
    return bool(suffixes) and suffixes <= {*MASK_SUFFIXES, PROMPTS_SUFFIX}


def read_marks(paths: Sequence[Path], size: Size, active: ObjectId) -> ImportedMarks:
    """Read one prompts file, one mask picture, or several with an object each.

    A single mask's values are object ids, but if it is just black and white it goes to ``active``.
    Of several masks the n-th by name is object n. ``size``: (height, width) of the frame.
    Raises MaskError, PromptError. Thread: any.
    """
    prompts = [path for path in paths if path.suffix.lower() == PROMPTS_SUFFIX]
    if prompts and len(paths) > 1:
        raise PromptError("Import either one prompts file or masks, not both at once.")
    if prompts:
        return _of_prompts(load_prompts(prompts[0]).scaled_to(size))
    if len(paths) == 1:
        labels = _checked(paths[0], size)
        objects = split_objects(labels)
        return ImportedMarks({active: objects[1]} if set(objects) == {1} else objects)
    if len(paths) > MAX_OBJECT_ID:
        raise MaskError(f"More than {MAX_OBJECT_ID} masks cannot be imported at once.")
    names = sorted(paths, key=lambda path: path.name)
    return ImportedMarks({n: _checked(path, size) > 0 for n, path in enumerate(names, start=1)})


def shown_labels(shown: Segmented) -> Labels:
    """HxW object ids as they are shown: what is tracked, and over it what is being marked."""
    labels = np.zeros(shown.frame.image.shape[:2], np.uint8)
    if shown.result is not None:
        labels = shown.result.labels().copy()
    for object_id, alpha in (shown.draft.alphas if shown.draft else {}).items():
        labels[labels == object_id] = 0
        labels[alpha > 127] = object_id
    return labels


def save_masks(path: Path, shown: Segmented) -> None:
    """Write what is shown as a PNG with the DAVIS palette. Raises MaskError. Thread: any."""
    labels = shown_labels(shown)
    if not labels.any():
        raise MaskError("There is no mask to save yet. Mark an object first.")
    write_mask(path, labels)


def save_marks(path: Path, shown: Segmented, style: ViewStyle) -> None:
    """Write the prompts of a frozen frame, with names and colours. Raises PromptError."""
    marks = marks_of(shown, style)
    if marks is None:
        raise PromptError("There are no marks to save. Freeze the picture and mark an object.")
    save_prompts(path, marks)


def marks_of(shown: Segmented, style: ViewStyle) -> PromptsFile | None:
    """The prompts of a frozen frame, with names and colours; None if there are none."""
    given = shown.draft.prompts if shown.draft else ()
    if not given:
        return None
    height, width = shown.frame.image.shape[:2]
    objects = tuple(
        ObjectPrompts(
            object_id,
            tuple(prompt for one, prompt in given if one == object_id),
            style.of(object_id).name,
            style.of(object_id).color,
        )
        for object_id in dict.fromkeys(one for one, _ in given)
    )
    return PromptsFile((height, width), objects)


def _checked(path: Path, size: Size) -> Labels:
    labels = read_mask(path)
    check_mask(labels, size, f"The mask {path.name}")
    return labels


def _of_prompts(file: PromptsFile) -> ImportedMarks:
    given = tuple((one.object_id, prompt) for one in file.objects for prompt in one.prompts)
    looks = {
        one.object_id: ObjectStyle(
            one.name or ViewStyle().of(one.object_id).name,
            one.color or default_color(one.object_id),
        )
        for one in file.objects
        if one.name or one.color
    }
    return ImportedMarks(prompts=given, looks=looks)
