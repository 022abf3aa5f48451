"""What each action does, and which buttons trigger it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from app.pipeline.effects.table import EFFECTS
from app.pipeline.events import Level
from app.ui.actions.action_set import TOOL_ACTIONS
from app.ui.actions.held_key import HeldKey
from app.ui.actions.spec import ActionId, effect_action
from app.ui.actions.table import OBJECT_KEYS
from app.ui.picture.tools import Tool
from app.ui.state.seeking import STEP_S
from app.ui.window.parts import Parts
from swem_core.segment.prompts import Prompt

Handler: TypeAlias = Callable[[], object]
_ZOOM_STEP = 1.25
_HINT = "freeze-hint"


class ActionHandlers(QObject):
    """Connects the actions, the panels' buttons and the picture to what they change.

    ``window``: handlers of the actions that concern the window itself. Lives in the GUI thread.
    """

    refused = Signal()
    """Nothing has changed, though a checkable action has toggled itself."""

    def __init__(self, parts: Parts, window: dict[ActionId, Handler], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        handlers = {**self._handlers(), **window}
        for action_id, handler in handlers.items():
            self._on(action_id, handler)
        for number in OBJECT_KEYS:
            self._on(f"object_{number}", partial(parts.marking.choose, number))
        for tool, action_id in TOOL_ACTIONS.items():
            self._on(action_id, partial(self.take_tool, tool))
        for spec in EFFECTS:
            self._on(effect_action(spec.effect), partial(self._change, effect=spec.effect))
        self._compare = HeldKey(parts.actions[ActionId.COMPARE], self)
        self._compare.held.connect(self._set_comparing)
        self._connect_panels()

    def take_tool(self, tool: Tool) -> None:
        """Take a tool in hand, and the keyboard to the picture."""
        self._parts.tools.select(tool)
        self._parts.view.setFocus()

    def toggle_freeze(self) -> None:
        """Freeze what is shown. A frozen picture with marks is not thrown away by this key."""
        parts = self._parts
        marking, shown = parts.marking, parts.view.shown
        if not marking.is_frozen and shown is not None:
            marking.freeze(shown)
        elif marking.state.touched or marking.pending:
            self._say_what_holds()
        else:
            marking.cancel()
        self.refused.emit()  # in any case: the session answers later, if at all

    def _say_what_holds(self) -> None:
        text = self._parts.actions.with_keys(
            self.tr("Press %1 to track what is marked, or %2 to discard it."),
            *(ActionId.ACCEPT, ActionId.CANCEL),
        )
        self._parts.canvas.messages.post(Level.INFO, text, key=_HINT)

    def start_marking(self) -> None:
        """A tool touched the picture: freeze exactly what the person sees, unless it is mended."""
        shown = self._parts.view.shown
        if shown is not None and not self._parts.live.applies_to(shown):
            self._parts.marking.freeze(shown)

    def prompt(self, prompt: Prompt) -> None:
        """A finished gesture: a mark on the frozen frame, or a correction of the running one."""
        shown = self._parts.view.shown
        if not self._parts.marking.is_frozen and shown is not None:
            self._parts.live.correct(prompt, shown)
        else:
            self._parts.marking.prompt(prompt)

    def _handlers(self) -> dict[ActionId, Handler]:
        parts = self._parts
        marking, view, outputs = parts.marking, parts.view, parts.outputs
        canvas = parts.canvas
        return {
            ActionId.FREEZE: self.toggle_freeze,
            ActionId.CORRECT_LIVE: lambda: parts.live.set_corrects(not parts.live.corrects),
            ActionId.ACCEPT: self._accept,
            ActionId.UNDO: marking.undo,
            ActionId.REDO: marking.redo,
            ActionId.MARK_ADD: lambda: view.mark_crosshair(True),
            ActionId.MARK_REMOVE: lambda: view.mark_crosshair(False),
            ActionId.NEXT_MARK: lambda: view.pick_mark(1),
            ActionId.PREVIOUS_MARK: lambda: view.pick_mark(-1),
            ActionId.DELETE_MARK: view.remove_picked,
            ActionId.SMALLER: lambda: parts.tools.resize(-1),
            ActionId.LARGER: lambda: parts.tools.resize(1),
            ActionId.NEW_OBJECT: marking.choose_new,
            ActionId.REMOVE_OBJECT: self._remove,
            ActionId.LOCK_OBJECT: self._lock,
            ActionId.HIDE_OBJECT: self._hide,
            ActionId.SOLO_OBJECT: self._solo,
            ActionId.RENAME_OBJECT: lambda: parts.objects_panel.row(marking.active).start_rename(),
            ActionId.RECOLOR_OBJECT: lambda: parts.objects_panel.choose_color(marking.active),
            ActionId.RESET: marking.reset,
            ActionId.PAUSE: lambda: parts.playback.set_paused(not parts.playback.is_paused),
            ActionId.SEEK_BACK: lambda: parts.seeking.by(-STEP_S),
            ActionId.SEEK_FORWARD: lambda: parts.seeking.by(STEP_S),
            ActionId.SEEK_START: parts.seeking.to_start,
            ActionId.LOOP: lambda: parts.seeking.set_loop(not parts.seeking.loops),
            ActionId.RECORD: self._record,
            ActionId.PAUSE_RECORDING: lambda: outputs.set_paused(not outputs.is_paused),
            ActionId.SPLIT_RECORDING: outputs.split,
            ActionId.KEEP_REPLAY: self._keep_replay,
            ActionId.SAVE_REPLAY: lambda: outputs.save_replay(parts.record_panel.options.choice),
            ActionId.SNAPSHOT: outputs.snapshot,
            ActionId.OPEN_FOLDER: outputs.show_folder,
            ActionId.HIDE_OVERLAY: self._toggle_hidden,
            ActionId.MIRROR: lambda: self._change(mirrored=not parts.looks.chosen.mirrored),
            ActionId.TURN: lambda: self._change(turns=(parts.looks.chosen.turns + 1) % 4),
            ActionId.SIDE_BY_SIDE: self._toggle_side_by_side,
            ActionId.HUD: self._show_next_figures,
            ActionId.GRAPH: lambda: canvas.set_graph(parts.actions[ActionId.GRAPH].isChecked()),
            ActionId.LOUPE: lambda: view.set_loupe(parts.actions[ActionId.LOUPE].isChecked()),
            ActionId.ZOOM_IN: lambda: view.zoom(_ZOOM_STEP),
            ActionId.ZOOM_OUT: lambda: view.zoom(1 / _ZOOM_STEP),
            ActionId.FIT: view.fit,
        }

    def _show_next_figures(self) -> None:
        canvas = self._parts.canvas
        canvas.set_hud(canvas.hud.level.next)
        self._parts.actions.check(ActionId.HUD, canvas.hud.level.is_shown)

    def _hide(self) -> None:
        looks, active = self._parts.looks, self._parts.marking.active
        looks.set_visible(active, not looks.of(active).visible)

    def _solo(self) -> None:
        looks, active = self._parts.looks, self._parts.marking.active
        looks.set_solo(None if looks.chosen.solo == active else active)

    def _lock(self) -> None:
        live, active = self._parts.live, self._parts.marking.active
        live.set_locked(active, active not in live.locked)

    def _remove(self) -> None:
        if not self._parts.view.remove_picked():
            self._parts.marking.remove(self._parts.marking.active)

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 - fields of ViewStyle
        looks = self._parts.looks
        looks.change(replace(looks.chosen, **changes))
        self.refused.emit()  # the effect in use was chosen again, perhaps

    def _set_comparing(self, held: bool) -> None:
        if not held or not self._refuses_bare_picture():
            self._change(comparing=held)

    def _toggle_side_by_side(self) -> None:
        if not self._refuses_bare_picture():
            self._change(side_by_side=not self._parts.looks.chosen.side_by_side)

    def _toggle_hidden(self) -> None:
        if not self._refuses_bare_picture():
            self._parts.looks.set_hidden(not self._parts.looks.is_hidden)

    def _refuses_bare_picture(self) -> bool:
        if not self._parts.looks.chosen.private:
            return False
        text = self.tr("This view protects privacy, so the original picture is not shown.")
        self._parts.canvas.messages.post(Level.INFO, text, key=_HINT)
        self.refused.emit()
        return True

    def _accept(self) -> None:
        self._parts.canvas.messages.withdraw(_HINT)
        self._parts.marking.accept()

    def _record(self) -> None:
        self._parts.outputs.toggle_recording(self._parts.record_panel.options.choice)

    def _keep_pace(self) -> None:
        session = self._parts.host.session
        if session is not None:
            session.set_target_fps(self._parts.pace.target_fps)

    def _keep_replay(self) -> None:
        outputs, choice = self._parts.outputs, self._parts.record_panel.options.choice
        outputs.set_replay(not outputs.keeps_replay, choice.sound)

    def _on(self, action_id: str, handler: Handler) -> None:
        # Discard the signal's "checked": the program's own state decides, not the button's.
        self._parts.actions[action_id].triggered.connect(lambda _=False: handler())

    def _draw(self) -> None:
        session = self._parts.host.session
        if session is not None:
            session.set_view(self._parts.looks.effective)

    def _describe_buttons(self) -> None:
        """Buttons without text say in their tooltips which keys do the same."""
        panel, actions = self._parts.view_panel, self._parts.actions
        for button, action_id in (
            (panel.compare, ActionId.COMPARE),
            (panel.side_by_side, ActionId.SIDE_BY_SIDE),
            (panel.mirror, ActionId.MIRROR),
            (panel.turn, ActionId.TURN),
            (panel.hide_button, ActionId.HIDE_OVERLAY),
            (self._parts.objects_panel.add_button, ActionId.NEW_OBJECT),
        ):
            actions.describe(button, action_id)
        for effect, button in panel.effect_buttons.items():
            actions.describe(button, effect_action(effect))

    def _leave_solo(self) -> None:
        """Where the only object shown is gone, nothing would be seen any more: show all."""
        parts = self._parts
        solo, private = parts.looks.chosen.solo, parts.looks.chosen.private
        if solo is not None and solo not in parts.marking.objects and not private:
            parts.looks.set_solo(None)

    def _connect_panels(self) -> None:
        parts = self._parts
        parts.marking.changed.connect(self._leave_solo)
        parts.looks.changed.connect(self._leave_solo)
        parts.looks.changed.connect(self._draw)
        actions, record, source = parts.actions, parts.record_panel, parts.source_panel
        parts.view.marking_started.connect(self.start_marking)
        parts.view.prompted.connect(self.prompt)
        parts.looks.edited.connect(parts.live.restyled)
        parts.view.removal_wanted.connect(parts.marking.remove_mark)
        parts.seeking.held_back.connect(self._say_what_holds)
        parts.host.started.connect(parts.seeking.begin)
        parts.host.stopped.connect(lambda _: parts.seeking.begin(None))
        parts.outputs.refused.connect(parts.canvas.messages.post)
        record.conversion.cancel_wanted.connect(parts.outputs.cancel_conversion)
        parts.cameras.failed.connect(parts.canvas.messages.post)
        parts.screens.failed.connect(parts.canvas.messages.post)
        for wish, action_id in (
            (parts.welcome.camera_wanted, ActionId.OPEN_CAMERA),
            (parts.welcome.file_wanted, ActionId.OPEN_FILE),
            (parts.welcome.stream_wanted, ActionId.OPEN_STREAM),
            (parts.welcome.screen_wanted, ActionId.OPEN_SCREEN),
            (source.camera_wanted, ActionId.OPEN_CAMERA),
            (source.file_wanted, ActionId.OPEN_FILE),
            (source.screen_wanted, ActionId.OPEN_SCREEN),
            (source.pause_wanted, ActionId.PAUSE),
            (record.record_wanted, ActionId.RECORD),
            (record.snapshot_wanted, ActionId.SNAPSHOT),
            (record.keep.clicked, ActionId.KEEP_REPLAY),
            (record.save.clicked, ActionId.SAVE_REPLAY),
            (record.pause.clicked, ActionId.PAUSE_RECORDING),
            (record.split.clicked, ActionId.SPLIT_RECORDING),
            (record.folder_wanted, ActionId.OPEN_FOLDER),
            (parts.view_panel.hide_button.clicked, ActionId.HIDE_OVERLAY),
            (parts.view_panel.side_by_side.clicked, ActionId.SIDE_BY_SIDE),
            (parts.view_panel.mirror.clicked, ActionId.MIRROR),
            (parts.view_panel.turn.clicked, ActionId.TURN),
        ):
            wish.connect(actions[action_id].trigger)
        self._describe_buttons()
        panel = parts.view_panel
        panel.chosen.connect(lambda effect: actions[effect_action(effect)].trigger())
        panel.compare.pressed.connect(lambda: self._set_comparing(True))
        panel.compare.released.connect(lambda: self._set_comparing(False))
        panel.failed.connect(partial(parts.canvas.messages.post, Level.WARNING))
        parts.pace.changed.connect(self._keep_pace)
        parts.host.started.connect(lambda _: self._keep_pace())
        typing = (source.typing_ended, parts.objects_panel.typing_ended, parts.pace.typing_ended)
        for ended in typing:
            ended.connect(parts.view.setFocus)
