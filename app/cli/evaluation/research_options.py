"""What ``swem-live ablate`` and ``swem-live compare-memory`` understand."""

import argparse
from pathlib import Path

from swem_core.eval.ablation import FACTORS


def add_research(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> list[argparse.ArgumentParser]:
    """Add both commands; the options of the engine are the caller's part."""
    ablate = commands.add_parser(
        "ablate",
        help="what each part of the memory is worth",
        description="The paper's ablations at inference: the trained network stays as it is, one "
        "constant of its memory changes at a time. (Retrained for each, it would do better.)",
    )
    ablate.set_defaults(target="app.cli.evaluation.ablate:run")
    _add_data(ablate)
    ablate.add_argument(
        "--only", type=_factors, metavar="A,B", default=FACTORS, help=f"of {','.join(FACTORS)}"
    )
    memory = commands.add_parser(
        "compare-memory",
        help="SWEM's memory against one that grows",
        description="Time and stored features per frame of SWEM and of a memory that keeps every "
        "T-th frame as STCN does, behind the same encoders and decoder. These were trained for "
        "SWEM: J&F of the growing memory is only indicative.",
    )
    memory.set_defaults(target="app.cli.evaluation.compare_memory:run")
    _add_data(memory)
    memory.add_argument(
        "--every",
        type=_intervals,
        metavar="T,T,...",
        default=(5, 10, 15, 30, None),
        help="keep every T-th frame; inf: the first alone (default: 5,10,15,30,inf)",
    )
    memory.add_argument("--plot", type=Path, metavar="PNG")
    _add_data_effect(commands)
    return [ablate, memory]


def _add_data_effect(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    effect = commands.add_parser(
        "compare-data",
        help="what pictures and videos are worth as training data",
        description="Train as a TOML file says on its pictures only, its videos only, and both, "
        "from the same start and equally long, and score each. Called again, it goes on with "
        "what is not finished.",
    )
    effect.set_defaults(target="app.cli.evaluation.compare_data:run")
    effect.add_argument("config", metavar="CONFIG", help="a .toml file, or a name that ships")
    effect.add_argument("root", type=Path, metavar="DAVIS", help="never trained on")
    effect.add_argument("--year", type=int, choices=(2016, 2017), default=2016)
    effect.add_argument("--data", type=Path, metavar="DIR", help="data root (default: $SWEM_DATA)")
    effect.add_argument("--minutes", type=float, metavar="M", help="of each training")
    effect.add_argument("--size", type=int, metavar="PIXELS", default=240, help="short side")
    effect.add_argument(
        "-o", "--output", type=Path, metavar="DIR", default=Path("swem-live-out", "compare-data")
    )
    effect.add_argument("--csv", type=Path, metavar="FILE")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("root", type=Path, metavar="DAVIS")
    parser.add_argument("--year", type=int, choices=(2016, 2017), default=2016)
    parser.add_argument("--sequence", action="append", metavar="NAME", help="only this one")
    parser.add_argument("--frames", type=_frames, metavar="N", help="only the first of each")
    parser.add_argument("--csv", type=Path, metavar="FILE")


def _frames(text: str) -> int:
    value = int(text)
    if value < 3:
        raise argparse.ArgumentTypeError("at least 3: the first and the last are not scored")
    return value


def _factors(text: str) -> tuple[str, ...]:
    factors = tuple(text.split(","))
    if not set(factors) <= set(FACTORS):
        raise argparse.ArgumentTypeError(f"factors are {', '.join(FACTORS)}")
    return factors


def _intervals(text: str) -> tuple[int | None, ...]:
    intervals = tuple(None if part == "inf" else int(part) for part in text.split(","))
    if not all(each is None or each >= 1 for each in intervals):
        raise argparse.ArgumentTypeError("intervals are whole frames from 1 on, or inf")
    return intervals
