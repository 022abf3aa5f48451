"""Hand-over between stages: a newest-wins mailbox for live sources, a blocking queue for files.

Both have one writing stage and any number of readers, count what they drop, and can be closed from
any thread, which wakes everyone who waits.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")

_QUEUE_LENGTH = 2  # enough to keep the next stage busy; every frame more is latency


class ChannelClosed(Exception):
    """The channel was closed (and, for a queue, is empty); the stage should end."""


class Channel(Protocol[T]):
    """What connects two stages, as each of them sees it."""

    @property
    def dropped(self) -> int:
        """Items lost so far because nobody took them in time."""
        ...

    def put(self, item: T, timeout: float | None = None) -> bool:
        """Hand ``item`` on; False if it could not be taken within ``timeout`` seconds."""
        ...

    def get(self, timeout: float | None = None) -> T | None:
        """The next item, or None after ``timeout`` seconds. Raises ChannelClosed."""
        ...

    def close(self) -> None:
        """No more puts; readers get what is left, then ChannelClosed. Thread: any."""
        ...


class Mailbox(Generic[T]):
    """Holds at most the newest item; a put over an unread one drops that one and counts it."""

    def __init__(self) -> None:
        self._item: T | None = None
        self._closed = False
        self._dropped = 0
        self._changed = threading.Condition()

    @property
    def dropped(self) -> int:
        """Items overwritten before anyone read them."""
        return self._dropped

    def put(self, item: T, timeout: float | None = None) -> bool:
        """Replace whatever waits. Never blocks. Raises ChannelClosed."""
        del timeout
        with self._changed:
            if self._closed:
                raise ChannelClosed
            if self._item is not None:
                self._dropped += 1
            self._item = item
            self._changed.notify()
        return True

    def get(self, timeout: float | None = None) -> T | None:
        """Take the newest item; None if none came within ``timeout`` seconds (None = for ever)."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout)
            item, self._item = self._item, None
            if item is None and self._closed:
                raise ChannelClosed
            return item

    def close(self) -> None:
        """No more puts; readers still get the last item, then ChannelClosed."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class BoundedQueue(Generic[T]):
    """First in, first out; a full queue makes the writer wait, so nothing is lost."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"A queue needs room for at least one item. Got {capacity}.")
        self._items: deque[T] = deque()
        self._capacity = capacity
        self._closed = False
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return len(self._items)

    @property
    def dropped(self) -> int:
        """Always 0: an item that is not taken stays the writer's, who tries again."""
        return 0

    def put(self, item: T, timeout: float | None = None) -> bool:
        """Append; waits while full. False after ``timeout`` seconds. Raises ChannelClosed."""
        with self._changed:
            has_room = self._changed.wait_for(
                lambda: len(self._items) < self._capacity or self._closed, timeout
            )
            if self._closed:
                raise ChannelClosed
            if not has_room:
                return False
            self._items.append(item)
            self._changed.notify_all()
        return True

    def get(self, timeout: float | None = None) -> T | None:
        """Take the oldest item; None after ``timeout``. ChannelClosed once closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._items) or self._closed, timeout)
            if self._items:
                item = self._items.popleft()
                self._changed.notify_all()
                return item
            if self._closed:
                raise ChannelClosed
            return None

    def close(self) -> None:
        """No more puts; readers drain what is left, then get ChannelClosed."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Tap(Generic[T]):
    """A channel whose items are also shown to an observer.

    ``see`` is called on the writer's thread and must return at once.
    """

    def __init__(self, channel: Channel[T], see: Callable[[T], None]) -> None:
        self._channel = channel
        self._see = see

    @property
    def dropped(self) -> int:
        """Items the channel dropped."""
        return self._channel.dropped

    def put(self, item: T, timeout: float | None = None) -> bool:
        """Put ``item`` into the channel; it is shown to the observer if the channel took it."""
        taken = self._channel.put(item, timeout)
        if taken:
            self._see(item)
        return taken

    def get(self, timeout: float | None = None) -> T | None:
        """Take the next item of the channel."""
        return self._channel.get(timeout)

    def close(self) -> None:
        """Close the channel."""
        self._channel.close()


def channel_for(*, live: bool) -> Channel[T]:
    """A mailbox for a live source, which keeps up, or a queue for a file, which loses nothing."""
    return Mailbox() if live else BoundedQueue(_QUEUE_LENGTH)
