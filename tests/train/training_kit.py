"""Small real data sets and networks for the training tests."""

from pathlib import Path

import cv2
import numpy as np
import torch
from cat_clip import cats
from safetensors.torch import load_file
from torch import Tensor

from swem_core.data.masks import write_mask
from swem_core.model.lite import LiteNetwork
from swem_core.resources import shipped
from swem_core.train.batch import Clip
from swem_core.train.config import DataSource, Optimiser, TrainConfig
from swem_core.train.start import Tell
from swem_core.types import Image, Labels

SIZE = 64


def silent(text: str) -> None:
    """What a training says, unheard."""


TELL: Tell = silent


def cat_frame(index: int) -> tuple[Image, Labels]:
    """A frame with two cats, 180 x 320."""
    clip = cats()
    image = cv2.resize(clip.frames[index], (320, 180), interpolation=cv2.INTER_AREA)
    labels = cv2.resize(clip.labels[index], (320, 180), interpolation=cv2.INTER_NEAREST)
    return image.astype(np.uint8), labels.astype(np.uint8)


def write_video(folder: Path, count: int = 6, images: str = "frames", masks: str = "masks") -> Path:
    """A sequence of two cats as pictures and palette masks."""
    (folder / images).mkdir(parents=True)
    (folder / masks).mkdir(parents=True)
    for index in range(count):
        image, labels = cat_frame(2 * index)
        cv2.imwrite(str(folder / images / f"{index:05d}.jpg"), image)
        write_mask(folder / masks / f"{index:05d}.png", labels)
    return folder


def write_stills(folder: Path, count: int = 4) -> Path:
    """One still set: images/ and masks/ with grey values 1..n."""
    (folder / "images").mkdir(parents=True)
    (folder / "masks").mkdir()
    for index in range(count):
        image, labels = cat_frame(4 * index)
        cv2.imwrite(str(folder / "images" / f"cat{index}.jpg"), image)
        cv2.imwrite(str(folder / "masks" / f"cat{index}.png"), labels)
    return folder


def small_config(**changes: object) -> TrainConfig:
    """lite on 64-pixel clips, one thread, four steps."""
    settings: dict[str, object] = {
        "model": "lite",
        "data": (DataSource("static", "static"),),
        "start": "scratch",
        "size": SIZE,
        "frames": 3,
        "batch": 2,
        "objects": 2,
        "steps": 4,
        "precision": "fp32",
        "workers": 0,
        "cache": False,
        "optimiser": Optimiser(lr=2e-3, encoder_lr=1.0, warmup=0.0),
    }
    return TrainConfig(**{**settings, **changes})  # type: ignore[arg-type]


def cat_clip(size: int = SIZE, frames: int = 3) -> Clip:
    """Both cats, cut to a square."""
    cut = [cat_frame(3 * index) for index in range(frames)]
    images = [cv2.resize(image[:, 20:290], (size, size)) for image, _ in cut]
    labels = [
        cv2.resize(ids[:, 20:290], (size, size), interpolation=cv2.INTER_NEAREST) for _, ids in cut
    ]
    return Clip(np.stack(images).astype(np.uint8), np.stack(labels).astype(np.uint8), 7, "cats")


def load_shipped_encoder() -> dict[str, Tensor]:
    """The trained key encoder, batch norms not folded."""
    tensors = load_file(shipped("lite").path)
    prefix = "key_encoder."
    return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}


def new_lite(seed: int = 0) -> LiteNetwork:
    """Random weights, always the same."""
    torch.manual_seed(seed)
    return LiteNetwork().eval()
