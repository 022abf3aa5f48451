"""The SWEM memory of all tracked objects: two banks of constant size per object.

Thread: owned by one engine and used on its thread only.
"""

from collections.abc import Callable, Sequence

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
        self._writes: list[int] = []  # per object, counted up to 2
        self._index: tuple[tuple[int, ...], Tensor] | None = None
        self._fresh: Tensor | None = None
        self._arrange([], 0)

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
        """Append an object without any frame and return its slot. ``kappa``: 2 x K x C."""
        slot = len(self)
        self._arrange(list(range(slot)), slot + 1)
        self._writes.append(0)
        for which in range(self._banks):
            self._write(which, [slot], empty_bank(kappa.to(self.device)[None], self.spec.value_dim))
        self._note_fresh()
        return slot

    def keep(self, slots: Sequence[int]) -> None:
        """Forget all objects but these, which are renumbered 0, 1, ... in the order given.

        Forgetting all of them reads nothing from the device, which may have failed.
        """
        self._arrange(slots, len(slots))
        self._writes = [self._writes[slot] for slot in slots]
        self._note_fresh()

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
        self._arrange([], len(state["writes"]))
        self._writes = state["writes"].tolist()
        everyone = range(len(self))
        for which in range(self._banks):
            bank = Bank(*(state[name][:, :, which] for name in ("kappa", "nu", "zeta")))
            self._write(which, everyone, Bank(*(t.to(self.device) for t in bank)))
        self._note_fresh()

    def _arrange(self, kept: Sequence[int], objects: int) -> None:
        """Allocate buffers for ``objects`` objects and copy the slots ``kept`` to the front."""
        count = self._slots(objects) if self._slots else objects
        shape = (count, CLASSES, self._banks, self.spec.bases)
        old = (self._kappa, self._nu, self._zeta, self._unit) if kept else ()
        self._kappa = torch.zeros(*shape, self.spec.key_dim, device=self.device)
        self._nu = torch.zeros(*shape, self.spec.value_dim, device=self.device)
        self._zeta = torch.full(shape, ZETA_START, device=self.device)
        self._unit = torch.zeros_like(self._kappa)
        if old:
            index = torch.tensor(kept, dtype=torch.long, device=self.device)
            new = (self._kappa, self._nu, self._zeta, self._unit)
            for theirs, ours in zip(old, new, strict=True):
                ours[: len(kept)] = theirs[index]
        self._alive = self._flags([True] * objects) if self._slots else None
        self._fresh = None

    def _select(self, which: int, rows: Tensor | None) -> Bank:
        tensors = (self._kappa[:, :, which], self._nu[:, :, which], self._zeta[:, :, which])
        return Bank(*tensors) if rows is None else Bank(*(t[rows] for t in tensors))

    def _count_write(self, slots: Sequence[int]) -> None:
        before = self._writes.copy()
        for slot in slots:
            self._writes[slot] = min(self._writes[slot] + 1, 2)
        if self._writes != before:
            self._note_fresh()

    def _note_fresh(self) -> None:
        fresh = [count < 2 for count in self._writes]
        needed = self._banks == 2 and (self._slots is not None or any(fresh))
        self._fresh = self._flags(fresh) if needed else None

    def _flags(self, flags: list[bool]) -> Tensor:
        """Bool per slot; False for slots without an object."""
        padding = [False] * (len(self._kappa) - len(flags))
        return torch.tensor(flags + padding, dtype=torch.bool, device=self.device)

    def _write(self, which: int, slots: Sequence[int], bank: Bank) -> None:
        rows = self.rows(slots)
        index = slice(None) if rows is None else rows
        bases = unit(bank.kappa)
        self._kappa[index, :, which] = bank.kappa
        self._nu[index, :, which] = bank.nu
        self._zeta[index, :, which] = bank.zeta
        self._unit[index, :, which] = bases
