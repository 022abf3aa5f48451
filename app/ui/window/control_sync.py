"""Keeps every control in line with the state, whoever has changed it."""

from PySide6.QtCore import QObject

from app.pipeline.events import Step
from app.ui.actions.action_set import TOOL_ACTIONS
from app.ui.actions.spec import ActionId, effect_action
from app.ui.actions.step_names import step_text
from app.ui.actions.table import OBJECT_KEYS
from app.ui.text.figures import duration_text
from app.ui.window.parts import Parts
from app.ui.window.stall_watchdog import StallWatchdog

_NEEDS_SOURCE = (
    ActionId.CORRECT_LIVE,
    *(ActionId.CLOSE_SOURCE, ActionId.FREEZE, ActionId.NEW_OBJECT),
    *(ActionId.MARK_ADD, ActionId.MARK_REMOVE, ActionId.RECORD, ActionId.SNAPSHOT),
    ActionId.KEEP_REPLAY,
    ActionId.SAVE_SESSION,
    *(ActionId.IMPORT_MARKS, ActionId.SAVE_MASKS, ActionId.HIDE_OBJECT, ActionId.SOLO_OBJECT),
    *(ActionId.RENAME_OBJECT, ActionId.RECOLOR_OBJECT),
    *(f"object_{number}" for number in OBJECT_KEYS),
)

_NEEDS_FILE = (ActionId.SEEK_BACK, ActionId.SEEK_FORWARD, ActionId.SEEK_START, ActionId.LOOP)


class ControlSync(QObject):
    """Enables, checks and labels controls. Changes no state itself. Lives in the GUI thread."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._silence = StallWatchdog(parts, self)
        for changed in (
            parts.marking.changed,
            parts.live.changed,
            parts.playback.changed,
            parts.seeking.changed,
            parts.outputs.changed,
            parts.tools.changed,
            parts.opening.changed,
            parts.host.started,
            parts.host.stopping,
            parts.host.stopped,
        ):
            changed.connect(self.refresh)
        parts.looks.changed.connect(self._refresh_looks)
        parts.actions.rebound.connect(self.refresh)
        self.refresh_all()

    def refresh_all(self) -> None:
        """Bring everything into line with the state."""
        self.refresh()
        self._refresh_looks()

    def refresh(self) -> None:
        """Bring all but what shows the view style into line."""
        self._refresh_actions()
        self._refresh_marking()
        parts = self._parts
        has_source = parts.host.session is not None
        recording, playback = parts.outputs.is_recording, parts.playback
        parts.record_panel.set_available(has_source)
        parts.record_panel.set_recording(recording, paused=parts.outputs.is_paused)
        parts.source_panel.show_pause(possible=playback.can_pause, paused=playback.is_paused)
        parts.actions.check(ActionId.RECORD, recording)
        parts.record_panel.set_replay(parts.outputs.keeps_replay)
        parts.actions.check(ActionId.KEEP_REPLAY, parts.outputs.keeps_replay)
        parts.actions.enable(parts.outputs.keeps_replay, ActionId.SAVE_REPLAY)
        parts.actions.check(ActionId.PAUSE_RECORDING, parts.outputs.is_paused)
        parts.actions.enable(recording, ActionId.PAUSE_RECORDING, ActionId.SPLIT_RECORDING)
        parts.actions.check(ActionId.PAUSE, playback.is_paused)
        parts.actions.enable(playback.can_pause, ActionId.PAUSE)
        parts.actions.enable(parts.seeking.span is not None, *_NEEDS_FILE)
        parts.actions.check(ActionId.LOOP, parts.seeking.loops)
        if not recording:
            parts.canvas.set_badge("")

    def poll(self) -> None:
        """Show the live figures; call a few times a second."""
        parts = self._parts
        session = parts.host.session
        if session is None:
            return
        shown = parts.view.shown
        if shown is not None and shown.frame.file_s is not None:
            parts.seek_bar.follow(shown.frame.file_s)
        stats = session.stats()
        self._silence.see(stats)
        if parts.canvas.hud.isVisible():
            parts.canvas.hud.show_stats(stats)
        parts.source_panel.show_rate(stats.capture_fps)
        parts.objects_panel.show_scores(stats.scores)
        parts.record_panel.show_replay(stats)
        if parts.outputs.is_recording:
            parts.record_panel.show_stats(stats)
            sign = "❚❚" if parts.outputs.is_paused else "●  REC"
            parts.canvas.set_badge(f"{sign}  {duration_text(stats.recorded_seconds)}")

    def _refresh_actions(self) -> None:
        parts = self._parts
        actions, marking = parts.actions, parts.marking
        frozen, state, live = marking.is_frozen, marking.state, parts.live
        actions.enable(parts.host.session is not None, *_NEEDS_SOURCE)
        actions.enable(frozen, ActionId.ACCEPT)
        actions.enable(frozen or parts.opening.is_busy, ActionId.CANCEL)
        self._name_step(ActionId.UNDO, marking.next_undo or live.undo)
        self._name_step(ActionId.REDO, state.redo or live.redo)
        actions.check(ActionId.CORRECT_LIVE, live.corrects)
        actions.enable(marking.active in marking.tracked, ActionId.LOCK_OBJECT)
        actions.check(ActionId.LOCK_OBJECT, marking.active in live.locked)
        looks = parts.looks
        actions.check(ActionId.HIDE_OBJECT, not looks.of(marking.active).visible)
        actions.check(ActionId.SOLO_OBJECT, looks.chosen.solo == marking.active)
        anything = bool(marking.tracked or state.touched)
        actions.enable(anything, ActionId.REMOVE_OBJECT, ActionId.RESET)
        actions.enable(frozen, ActionId.NEXT_MARK, ActionId.PREVIOUS_MARK, ActionId.DELETE_MARK)
        actions.enable(frozen, ActionId.SAVE_MARKS)
        actions.check(ActionId.FREEZE, frozen)
        actions.check(TOOL_ACTIONS[parts.tools.tool], True)
        actions.enable(parts.tools.tool.has_size, ActionId.SMALLER, ActionId.LARGER)

    def _name_step(self, action_id: str, step: Step | None) -> None:
        """Say what Undo or Redo would do."""
        actions, looks = self._parts.actions, self._parts.looks
        actions.enable(step is not None, action_id)
        actions.name(action_id, step_text(action_id, step, lambda each: looks.of(each).name))

    def _refresh_marking(self) -> None:
        parts = self._parts
        marking = parts.marking
        ribbon = ""
        if marking.is_frozen:
            name = parts.looks.of(marking.active).name
            ribbon = parts.actions.with_keys(
                self.tr("FROZEN — mark “%3”, %1 to track, %2 to resume"),
                *(ActionId.ACCEPT, ActionId.CANCEL),
            )
            ribbon = ribbon.replace("%3", name)
        parts.view.set_marking(ribbon, marking.active)
        parts.canvas.set_ribbon(bool(ribbon))
        parts.canvas.set_note(self._note())
        parts.status.show_hint(
            has_source=parts.host.session is not None,
            frozen=marking.is_frozen,
            tracking=bool(marking.tracked),
            tool=parts.tools.tool,
            corrects=parts.live.corrects and not parts.playback.is_paused,
        )

    def _note(self) -> str:
        """What is going on with the objects that the picture does not show."""
        live, looks = self._parts.live, self._parts.looks
        if (behind := live.catching_up) is not None:
            text = self.tr("Catching up… %1 of %2")
            done = behind.total - behind.left
            return text.replace("%1", str(done)).replace("%2", str(behind.total))
        names = ", ".join(looks.of(object_id).name for object_id in sorted(live.lost))
        return self.tr("Out of sight: %1").replace("%1", names) if names else ""

    def _refresh_looks(self) -> None:
        parts = self._parts
        hidden = parts.looks.is_hidden
        parts.actions.check(ActionId.HIDE_OVERLAY, hidden)
        parts.view_panel.show_style(parts.looks.chosen, is_hidden=hidden)
        style, actions = parts.looks.chosen, parts.actions
        actions.check(effect_action(style.effect), True)
        actions.check(ActionId.MIRROR, style.mirrored)
        actions.check(ActionId.SIDE_BY_SIDE, style.side_by_side and not style.private)
        self._refresh_actions()
        self._refresh_marking()
        parts.view.update()
