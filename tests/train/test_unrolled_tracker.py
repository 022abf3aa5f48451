import pytest
import torch
from training_kit import cat_clip, new_lite

from swem_core.engine.masking import aggregate as inference_aggregate
from swem_core.engine.masking import object_masks, predicted_masks
from swem_core.memory.em import class_weights, random_kappa
from swem_core.memory.store import MemoryStore
from swem_core.model.blocks import resize
from swem_core.model.lite import LiteNetwork
from swem_core.model.network import SwemNetwork
from swem_core.model.r50 import R50Network
from swem_core.train.batch import collate_clips, images_of
from swem_core.train.unrolled_tracker import UnrolledTracker, aggregate


def test_softmax_of_aggregated_logits_is_the_engines_soft_aggregation() -> None:
    logits = 3 * torch.randn(1, 3, 5, 7, generator=torch.Generator().manual_seed(0))
    ours = torch.softmax(aggregate(logits), 1)
    assert torch.allclose(ours[0], inference_aggregate(logits[0]), atol=1e-5)


def test_unrolled_tracker_equals_the_inference_memory() -> None:
    network, clip = new_lite(), cat_clip()
    batch = collate_clips([clip])
    with torch.no_grad():
        trained = UnrolledTracker(network)(batch)[0]
        generator = torch.Generator().manual_seed(clip.seed)
        memory = MemoryStore(network.memory, torch.device("cpu"))
        for _ in range(clip.objects):
            memory.add(random_kappa(network.memory, generator))
        ids = torch.arange(clip.objects + 1)
        given = (batch.labels[0, 0] == ids[:, None, None]).float()
        size = clip.labels.shape[1:]
        for index, image in enumerate(images_of(batch.frames[0])):
            features = network.encode_key(image[None])
            keys = features.key[0].flatten(1).T
            if index:
                grid = features.key.shape[-2:]
                parts = (p.transpose(1, 2).unflatten(2, grid) for p in memory.read(keys))
                small = network.decode(*parts, features)
                large = resize(small[None], size)[0]
                assert torch.allclose(trained[index - 1, 1:], large, atol=2e-3)
            masks = object_masks(given) if index == 0 else predicted_masks(small, size)
            values = network.encode_value(image[None], masks.masks, masks.others, features)
            rows = values.flatten(2).transpose(1, 2)
            weights = class_weights(masks.soft, masks.hard)
            memory.update(range(clip.objects), keys, rows, weights)


def test_clips_of_a_batch_do_not_touch_each_other() -> None:
    network = new_lite()
    one, other = cat_clip(), cat_clip()
    single = other.labels.copy()
    single[single == 2] = 0
    other = type(other)(other.frames[:, :, ::-1].copy(), single[:, :, ::-1].copy(), 3, "mirrored")
    with torch.no_grad():
        together = UnrolledTracker(network)(collate_clips([one, other]))
        alone = UnrolledTracker(network)(collate_clips([other]))
    assert torch.allclose(together[1, :, :2], alone[0], atol=1e-3)
    assert (torch.softmax(together[1], 1)[:, 2] < 1e-6).all()


def _gradients(network: SwemNetwork, frames: int) -> dict[str, float]:
    logits = UnrolledTracker(network)(collate_clips([cat_clip(frames=frames)]))
    logits[:, -1].square().mean().backward()
    return {
        name: 0.0 if p.grad is None else float(p.grad.abs().sum())
        for name, p in network.named_parameters()
    }


@pytest.mark.parametrize("network", [LiteNetwork, R50Network])
def test_gradient_reaches_every_part_of_the_network(network: type[SwemNetwork]) -> None:
    torch.manual_seed(0)
    found = _gradients(network().eval(), frames=3)
    without = [name for name, size in found.items() if not size > 0]
    assert without == []


def test_em_is_constant_and_values_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """kappa and zeta carry no gradient, nu does."""
    import swem_core.train.unrolled_tracker as module

    banks = []

    def spy(*arguments: object) -> object:
        banks.append(memorise(*arguments))  # type: ignore[arg-type]
        return banks[-1]

    memorise = module.memorise
    monkeypatch.setattr(module, "memorise", spy)
    UnrolledTracker(new_lite())(collate_clips([cat_clip()]))
    assert len(banks) == 2
    for bank in banks:
        assert not bank.kappa.requires_grad and not bank.zeta.requires_grad
        assert bank.nu.requires_grad


def test_frozen_encoder_gets_no_gradient() -> None:
    network = new_lite()
    network.key_encoder.requires_grad_(False)
    UnrolledTracker(network)(collate_clips([cat_clip()])).square().mean().backward()
    assert all(p.grad is None for p in network.key_encoder.parameters())
    assert network.key_proj.weight.grad is not None
