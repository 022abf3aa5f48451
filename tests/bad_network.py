"""A network that loses, mixes up and damages what a camera sends, or brings nothing at all."""

import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import TypeAlias

PACKET = 7 * 188  # bytes of MPEG-TS in a packet of most networks
_AT_ONCE = 6  # packets that can overtake one another

Harm: TypeAlias = Callable[[list[bytes], random.Random], list[bytes]]
"""What becomes of some packets on their way."""


def intact(packets: list[bytes], chance: random.Random) -> list[bytes]:
    """All arrive as they were sent."""
    del chance
    return packets


def lost(packets: list[bytes], chance: random.Random) -> list[bytes]:
    """One in eight does not arrive."""
    return [packet for packet in packets if chance.random() > 1 / 8]


def mixed_up(packets: list[bytes], chance: random.Random) -> list[bytes]:
    """They overtake one another, and some come twice."""
    packets = packets + chance.sample(packets, 1)
    chance.shuffle(packets)
    return packets


def damaged(packets: list[bytes], chance: random.Random) -> list[bytes]:
    """Bytes of every fourth are others."""
    return [_scribbled(packet, chance) if chance.random() < 1 / 4 else packet for packet in packets]


def nonsense(packets: list[bytes], chance: random.Random) -> list[bytes]:
    """As many bytes arrive, and nothing of what was sent."""
    return [chance.randbytes(len(packet)) for packet in packets]


def silence(packets: list[bytes], chance: random.Random) -> list[bytes]:
    """Nothing arrives."""
    del packets, chance
    return []


def _scribbled(packet: bytes, chance: random.Random) -> bytes:
    changed = bytearray(packet)
    for _ in range(chance.choice((1, 10, 100))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


class BadNetwork:
    """Packets of ``data`` over and over, each round in ``seconds``, as ``harm`` leaves them.

    ``harm`` may be set at any time. Thread: one goes through ``batches``.
    """

    def __init__(self, data: bytes, seconds: float) -> None:
        self.harm: Harm = intact
        self.leaving = threading.Event()
        self._packets = [data[at : at + PACKET] for at in range(0, len(data), PACKET)]
        self._pause_s = seconds * _AT_ONCE / len(self._packets)
        self._chance = random.Random(7)

    def send_all(self, send: Callable[[bytes], object]) -> None:
        """Until it is left, or ``send`` raises OSError because nobody listens any more."""
        for number in count():
            at = number * _AT_ONCE % len(self._packets)
            for packet in self.harm(self._packets[at : at + _AT_ONCE], self._chance):
                send(packet)
            if self.leaving.wait(self._pause_s):
                return


@contextmanager
def udp_sender(network: BadNetwork) -> Iterator[str]:
    """The address of MPEG-TS that is sent to a port, whether somebody listens or not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        target = free.getsockname()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sending:

        def serve() -> None:
            network.send_all(lambda packet: sending.sendto(packet, target))

        with _running(network, serve):
            yield f"udp://127.0.0.1:{target[1]}"


@contextmanager
def tcp_sender(network: BadNetwork) -> Iterator[str]:
    """The address of MPEG-TS that is sent to whoever calls, one at a time."""

    def serve() -> None:
        while not network.leaving.is_set():
            with suppress(OSError):  # nobody calls, or whoever called went away
                caller, _ = server.accept()
                with caller:
                    caller.settimeout(1.0)
                    network.send_all(caller.sendall)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        with _running(network, serve):
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def _running(network: BadNetwork, work: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=work, name="sender")
    thread.start()
    try:
        yield
    finally:
        network.leaving.set()
        thread.join(10)
