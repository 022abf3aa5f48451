"""Live figures over the picture's corner. Never part of a recording."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.pipeline.stats import PaceStats, Stats
from app.ui.graph import StageGraph
from app.ui.text import pixels_text, rate_text, size_text
from app.ui.widgets import flat_row, muted

_WIDTH = 232
_TIE = "\N{NO-BREAK SPACE}"  # keeps a name and its figure on one line
_BETWEEN = f"{_TIE}{_TIE} "

_STILL_SHOWN = 0.05


class Hud(QFrame):
    """A large rate of masks per second, and what it is made of. Fed a few times a second."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overPicture")
        self.setAccessibleName(self.tr("Live figures"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH)
        self._number = QLabel("–")
        self._number.setObjectName("hudNumber")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        self._build()
        self.set_engine("", "")

    def value(self, row: str) -> str:
        """The text shown in a row; "fps" is the large number."""
        return self._number.text() if row == "fps" else self._values[row].text()

    def set_engine(self, model: str, device: str) -> None:
        """Names of the network and of what it runs on; "" while it loads."""
        self.graph.clear()
        self._values["model"].setText(model or self.tr("loading…"))
        self._set("device", device or "–")

    def show_stats(self, stats: Stats) -> None:
        """The newest figures."""
        self._number.setText(rate_text(stats.engine_fps))
        latency = f"{stats.latency_p50_ms:.0f} / {stats.latency_p95_ms:.0f} ms"
        memory = self.tr("%1, constant").replace("%1", size_text(stats.memory_bytes))
        dropped = (f"{edge}{_TIE}{count}" for edge, count in stats.dropped.items() if count)
        self._set("capture", f"{rate_text(stats.capture_fps)} fps")
        self._set("display", f"{rate_text(stats.display_fps)} fps")
        self._set("latency", latency if stats.latency_p95_ms else "–")
        self._set("dropped", _BETWEEN.join(dropped) or "0")
        self._set("memory", memory if stats.memory_bytes else "–")
        self._set("source", pixels_text(stats.source_size))
        self._set("network", pixels_text(stats.inference_size))
        stages = (f"{name}{_TIE}{spent:.1f}" for name, spent in stats.stage_ms.items())
        self._set("stages", _BETWEEN.join(stages) or "–")
        self._set("governor", self._pace_text(stats.pace))
        self.graph.add(stats.stage_ms, stats.memory_bytes)

    def _pace_text(self, pace: PaceStats | None) -> str:
        """What the governor does, in words."""
        if pace is None:
            return self.tr("off")
        parts = [self.tr("%1 px").replace("%1", str(pace.short_side))]
        if pace.mask_every > 1:
            parts.append(self.tr("network on %1 frame").replace("%1", _nth(pace.mask_every)))
        if pace.learn_every > 1:
            learnt = pace.learn_every * pace.mask_every
            parts.append(self.tr("learns from %1").replace("%1", _nth(learnt)))
        if len(parts) == 1:
            parts.append(self.tr("every frame"))
        if pace.still >= _STILL_SHOWN:
            still = self.tr("%1 % still, masks kept")
            parts.append(still.replace("%1", f"{100 * pace.still:.0f}"))
        return ", ".join(parts)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        head = flat_row()
        head.addWidget(self._number)
        unit = muted(self.tr("masks per second"))
        head.addWidget(unit, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch()
        column.addLayout(head)
        column.addLayout(self._grid)
        for row, title in (
            ("capture", self.tr("Capture")),
            ("display", self.tr("Display")),
            ("latency", self.tr("Delay p50 / p95")),
            ("memory", self.tr("Memory")),
            ("source", self.tr("Source")),
            ("network", self.tr("Network sees")),
            ("model", self.tr("Model")),
        ):
            self._add_row(row, title)
        self._add_wide("device", self.tr("Device"))
        self._add_wide("stages", self.tr("Milliseconds per frame"))
        self.graph = StageGraph()
        column.addWidget(self.graph)
        self._add_wide("governor", self.tr("Governor"))
        self._add_wide("dropped", self.tr("Frames skipped to stay live"))

    def _add_row(self, row: str, title: str) -> None:
        line, value = self._grid.rowCount(), QLabel("–")
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setAccessibleName(title)
        self._values[row] = value
        self._grid.addWidget(muted(title), line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1)

    def _add_wide(self, row: str, title: str) -> None:
        """A value below its title, with as many lines as it needs."""
        value = self._values[row] = QLabel("–")
        value.setWordWrap(True)
        value.setAccessibleName(title)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(muted(title))
        layout.addWidget(value)

    def _set(self, row: str, text: str) -> None:
        label = self._values[row]
        if label.text() != text:
            label.setText(text)
            if label.wordWrap():
                self.adjustSize()


def _nth(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"every {number}{endings.get(number, 'th')}"
