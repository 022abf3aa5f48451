"""A recording that is killed, asked to end, or out of disk."""

import signal
from pathlib import Path
from typing import Final

from app.cli.drills.child import Recording, recording, start_recording
from app.cli.drills.clips import pictures
from app.cli.drills.drill import NotHereError, must
from app.pipeline.recording.coco import assemble

_HELD_BACK: Final = 30  # pictures the encoder and the container may hold: a second
_QUOTA: Final = 1024**2
_LIMITED = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({_QUOTA}, {_QUOTA}))"


def killed(folder: Path) -> str:
    """``kill -9`` (or the task manager)."""
    run = recording(folder)
    run.program.kill()
    run.rest()
    found, masks = pictures(run.video), len(run.masks)
    must(found >= run.frames - _HELD_BACK, f"only {found} of {run.frames} pictures can be read")
    must(masks >= run.frames, f"only {masks} of {run.frames} mask pictures are there")
    must(assemble(run.lines).is_file(), "the COCO masks cannot be completed")
    return f"{found} of {run.frames} pictures, {masks} masks, COCO completed"


def asked_to_end(folder: Path) -> str:
    """SIGTERM, as a service manager or a shutdown sends it."""
    if not hasattr(signal, "SIGKILL"):  # Windows ends a program at once
        raise NotHereError("this system knows no such request")
    run = recording(folder)
    run.program.terminate()
    run.rest()
    found = pictures(run.video)
    must(run.program.returncode == 0, f"it ended with {run.program.returncode}")
    must(found >= run.frames, f"only {found} of {run.frames} pictures can be read")
    must((folder / "out.json").is_file(), "the COCO masks were not completed")
    return f"all {found} pictures, COCO complete"


def disk_full(folder: Path) -> str:
    """The system lets no file grow above a mebibyte."""
    if not hasattr(signal, "SIGXFSZ"):
        raise NotHereError("this system sets no limits to files")
    running = start_recording(folder, before=_LIMITED)
    run = Recording(running, folder, 0)
    said = run.rest()
    found = pictures(run.video)
    must(running.returncode == 1 and "cannot be written" in said, f"it did not say so: {said}")
    must(found > 0, "nothing of the recording can be read")
    must(len(run.masks) >= found, "mask pictures are missing")
    return f"said; {found} pictures and {len(run.masks)} masks until then can be read"
