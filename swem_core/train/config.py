"""What a training is told: the TOML file, checked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from swem_core.engine.device import Precision
from swem_core.errors import TrainingError
from swem_core.model.network import STRIDE
from swem_core.train.toml_fields import build, read_toml

ModelKind: TypeAlias = Literal["lite", "r50", "click"]
Layout: TypeAlias = Literal["static", "pairs", "coco", "video", "frames", "davis", "youtube-vos"]


@dataclass(frozen=True, slots=True)
class DataSource:
    """One data set. ``path``: absolute, or relative to the data root.

    ``layout``: *static*: folders of images/ and masks/; *pairs*: a .png mask beside each .jpg, in
    any sub-folder (STCN's static sets); *coco*: images/ and the instance file ``annotations``;
    *video*: sequences of frames/ and masks/; *frames*: one such sequence; *davis*, *youtube-vos*:
    as published. ``share``: how often clips come from it, relative to the other sources.
    ``merged``: all instances of a picture are one object. ``max_skip``: most annotated frames left
    out between two of a clip. ``except_for``: sets or sequences left out, by name.
    """

    layout: Layout
    path: str
    share: float = 1.0
    merged: bool = False
    max_skip: int = 8
    subset: str = "train"
    annotations: str = "annotations.json"
    except_for: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(self.share > 0, "share must be above 0")
        _require(self.max_skip >= 0, "max_skip must not be negative")


@dataclass(frozen=True, slots=True)
class Optimiser:
    """AdamW. ``lr`` peaks after ``warmup`` (share of the training) and falls as a cosine to
    ``final_lr`` times itself. ``encoder_lr``: the pretrained key encoder's, relative to it; 0
    freezes it. ``clip_norm`` of the gradient. ``ema``: decay of the average that is kept."""

    lr: float = 4e-4
    final_lr: float = 0.01
    encoder_lr: float = 0.1
    weight_decay: float = 5e-4
    warmup: float = 0.02
    clip_norm: float = 1.0
    ema: float = 0.998

    def __post_init__(self) -> None:
        _require(self.lr > 0, "lr must be above 0")
        _require(self.encoder_lr >= 0, "encoder_lr must not be negative")
        _require(0 <= self.ema < 1, "ema must be at least 0 and below 1")
        _require(0 <= self.warmup < 1, "warmup is a share of the training: 0 to 1")
        _require(0 <= self.final_lr <= 1, "final_lr is relative to lr: 0 to 1")
        _require(self.clip_norm > 0, "clip_norm must be above 0")


@dataclass(frozen=True, slots=True)
class Loss:
    """Cross-entropy of the ``hardest`` share of pixels plus ``iou`` times the soft IoU loss.

    The share falls linearly from 1 between ``hard_from`` and ``hard_to`` (shares of the training).
    """

    hardest: float = 0.3
    hard_from: float = 0.1
    hard_to: float = 0.4
    iou: float = 1.0

    def __post_init__(self) -> None:
        _require(0 < self.hardest <= 1, "hardest must be above 0 and at most 1")
        _require(0 <= self.hard_from <= self.hard_to <= 1, "0 <= hard_from <= hard_to <= 1")


@dataclass(frozen=True, slots=True)
class Validation:
    """J&F on a folder in DAVIS layout, ``every`` so many minutes; the best weights are kept."""

    path: str
    every: float = 15.0
    year: Literal[2016, 2017] = 2017
    subset: str = "val"
    sequences: tuple[str, ...] = ()
    short_side: int = 240

    def __post_init__(self) -> None:
        _require(self.every > 0, "every must be above 0 minutes")


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """A whole training.

    ``start``: imagenet, scratch, shipped, or a weight file. ``imagenet``: torchvision-format files
    for r50's encoders (ResNet-50, then ResNet-18). ``encoder``: shipped, or the lite weights whose
    key encoder a click network starts with, unless the weights it starts from hold one. ``size``:
    side of the square clips, a multiple of 16. ``frames`` per clip, ``batch``: clips per step over
    all processes. ``objects`` tracked at most per clip. Length: ``minutes`` on the clock, or
    ``steps``; only the latter repeats exactly. ``checkpoint``: minutes between two. ``workers``:
    processes that prepare data.
    ``cache``: keep shrunk pictures in one memory-mapped file per source.
    """

    model: ModelKind
    data: tuple[DataSource, ...]
    start: str = "imagenet"
    imagenet: tuple[str, ...] = ()
    encoder: str = "shipped"
    size: int = 224
    frames: int = 4
    batch: int = 4
    objects: int = 3
    minutes: float | None = None
    steps: int | None = None
    checkpoint: float = 5.0
    precision: Precision = "auto"
    device: str = "auto"
    seed: int = 1
    workers: int = 1
    cache: bool = True
    optimiser: Optimiser = field(default_factory=Optimiser)
    loss: Loss = field(default_factory=Loss)
    validation: Validation | None = None

    def __post_init__(self) -> None:
        _require((self.minutes is None) != (self.steps is None), "give either minutes or steps")
        _require((self.minutes or 1) > 0 and (self.steps or 1) > 0, "the length must be above 0")
        _require(
            self.size >= 64 and self.size % STRIDE == 0, "size must be a multiple of 16 from 64"
        )
        _require(self.frames >= 2, "a clip has 2 frames at least: one is given, one predicted")
        _require(self.batch >= 1 and 1 <= self.objects <= 8, "batch >= 1 and objects 1 to 8")
        _require(len(self.data) > 0, "at least one [[data]] is needed")
        _require(self.workers >= 0 and self.checkpoint > 0, "workers >= 0 and checkpoint > 0")

    def lasting(self, minutes: float) -> "TrainConfig":
        """The same for so many minutes, whatever length it had."""
        return replace(self, minutes=minutes, steps=None)

    def plain(self) -> dict[str, Any]:
        """As nested dictionaries of plain values."""
        return asdict(self)


def load_config(path: Path, *, minutes: float | None = None) -> TrainConfig:
    """A configuration file. ``minutes``: instead of the length it gives. Raises TrainingError."""
    table: Mapping[str, Any] = read_toml(path)
    if minutes is not None:
        table = {key: value for key, value in table.items() if key != "steps"}
        table = {**table, "minutes": minutes}
    return build(TrainConfig, table, path.name)


def located(path: str, root: Path | None) -> Path:
    """Where a configured path lies. Raises TrainingError if that takes a data root."""
    given = Path(path).expanduser()
    if given.is_absolute():
        return given
    if root is None:
        raise TrainingError(
            f"'{path}' is relative to the folder of the data sets, which is not known. Give it: "
            "--data DIR, or the environment variable SWEM_DATA."
        )
    return root / given


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(f"{message}.")
