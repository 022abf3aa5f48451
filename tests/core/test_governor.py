from itertools import pairwise

from swem_core.engine.governor import Governor
from swem_core.engine.levels import FULL, LEVELS, Level


class Machine:
    """Does frames on its own clock, as fast as it is told, at whatever level the governor says."""

    def __init__(self, target: float, segment_ms: float, memorise_ms: float) -> None:
        self.segment_ms, self.memorise_ms = segment_ms, memorise_ms
        self.fixed_ms = 2.0  # of every network frame, whatever its size
        self.flow_ms = 3.0
        self.seconds = 0.0
        self.frames = 0
        self.changes: list[tuple[float, Level]] = []
        self.governor = Governor(target, clock=lambda: self.seconds)

    def run(self, seconds: float, objects: int = 1) -> float:
        """The mean rate of masks over that time."""
        begin, first = self.seconds, self.frames
        while self.seconds < begin + seconds:
            level = self.governor.level
            self._frame(level, objects)
            if self.governor.level is not level:
                self.changes.append((self.seconds, self.governor.level))
        return (self.frames - first) / (self.seconds - begin)

    def _frame(self, level: Level, objects: int) -> None:
        pixels = level.scale**2
        learns = self.frames % (level.mask_every * level.learn_every) == 0
        segment = self.fixed_ms + pixels * self.segment_ms
        memorise = pixels * self.memorise_ms if learns else 0.0
        is_network = self.frames % level.mask_every == 0
        self.seconds += (segment + memorise if is_network else self.flow_ms) / 1e3
        self.frames += 1
        if is_network:
            self.governor.after_network(segment, memorise, objects)
        else:
            self.governor.after_flow(self.flow_ms)


def test_a_fast_machine_is_left_at_full_quality() -> None:
    machine = Machine(target=20, segment_ms=15, memorise_ms=10)
    machine.run(60)
    assert machine.changes == [] and machine.governor.level is LEVELS[0]


def test_a_slow_machine_reaches_its_target_and_stays_there() -> None:
    for segment_ms in (40, 60, 90):
        machine = Machine(target=20, segment_ms=segment_ms, memorise_ms=segment_ms / 2)
        machine.run(10)
        settled = len(machine.changes)
        assert machine.run(120) >= 20, segment_ms
        assert len(machine.changes) == settled, "it went up and down"


def test_it_takes_no_worse_level_than_needed() -> None:
    slow = Machine(target=20, segment_ms=35, memorise_ms=15)
    slow.run(30)
    slower = Machine(target=20, segment_ms=80, memorise_ms=40)
    slower.run(30)
    position = LEVELS.index
    assert 0 < position(slow.governor.level) < position(slower.governor.level)


def test_what_cannot_be_held_is_done_as_quickly_as_possible() -> None:
    machine = Machine(target=30, segment_ms=900, memorise_ms=400)
    machine.run(120)
    cost = {lv: lv.scale**2 * (900 + 400 / lv.learn_every) / lv.mask_every for lv in LEVELS}
    assert machine.governor.level is min(LEVELS, key=cost.__getitem__)


def test_quality_comes_back_when_the_machine_is_free_again() -> None:
    machine = Machine(target=20, segment_ms=20, memorise_ms=10)
    machine.run(5)
    machine.segment_ms, machine.memorise_ms = 70, 40  # another program
    machine.run(30)
    assert machine.governor.level is not LEVELS[0]
    machine.segment_ms, machine.memorise_ms = 20, 10
    machine.run(15)
    assert machine.governor.level is LEVELS[0]


def test_a_better_level_that_does_not_hold_is_tried_less_and_less_often() -> None:
    """Times that do not scale with pixels and cadence mislead the prediction every time."""

    class Jumpy(Machine):
        def _frame(self, level: Level, objects: int) -> None:
            self.segment_ms = 80 if level is LEVELS[0] else 5
            super()._frame(level, objects)

    machine = Jumpy(target=20, segment_ms=10, memorise_ms=5)
    machine.run(600)
    tries = [at for at, level in machine.changes if level is LEVELS[0]]
    gaps = [after - before for before, after in pairwise(tries)]
    assert len(tries) < 20
    assert all(after > 1.5 * before or after > 55 for before, after in pairwise(gaps))


def test_a_few_slow_frames_change_nothing() -> None:
    """The adaptive thread count tries three steps with one thread now and then."""
    machine = Machine(target=20, segment_ms=22, memorise_ms=10)
    for _ in range(40):
        machine.run(1.0)
        machine.segment_ms, machine.memorise_ms = 66, 30
        machine.run(0.2)
        machine.segment_ms, machine.memorise_ms = 22, 10
    assert machine.changes == []


def test_more_objects_are_judged_afresh() -> None:
    machine = Machine(target=20, segment_ms=20, memorise_ms=10)
    machine.run(10)
    machine.segment_ms, machine.memorise_ms = 60, 50
    assert machine.run(20, objects=5) > 19
    machine.segment_ms, machine.memorise_ms = 20, 10
    machine.run(15, objects=1)
    assert machine.governor.level is LEVELS[0]


def test_the_target_can_change() -> None:
    machine = Machine(target=10, segment_ms=40, memorise_ms=20)
    machine.run(10)
    assert machine.governor.level is LEVELS[0]
    machine.governor.target_fps = 25
    machine.run(3)
    assert machine.run(20) >= 25
    machine.governor.target_fps = 10
    machine.run(20)
    assert machine.governor.level is LEVELS[0]


def test_each_level_is_cheaper_than_the_one_before() -> None:
    costs = [lv.scale**2 * (20 + 10 / lv.learn_every) / lv.mask_every for lv in LEVELS]
    assert costs == sorted(costs, reverse=True) and len(set(costs)) == len(LEVELS)
    assert len({level.name for level in LEVELS}) == len(LEVELS) and LEVELS[0] == FULL


def test_frames_a_camera_loses_meanwhile_are_reckoned_with() -> None:
    """70 ms for the network, then moving masks to the newest frame, which must come first."""

    class Live(Machine):
        def _frame(self, level: Level, objects: int) -> None:
            self.governor.frame_gap_ms = 1e3 / 30
            if self.frames % level.mask_every == 0:
                super()._frame(level, objects)
                return
            # 1e-9: the frame that arrives at this very moment is there
            self.seconds = (int(self.seconds * 30 + 1e-9) + 1) / 30
            self.frames += 1
            self.governor.after_flow(self.flow_ms)

    machine = Live(target=25, segment_ms=45, memorise_ms=25)
    machine.run(10)
    settled = len(machine.changes)
    assert machine.run(60) >= 25
    assert len(machine.changes) == settled
