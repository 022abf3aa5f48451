"""Live figures over the picture's corner. Never part of a recording."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.pipeline.stats import Stats
from app.ui.picture.graph import StageGraph
from app.ui.picture.hud_level import HudLevel
from app.ui.picture.stage_bar import StageBar
from app.ui.text.figures import pixels_text, rate_text, size_text
from app.ui.text.pace_text import pace_text, saving_text
from app.ui.text.stage_names import stage_text
from app.ui.widgets.controls import flat_row, muted

_WIDTHS = {HudLevel.COMPACT: 184, HudLevel.FULL: 272, HudLevel.OFF: 0}
_TIE = "\N{NO-BREAK SPACE}"  # keeps a name and its figure on one line
_BETWEEN = f"{_TIE}{_TIE} "


class Hud(QFrame):
    """A large rate of masks per second, and what it is made of. Fed a few times a second.

    Compact, it says what matters in few lines; full, all figures in two columns. It is as large as
    its content needs, whatever that is, and grows from its upper right corner.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hud")
        self.setAccessibleName(self.tr("Live figures"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.level = HudLevel.COMPACT
        self._number = QLabel("–")
        self._number.setObjectName("hudNumber")
        self._lines = {name: QLabel() for name in ("delay", "memory", "saving", "skipped")}
        self._values: dict[str, QLabel] = {}
        self._all = QWidget()
        self._stages = StageBar()
        self.graph = StageGraph()
        self._build()
        self.set_engine("", "")
        self.set_level(HudLevel.COMPACT)

    def value(self, row: str) -> str:
        """The text shown in a row; "fps" is the large number, "stages" the bar's list."""
        if row == "fps":
            return self._number.text()
        return self._stages.text if row == "stages" else self._values[row].text()

    def line(self, name: str) -> str:
        """A line of the compact figures ("delay", "memory", "saving", "skipped"); "" if hidden."""
        return self._lines[name].text()

    def set_level(self, level: HudLevel) -> None:
        """Show that much."""
        self.level = level
        self._all.setVisible(level is HudLevel.FULL)
        for line in self._lines.values():
            line.setVisible(level is HudLevel.COMPACT and bool(line.text()))
        self.fit()

    def set_engine(self, model: str, device: str) -> None:
        """Names of the network and of what it runs on; "" while it loads."""
        self.graph.clear()
        self._values["model"].setText(model or self.tr("loading…"))
        self._values["device"].setText(device or "–")
        self.fit()

    def show_stats(self, stats: Stats) -> None:
        """The newest figures."""
        delay = f"{stats.latency_p50_ms:.0f} / {stats.latency_p95_ms:.0f} ms"
        delay = delay if stats.latency_p95_ms else "–"
        memory = self.tr("%1, constant").replace("%1", size_text(stats.memory_bytes))
        memory = memory if stats.memory_bytes else "–"
        dropped = {edge: count for edge, count in stats.dropped.items() if count}
        self._number.setText(rate_text(stats.engine_fps))
        for row, text in (
            ("capture", f"{rate_text(stats.capture_fps)} fps"),
            ("display", f"{rate_text(stats.display_fps)} fps"),
            ("latency", delay),
            (
                "dropped",
                _BETWEEN.join(f"{stage_text(edge)}{_TIE}{n}" for edge, n in dropped.items()) or "0",
            ),
            ("memory", memory),
            ("source", pixels_text(stats.source_size)),
            ("network", pixels_text(stats.inference_size)),
            ("governor", pace_text(stats.pace)),
        ):
            self._values[row].setText(text)
        self._stages.show_stages(stats.stage_ms)
        self.graph.add(stats.stage_ms, stats.memory_bytes)
        skipped = self.tr("skipped frames: %1").replace("%1", str(sum(dropped.values())))
        self._show_line("delay", self.tr("delay %1").replace("%1", delay))
        self._show_line("memory", self.tr("memory %1").replace("%1", memory))
        self._show_line("saving", saving_text(stats.pace, full="full"))
        self._show_line("skipped", skipped if dropped else "")
        self.fit()

    def fit(self) -> None:
        """Take the size that the content needs, and keep the upper right corner."""
        layout = self.layout()
        if layout is None or self.level is HudLevel.OFF:
            return
        self._all.updateGeometry()  # at once; Qt would tell the outer layout only later
        layout.invalidate()
        layout.activate()
        width = max(_WIDTHS[self.level], layout.minimumSize().width())
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        right = self.x() + self.width()
        self.setGeometry(right - width, self.y(), width, max(height, layout.sizeHint().height()))

    def _show_line(self, name: str, text: str) -> None:
        line = self._lines[name]
        line.setText(text)
        line.setVisible(self.level is HudLevel.COMPACT and bool(text))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(2)
        head = flat_row()
        head.addWidget(self._number)
        head.addWidget(muted(self.tr("masks per second")), 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch()
        column.addLayout(head)
        for line in self._lines.values():
            column.addWidget(line)
        column.addWidget(self._all)
        grid = QGridLayout(self._all)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, title in self._titles().items():
            self._add_row(grid, row, title)
        stages = muted(self.tr("Milliseconds per frame"))
        self._stages.setAccessibleName(stages.text())
        grid.addWidget(stages, grid.rowCount(), 0, 1, 2)
        for wide in (self._stages, self.graph):
            grid.addWidget(wide, grid.rowCount(), 0, 1, 2)

    def _titles(self) -> dict[str, str]:
        return {
            "capture": self.tr("Capture"),
            "display": self.tr("Display"),
            "latency": self.tr("Delay p50 / p95"),
            "memory": self.tr("Memory"),
            "source": self.tr("Source"),
            "network": self.tr("Network input"),
            "model": self.tr("Model"),
            "device": self.tr("Device"),
            "governor": self.tr("Governor"),
            "dropped": self.tr("Skipped"),
        }

    def _add_row(self, grid: QGridLayout, row: str, title: str) -> None:
        line, value = grid.rowCount(), QLabel("–")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        value.setWordWrap(True)
        value.setAccessibleName(title)
        self._values[row] = value
        grid.addWidget(muted(title), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, line, 1)
