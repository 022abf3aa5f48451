"""The memory written down a second time: NumPy float64, one object, one class, one pixel at a time
where that is clearer. Follows METHOD B5 and C literally, with all seven similarities."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def unit(x: Array) -> Array:
    return x / (np.linalg.norm(x, axis=-1, keepdims=True) + 1e-6)


def memorise(
    kappa: Array,
    nu: Array,
    zeta: Array,
    keys: Array,
    values: Array,
    weights: Array,
    *,
    tau: float = 0.05,
    rounds: int = 4,
    normalise: bool = True,
    rule: str = "all",
) -> tuple[Array, Array, Array]:
    """One object. kappa 2xKxC, nu 2xKxV, zeta 2xK, keys PxC, values PxV, weights Px2 (bg, fg)."""
    k = kappa.shape[1]
    x = unit(keys) if normalise else keys
    prior_kappa, prior_zeta = kappa, zeta
    w = np.repeat(weights.T[:, :, None], k, axis=2)  # class, pixel, base
    for r in range(rounds):
        z = np.zeros_like(w)
        for c in range(2):
            s = x @ unit(kappa[c]).T / tau
            e = np.exp(s - s.max(1, keepdims=True))
            z[c] = w[c] * e / e.sum(1, keepdims=True)
        zeta = prior_zeta + z.sum(1)
        kappa = np.stack(
            [
                (prior_zeta[c, :, None] * prior_kappa[c] + z[c].T @ x) / zeta[c, :, None]
                for c in range(2)
            ]
        )
        if r < rounds - 1:
            cos = np.stack([unit(x) @ unit(kappa[c]).T for c in range(2)])
            e = np.exp((cos - cos.max((0, 2), keepdims=True)) / tau)
            evidence = np.sort(e, axis=2)[:, :, -5:].sum(2) if rule == "top5-half" else e.sum(2)
            share = evidence / evidence.sum(0)
            adaptive = weights.T * (1 - share)
            w = np.repeat(adaptive[:, :, None], k, axis=2)
            if rule == "top5-half":
                w[:, :, k // 2 :] = weights.T[:, :, None]
    nu = np.stack(
        [(prior_zeta[c, :, None] * nu[c] + z[c].T @ values) / zeta[c, :, None] for c in range(2)]
    )
    return kappa, nu, zeta


def read(
    keys: Array, kappa: Array, nu: Array, *, top_l: int, tau: float = 0.05
) -> tuple[Array, Array]:
    """One object. keys PxC, kappa 2xJxC, nu 2xJxV -> (PxV, PxL)."""
    memory, shares = [], []
    for x in unit(keys):
        a = np.stack([unit(kappa[c]) @ x for c in range(2)])
        e = np.exp((a - a.max()) / tau)
        memory.append(np.tensordot(e / e.sum(), nu, axes=([0, 1], [0, 1])))
        running = np.cumsum(-np.sort(-e, axis=1)[:, :top_l], axis=1)
        shares.append(running[1] / (running[0] + running[1]))
    return np.array(memory), np.array(shares)
