"""Training configurations: TOML files, validated."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from swem_core.engine.device import Precision
from swem_core.engine.engine import DEFAULT_SHORT_SIDE
from swem_core.errors import TrainingError
from swem_core.model.network import STRIDE
from swem_core.train.toml_fields import build, read_toml

ModelKind: TypeAlias = Literal["lite", "r50", "click"]
Layout: TypeAlias = Literal["static", "pairs", "coco", "video", "frames", "davis", "youtube-vos"]


@dataclass(frozen=True, slots=True)
class DataSource:
    """One data set. ``path``: absolute, or relative to the data root.

    ``layout``: *static*: folders with images/ and masks/; *pairs*: a .png mask beside each .jpg,
    in any subfolder (STCN's static sets); *coco*: images/ and the instance file ``annotations``;
    *video*: sequences with frames/ and masks/; *frames*: one such sequence; *davis*,
    *youtube-vos*: as published. ``share``: relative frequency of clips from this source.
    ``merged``: treat all instances of a picture as one object. ``max_skip``: largest number of
    annotated frames skipped between two of a clip. ``subset``: of DAVIS and YouTube-VOS.
    ``except_for``: names of sets or sequences to leave out.
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
    """AdamW. ``lr``: peak learning rate, reached after ``warmup`` (a share of the training), then
    decaying as a cosine to ``final_lr`` times ``lr``. ``encoder_lr``: factor for the pretrained key
    encoder; 0 freezes it. ``clip_norm``: largest norm of the gradient. ``ema``: decay of the moving
    average of the weights."""

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

    The share falls from 1 linearly between ``hard_from`` and ``hard_to`` (shares of the training).
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
    """Validation by J&F on a folder in DAVIS layout, ``every`` so many minutes; the best weights
    are kept. ``sequences``: names; empty: all of ``subset``."""

    path: str
    every: float = 15.0
    year: Literal[2016, 2017] = 2017
    subset: str = "val"
    sequences: tuple[str, ...] = ()
    short_side: int = DEFAULT_SHORT_SIDE

    def __post_init__(self) -> None:
        _require(self.every > 0, "every must be above 0 minutes")


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """The configuration of a training run.

    ``start``: imagenet, scratch, shipped, or a weight file. ``imagenet``: torchvision weight files
    for r50's encoders (ResNet-50, then ResNet-18). ``encoder``: shipped, or lite weights, whose key
    encoder a click network starts with unless its own weights contain one. ``size``: side of the
    square clips in pixels, a multiple of 16. ``frames``: per clip. ``batch``: clips per step over
    all processes. ``objects``: tracked per clip at most. ``minutes`` or ``steps``: length; only
    with ``steps`` are runs exactly repeatable. ``checkpoint``: minutes between two checkpoints.
    ``workers``: processes that prepare data. ``cache``: keep shrunk pictures in a cache file.
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
        _require(self.frames >= 2, "frames must be at least 2: one is annotated, one predicted")
        _require(self.batch >= 1 and 1 <= self.objects <= 8, "batch >= 1 and objects 1 to 8")
        _require(len(self.data) > 0, "at least one [[data]] is needed")
        _require(self.workers >= 0 and self.checkpoint > 0, "workers >= 0 and checkpoint > 0")

    def lasting(self, minutes: float) -> "TrainConfig":
        """The same configuration with a length of ``minutes``."""
        return replace(self, minutes=minutes, steps=None)

    def plain(self) -> dict[str, Any]:
        """The configuration as nested dictionaries of plain values."""
        return asdict(self)


def load_config(path: Path, *, minutes: float | None = None) -> TrainConfig:
    """Read a configuration file. ``minutes``: overrides its length. Raises TrainingError."""
    table: Mapping[str, Any] = read_toml(path)
    if minutes is not None:
        table = {key: value for key, value in table.items() if key != "steps"}
        table = {**table, "minutes": minutes}
    return build(TrainConfig, table, path.name)


def expanded(path: str) -> Path:
    """A configured path with ~ as the person's folder. Raises TrainingError if there is none."""
    if "\0" in path:
        raise TrainingError(f"{path!r} is not a path: it contains a zero byte.")
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise TrainingError(f"{path!r} is in the folder of a user there is not.") from error


def located(path: str, root: Path | None) -> Path:
    """A configured path made absolute. Raises TrainingError if it needs a ``root`` that is None."""
    given = expanded(path)
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
