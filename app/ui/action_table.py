"""The actions: what they are called, what they do, their keys and icons. Only data."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from app.pipeline.effect import Effect
from app.pipeline.effects.table import EFFECTS
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
    """Names of the actions. The nine that choose an object are ``object_1`` to ``object_9``."""

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
    """The name of the action that chooses an effect."""
    return f"view_{effect.value}"


A, G, I = ActionSpec, Group, ActionId  # noqa: E741 - the table below is read as columns

# fmt: off
SPECS: tuple[ActionSpec, ...] = (
    A(I.OPEN_FILE, G.SOURCE, N("Actions", "Open file…"),
      N("Actions", "Open a video file; dropping one on the window does the same"),
      ("O", "Ctrl+O"), "file"),
    A(I.OPEN_CAMERA, G.SOURCE, N("Actions", "Open webcam"),
      N("Actions", "Use a camera of this computer"), ("W",), "camera"),
    A(I.OPEN_STREAM, G.SOURCE, N("Actions", "Open stream address…"),
      N("Actions", "Use a network camera or stream (rtsp, http, hls)"), ("U",), "stream"),
    A(I.OPEN_SCREEN, G.SOURCE, N("Actions", "Open screen"),
      N("Actions", "Use what is on this computer's screen, or a part of it"), ("Y",), "screen"),
    A(I.PAUSE, G.SOURCE, N("Actions", "Pause file"),
      N("Actions", "Hold the file or let it play; live pictures always go on"),
      ("K", "Media Play", "Toggle Media Play/Pause"), "pause", True),
    A(I.SEEK_BACK, G.SOURCE, N("Actions", "Back 5 seconds"),
      N("Actions", "Play the file from 5 seconds earlier; what is tracked stays tracked"),
      ("Ctrl+Left",)),
    A(I.SEEK_FORWARD, G.SOURCE, N("Actions", "Forward 5 seconds"),
      N("Actions", "Play the file from 5 seconds later; what is tracked stays tracked"),
      ("Ctrl+Right",)),
    A(I.SEEK_START, G.SOURCE, N("Actions", "To the start"),
      N("Actions", "Play the file from its first frame; what is tracked stays tracked"),
      ("Home",)),
    A(I.LOOP, G.SOURCE, N("Actions", "Play over and over"),
      N("Actions", "Start the file over at its end"), ("Shift+K",), "", True),
    A(I.OPEN_SESSION, G.SOURCE, N("Actions", "Open session…"),
      N("Actions", "Go on with a saved session: its source, objects and their memory"),
      ("Ctrl+Alt+O",)),
    A(I.SAVE_SESSION, G.SOURCE, N("Actions", "Save session…"),
      N("Actions", "Keep source, objects and their memory in a file, to go on later"),
      ("Ctrl+Alt+S",)),
    A(I.CLOSE_SOURCE, G.SOURCE, N("Actions", "Close source"),
      N("Actions", "Stop and go back to the start page"), ("Ctrl+W",)),
    A(I.QUIT, G.SOURCE, N("Actions", "Quit"),
      N("Actions", "Finish the recording, if any, and leave"), ("Ctrl+Q",)),

    A(I.CLICK, G.MARK, N("Actions", "Click"),
      N("Actions", "Left click adds to the object, right click takes away"),
      ("C",), "click", True),
    A(I.BOX, G.MARK, N("Actions", "Box"),
      N("Actions", "Drag a box around the object; with the right button, around what is not it"),
      ("M",), "box", True),
    A(I.LASSO, G.MARK, N("Actions", "Lasso"),
      N("Actions", "Draw around the object; with the right button, around what is not it"),
      ("L",), "lasso", True),
    A(I.SCRIBBLE, G.MARK, N("Actions", "Scribble"),
      N("Actions", "Draw roughly through the object; with the right button, beside it"),
      ("S",), "scribble", True),
    A(I.BRUSH, G.MARK, N("Actions", "Brush"),
      N("Actions", "Paint the object exactly; the wheel changes the size"), ("B",), "brush", True),
    A(I.ERASER, G.MARK, N("Actions", "Eraser"),
      N("Actions", "Take painted parts away exactly; the wheel changes the size"),
      ("E",), "eraser", True),
    A(I.SMALLER, G.MARK, N("Actions", "Smaller brush"),
      N("Actions", "Make the brush and the eraser smaller"), ("[",), "smaller"),
    A(I.LARGER, G.MARK, N("Actions", "Larger brush"),
      N("Actions", "Make the brush and the eraser larger"), ("]",), "larger"),
    A(I.FREEZE, G.MARK, N("Actions", "Freeze picture"),
      N("Actions", "Hold the picture for marking; again to go on"),
      ("Space",), "freeze", True, N("Actions", "Freeze")),
    A(I.CORRECT_LIVE, G.MARK, N("Actions", "Correct live"),
      N("Actions", "Marks mend the tracked object as the picture runs; off: they freeze it"),
      ("V",), "live", True, N("Actions", "Correct live")),
    A(I.ACCEPT, G.MARK, N("Actions", "Track what is marked"),
      N("Actions", "Accept the marks and track the objects live"),
      ("Enter", "Return"), "accept", False, N("Actions", "Track")),
    A(I.CANCEL, G.MARK, N("Actions", "Drop the marks"),
      N("Actions", "Forget the marks on this picture, or give up what is being opened"),
      ("Esc",), "cancel"),
    A(I.UNDO, G.MARK, N("Actions", "Undo"),
      N("Actions", "Take the last change back"), ("Ctrl+Z",), "undo"),
    A(I.REDO, G.MARK, N("Actions", "Redo"),
      N("Actions", "Make it again"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    A(I.MARK_ADD, G.MARK, N("Actions", "Add at the crosshair"),
      N("Actions", "The tool in hand at the crosshair, which the arrow keys move"),
      ("+", "=")),
    A(I.MARK_REMOVE, G.MARK, N("Actions", "Take away at the crosshair"),
      N("Actions", "The same with the right button"), ("-",)),
    A(I.NEXT_MARK, G.MARK, N("Actions", "Next mark"),
      N("Actions", "Choose the next numbered mark"), (".",)),
    A(I.PREVIOUS_MARK, G.MARK, N("Actions", "Previous mark"),
      N("Actions", "Choose the numbered mark before"), (",",)),
    A(I.DELETE_MARK, G.MARK, N("Actions", "Take the chosen mark back"),
      N("Actions", "Remove the mark under the mouse, or chosen; also Shift and click on it"),
      ("Backspace",)),
    A(I.IMPORT_MARKS, G.MARK, N("Actions", "Import marks…"),
      N("Actions", "Masks (of several PNGs each is an object) or a marks file; or drop them"),
      ("Ctrl+I",)),
    A(I.SAVE_MARKS, G.MARK, N("Actions", "Save marks…"),
      N("Actions", "Save the marks on the frozen picture, to import them again"), ("Ctrl+S",)),

    A(I.NEW_OBJECT, G.OBJECTS, N("Actions", "New object"),
      N("Actions", "The next mark starts another object"), ("N",), "add"),
    A(I.REMOVE_OBJECT, G.OBJECTS, N("Actions", "Remove object"),
      N("Actions", "Stop tracking the chosen object; on a numbered mark, remove that"),
      ("Del",), "remove"),
    A(I.LOCK_OBJECT, G.OBJECTS, N("Actions", "Lock object"),
      N("Actions", "Keep the chosen object as it is: no marks change it and it learns nothing"),
      ("Shift+L",), "lock", True),
    A(I.HIDE_OBJECT, G.OBJECTS, N("Actions", "Hide object"),
      N("Actions", "Do not draw the chosen object, or draw it again; it is tracked all the same"),
      ("Shift+H",), "eye-off", True),
    A(I.SOLO_OBJECT, G.OBJECTS, N("Actions", "Show object alone"),
      N("Actions", "Draw no object but the chosen one, or all again"), ("Shift+O",), "solo", True),
    A(I.RENAME_OBJECT, G.OBJECTS, N("Actions", "Rename object"),
      N("Actions", "Type another name for the chosen object"), ("F2",)),
    A(I.RECOLOR_OBJECT, G.OBJECTS, N("Actions", "Colour of the object…"),
      N("Actions", "Choose another colour for the chosen object"), ("Shift+C",)),
    A(I.RESET, G.OBJECTS, N("Actions", "Remove all objects"),
      N("Actions", "Forget everything and start over"), ("Ctrl+R",), "reset"),

    A(I.RECORD, G.OUTPUT, N("Actions", "Record"),
      N("Actions", "Record what the panel says; again to finish the file"),
      ("R",), "record", True, N("Actions", "Record")),
    A(I.PAUSE_RECORDING, G.OUTPUT, N("Actions", "Pause the recording"),
      N("Actions", "Leave out what comes now; again to go on without a gap"),
      ("Shift+R",), "pause", True),
    A(I.SPLIT_RECORDING, G.OUTPUT, N("Actions", "Go on in a new file"),
      N("Actions", "Finish this file and begin the next, without losing a picture"),
      ("Alt+R",), "split"),
    A(I.KEEP_REPLAY, G.OUTPUT, N("Actions", "Keep the last 30 seconds"),
      N("Actions", "Have what was just shown at hand, without recording all the time"),
      ("Alt+P",), "", True),
    A(I.SAVE_REPLAY, G.OUTPUT, N("Actions", "Save the last 30 seconds"),
      N("Actions", "Save what was just shown, with its masks; keeping goes on"),
      ("Shift+P",), "undo"),
    A(I.SNAPSHOT, G.OUTPUT, N("Actions", "Take a picture"),
      N("Actions", "Save the picture as it is shown, the mask, and the objects cut out"),
      ("P",), "snapshot"),
    A(I.VIRTUAL_CAMERA, G.OUTPUT, N("Actions", "Virtual camera…"),
      N("Actions", "Let video calls and other programs use the picture as their camera"),
      ("Shift+V",), "camera"),
    A(I.SAVE_MASKS, G.OUTPUT, N("Actions", "Save masks…"),
      N("Actions", "Save the masks shown now as a palette PNG"), ("Ctrl+Shift+S",)),
    A(I.OPEN_FOLDER, G.OUTPUT, N("Actions", "Show the folder"),
      N("Actions", "Show where recordings and pictures are saved"), ("Ctrl+L",), "folder"),

    A(I.HIDE_OVERLAY, G.VIEW, N("Actions", "Hide overlay"),
      N("Actions", "Show the bare picture; objects are tracked all the same"),
      ("H",), "overlay", True),
    A(I.LOUPE, G.VIEW, N("Actions", "Magnifier"),
      N("Actions", "What is under the cursor three times as large, while marking"),
      ("G",), "loupe", True),
    A(I.COMPARE, G.VIEW, N("Actions", "Compare while held"),
      N("Actions", "Show the bare picture as long as the key is down; never in a recording"),
      ("Q",), "compare"),
    A(I.SIDE_BY_SIDE, G.VIEW, N("Actions", "Side by side"),
      N("Actions", "The bare picture, and beside it the view; recorded likewise"),
      ("D",), "side-by-side", True),
    A(I.MIRROR, G.VIEW, N("Actions", "Mirror"),
      N("Actions", "Swap left and right, in recordings too"), ("X",), "mirror", True),
    A(I.TURN, G.VIEW, N("Actions", "Turn by 90°"),
      N("Actions", "Turn the picture clockwise, in recordings too"), ("T",), "turn"),
    A(I.HUD, G.VIEW, N("Actions", "Live figures"),
      N("Actions", "Rates, delay and memory: the main ones, all, none; never part of a recording"),
      ("I",), "hud", True),
    A(I.GRAPH, G.VIEW, N("Actions", "Graph in the figures"),
      N("Actions", "Stage times of the last minute in colours, memory as the line over them"),
      ("Shift+I",), "", True),
    A(I.PANEL, G.VIEW, N("Actions", "Side panel"),
      N("Actions", "Show or hide the panel at the side"), ("F9",), "panel", True),
    A(I.ZOOM_IN, G.VIEW, N("Actions", "Zoom in"),
      N("Actions", "Closer; also the wheel, with Ctrl when it sizes a brush, or a pinch"),
      ("Ctrl++", "Ctrl+="), "zoom-in"),
    A(I.ZOOM_OUT, G.VIEW, N("Actions", "Zoom out"),
      N("Actions", "Farther; the middle button moves the picture"), ("Ctrl+-",), "zoom-out"),
    A(I.FIT, G.VIEW, N("Actions", "Fit picture"),
      N("Actions", "Show the whole picture; also a double click with the middle button"),
      ("F", "0"), "fit"),
    A(I.FULL_SCREEN, G.VIEW, N("Actions", "Full screen"),
      N("Actions", "Nothing but the picture; again to return"), ("F11",), "fullscreen", True),
    A(I.PREFERENCES, G.VIEW, N("Actions", "Preferences…"),
      N("Actions", "Theme, folder, device: what is kept between runs"), ("Ctrl+,",)),

    A(I.HELP, G.HELP, N("Actions", "Keys and mouse"),
      N("Actions", "All shortcuts at a glance"), ("F1", "?"), "help", True),
    A(I.SHORTCUTS, G.HELP, N("Actions", "Change keys…"),
      N("Actions", "Choose other shortcuts")),
    A(I.COPY_REPORT, G.HELP, N("Actions", "Copy report"),
      N("Actions", "Versions, devices and the end of the log, for asking for help")),
)
# fmt: on

EFFECT_SPECS: tuple[ActionSpec, ...] = tuple(
    ActionSpec(
        effect_action(spec.effect), Group.VIEW, spec.title, spec.tip, (spec.key,), spec.icon, True
    )
    for spec in EFFECTS
)

OBJECT_KEYS = range(1, 10)
OBJECT_SPECS: tuple[ActionSpec, ...] = tuple(
    ActionSpec(
        f"object_{number}",
        Group.OBJECTS,
        N("Actions", "Object %1"),
        N("Actions", "Marks go to object %1"),
        (str(number),),
    )
    for number in OBJECT_KEYS
)
