"""The titled cards of the side panel."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.controls import Button, flat_row, role_label

_HEADER_HEIGHT = 28
_BETWEEN = 6
_CHEVRON = 14


class Section(QFrame):
    """A titled card; ``header`` and ``body`` are layouts to fill.

    ``key``: under which it is remembered as folded; "" for one that cannot be folded. Of a folded
    section only the header is seen, with its buttons. Lives in the GUI thread.
    """

    folding = Signal(bool)
    """It was folded or unfolded."""

    def __init__(self, title: str, key: str = "") -> None:
        super().__init__()
        self.key = key
        self.setProperty("card", True)
        self.setAccessibleName(title)
        head = QWidget()
        head.setFixedHeight(_HEADER_HEIGHT)
        self.header = flat_row(head, spacing=4)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 2, 0, 8)
        self.body.setSpacing(_BETWEEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._content, 1)
        if key:
            self.fold_button = _FoldButton(title)
            self.fold_button.clicked.connect(lambda: self.set_folded(not self.is_folded))
            self.header.addWidget(self.fold_button, 1)
            # What a foldable section does not need is for the one that cannot be folded.
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        else:
            self.header.addWidget(role_label(title, "title"))
            self.header.addStretch()

    @property
    def is_folded(self) -> bool:
        """Whether only the header is shown."""
        return self._content.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Show only the header, or all."""
        if folded == self.is_folded or not self.key:
            return
        self._content.setVisible(not folded)
        self.fold_button.show_folded(folded)
        self.folding.emit(folded)


class _FoldButton(Button):
    """The section's title with a chevron, as wide as the header has room."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "unfolded")
        self.setObjectName("fold")
        self.setIconSize(QSize(_CHEVRON, _CHEVRON))
        self.setAccessibleName(title)
        self.show_folded(False)

    def show_folded(self, folded: bool) -> None:
        """The chevron, and what a click does, for the eye and for screen readers."""
        self.set_icon("folded" if folded else "unfolded")
        tip = self.tr("Expand this section") if folded else self.tr("Collapse this section")
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
