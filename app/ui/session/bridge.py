"""The only way from worker threads into the GUI thread."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.pipeline.channels import ChannelClosed, Mailbox
from app.pipeline.events import Event
from app.pipeline.frames import Rendered

T = TypeVar("T")


class Postbox(QObject):
    """Runs callables on the GUI thread, in the order posted. Lives in the GUI thread.

    Thread: ``post`` from any thread, at any time, also while the window is going away; after
    ``close`` it does nothing.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._closed = False
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> bool:
        """Run ``call`` soon on the GUI thread; False if nobody listens any more."""
        with self._lock:  # held while emitting, so close() cannot pull the object away meanwhile
            if self._closed:
                return False
            try:
                self._posted.emit(call)
            except RuntimeError:  # the C++ half was deleted together with its parent
                self._closed = True
            return not self._closed

    def close(self) -> None:
        """Drop what is still queued and refuse the rest."""
        with self._lock:
            self._closed = True

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


def close_postboxes(owner: QObject) -> None:
    """Hear no more from the threads that ``owner`` or its children wait for: it goes away."""
    for postbox in owner.findChildren(Postbox):
        postbox.close()


class Background(Postbox):
    """Runs what may block on short-lived daemon threads; the GUI thread gets the outcome."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        name: str = "ui-helper",
    ) -> None:
        """``work`` on a helper thread, then ``done(result)`` or ``failed(error)`` here."""

        def call() -> None:
            try:
                result = work()
            except Exception as error:
                caught = error  # the except clause unbinds its own name
                self.post(lambda: failed(caught))
            else:
                self.post(lambda: done(result))

        threading.Thread(target=call, name=name, daemon=True).start()


class Bridge(Postbox):
    """One session's pictures and events, brought to the GUI thread.

    However fast pictures come, at most one notice is queued, and it holds no frame: when it runs,
    it takes the newest picture from the mailbox.
    """

    arrived = Signal(object)
    """An ``Event``; emitted on the GUI thread."""

    def __init__(self, show: Callable[[Rendered], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._mailbox: Mailbox[Rendered] | None = None
        self._pending = threading.Event()

    def attach(self, mailbox: Mailbox[Rendered]) -> None:
        """Take pictures from ``mailbox``; before the session starts."""
        self._mailbox = mailbox

    def on_picture(self) -> None:
        """A picture was put into the mailbox. Thread: the compositor's."""
        if not self._pending.is_set():
            self._pending.set()
            self.post(self._take)

    def on_event(self, event: Event) -> None:
        """Something happened. Thread: any."""
        self.post(lambda: self.arrived.emit(event))

    def _take(self) -> None:
        self._pending.clear()  # first: a picture put from now on needs a notice of its own
        if self._mailbox is None:
            return
        try:
            rendered = self._mailbox.get(timeout=0)
        except ChannelClosed:
            return
        if rendered is not None:
            self._show(rendered)
