"""Reading TOML tables into frozen dataclasses, with errors that name the key and what it takes."""

import dataclasses
import tomllib
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from swem_core.errors import TrainingError

T = TypeVar("T")
_HUGE = 1e15  # larger than any setting; converting larger integers to float could fail


def read_toml(path: Path) -> Mapping[str, Any]:
    """The tables of a TOML file. Raises TrainingError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise TrainingError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (ValueError, RecursionError) as error:  # no text, no TOML, thousands of brackets
        raise TrainingError(f"{path} is not valid TOML: {error}.") from error


def build(kind: type[T], table: object, where: str) -> T:
    """Build a dataclass from a TOML table; fields may be dataclasses or tuples of them.

    ``where``: name of the table in messages. Raises TrainingError for unknown or missing keys and
    for values of the wrong type. Ranges are checked by the dataclass in ``__post_init__``, by
    raising ValueError.
    """
    if not isinstance(table, Mapping):
        raise TrainingError(f"{where} must be a table, not {_said(table)}.")
    hints = get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(table) - set(fields))
    if unknown:
        raise TrainingError(
            f"{where} has an unknown key '{unknown[0]}'. Known: {', '.join(sorted(fields))}."
        )
    missing = [name for name in fields if name not in table and _is_required(fields[name])]
    if missing:
        raise TrainingError(f"{where} lacks the key '{missing[0]}'.")
    values = {name: _value(hints[name], given, f"{where}: {name}") for name, given in table.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise TrainingError(f"{where}: {error}") from None


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _value(kind: Any, given: object, where: str) -> Any:  # noqa: ANN401 - whatever kind says
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return build(kind, given, where)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(given, list):
            raise TrainingError(f"{where} must be a list, not {_said(given)}.")
        return tuple(_value(arguments[0], one, f"{where}[{i}]") for i, one in enumerate(given))
    if origin is Literal:
        if given not in arguments:
            raise TrainingError(
                f"{where} must be one of {', '.join(map(str, arguments))}, not {_said(given)}."
            )
        return given
    if origin in (Union, types.UnionType):
        return _value(next(one for one in arguments if one is not type(None)), given, where)
    return _plain(kind, given, where)


def _plain(kind: Any, given: object, where: str) -> Any:  # noqa: ANN401 - whatever kind says
    if kind in (float, int) and isinstance(given, int | float) and not abs(given) < _HUGE:
        raise TrainingError(f"{where} must be a finite number, not {given}.")
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    if not isinstance(given, kind) or (isinstance(given, bool) and kind is not bool):
        names = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}
        raise TrainingError(f"{where} must be {names[kind]}, not {_said(given)}.")
    return given


def _said(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)
