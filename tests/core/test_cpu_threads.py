import threading

from swem_core.engine import cpu_threads
from swem_core.engine.cpu_threads import CpuThreads


class Machine:
    """A system that interrupts as it is told, and a clock that stands still until moved."""

    def __init__(self) -> None:
        self.switches = 0
        self.seconds = 0.0
        self.set_to: list[int] = []
        self.threads = CpuThreads(
            2,
            interruptions=lambda: self.switches,
            clock=lambda: self.seconds,
            set_threads=self.set_to.append,
        )

    def steps(self, count: int, interruptions_each: int) -> None:
        for _ in range(count):
            self.switches += interruptions_each
            self.threads.after_step()


def test_a_quiet_machine_keeps_all_threads() -> None:
    machine = Machine()
    machine.steps(100, 0)
    assert machine.threads.count == 2 and machine.set_to == []


def test_a_crowded_machine_falls_back_to_one_thread_within_ten_steps() -> None:
    machine = Machine()
    machine.steps(10, 60)
    assert machine.threads.count == 1 and machine.set_to == [1]


def test_all_threads_are_tried_again_less_and_less_often() -> None:
    machine = Machine()
    tries = []
    for _ in range(400):
        before = len(machine.set_to)
        machine.steps(6, 60 if machine.threads.count == 2 else 5)
        machine.seconds += 1
        if len(machine.set_to) > before and machine.threads.count == 2:
            tries.append(machine.seconds)
    gaps = [b - a for a, b in zip(tries, tries[1:], strict=False)]
    assert gaps == sorted(gaps) and gaps[0] < 12 and 60 <= gaps[-1] < 70


def test_it_recovers_when_the_others_leave() -> None:
    machine = Machine()
    machine.steps(10, 60)
    machine.seconds += 5
    machine.steps(10, 0)
    assert machine.threads.count == 2
    machine.seconds += 30
    machine.steps(50, 0)
    assert machine.set_to == [1, 2]


def test_a_single_core_is_left_alone() -> None:
    never = CpuThreads(1, interruptions=lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    never.after_step()
    assert never.count == 1


def test_interruptions_are_counted_per_thread() -> None:
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(cpu_threads._involuntary_switches()))
    thread.start()
    thread.join()
    assert seen[0] >= 0
