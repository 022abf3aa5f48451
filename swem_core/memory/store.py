"""The memories of all tracked objects: two banks each, of constant size, one slot per object.

Thread: owned by one engine and used on its thread only.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from swem_core.memory.em import Bank, MemorySpec, empty_bank, memorise, unit
from swem_core.memory.readout import Readout, read

FIRST, UPDATED = 0, 1


class MemoryStore:
    """N slots, each with a *first* bank (what the user marked) and an *updated* one (everything).

    Both banks lie side by side in one buffer per tensor, so that a read needs no concatenation.
    A slot that was written only once holds the same bases in both: it is *fresh*, and its second
    bank takes no part in a read.
    """

    def __init__(self, spec: MemorySpec, device: torch.device) -> None:
        self.spec = spec
        self._banks = 2 if spec.keep_first else 1
        self._kappa = torch.empty(0, 2, self._banks, spec.bases, spec.key_dim, device=device)
        self._nu = torch.empty(0, 2, self._banks, spec.bases, spec.value_dim, device=device)
        self._zeta = torch.empty(0, 2, self._banks, spec.bases, device=device)
        self._unit = torch.empty_like(self._kappa)
        self._writes: list[int] = []  # per slot, counted up to 2

    def __len__(self) -> int:
        return len(self._writes)

    @property
    def device(self) -> torch.device:
        """Where the banks live."""
        return self._kappa.device

    @property
    def nbytes(self) -> int:
        """Bytes of the banks: a constant per object, whatever the video's length or size."""
        return sum(t.numel() * t.element_size() for t in (self._kappa, self._nu, self._zeta))

    def add(self, kappa: Tensor) -> int:
        """Append an object that has seen nothing; ``kappa``: 2 x K x C. Returns its slot."""
        bank = empty_bank(kappa.to(self.device)[None], self.spec.value_dim)
        both = [t.unsqueeze(2).expand(-1, -1, self._banks, *t.shape[2:]) for t in bank]
        self._kappa = torch.cat((self._kappa, both[0]))
        self._nu = torch.cat((self._nu, both[1]))
        self._zeta = torch.cat((self._zeta, both[2]))
        self._unit = unit(self._kappa)
        self._writes.append(0)
        return len(self._writes) - 1

    def keep(self, slots: Sequence[int]) -> None:
        """Forget all slots but these, which are renumbered 0, 1, ... in the order given."""
        index = torch.tensor(slots, dtype=torch.long, device=self.device)
        self._kappa, self._nu = self._kappa[index], self._nu[index]
        self._zeta, self._unit = self._zeta[index], self._unit[index]
        self._writes = [self._writes[slot] for slot in slots]

    def mark(
        self, slots: Sequence[int], start: Tensor, keys: Tensor, values: Tensor, weights: Tensor
    ) -> None:
        """Learn what the user says of some objects; no other slot is read or written.

        The first bank gathers everything the user ever marked. The updated bank starts again from
        this mark alone (``start``: n x 2 x K x C key bases), since what tracking had gathered is
        what the user found wrong; measured on DAVIS, this beats both going on from the first bank
        and forgetting earlier marks. ``keys``: P x C; ``values``: n x P x V and ``weights``:
        n x P x 2 for the n ``slots``.
        """
        known = self.bank(FIRST, slots)
        self._write(FIRST, slots, memorise(known, keys, values, weights, self.spec))
        if self._banks == 2:
            empty = empty_bank(start.to(self.device), self.spec.value_dim)
            self._write(UPDATED, slots, memorise(empty, keys, values, weights, self.spec))
        self._count_write(slots)

    def update(self, slots: Sequence[int], keys: Tensor, values: Tensor, weights: Tensor) -> None:
        """Learn from the tracker's own masks: EM on the updated banks of some objects.

        ``keys``: P x C; ``values``: n x P x V; ``weights``: n x P x 2 for the n ``slots``.
        """
        last = self._banks - 1
        learnt = memorise(self.bank(last, slots), keys, values, weights, self.spec)
        self._write(last, slots, learnt)
        self._count_write(slots)

    def read(self, keys: Tensor) -> Readout:
        """Match a frame's keys (P x C) with all objects' bases."""
        fresh = None
        if self._banks == 2 and min(self._writes, default=2) < 2:
            fresh = torch.tensor([count < 2 for count in self._writes], device=self.device)
        return read(keys, self._unit.flatten(2, 3), self._nu.flatten(2, 3), self.spec, fresh)

    def bank(self, which: int, slots: Sequence[int]) -> Bank:
        """One bank of some objects: a view if ``slots`` is all of them in order, else a copy."""
        tensors = (self._kappa[:, :, which], self._nu[:, :, which], self._zeta[:, :, which])
        if list(slots) == list(range(len(self))):
            return Bank(*tensors)
        index = torch.tensor(slots, dtype=torch.long, device=self.device)
        return Bank(*(t[index] for t in tensors))

    def state(self) -> dict[str, Tensor]:
        """Everything, as CPU tensors: ``kappa, nu, zeta, writes``."""
        named = {"kappa": self._kappa, "nu": self._nu, "zeta": self._zeta}
        state = {name: tensor.detach().cpu().clone() for name, tensor in named.items()}
        return state | {"writes": torch.tensor(self._writes, dtype=torch.int64)}

    def load_state(self, state: dict[str, Tensor]) -> None:
        """Back to :meth:`state`. The caller has checked shapes."""
        kappa = state["kappa"].to(self.device)
        self._kappa, self._unit = kappa, unit(kappa)
        self._nu, self._zeta = state["nu"].to(self.device), state["zeta"].to(self.device)
        self._writes = state["writes"].tolist()

    def _count_write(self, slots: Sequence[int]) -> None:
        for slot in slots:
            self._writes[slot] = min(self._writes[slot] + 1, 2)

    def _write(self, which: int, slots: Sequence[int], bank: Bank) -> None:
        index = torch.tensor(slots, dtype=torch.long, device=self.device)
        self._kappa[index, :, which] = bank.kappa
        self._nu[index, :, which] = bank.nu
        self._zeta[index, :, which] = bank.zeta
        self._unit[index, :, which] = unit(bank.kappa)
