"""An engine that is loaded in the background while pictures are already shown."""

import threading

from app.pipeline.events import EngineReady, Level, Listener, Notice, StageFailed
from app.pipeline.loading import EngineLoader, Loaded
from app.pipeline.stage import reason


class DeferredEngine:
    """Loads on a thread of its own. Thread: all methods on the thread that starts it."""

    def __init__(self, load: EngineLoader) -> None:
        self._load = load
        self._finished = threading.Event()
        self._outcome: Loaded | Exception | None = None
        self._announced = False

    @property
    def loaded(self) -> Loaded | None:
        """The engine, once announced; None before, or if it could not be loaded."""
        return self._outcome if self._announced and isinstance(self._outcome, Loaded) else None

    @property
    def error(self) -> Exception | None:
        """Why it could not be loaded, once announced."""
        return self._outcome if self._announced and isinstance(self._outcome, Exception) else None

    def start(self) -> None:
        """Begin to load; returns at once."""
        threading.Thread(target=self._run, name="engine-loader", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether loading has ended, well or not, within ``seconds``."""
        return self._finished.wait(seconds)

    def announce(self, stage: str, tell: Listener) -> bool:
        """Tell how loading ended, once. Returns whether it was told just now."""
        if self._announced or not self._finished.is_set():
            return False
        self._announced = True
        if isinstance(self._outcome, Loaded):
            loaded = self._outcome
            tell(EngineReady(loaded.model, loaded.device, clicks=not loaded.problem))
            if loaded.problem:
                tell(Notice(Level.WARNING, loaded.problem))
        elif self._outcome is not None:
            tell(StageFailed(stage, reason(self._outcome)))
        return True

    def _run(self) -> None:
        try:
            self._outcome = self._load()
        except Exception as error:  # handed to the engine thread, which tells the person
            self._outcome = error
        self._finished.set()
