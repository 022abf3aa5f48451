"""The one stylesheet. ``$name`` is a colour of the theme; spacing is a multiple of 4 px."""

from string import Template

STYLESHEET = Template("""
QMainWindow, QStatusBar, QDialog { background: $window; }
QToolTip { background: $panel; color: $text; border: 1px solid $border; padding: 4px 8px; }

QMenuBar { background: $window; padding: 2px 8px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QToolBar { background: $window; border: none; spacing: 4px; padding: 4px 8px; }
QToolBar:vertical { padding: 8px 4px; }
QToolBar::separator { background: $border; }
QToolBar::separator:horizontal { width: 1px; margin: 6px 4px; }
QToolBar::separator:vertical { height: 1px; margin: 4px 6px; }

QToolButton, QPushButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px;
    padding: 5px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $accent; color: $on_accent; }
QToolButton:disabled, QPushButton:disabled { color: $disabled; }
QToolButton:focus, QPushButton:focus { border-color: $link; }
QToolBar[dense="true"]:vertical { padding: 2px 4px; spacing: 0; }
QToolBar[dense="true"]::separator:vertical { margin: 3px 6px; }
QToolButton[dense="true"] { padding: 2px; }
QToolButton[labelled="true"] { padding: 5px 2px 5px 8px; }
QToolButton[quiet="true"]:checked { background: $tint; color: $link; }
QToolButton#accept:enabled { background: $accent; color: $on_accent; }
QToolButton#accept:enabled:hover { border-color: $link; }
QToolButton#record:checked { background: #c4302b; color: white; }

QPushButton { background: $control; border-color: $border; padding: 5px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[kind="primary"]:hover { border-color: $link; }
QPushButton[compact="true"] { padding: 5px 4px; }
QPushButton[slim="true"] { padding: 2px 8px; }
QPushButton#fold {
    background: transparent; color: $muted; border-color: transparent; border-radius: 4px;
    font-weight: 600; padding: 3px 2px; text-align: left;
}
QPushButton#fold:hover { color: $text; }
QPushButton#fold:focus { border-color: $link; }
QPushButton[kind="danger"]:checked { background: #c4302b; border-color: #c4302b; color: white; }

QLineEdit {
    background: $control; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 5px 8px; selection-background-color: $accent;
}
QLineEdit:focus { border-color: $link; }
QLineEdit[flat="true"] { background: transparent; border-color: transparent; padding: 2px 4px; }
QLineEdit[flat="true"]:hover { border-color: $border; }
QLineEdit[flat="true"]:focus { background: $control; border-color: $link; }

QComboBox {
    background: $control; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 4px 8px;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border-color: $link; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow_down"); width: 10px; height: 10px; }

QSpinBox {
    background: $control; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 3px 0; selection-background-color: $accent;
}
QSpinBox:focus { border-color: $link; }
QSpinBox:disabled { color: $disabled; }
QSpinBox > QLineEdit { background: transparent; border: none; padding: 0 6px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 18px; }
QSpinBox::up-arrow { image: url("$arrow_up"); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url("$arrow_down"); width: 10px; height: 10px; }

QTreeView { background: $control; border: 1px solid $border; border-radius: 6px; }
QTreeView::item { height: 22px; }
QTreeView::item:selected { background: $accent; color: $on_accent; }
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: 5px 6px; font-weight: 600;
}

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $on_accent;
    border: 1px solid $disabled;
}
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover { border-color: $link; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar::handle:vertical { background: $border; border-radius: 4px; min-height: 24px; }
QScrollBar::handle:vertical:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }

QStatusBar { color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 2px 8px; }

QFrame[card="true"] { background: $panel; border: 1px solid $border; border-radius: 8px; }
QLabel[role="title"] { color: $muted; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="strong"] { font-weight: 600; }
QLabel#badge { border-radius: 4px; padding: 0 5px; font-size: 11px; }
QLabel#badge[badge="lost"] { background: $danger; color: $window; }
QLabel#badge[badge="new"] { background: $tint; color: $link; }

QFrame#objectRow { border: 1px solid transparent; border-radius: 6px; }
QFrame#objectRow:hover { background: $hover; }
QFrame#objectRow[active="true"] { background: $tint; border-color: $accent; }
QProgressBar { background: $border; border: none; border-radius: 2px; }
QProgressBar::chunk { background: $good; border-radius: 2px; }
QProgressBar[lost="true"]::chunk { background: $danger; }

QFrame#banner { background: $panel; border: 1px solid $border; border-radius: 8px; }
QFrame#banner[level="warning"] { border-color: $warning; }
QFrame#banner[level="error"] { border-color: $danger; }

QWidget#welcome { background: $canvas; }
QLabel#welcomeTitle { font-size: 26px; font-weight: 600; }
QLabel#welcomeText { color: $muted; font-size: 15px; }
QPushButton[tile="true"] { background: $panel; padding: 16px 12px; font-size: 14px; }
QPushButton[tile="true"]:hover { background: $hover; }

/* On top of pictures: the same in every theme, or it would not be readable on all of them. */
QFrame#overPicture { background: rgba(14, 15, 18, 214); border-radius: 8px; }
QFrame#overPicture QLabel { color: #eef0f3; }
QFrame#overPicture QLabel[role="muted"] { color: #b3b9c3; }
QFrame#hud { background: rgba(14, 15, 18, 184); border-radius: 8px; }
QFrame#hud QLabel { color: #eef0f3; }
QFrame#hud QLabel[role="muted"] { color: #c8ccd4; }
QLabel#hudNumber { font-size: 28px; font-weight: 600; }
QLabel#pictureNote {
    background: rgba(14, 15, 18, 214); color: #eef0f3; border-radius: 8px; padding: 4px 10px;
}
QLabel#recordBadge {
    background: #c4302b; color: white; border-radius: 6px; padding: 4px 10px; font-weight: 600;
}
QLabel[role="key"] {
    background: $control; border: 1px solid $border; border-radius: 4px; padding: 1px 6px;
}
""")
