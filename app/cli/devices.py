"""``swem-live devices``: what can be used here."""

import argparse

import torch
from rich.console import Console

from app.errors import SourceError
from app.pipeline.cameras import camera_help, list_cameras
from app.pipeline.sound.inputs import list_microphones, microphone_help
from app.pipeline.sources.screen.listing import list_screens
from swem_core.engine.device import device_name, device_problem


def run(arguments: argparse.Namespace) -> int:
    """Always 0."""
    console = Console(highlight=False)
    cameras = list_cameras()
    console.print("[bold]Cameras[/] (swem-live --source camera:N)")
    for number, camera in enumerate(cameras):
        console.print(f"  camera:{number}  {camera.name}")
    if not cameras:
        console.print(f"  none found. {camera_help()}")
    console.print("[bold]Screens[/] (swem-live --source screen:N)")
    try:
        for screen in list_screens():
            console.print(f"  {screen.id}  {screen.name}")
    except SourceError as error:
        console.print(f"  {error}")
    microphones = list_microphones()
    console.print("[bold]Microphones[/] (chosen in the window, or swem-live run --microphone NAME)")
    for microphone in microphones:
        console.print(f"  {microphone.name}")
    if not microphones:
        console.print(f"  none found. {microphone_help()}")
    console.print("[bold]Compute[/] (swem-live --device NAME)")
    for device in compute_devices():
        problem = device_problem(device)
        console.print(
            f"  {device!s:8} {device_name(device)}" + (f" - {problem}" if problem else "")
        )
    return 0


def compute_devices() -> list[torch.device]:
    """Every device torch sees, usable or not; the CPU first."""
    devices = [torch.device("cpu")]
    devices += [torch.device("cuda", index) for index in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        devices.append(torch.device("mps"))
    return devices
