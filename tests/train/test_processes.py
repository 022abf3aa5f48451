import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from training_kit import write_stills

from swem_core.errors import TrainingError
from swem_core.train.processes import Processes
from swem_core.train.trainer import CHECKPOINT

_HERE = Path(__file__).parent


def _train(processes: int, data: Path, output: Path) -> list[float]:
    output.mkdir()
    launcher = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    path = os.pathsep.join(str(p) for p in (_HERE, _HERE.parent, _HERE.parents[1]))
    subprocess.run(
        [sys.executable, *launcher, str(_HERE / "ddp_worker.py"), str(data), str(output)],
        check=True,
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        timeout=200,
    )
    assert json.loads((output / "processes.json").read_text()) == processes
    lines = (output / "log.jsonl").read_text().splitlines()
    return [json.loads(line)["loss"] for line in lines]


@pytest.mark.slow
def test_two_processes_equal_one_with_the_doubled_batch(tmp_path: Path) -> None:
    write_stills(tmp_path / "static" / "cats")
    one = _train(1, tmp_path, tmp_path / "one")
    two = _train(2, tmp_path, tmp_path / "two")
    assert len(one) == 3
    assert two[0] == pytest.approx(one[0], rel=1e-4)
    assert two == pytest.approx(one, rel=5e-3)  # rounding grows: Adam's first steps are all signs
    first, second = (
        torch.load(tmp_path / name / CHECKPOINT, weights_only=True)["network"]
        for name in ("one", "two")
    )
    moved = first["key_proj.weight"]
    assert torch.allclose(moved, second["key_proj.weight"], atol=0.05 * float(moved.abs().max()))


def test_a_batch_must_be_shared_out_evenly() -> None:
    assert Processes(1, 2).local_batch(6) == 3
    with pytest.raises(TrainingError, match="multiple"):
        Processes(0, 4).local_batch(6)
