import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.channels import BoundedQueue, ChannelClosed, Mailbox


def test_a_mailbox_keeps_the_newest_and_counts_the_rest() -> None:
    box: Mailbox[int] = Mailbox()
    for item in range(5):
        assert box.put(item)
    assert box.dropped == 4
    assert box.get() == 4
    assert box.get(timeout=0) is None


@given(st.lists(st.one_of(st.just("get"), st.integers(0, 9)), max_size=30))
def test_nothing_in_a_mailbox_is_lost_uncounted(steps: list[str | int]) -> None:
    box: Mailbox[int] = Mailbox()
    put = got = 0
    for step in steps:
        if step == "get":
            got += box.get(timeout=0) is not None
        else:
            box.put(int(step))
            put += 1
    waiting = box.get(timeout=0) is not None
    assert put == got + box.dropped + waiting


def test_a_queue_is_first_in_first_out_and_refuses_when_full() -> None:
    queue: BoundedQueue[int] = BoundedQueue(2)
    assert queue.put(1) and queue.put(2)
    assert not queue.put(3, timeout=0)
    assert len(queue) == 2 and queue.dropped == 0
    assert [queue.get(), queue.get(), queue.get(timeout=0)] == [1, 2, None]


def test_a_full_queue_makes_the_writer_wait_and_loses_nothing() -> None:
    queue: BoundedQueue[int] = BoundedQueue(2)
    writer = threading.Thread(target=lambda: [queue.put(item) for item in range(50)])
    writer.start()
    assert [queue.get(timeout=5) for _ in range(50)] == list(range(50))
    writer.join()


@pytest.mark.parametrize("channel", [Mailbox(), BoundedQueue(2)])
def test_closing_wakes_a_reader_and_refuses_writers(channel: Mailbox[int]) -> None:
    outcome: list[str] = []

    def read() -> None:
        try:
            channel.get()
        except ChannelClosed:
            outcome.append("closed")

    reader = threading.Thread(target=read)
    reader.start()
    channel.close()
    reader.join(5)
    assert outcome == ["closed"]
    with pytest.raises(ChannelClosed):
        channel.put(1)


def test_closing_wakes_a_writer() -> None:
    queue: BoundedQueue[int] = BoundedQueue(1)
    queue.put(1)
    outcome: list[str] = []

    def write() -> None:
        try:
            queue.put(2)
        except ChannelClosed:
            outcome.append("closed")

    writer = threading.Thread(target=write)
    writer.start()
    queue.close()
    writer.join(5)
    assert outcome == ["closed"]


@pytest.mark.parametrize("channel", [Mailbox(), BoundedQueue(2)])
def test_what_was_put_before_closing_is_still_read(channel: Mailbox[int]) -> None:
    channel.put(7)
    channel.close()
    assert channel.get() == 7
    with pytest.raises(ChannelClosed):
        channel.get()


def test_a_queue_needs_room() -> None:
    with pytest.raises(ValueError, match="at least one"):
        BoundedQueue(0)
