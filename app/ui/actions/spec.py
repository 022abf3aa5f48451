"""What an action is: its id, its menu, and what the table says about it."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from app.pipeline.effect import Effect
from app.translation import N


class Group(Enum):
    """The menus, in order; the values are their titles."""

    SOURCE = N("Actions", "Source")
    MARK = N("Actions", "Mark")
    OBJECTS = N("Actions", "Objects")
    OUTPUT = N("Actions", "Output")
    VIEW = N("Actions", "View")
    HELP = N("Actions", "Help")


class ActionId(StrEnum):
    """Ids of the actions. The nine that choose an object are ``object_1`` to ``object_9``."""

    OPEN_FILE = "open_file"
    OPEN_CAMERA = "open_camera"
    OPEN_STREAM = "open_stream"
    OPEN_SCREEN = "open_screen"
    CLOSE_SOURCE = "close_source"
    OPEN_SESSION = "open_session"
    SAVE_SESSION = "save_session"
    PAUSE = "pause"
    SEEK_BACK = "seek_back"
    SEEK_FORWARD = "seek_forward"
    SEEK_START = "seek_start"
    LOOP = "loop"
    QUIT = "quit"
    CLICK = "click"
    BOX = "box"
    LASSO = "lasso"
    SCRIBBLE = "scribble"
    BRUSH = "brush"
    ERASER = "eraser"
    SMALLER = "smaller"
    LARGER = "larger"
    FREEZE = "freeze"
    CORRECT_LIVE = "correct_live"
    ACCEPT = "accept"
    CANCEL = "cancel"
    UNDO = "undo"
    REDO = "redo"
    MARK_ADD = "mark_add"
    MARK_REMOVE = "mark_remove"
    NEXT_MARK = "next_mark"
    PREVIOUS_MARK = "previous_mark"
    DELETE_MARK = "delete_mark"
    LOUPE = "loupe"
    NEW_OBJECT = "new_object"
    REMOVE_OBJECT = "remove_object"
    LOCK_OBJECT = "lock_object"
    HIDE_OBJECT = "hide_object"
    SOLO_OBJECT = "solo_object"
    RENAME_OBJECT = "rename_object"
    RECOLOR_OBJECT = "recolor_object"
    RESET = "reset"
    RECORD = "record"
    PAUSE_RECORDING = "pause_recording"
    SPLIT_RECORDING = "split_recording"
    KEEP_REPLAY = "keep_replay"
    SAVE_REPLAY = "save_replay"
    SNAPSHOT = "snapshot"
    OPEN_FOLDER = "open_folder"
    VIRTUAL_CAMERA = "virtual_camera"
    IMPORT_MARKS = "import_marks"
    SAVE_MARKS = "save_marks"
    SAVE_MASKS = "save_masks"
    HIDE_OVERLAY = "hide_overlay"
    COMPARE = "compare"
    SIDE_BY_SIDE = "side_by_side"
    MIRROR = "mirror"
    TURN = "turn"
    HUD = "hud"
    GRAPH = "graph"
    PANEL = "panel"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    FIT = "fit"
    FULL_SCREEN = "full_screen"
    PREFERENCES = "preferences"
    HELP = "help"
    SHORTCUTS = "shortcuts"
    COPY_REPORT = "copy_report"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``keys``: its shortcuts, the first is shown. ``short``: its text on a button."""

    id: str
    group: Group
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    short: str = ""


def effect_action(effect: Effect) -> str:
    """The id of the action that chooses an effect."""
    return f"view_{effect.value}"
