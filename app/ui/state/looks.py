"""The view style: the one place where the GUI changes how the picture is drawn."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.pipeline.effect import Effect
from app.pipeline.palettes import Color, Palette
from app.pipeline.style import ObjectStyle, ViewStyle
from swem_core.types import ObjectId

MAX_OUTLINE = 8


class Looks(QObject):
    """Holds the ViewStyle. Lives in the GUI thread."""

    changed = Signal()
    edited = Signal(int, object, object)
    """The person restyled an object: its id, and the ObjectStyle before and after."""

    def __init__(self, style: ViewStyle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._is_hidden = False

    @property
    def chosen(self) -> ViewStyle:
        """What the person set, whether or not the overlay is hidden at the moment."""
        return self._style

    @property
    def effective(self) -> ViewStyle:
        """What the compositor should draw now. What a private view hides stays hidden."""
        if self._style.private or not self._is_hidden:
            return self._style
        return replace(self._style, effect=Effect.PLAIN, opacity=0.0, outline=0)

    @property
    def is_hidden(self) -> bool:
        """Whether the original picture is shown."""
        return self._is_hidden

    def of(self, object_id: ObjectId) -> ObjectStyle:
        """The looks of one object."""
        return self._style.of(object_id)

    def set_hidden(self, hidden: bool) -> None:
        """Show the original picture, or the overlay again."""
        self._is_hidden = hidden
        self.changed.emit()

    def change(self, style: ViewStyle) -> None:
        """Draw like this; a private view is never compared with the original picture."""
        self._set(replace(style, comparing=style.comparing and not style.private))

    def rename(self, object_id: ObjectId, name: str) -> None:
        """An empty name brings back the default one."""
        name = name.strip() or self._style.usual(object_id).name
        self._set_object(object_id, replace(self.of(object_id), name=name))

    def recolor(self, object_id: ObjectId, color: Color) -> None:
        """Draw the object in ``color``."""
        self._set_object(object_id, replace(self.of(object_id), color=color))

    def set_palette(self, palette: Palette) -> None:
        """Other colours for the objects, except for those the person chose."""
        before, after = self._style, replace(self._style, palette=palette)
        changed = {
            i: replace(style, color=after.usual(i).color)
            for i, style in before.objects.items()
            if style.color == before.usual(i).color
        }
        self._set(replace(after, objects={**before.objects, **changed}))

    def set_visible(self, object_id: ObjectId, visible: bool) -> None:
        """Hide or show one object; it is tracked all the same."""
        self._set_object(object_id, replace(self.of(object_id), visible=visible))

    def set_solo(self, object_id: ObjectId | None) -> None:
        """Show this object alone; None: all that are not hidden."""
        self._set(replace(self._style, solo=object_id))

    def adopt(self, objects: Mapping[ObjectId, ObjectStyle]) -> None:
        """Names and colours that came with prepared prompts."""
        self._set(replace(self._style, objects={**self._style.objects, **objects}))

    def amend(self, object_id: ObjectId, changes: Mapping[str, Any]) -> None:
        """Fields of an object's style that undo or redo has changed: no edit of the person's."""
        if changes:
            style = replace(self.of(object_id), **changes)
            self._set(self._style.with_object(object_id, style))

    def forget_objects(self) -> None:
        """Default looks for all objects, for another source."""
        self._set(replace(self._style, objects={}, solo=None))

    def _set_object(self, object_id: ObjectId, style: ObjectStyle) -> None:
        before = self.of(object_id)
        self._set(self._style.with_object(object_id, style))
        if style != before:
            self.edited.emit(object_id, before, style)

    def _set(self, style: ViewStyle) -> None:
        if style != self._style:
            self._style = style
            self.changed.emit()
