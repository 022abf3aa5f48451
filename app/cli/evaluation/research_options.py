"""What ``swem-live ablate``, ``compare-memory`` and ``compare-data`` understand."""

import argparse
from pathlib import Path

from app.cli.argument_types import duration, scored_frames, short_side
from app.cli.engine_options import add_engine
from app.cli.evaluation.options import add_year
from swem_core.eval.ablation import FACTORS


def add_research(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the three commands."""
    _add_ablate(commands)
    _add_compare_memory(commands)
    _add_compare_data(commands)


def _add_ablate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ablate = commands.add_parser(
        "ablate",
        help="vary the constants of the memory, one at a time",
        description="The paper's ablations at inference: the trained network stays as it is, one "
        "constant of its memory changes at a time. (Retrained for each, it would do better.)",
    )
    ablate.set_defaults(target="app.cli.evaluation.ablate:run")
    _add_data(ablate)
    ablate.add_argument(
        "--only",
        type=factors,
        metavar="A,B",
        default=FACTORS,
        help=f"only these constants (default: {','.join(FACTORS)})",
    )
    add_engine(ablate)


def _add_compare_memory(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    memory = commands.add_parser(
        "compare-memory",
        help="compare SWEM's memory with one that grows",
        description="Time and stored features per frame of SWEM and of a memory that keeps every "
        "T-th frame as STCN does, behind the same encoders and decoder. These were trained for "
        "SWEM: J&F of the growing memory is only indicative.",
    )
    memory.set_defaults(target="app.cli.evaluation.compare_memory:run")
    _add_data(memory)
    memory.add_argument(
        "--every",
        type=intervals,
        metavar="T,T,...",
        default=(5, 10, 15, 30, None),
        help="keep every T-th frame; inf: only the first (default: 5,10,15,30,inf)",
    )
    memory.add_argument(
        "--plot", type=Path, metavar="PNG", help="draw time and stored features against frames"
    )
    add_engine(memory)


def _add_compare_data(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    effect = commands.add_parser(
        "compare-data",
        help="compare pictures, videos and both as training data",
        description="Train as a TOML file says on its pictures only, its videos only, and both, "
        "from the same start and for the same time, and score each. Called again, it goes on "
        "with what is not finished.",
    )
    effect.set_defaults(target="app.cli.evaluation.compare_data:run")
    effect.add_argument("config", metavar="CONFIG", help="a .toml file, or a name that ships")
    effect.add_argument("root", type=Path, metavar="DAVIS", help="to score on; never trained on")
    add_year(effect)
    effect.add_argument("--data", type=Path, metavar="DIR", help="data root (default: $SWEM_DATA)")
    effect.add_argument(
        "--minutes", type=duration, metavar="M", help="length of each training, on the clock"
    )
    effect.add_argument(
        "--size",
        type=short_side,
        metavar="PIXELS",
        default=240,
        help="shorter side of the network's input (default: 240)",
    )
    effect.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("swem-live-out", "compare-data"),
        help="folder of the trainings (default: swem-live-out/compare-data)",
    )
    effect.add_argument("--csv", type=Path, metavar="FILE", help="write the table")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("root", type=Path, metavar="DAVIS", help="folder of the data set")
    add_year(parser)
    parser.add_argument(
        "--sequence",
        action="append",
        metavar="NAME",
        help="only this one; may be given several times",
    )
    parser.add_argument(
        "--frames", type=scored_frames, metavar="N", help="only the first N of each sequence"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the table")


def factors(text: str) -> tuple[str, ...]:
    """Names of :data:`FACTORS`, separated by commas."""
    names = tuple(text.split(","))
    if not set(names) <= set(FACTORS):
        raise argparse.ArgumentTypeError(f"must be of {', '.join(FACTORS)}")
    return names


def intervals(text: str) -> tuple[int | None, ...]:
    """Whole frames or ``inf`` (None), separated by commas."""
    values = tuple(None if part == "inf" else int(part) for part in text.split(","))
    if not all(value is None or value >= 1 for value in values):
        raise argparse.ArgumentTypeError("must be whole frames, 1 or more, or inf")
    return values
