"""The person's settings: one immutable value, to JSON and back, with every limit checked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, TypeAlias

from app.checked_json import Node, parse_json, readable
from app.errors import SettingsError

VERSION: Final = 2
MAX_BYTES: Final = 1024 * 1024
THEMES: Final = ("system", "dark", "light")
LANGUAGES: Final = ("system", "en", "de")
DEVICES: Final = ("auto", "cpu", "cuda", "mps")
PALETTES: Final = ("bright", "okabe-ito", "davis")
PRECISIONS: Final = ("auto", "fp32", "bf16", "fp16")
SHORT_SIDES: Final = (64, 2160)
MAX_RECENT: Final = 10
MAX_TEXT: Final = 4096
MAX_ENTRIES: Final = 500
MAX_KEYS: Final = 4

Scalar: TypeAlias = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is kept between runs.

    ``device``, ``precision``, ``short_side``: of the engine, unless the command line says else.
    ``folder``: for recordings; "" for the default. ``resume``: save the session from time to time,
    to resume it after a crash. ``hints_seen``: the first steps have been explained.
    ``recent``: sources, newest first, without passwords. ``shortcuts``: keys by action, where they
    differ from the table of actions. ``window``: how it was left; each reader checks its values.
    """

    theme: str = "system"
    language: str = "system"
    palette: str = "bright"
    device: str = "auto"
    precision: Literal["auto", "fp32", "bf16", "fp16"] = "auto"
    short_side: int = 240
    folder: str = ""
    resume: bool = True
    hints_seen: bool = False
    recent: tuple[str, ...] = ()
    shortcuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    window: Mapping[str, Scalar] = field(default_factory=dict)


Reader: TypeAlias = Callable[[Node], object]


def settings_text(settings: Settings) -> str:
    """The settings as JSON of the newest version, in ASCII.

    Names of files may hold halves of surrogate pairs, which UTF-8 cannot express.
    """
    values = {each.name: getattr(settings, each.name) for each in fields(settings)}
    return json.dumps({"version": VERSION, **values}, indent=1) + "\n"


def parse_settings(data: bytes) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and a complaint for each value that was replaced by its default.

    Older versions are migrated. Raises SettingsError if ``data`` cannot be used at all: not JSON,
    too large, or written by a later version of the program.
    """
    if len(data) > MAX_BYTES:
        raise SettingsError(f"it is larger than {MAX_BYTES // 1024} KiB.")
    root = parse_json(data, SettingsError)
    version = root["version"].integer(1, VERSION)
    document: dict[str, Any] = dict(root.value)
    for step in range(version, VERSION):
        document = _MIGRATIONS[step](document)
    known: dict[str, Any] = {}
    complaints: list[str] = []
    for name, value in document.items():
        if name == "version":
            continue
        try:
            if name not in _READERS:
                raise SettingsError(f"{readable(name)} is not known here.")
            known[name] = _READERS[name](Node(value, readable(name), SettingsError))
        except SettingsError as error:
            complaints.append(str(error))
    return Settings(**known), tuple(complaints)


def _one_of(*names: str) -> Reader:
    def read(node: Node) -> str:
        if node.value not in names:
            raise node.error(f"expected one of {', '.join(names)}")
        return str(node.value)

    return read


def _flag(node: Node) -> bool:
    return node.flag()


def _short_side(node: Node) -> int:
    return node.integer(*SHORT_SIDES)


def _folder(node: Node) -> str:
    return "" if node.value == "" else node.text(MAX_TEXT)


def _recent(node: Node) -> tuple[str, ...]:
    return tuple(each.text(MAX_TEXT) for each in node.items(0, MAX_RECENT))


def _shortcuts(node: Node) -> Mapping[str, tuple[str, ...]]:
    return {
        name: tuple(key.text(64) for key in keys.items(0, MAX_KEYS))
        for name, keys in _entries(node).items()
    }


def _window(node: Node) -> Mapping[str, Scalar]:
    return {name: _scalar(entry) for name, entry in _entries(node).items()}


def _entries(node: Node) -> dict[str, Node]:
    if not isinstance(node.value, dict) or len(node.value) > MAX_ENTRIES:
        raise node.error(f"expected {{...}} with at most {MAX_ENTRIES} named values")
    return {name: node[name] for name in node.value}


def _scalar(node: Node) -> Scalar:
    value = node.value
    if isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= MAX_TEXT):
        return value
    raise node.error("expected true, false, a number or a text")


_READERS: Final[dict[str, Reader]] = {
    "theme": _one_of(*THEMES),
    "language": _one_of(*LANGUAGES),
    "palette": _one_of(*PALETTES),
    "device": _one_of(*DEVICES),
    "precision": _one_of(*PRECISIONS),
    "short_side": _short_side,
    "folder": _folder,
    "resume": _flag,
    "hints_seen": _flag,
    "recent": _recent,
    "shortcuts": _shortcuts,
    "window": _window,
}


def _theme_is_a_choice(old: dict[str, Any]) -> dict[str, Any]:
    """Version 1 was an .ini file of "group/name" texts; the only choice among them is the theme."""
    others = ("version", "view/theme", "window/geometry")  # the last is in Qt's own notation
    left = {name: value for name, value in old.items() if name not in others}
    return {"theme": old.get("view/theme", "system"), "window": left, "hints_seen": True}


_MIGRATIONS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _theme_is_a_choice}
