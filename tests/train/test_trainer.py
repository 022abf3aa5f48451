import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from training_kit import (
    SIZE,
    TELL,
    cat_clip,
    load_shipped_encoder,
    new_lite,
    small_config,
    write_stills,
    write_video,
)

from swem_core.errors import TrainingError
from swem_core.model.click import ClickNetwork
from swem_core.model.weights import load_click_weights, load_network, load_weights
from swem_core.resources import shipped
from swem_core.train.batch import Clip, collate_clips
from swem_core.train.config import DataSource, Optimiser, TrainConfig, Validation
from swem_core.train.corpus import gather_corpus
from swem_core.train.depthwise import keep_depthwise_fp32
from swem_core.train.loss import clip_loss
from swem_core.train.norms import measure_norms, untrained_norms
from swem_core.train.optimiser import build_optimiser
from swem_core.train.start import initial_tracker
from swem_core.train.task import build_task
from swem_core.train.trainer import BEST, CHECKPOINT, WEIGHTS, Outputs, Trainer
from swem_core.train.unrolled_tracker import UnrolledTracker
from swem_core.train.validate import find_validator


def _trainer(config: TrainConfig, data: Path, output: Path, *, resume: bool = False) -> Trainer:
    corpus = gather_corpus(config, data, None)
    task = build_task(config, corpus, data, TELL)
    return Trainer(config, task, Outputs(output, {}), resume=resume)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_stills(tmp_path / "static" / "cats")
    write_video(tmp_path / "video" / "two")
    return tmp_path


def test_one_clip_is_learnt_by_heart() -> None:
    network = initial_tracker(small_config(), None, TELL)
    network.key_encoder.load_state_dict(load_shipped_encoder())
    tracker, batch = UnrolledTracker(network), collate_clips([cat_clip(96)])
    measure_norms(untrained_norms(network), [lambda: tracker(batch)])
    optimiser = build_optimiser(network, Optimiser(lr=1e-3, encoder_lr=0.3))
    losses = []
    for _ in range(40):
        loss = clip_loss(tracker(batch), batch.labels[:, 1:], 1.0, 1.0)
        optimiser.zero_grad()
        loss.total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        losses.append((loss.total.item(), loss.iou.item()))
    assert losses[-1][0] < 0.3 * losses[0][0]
    assert losses[0][1] < 0.4 and losses[-1][1] > 0.75


def _interrupting(config: TrainConfig, data: Path, output: Path, after: int) -> None:
    """Train, and be interrupted before step ``after``."""
    trainer = _trainer(config, data, output)
    make = trainer.task.maker.make

    class ClipMaker:
        def make(self, number: int, progress: float) -> Clip:
            if number == after * config.batch:
                raise KeyboardInterrupt
            return make(number, progress)

    object.__setattr__(trainer.task, "maker", ClipMaker())
    with pytest.raises(KeyboardInterrupt):
        trainer.run()


def test_resumed_training_equals_an_uninterrupted_one_bit_for_bit(
    data: Path, tmp_path: Path
) -> None:
    sources = (DataSource("static", "static"), DataSource("video", "video"))
    config = small_config(data=sources)
    _trainer(config, data, tmp_path / "whole").run()
    _interrupting(config, data, tmp_path / "parts", after=2)
    before = torch.load(tmp_path / "parts" / CHECKPOINT, weights_only=True)
    assert before["step"] == 2
    _trainer(config, data, tmp_path / "parts", resume=True).run()
    whole, parts = (
        torch.load(tmp_path / name / CHECKPOINT, weights_only=True) for name in ("whole", "parts")
    )
    assert whole["step"] == parts["step"] == 4
    for kind in ("network", "average"):
        for name, tensor in whole[kind].items():
            assert torch.equal(tensor, parts[kind][name]), name
    for index, state in whole["optimiser"]["state"].items():
        for name, value in state.items():
            assert torch.equal(value, parts["optimiser"]["state"][index][name])
    weights = [(tmp_path / name / WEIGHTS).read_bytes()[2000:] for name in ("whole", "parts")]
    assert weights[0][-1_000_000:] == weights[1][-1_000_000:]


def test_validation_keeps_the_best_weights(data: Path, tmp_path: Path) -> None:
    for kind, source in (("JPEGImages", "frames"), ("Annotations", "masks")):
        shutil.copytree(data / "video" / "two" / source, data / "davis" / kind / "480p" / "unseen")
    validation = Validation("davis", every=60, short_side=96)
    config = small_config(steps=1, validation=validation, precision="bf16")
    validator = find_validator(config, data)
    assert validator is not None and validator.names == ("unseen",)
    task = build_task(config, gather_corpus(config, data, None), data, TELL)
    output = tmp_path / "out"
    Trainer(config, task, Outputs(output, {}), validator=validator).run()
    line = json.loads((output / "log.jsonl").read_text())
    assert 0 <= line["j_and_f"] <= 1 and line["step"] == 1
    best = new_lite()
    load_weights(best, output / BEST)
    again = validator.score(new_lite(), dict(best.state_dict()))
    assert again == pytest.approx({key: line[key] for key in again}, abs=1e-4)


def test_bf16_gradients_are_those_of_fp32() -> None:
    """Depthwise convolutions leave autocast, the others do not."""
    gradients = []
    for precision in ("fp32", "bf16"):
        network = initial_tracker(small_config(), None, TELL)
        network.key_encoder.load_state_dict(load_shipped_encoder())
        tracker, batch = UnrolledTracker(network), collate_clips([cat_clip(96)])
        measure_norms(untrained_norms(network), [lambda t=tracker, b=batch: t(b)])
        if precision == "bf16":
            keep_depthwise_fp32(network)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
            logits = tracker(batch)
        clip_loss(logits, batch.labels[:, 1:], 1.0, 1.0).total.backward()
        gradients.append(torch.cat([p.grad.flatten() for p in network.decoder.parameters()]))
    assert torch.cosine_similarity(*gradients, dim=0) > 0.98


def test_trained_weights_load_into_the_program(data: Path, tmp_path: Path) -> None:
    _trainer(small_config(steps=1), data, tmp_path / "out").run()
    network = load_network("lite", tmp_path / "out" / WEIGHTS)
    assert not any(p.requires_grad for p in network.parameters())


def test_resuming_with_another_seed_is_refused(data: Path, tmp_path: Path) -> None:
    _trainer(small_config(steps=1), data, tmp_path / "out").run()
    with pytest.raises(TrainingError, match="seed = 1"):
        _trainer(small_config(steps=2, seed=5), data, tmp_path / "out", resume=True)


@pytest.mark.parametrize(
    ("part", "name"),
    [("network", "key_proj.bias"), ("average", "key_proj.bias"), ("optimiser", "param_groups")],
)
def test_a_checkpoint_that_does_not_fit_is_refused(
    data: Path, tmp_path: Path, part: str, name: str
) -> None:
    output = tmp_path / "out"
    _trainer(small_config(steps=1), data, output).run()
    content = torch.load(output / CHECKPOINT, weights_only=True)
    del content[part][name]
    torch.save(content, output / CHECKPOINT)
    with pytest.raises(TrainingError, match="does not fit this training"):
        _trainer(small_config(steps=2), data, output, resume=True)


def test_resuming_without_a_checkpoint_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="Start without --resume"):
        _trainer(small_config(), data, tmp_path / "out", resume=True)


def test_log_has_a_line_per_report_and_drops_what_a_kill_left(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    _trainer(small_config(steps=20, size=SIZE), data, output).run()
    lines = [json.loads(line) for line in (output / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [20]
    assert 0 <= lines[0]["waiting"] <= 1 and lines[0]["loss"] > 0
    assert (output / "predictions.png").is_file()
    with (output / "log.jsonl").open("a") as log:
        log.write('{"step": 40}\n{"st')
    _trainer(small_config(steps=21), data, output, resume=True).run()
    steps = [json.loads(line)["step"] for line in (output / "log.jsonl").read_text().splitlines()]
    assert steps == [20]


@pytest.mark.parametrize("encoder_lr", [0.0, 0.5])
def test_click_network_trains_with_its_encoder_or_without(
    data: Path, tmp_path: Path, encoder_lr: float
) -> None:
    settings = Optimiser(lr=2e-3, encoder_lr=encoder_lr, warmup=0.0)
    config = small_config(model="click", steps=2, optimiser=settings)
    trainer = _trainer(config, data, tmp_path / "out")
    shipped_encoder = load_shipped_encoder()
    trainer.run()
    kept = load_file(tmp_path / "out" / WEIGHTS)
    load_click_weights(ClickNetwork(), tmp_path / "out" / WEIGHTS)
    same = {n: torch.equal(kept[f"encoder.{n}"], t) for n, t in shipped_encoder.items()}
    assert all(fine for name, fine in same.items() if "running" in name)
    assert all(same.values()) == (encoder_lr == 0)
    assert same["stem.conv.weight"] == (encoder_lr == 0)


def test_click_training_goes_on_from_what_is_shipped(data: Path) -> None:
    config = small_config(model="click", start="shipped")
    network = build_task(config, gather_corpus(config, data, None), data, TELL).network
    theirs = load_file(shipped("click-lite").path)
    own = network.state_dict()
    assert all(torch.equal(own[name], tensor) for name, tensor in theirs.items())
    assert "encoder.stem.conv.weight" in own
