"""``swem-live doctor``: what this machine has, and what to do where something is wrong."""

import argparse
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from rich.console import Console
from rich.table import Table

_PACKAGES = ("torch", "opencv-python", "PySide6-Essentials", "numpy", "av", "safetensors")
_CODECS = (
    ("libx264", "recording H.264"),
    ("qtrle", "recording with alpha"),
    ("ffv1", "lossless recording"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: ``ok`` or not, and ``remedy`` where it is not."""

    subject: str
    state: str
    ok: bool = True
    remedy: str = ""


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if anything needs to be fixed."""
    findings = list(examine())
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[red]!![/]"
        table.add_row(mark, finding.subject, finding.state)
        if finding.remedy:
            table.add_row("", "", f"[yellow]{finding.remedy}[/]")
    console = Console(highlight=False)
    console.print(table)
    wrong = sum(not finding.ok for finding in findings)
    console.print(
        "Everything is fine." if not wrong else f"{wrong} to fix: see the lines marked !!."
    )
    return 1 if wrong else 0


def examine() -> Iterator[Finding]:
    """All checks, in order; one that itself fails becomes a finding."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _versions,
        _devices,
        _weights,
        _codecs,
        _cameras,
        _virtual_camera,
        _display,
        _places,
    )
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            name = check.__name__.strip("_")
            yield Finding(name, f"{type(error).__name__}: {error}", False, "Reinstall swem-live.")


def _versions() -> Iterator[Finding]:
    yield Finding("System", f"{platform.platform()}, Python {platform.python_version()}")
    for package in _PACKAGES:
        try:
            yield Finding(package, metadata.version(package))
        except metadata.PackageNotFoundError:
            yield Finding(package, "missing", False, f"pip install {package}")
    try:
        metadata.version("opencv-python-headless")
    except metadata.PackageNotFoundError:
        return
    yield Finding(
        "opencv-python-headless",
        "installed beside opencv-python; they overwrite each other",
        False,
        "pip uninstall opencv-python-headless, then pip install --force-reinstall opencv-python",
    )


def _devices() -> Iterator[Finding]:
    import torch

    from app.cli.devices import compute_devices
    from swem_core.engine.device import device_name, device_problem

    build = f"CUDA {torch.version.cuda}" if torch.version.cuda else "CPU only"
    yield Finding("torch build", build)
    for device in compute_devices():
        problem = device_problem(device)
        yield Finding(f"Device {device}", device_name(device), problem is None, problem or "")


def _weights() -> Iterator[Finding]:
    from swem_core.resources import shipped_weights

    for entry in shipped_weights():
        intact = entry.is_intact()
        state = f"{entry.file}, {entry.bytes / 1e6:.1f} MB, sha256 {entry.sha256[:12]}…"
        remedy = "" if intact else "The file is missing or altered. Reinstall swem-live."
        yield Finding(f"Weights {entry.name}", state, intact, remedy)


def _codecs() -> Iterator[Finding]:
    import av

    for name, use in _CODECS:
        there = name in av.codecs_available
        remedy = "" if there else "pip install --force-reinstall --only-binary :all: av"
        yield Finding(f"Codec {name}", use if there else f"missing ({use})", there, remedy)


def _cameras() -> Iterator[Finding]:
    from app.pipeline.cameras import camera_help, list_cameras

    cameras = list_cameras()
    for camera in cameras:
        yield Finding("Camera", camera.name)
    if not cameras:
        yield Finding("Camera", f"none found (files and streams work). {camera_help()}")


def _virtual_camera() -> Iterator[Finding]:
    from app.pipeline.outlets.virtual_camera_check import check_virtual_camera

    missing = [each.remedy for each in check_virtual_camera() if not each.is_there]
    state = f"not set up (optional). {missing[0]}" if missing else "ready"
    yield Finding("Virtual camera", state)


def _display() -> Iterator[Finding]:
    from app.display import display_problem

    problem = display_problem()
    state = "a window can open" if problem is None else f"no window: {problem}"
    yield Finding("Display", state + (" 'swem-live run' works without." if problem else ""))


def _places() -> Iterator[Finding]:
    from app.log import log_path

    yield Finding("Log file", str(log_path()))
