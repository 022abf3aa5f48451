from itertools import pairwise

from swem_core.engine.cpu_threads import CpuThreads


class Machine:
    """Steps that take as long as they are told with one and with all threads, on its own clock."""

    def __init__(self, one_ms: float, all_ms: float) -> None:
        self.one_ms, self.all_ms = one_ms, all_ms
        self.seconds = 0.0
        self.spent: dict[int, float] = {1: 0.0, 2: 0.0}
        self.tries: list[float] = []
        self.threads = CpuThreads(2, clock=lambda: self.seconds, set_threads=self._set)

    def run(self, seconds: float, work: int = 1) -> None:
        self.spent = {1: 0.0, 2: 0.0}
        end = self.seconds + seconds
        while self.seconds < end:
            count = self.threads.count
            milliseconds = self.one_ms if count == 1 else self.all_ms
            self.seconds += milliseconds / 1e3
            self.spent[count] += milliseconds / 1e3
            self.threads.after_step(milliseconds, work)

    def _set(self, count: int) -> None:
        if count == 2:
            self.tries.append(self.seconds)


def test_a_quiet_machine_uses_all_threads_nearly_always() -> None:
    machine = Machine(one_ms=45, all_ms=29)
    machine.run(60)
    assert machine.spent[1] < 0.02 * 60


def test_a_crowded_machine_falls_back_to_one_thread_at_once() -> None:
    machine = Machine(one_ms=45, all_ms=29)
    machine.run(10)
    machine.one_ms, machine.all_ms = 90, 4000
    machine.run(12)
    assert machine.spent[2] <= 8.1  # the step it happens in, and one look back after 5 s
    assert machine.threads.count == 1


def test_all_threads_are_tried_less_and_less_often() -> None:
    machine = Machine(one_ms=45, all_ms=80)
    machine.run(400)
    gaps = [round(after - before, 6) for before, after in pairwise(machine.tries)]
    assert gaps == sorted(gaps) and gaps[0] < 7 and 60 <= gaps[-1] < 62
    assert machine.spent[2] < 0.02 * 400


def test_it_recovers_when_the_others_leave() -> None:
    machine = Machine(one_ms=90, all_ms=400)
    machine.run(30)
    assert machine.threads.count == 1
    machine.one_ms, machine.all_ms = 45, 29
    machine.run(70)
    machine.run(10)
    assert machine.spent[1] < 0.5


def test_other_work_gets_its_own_yardstick() -> None:
    machine = Machine(one_ms=45, all_ms=29)
    machine.run(5)
    machine.one_ms, machine.all_ms = 120, 70  # more objects
    machine.run(5, work=3)
    assert machine.threads.count == 2 and machine.spent[1] < 0.7


def test_a_single_core_is_left_alone() -> None:
    touched: list[int] = []
    threads = CpuThreads(1, set_threads=touched.append)
    for _ in range(20):
        threads.after_step(100, 1)
    assert threads.count == 1 and touched == []
