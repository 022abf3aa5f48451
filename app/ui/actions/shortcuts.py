"""Which keys the actions have: those of the table, unless the person chose others."""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from app.ui.actions.table import ALL_SPECS

Keys = Mapping[str, tuple[str, ...]]


def normal(key: str) -> str:
    """The portable spelling of a key, "" if there is no such key."""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def effective(chosen: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of every action, each used once: chosen ones come before those of the table."""
    taken: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for spec in sorted(ALL_SPECS, key=lambda each: each.id not in chosen):
        wanted = map(normal, chosen.get(spec.id, spec.keys))
        found[spec.id] = tuple(key for key in dict.fromkeys(wanted) if key and key not in taken)
        taken.update(found[spec.id])
    return found


def owner(key: str, keys: Keys) -> str | None:
    """The action that has ``key``, if any."""
    wanted = normal(key)
    return next((each for each, its in keys.items() if wanted and wanted in its), None)


def with_key(chosen: Keys, action_id: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """``chosen`` with these keys for one action, taken from the actions that have them now."""
    given = tuple(map(normal, keys))
    losers = {
        each: tuple(key for key in its if key not in given)
        for each, its in effective(chosen).items()
        if each != action_id and set(its) & set(given)
    }
    return {**chosen, **losers, action_id: given}
