"""Files that are written beside the pipeline, one after another, so that the picture goes on."""

import threading
from collections.abc import Callable


class SerialTasks:
    """Runs tasks in the order given, each on a short-lived daemon thread.

    A task reports its own errors. Thread: ``run`` and ``finish`` on one.
    """

    def __init__(self, name: str) -> None:
        """``name``: of the threads."""
        self._name = name
        self._last: threading.Thread | None = None

    def run(self, task: Callable[[], None]) -> None:
        """Begin ``task`` once those before it are done; returns at once."""
        arguments = (self._last, task)
        self._last = threading.Thread(target=_run, args=arguments, name=self._name, daemon=True)
        self._last.start()

    def finish(self, deadline_s: float) -> bool:
        """Wait for all tasks; whether they were done in time."""
        if self._last is None:
            return True
        self._last.join(deadline_s)
        return not self._last.is_alive()


def _run(before: threading.Thread | None, task: Callable[[], None]) -> None:
    if before is not None:
        before.join()
    task()
