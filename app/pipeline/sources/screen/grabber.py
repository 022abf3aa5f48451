"""The program that grabs the screen: a process of its own, that knows only mss.

Libraries of the X server may end a process at a lost connection, and different copies of them,
which OpenCV and PyAV bring along, crash one another. Here that costs the pictures, not the
recording. Run as a file, so that it imports nothing of this package; pictures and failures go to
standard output, each behind a :data:`HEADER`; when standard input ends, its parent has gone.
"""

import faulthandler
import json
import os
import struct
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    import mss
    from mss.models import Monitor

HEADER: Final = struct.Struct("!4sIIq")
"""Kind, width, height (of a failure: 1 and the bytes of its text), ``time.monotonic_ns()``."""
PICTURE: Final = b"pict"
FAILURE: Final = b"fail"
SCREENS: Final = b"list"

_HANGS_S: Final = 5.0
_LOOK_EVERY_S: Final = (
    2.0  # whether the screen is another: no system tells a program without window
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to grab: a screen by its number (None: the main one), or ``box`` of the whole desktop.

    ``box``: left, top, width, height in pixels. ``rate``: pictures per second; 0 only lists the
    screens.
    """

    screen: int | None = None
    box: tuple[int, int, int, int] | None = None
    rate: float = 30.0

    def to_text(self) -> str:
        """For the command line of this program."""
        return json.dumps(asdict(self))


def main(text: str) -> None:
    """Grab until nobody reads any more."""
    wanted = Wanted(**json.loads(text))
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # nothing that a library prints may get between the pictures
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _grab(wanted, out)
    except BrokenPipeError:
        return
    except Exception as error:
        reason = f"{error}".partition("\n")[0].encode()[:4096]  # X tells its numbers after it
        _send(out, FAILURE, (1, len(reason)), reason)


def _grab(wanted: Wanted, out: BinaryIO) -> None:
    if not wanted.rate:
        with _grabber() as grabber:
            listed = json.dumps([dict(each) for each in grabber.monitors[1:]]).encode()
        _send(out, SCREENS, (1, len(listed)), listed)
        return
    while True:
        _grab_one_layout(wanted, out)


def _grab_one_layout(wanted: Wanted, out: BinaryIO) -> None:
    """Until the screen has another size or lies elsewhere. Raises LookupError once it is gone."""
    import mss

    with _grabber() as grabber:
        box = _box(wanted, grabber.monitors)
        step_s, due_s = 1 / wanted.rate, time.monotonic()
        look_s = due_s + _LOOK_EVERY_S
        while True:
            faulthandler.dump_traceback_later(_HANGS_S, exit=True)
            if due_s > look_s:
                look_s = due_s + _LOOK_EVERY_S
                if _box_now(wanted) != box:
                    return
            taken_ns = time.monotonic_ns()
            try:
                shot = grabber.grab(box)
            except mss.ScreenShotError:
                if _box_now(wanted) == box:
                    raise
                return
            faulthandler.cancel_dump_traceback_later()
            _send(out, PICTURE, (shot.width, shot.height), shot.raw, taken_ns)
            due_s = max(due_s + step_s, time.monotonic())  # late ones hurry nobody
            time.sleep(due_s - time.monotonic() if due_s > time.monotonic() else 0)


def _grabber() -> "mss.MSS":
    import mss

    # The others have no such option.
    return mss.MSS(with_cursor=True) if sys.platform.startswith("linux") else mss.MSS()


def _box_now(wanted: Wanted) -> dict[str, int]:
    """Asked by another connection: one keeps to what it found at its start."""
    with _grabber() as grabber:
        return _box(wanted, grabber.monitors)


def _box(wanted: Wanted, monitors: Sequence["Monitor"]) -> dict[str, int]:
    """``monitors``: the whole desktop, then each screen."""
    desktop, *screens = monitors
    if wanted.box is None:
        main = next((i for i, each in enumerate(screens) if each.get("is_primary")), 0)
        number = main if wanted.screen is None else wanted.screen
        if not number < len(screens):
            known = f"they go from 0 to {len(screens) - 1}" if screens else "none is connected"
            raise LookupError(f"there is no screen {number}, {known}")
        return {side: int(screens[number][side]) for side in ("left", "top", "width", "height")}
    left, top, width, height = wanted.box
    right, bottom = desktop["left"] + desktop["width"], desktop["top"] + desktop["height"]
    if not (desktop["left"] <= left < left + width <= right) or not (
        desktop["top"] <= top < top + height <= bottom
    ):
        size = f"{desktop['width']}x{desktop['height']}"
        raise LookupError(f"that part does not lie on the desktop, which has {size} pixels")
    return {"left": left, "top": top, "width": width, "height": height}


def _send(
    out: BinaryIO,
    kind: bytes,
    size: tuple[int, int],
    data: bytes | bytearray,
    taken_ns: int = 0,
) -> None:
    out.write(HEADER.pack(kind, *size, taken_ns))
    rest = memoryview(data)
    while rest:  # a pipe takes as much as it has room for
        rest = rest[out.write(rest) :]


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
