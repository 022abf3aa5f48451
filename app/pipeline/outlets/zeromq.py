"""Publishes masks and boxes over ZeroMQ as they are found."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from app.errors import PublishError
from app.pipeline.channels import ChannelClosed, Mailbox
from app.pipeline.events import Event, Level, Listener, LostChanged, Notice
from app.pipeline.frames import Segmented
from app.pipeline.outlets.message import result_message
from app.pipeline.stage import POLL_S, Stage
from app.pipeline.style import ViewStyle
from swem_core.types import ObjectId

if TYPE_CHECKING:
    import zmq

_WAITING: Final = 8  # messages queued for a slow subscriber before it misses some
_LINGER_MS: Final = 200


@dataclass(frozen=True, slots=True)
class PublishPlan:
    """``address``: where subscribers connect, ``tcp://127.0.0.1:5555`` or ``ipc:///tmp/masks``.

    ``masks``: not only boxes. Raises PublishError for an address that is neither.
    """

    address: str
    masks: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme == "ipc" and (parts.netloc or parts.path):
            return
        try:
            fits = parts.scheme == "tcp" and parts.netloc and parts.port is not None
        except ValueError:  # a port that is no number
            fits = False
        if not fits:
            raise PublishError(
                f"'{self.address}' is not an address to publish at. "
                "Use one like tcp://127.0.0.1:5555, with a port that is free."
            )

    @property
    def is_local(self) -> bool:
        """Whether only programs on this computer can connect."""
        parts = urlsplit(self.address)
        if parts.scheme == "ipc" or parts.hostname == "localhost":
            return True
        try:
            return ipaddress.ip_address(parts.hostname or "").is_loopback
        except ValueError:  # "*", or the name of a network interface
            return False


@dataclass(frozen=True, slots=True)
class _Item:
    segmented: Segmented
    lost: frozenset[ObjectId]
    style: ViewStyle


class PublishStage(Stage):
    """Sends a message per frame to whoever subscribes; see ``result_message``.

    Never holds anyone up: if it falls behind, only the newest frame is kept, and subscribers that
    do not keep up miss some. It follows the engine, not the compositor: whoever acts on a mask need
    not wait until it is drawn.
    """

    def __init__(self, plan: PublishPlan, listener: Listener, style: ViewStyle) -> None:
        super().__init__("publisher", listener)
        self._plan = plan
        self._style = style
        self._lost: frozenset[ObjectId] = frozenset()
        self._items: Mailbox[_Item] = Mailbox()

    @property
    def dropped(self) -> int:
        """Frames that were skipped for lack of time. Thread: any."""
        return self._items.dropped

    def hear(self, event: Event) -> None:
        """Take an event of the engine. Thread: the engine's."""
        if isinstance(event, LostChanged):
            self._lost = event.lost

    def offer(self, segmented: Segmented) -> None:
        """Publish a frame with its masks, unless it is a draft. Thread: the engine's."""
        if segmented.draft is not None:
            return
        try:
            self._items.put(_Item(segmented, self._lost, self._style))
        except ChannelClosed:  # it could not begin; the person knows
            return

    def set_style(self, style: ViewStyle) -> None:
        """Use the objects' names of ``style`` from now on. Thread: any."""
        self._style = style

    def work(self) -> None:
        """See :class:`Stage`."""
        with _bound(self._plan.address) as socket:
            self._announce()
            while not self.stopping.is_set():
                self._send(socket, self._items.get(POLL_S))
            self._send(socket, self._items.get(0))

    def finish(self) -> None:
        """See :class:`Stage`."""
        self._items.close()

    def _announce(self) -> None:
        text = f"Results are published at {self._plan.address}"
        if self._plan.is_local:
            self.tell(Notice(Level.INFO, f"{text}."))
            return
        text = f"{text}: everyone on the network can read them."
        advice = "Use tcp://127.0.0.1:PORT to keep them on this computer."
        self.tell(Notice(Level.WARNING, f"{text} {advice}"))

    def _send(self, socket: "zmq.Socket[bytes]", item: _Item | None) -> None:
        if item is not None:
            masks = self._plan.masks
            socket.send(result_message(item.segmented, item.lost, item.style, masks=masks))


@contextmanager
def _bound(address: str) -> Iterator["zmq.Socket[bytes]"]:
    try:
        import zmq
    except ImportError:
        raise PublishError(
            "Publishing results needs pyzmq. Install it: pip install 'swem-live[zmq]'."
        ) from None
    context = zmq.Context()
    socket = context.socket(zmq.PUB)
    try:
        socket.setsockopt(zmq.SNDHWM, _WAITING)
        socket.bind(address)
        yield socket
    except zmq.ZMQError as error:
        raise PublishError(
            f"Results cannot be published at {address} ({error.strerror}). Is another program "
            "using it? Choose another port."
        ) from None
    finally:
        socket.close(_LINGER_MS)
        context.term()
