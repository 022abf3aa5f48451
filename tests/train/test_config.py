from pathlib import Path

import pytest

from swem_core.errors import TrainingError
from swem_core.resources import asset
from swem_core.train.config import TrainConfig, load_config, located

_DATA = '[[data]]\nlayout = "static"\npath = "x"\n'


def _load(tmp_path: Path, text: str) -> TrainConfig:
    path = tmp_path / "c.toml"
    path.write_text(text)
    return load_config(path)


@pytest.mark.parametrize("name", ["lite", "click", "r50"])
def test_shipped_configurations_are_valid(name: str) -> None:
    assert load_config(asset(f"configs/train-{name}.toml")).model == name


def test_minutes_replace_steps() -> None:
    config = load_config(asset("configs/train-r50.toml"), minutes=3)
    assert (config.minutes, config.steps) == (3, None)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ('model = "lite"\n', "give either minutes or steps"),
        ('model = "lite"\nsteps = 1\nminutes = 2\n', "give either minutes or steps"),
        ('model = "huge"\nsteps = 1\n', "model must be one of lite, r50, click, not 'huge'"),
        ("steps = 1\n", "lacks the key 'model'"),
        ('model = "lite"\nsteps = 1.5\n', "steps must be a whole number, not 1.5"),
        ('model = "lite"\nsteps = 1\nsize = 100\n', "multiple of 16"),
        ('model = "lite"\nsteps = 1\nbatchsize = 3\n', "unknown key 'batchsize'"),
        ('model = "lite"\nsteps = 1\ncache = 1\n', "cache must be true or false, not 1"),
        ('model = "lite"\nsteps = 1\noptimiser = 3\n', "optimiser must be a table, not 3"),
        ('model = "lite"\nsteps = 1\n[optimiser]\nlr = 0\n', "optimiser: lr must be above 0"),
        ('model = "lite"\nsteps = 1\n[loss]\nhardest = 2\n', "loss: hardest must be above 0"),
    ],
)
def test_errors_say_which_key_and_what_it_takes(tmp_path: Path, head: str, message: str) -> None:
    with pytest.raises(TrainingError, match=message):
        _load(tmp_path, head + _DATA)


def test_errors_inside_lists_say_which_entry(tmp_path: Path) -> None:
    text = 'model = "lite"\nsteps = 1\n' + _DATA + '[[data]]\nlayout = "zip"\npath = "y"\n'
    with pytest.raises(TrainingError, match=r"data\[1\]: layout must be one of static"):
        _load(tmp_path, text)


def test_broken_toml_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="not valid TOML"):
        _load(tmp_path, "model = ")
    with pytest.raises(TrainingError, match="cannot be read"):
        load_config(tmp_path / "nowhere.toml")


def test_relative_data_need_a_root(tmp_path: Path) -> None:
    assert located("a/b", tmp_path) == tmp_path / "a" / "b"
    assert located(str(tmp_path), None) == tmp_path
    with pytest.raises(TrainingError, match="--data DIR"):
        located("a", None)
    for nowhere in ("~\0", "a\0", "~no-such-user/a"):
        with pytest.raises(TrainingError, match="is "):
            located(nowhere, tmp_path)
