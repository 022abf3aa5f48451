"""How much of the live figures is shown."""

from enum import Enum

from app.ui.state.window_settings import WindowSettings

_KEY = "view/hud"


class HudLevel(Enum):
    """In the order in which one key goes through them."""

    COMPACT = "compact"
    FULL = "full"
    OFF = "off"

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to see."""
        return self is not HudLevel.OFF

    @property
    def next(self) -> "HudLevel":
        """What comes after it; after the last, the first."""
        levels = list(HudLevel)
        return levels[(levels.index(self) + 1) % len(levels)]


def stored_level(window_settings: WindowSettings) -> HudLevel:
    """The level of the last run; earlier versions only knew on and off."""
    if not window_settings.flag(_KEY, default=True):
        return HudLevel.OFF
    try:
        return HudLevel(window_settings.text(_KEY, HudLevel.COMPACT.value))
    except ValueError:
        return HudLevel.COMPACT
