"""What the governor does, in words."""

from PySide6.QtCore import QCoreApplication

from app.pipeline.stats import PaceStats

_STILL_SHOWN = 0.05
_tr = QCoreApplication.translate


def pace_text(pace: PaceStats | None) -> str:
    """All of it; "off" without a governor."""
    if pace is None:
        return _tr("Hud", "off")
    parts = [_tr("Hud", "%1 px").replace("%1", str(pace.short_side)), *_savings(pace)]
    if len(parts) == 1:
        parts.append(_tr("Hud", "every frame"))
    if pace.still >= _STILL_SHOWN:
        still = _tr("Hud", "%1 % still, masks kept")
        parts.append(still.replace("%1", f"{100 * pace.still:.0f}"))
    return ", ".join(parts)


def saving_text(pace: PaceStats | None, full: str) -> str:
    """What is saved to keep the pace, in one short line; "" at the level called ``full``."""
    if pace is None or pace.level == full:
        return ""
    size = _tr("Hud", "%1 px").replace("%1", str(pace.short_side))
    return ", ".join([size, *_savings(pace)[:1]])


def _savings(pace: PaceStats) -> list[str]:
    parts = []
    if pace.mask_every > 1:
        parts.append(_tr("Hud", "network on %1 frame").replace("%1", _nth(pace.mask_every)))
    if pace.learn_every > 1:
        learnt = pace.learn_every * pace.mask_every
        parts.append(_tr("Hud", "learns from %1").replace("%1", _nth(learnt)))
    return parts


def _nth(number: int) -> str:
    every = {2: _tr("Hud", "every 2nd"), 3: _tr("Hud", "every 3rd")}
    return every.get(number, _tr("Hud", "every %1th").replace("%1", str(number)))
