"""The SWEM memory of all tracked objects: two banks of constant size per object.

Thread: owned by one engine and used on its thread only.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from swem_core.memory.em import (
    CLASSES,
    ZETA_START,
    Bank,
    MemorySpec,
    empty_bank,
    memorise,
    unit,
)
from swem_core.memory.readout import Readout, read

FIRST, UPDATED = 0, 1


def padded(objects: int) -> int:
    """Slots for a number of objects: 0, 1, 2, 4, 8, ..., so that few shapes need graphs."""
    return 1 << (objects - 1).bit_length() if objects else 0


class _Buffers(NamedTuple):
    """What all slots hold; ``unit`` is ``kappa`` at length 1."""

    kappa: Tensor
    nu: Tensor
    zeta: Tensor
    unit: Tensor


class MemoryStore:
    """N objects, each with a *first* bank (what the user marked) and an *updated* one (everything).

    Both banks share one buffer per tensor, so that a read needs no concatenation. After its first
    frame an object holds the same bases in both: it is *fresh*, and its updated bank is ignored by
    reads.

    ``slots``: maps the number of objects to a number of slots, e.g. :func:`padded`; None: one slot
    per object. With padding, all tensors that a read or an update takes have one row per slot,
    whichever objects exist; rows of empty slots hold finite numbers without meaning.
    """

    _kappa: Tensor
    _nu: Tensor
    _zeta: Tensor
    _unit: Tensor
    _writes: list[int]  # per object, counted up to 2
    _alive: Tensor | None
    _fresh: Tensor | None

    def __init__(
        self,
        spec: MemorySpec,
        device: torch.device,
        slots: Callable[[int], int] | None = None,
    ) -> None:
        self.spec = spec
        self.device = device
        self._slots = slots
        self._banks = 2 if spec.keep_first else 1
        self._index: tuple[tuple[int, ...], Tensor] | None = None
        self._replace(self._arranged([], 0), [])

    def __len__(self) -> int:
        return len(self._writes)

    @property
    def nbytes(self) -> int:
        """Bytes of the banks: constant per slot, whatever the length and size of the video."""
        return sum(t.numel() * t.element_size() for t in (self._kappa, self._nu, self._zeta))

    @property
    def features(self) -> int:
        """Stored features each pixel is compared with, per object."""
        return CLASSES * self._banks * self.spec.bases

    @property
    def alive(self) -> Tensor | None:
        """Bool per slot: whether it holds an object. None without padding."""
        return self._alive

    def add(self, kappa: Tensor) -> int:
        """Append an object without any frame and return its slot. ``kappa``: 2 x K x C.

        Nothing changes if it fails.
        """
        slot = len(self)
        buffers = self._arranged(range(slot), slot + 1)
        start = kappa.to(self.device)[:, None]  # the same in each bank
        buffers.kappa[slot] = start
        buffers.unit[slot] = unit(start)
        self._replace(buffers, [*self._writes, 0])
        return slot

    def keep(self, slots: Sequence[int]) -> None:
        """Forget all objects but these, which are renumbered 0, 1, ... in the order given.

        Forgetting all of them reads nothing from the device, which may have failed. Nothing
        changes if it fails.
        """
        buffers = self._arranged(slots, len(slots))
        self._replace(buffers, [self._writes[slot] for slot in slots])

    def mark(
        self, slots: Sequence[int], start: Tensor, keys: Tensor, values: Tensor, weights: Tensor
    ) -> None:
        """Learn from masks that the user gave for some objects; no other is read or written.

        The first bank accumulates everything the user ever marked. The updated bank restarts from
        this mark alone (``start``: n x 2 x K x C key bases), because what tracking had accumulated
        is what the user found wrong; on DAVIS this beats both continuing from the first bank and
        forgetting earlier marks. ``keys``: P x C; ``values``: n x P x V and ``weights``: n x P x 2
        for the n ``slots``. Nothing changes if it fails.
        """
        priors = [self.bank(FIRST, slots)]
        if self._banks == 2:
            priors.append(empty_bank(start.to(self.device), self.spec.value_dim))
        learnt = [memorise(prior, keys, values, weights, self.spec) for prior in priors]
        for which, bank in enumerate(learnt):
            self._write(which, slots, bank)
        self._count_write(slots)

    def update(self, slots: Sequence[int], keys: Tensor, values: Tensor, weights: Tensor) -> None:
        """Learn from the tracker's own masks: EM on the updated banks of some objects.

        ``keys``: P x C; ``values``: n x P x V; ``weights``: n x P x 2 for the n ``slots``.
        """
        last = self._banks - 1
        learnt = memorise(self.bank(last, slots), keys, values, weights, self.spec)
        self._write(last, slots, learnt)
        self._count_write(slots)

    def prior(self, slots: Sequence[int]) -> tuple[Tensor | None, Bank]:
        """The inputs of an update that the caller computes; :meth:`learn` stores its result.

        Returns the rows of the masks to learn from (None: all) and the banks of these rows. With
        padding these are always all slots, so that shapes stay the same.
        """
        rows = None if self._slots else self.rows(slots)
        return rows, self._select(self._banks - 1, rows)

    def learn(self, slots: Sequence[int], bank: Bank) -> None:
        """Store the result of an update that began with :meth:`prior`, for ``slots`` only."""
        rows = self.rows(slots)
        if self._slots and rows is not None:
            bank = Bank(*(t[rows] for t in bank))
        self._write(self._banks - 1, slots, bank)
        self._count_write(slots)

    def recall(self) -> tuple[Tensor, Tensor, Tensor | None]:
        """``bases, nu, fresh`` as ``readout.read`` takes them."""
        return self._unit.flatten(2, 3), self._nu.flatten(2, 3), self._fresh

    def read(self, keys: Tensor) -> Readout:
        """Match a frame's keys (P x C) with all objects' bases."""
        bases, nu, fresh = self.recall()
        return read(keys, bases, nu, self.spec, fresh)

    def rows(self, slots: Sequence[int]) -> Tensor | None:
        """Indices of ``slots`` on the device; None if they are all rows in order."""
        wanted = tuple(slots)
        if wanted == tuple(range(len(self._kappa))):
            return None
        if self._index is None or self._index[0] != wanted:
            # Cached, because a copy to the device makes the CPU wait for it.
            index = torch.tensor(wanted, dtype=torch.long, device=self.device)
            self._index = wanted, index
        return self._index[1]

    def bank(self, which: int, slots: Sequence[int]) -> Bank:
        """One bank of some objects: a view if ``slots`` is all of them in order, else a copy."""
        return self._select(which, self.rows(slots))

    def state(self) -> dict[str, Tensor]:
        """Everything, as CPU tensors: ``kappa, nu, zeta, writes``."""
        named = {"kappa": self._kappa, "nu": self._nu, "zeta": self._zeta}
        state = {name: t[: len(self)].detach().cpu().clone() for name, t in named.items()}
        return state | {"writes": torch.tensor(self._writes, dtype=torch.int64)}

    def load_state(self, state: dict[str, Tensor]) -> None:
        """Restore the result of :meth:`state`. Shapes must have been checked by the caller."""
        objects = len(state["writes"])
        buffers = self._arranged([], objects)
        for name in ("kappa", "nu", "zeta"):
            getattr(buffers, name)[:objects] = state[name].to(self.device)
        buffers.unit[:objects] = unit(buffers.kappa[:objects])
        self._replace(buffers, state["writes"].tolist())

    def _arranged(self, kept: Sequence[int], objects: int) -> _Buffers:
        """New buffers for ``objects`` objects, with copies of the slots ``kept`` in front."""
        count = self._slots(objects) if self._slots else objects
        shape = (count, CLASSES, self._banks, self.spec.bases)
        new = _Buffers(
            kappa=torch.zeros(*shape, self.spec.key_dim, device=self.device),
            nu=torch.zeros(*shape, self.spec.value_dim, device=self.device),
            zeta=torch.full(shape, ZETA_START, device=self.device),
            unit=torch.zeros(*shape, self.spec.key_dim, device=self.device),
        )
        if kept:
            index = torch.tensor(tuple(kept), dtype=torch.long, device=self.device)
            old = (self._kappa, self._nu, self._zeta, self._unit)
            for theirs, ours in zip(old, new, strict=True):
                ours[: len(kept)] = theirs[index]
        return new

    def _replace(self, buffers: _Buffers, writes: list[int]) -> None:
        """Take new buffers over; all that can fail comes before the first assignment."""
        count = len(buffers.kappa)
        alive = self._flags([True] * len(writes), count) if self._slots else None
        fresh = self._freshness(writes, count)
        self._kappa, self._nu, self._zeta, self._unit = buffers
        self._alive, self._fresh, self._writes = alive, fresh, writes

    def _select(self, which: int, rows: Tensor | None) -> Bank:
        tensors = (self._kappa[:, :, which], self._nu[:, :, which], self._zeta[:, :, which])
        return Bank(*tensors) if rows is None else Bank(*(t[rows] for t in tensors))

    def _count_write(self, slots: Sequence[int]) -> None:
        writes = self._writes.copy()
        for slot in slots:
            writes[slot] = min(writes[slot] + 1, 2)
        if writes != self._writes:
            self._fresh, self._writes = self._freshness(writes, len(self._kappa)), writes

    def _freshness(self, writes: list[int], count: int) -> Tensor | None:
        """Which of ``count`` slots hold a fresh object; None if reads need not know."""
        fresh = [times < 2 for times in writes]
        needed = self._banks == 2 and (self._slots is not None or any(fresh))
        return self._flags(fresh, count) if needed else None

    def _flags(self, flags: list[bool], count: int) -> Tensor:
        """Bool per slot; False for slots without an object."""
        padding = [False] * (count - len(flags))
        return torch.tensor(flags + padding, dtype=torch.bool, device=self.device)

    def _write(self, which: int, slots: Sequence[int], bank: Bank) -> None:
        rows = self.rows(slots)
        index = slice(None) if rows is None else rows
        bases = unit(bank.kappa)
        self._kappa[index, :, which] = bank.kappa
        self._nu[index, :, which] = bank.nu
        self._zeta[index, :, which] = bank.zeta
        self._unit[index, :, which] = bases
