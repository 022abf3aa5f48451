"""Reading JSON from people: an error names the place, what is there, and what was expected."""

import json
from dataclasses import dataclass
from typing import Any, Final

from swem_core.errors import SwemError

_LONGEST: Final = 60  # characters of a file's own in a message


@dataclass(frozen=True, slots=True)
class Node:
    """A value somewhere in a JSON document.

    ``place``: its path, like ``objects[2].prompts[0].x``; empty for the whole document.
    ``failure``: the class of error raised when the value is not what is asked for.
    """

    value: Any
    place: str
    failure: type[SwemError]

    def error(self, expected: str) -> SwemError:
        """The error to raise for this value; ``expected`` completes the sentence."""
        match self.value:
            case dict():
                found = "{...}"
            case list():
                found = f"a list of {len(self.value)}"
            case _:
                found = _shortened(json.dumps(self.value))
        return self.failure(f"{self.place or 'the file'} is {found}; {expected}.")

    def __getitem__(self, name: str) -> "Node":
        """A member of this object."""
        if not isinstance(self.value, dict):
            raise self.error("expected {...} with named values")
        if name not in self.value:
            raise self.failure(f'{self.place or "the file"} lacks "{name}". Add it.')
        return Node(self.value[name], f"{self.place}.{readable(name)}".lstrip("."), self.failure)

    def fields(self, *required: str, optional: tuple[str, ...] = ()) -> "dict[str, Node]":
        """The members of this object: all ``required``, some ``optional``, no others."""
        fields = {name: self[name] for name in required}
        fields |= {name: self[name] for name in optional if name in self.value}
        for name in self.value:
            if name not in fields:
                known = ", ".join((*required, *optional))
                raise self[name].error(f"this name is not known here. Known: {known}")
        return fields

    def items(self, at_least: int = 0, at_most: int | None = None) -> "tuple[Node, ...]":
        """The elements of this list, whose length must be within the limits."""
        if not isinstance(self.value, list):
            raise self.error("expected a list [...]")
        count = len(self.value)
        if count < at_least or (at_most is not None and count > at_most):
            limits = f"{at_least}" if at_least == at_most else f"{at_least} to {at_most}"
            raise self.error(f"expected a list of {limits}")
        return tuple(
            Node(value, f"{self.place}[{i}]", self.failure) for i, value in enumerate(self.value)
        )

    def number(self, low: float, high: float, *, above: bool = False, below: bool = False) -> float:
        """A finite number, low..high; ``above``, ``below``: without that limit itself."""
        value = self.value
        # comparing before converting also turns away NaN, infinity and integers without end
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
            or (above and value == low)
            or (below and value == high)
        ):
            first = "above" if above else "from"
            last = "to below" if below else "to"
            raise self.error(f"expected a number {first} {low} {last} {high}")
        return float(value)

    def integer(self, low: int, high: int) -> int:
        """A whole number, low..high."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(f"expected a whole number from {low} to {high}")
        return value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.error("expected true or false")
        return self.value

    def text(self, longest: int) -> str:
        """A line of text, 1..``longest`` printable characters."""
        value = self.value
        if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
            raise self.error(f"expected one line of text, 1 to {longest} characters")
        return value


def readable(name: str) -> str:
    """A name from a file for use in a message: short and printable."""
    return _shortened(name if name.isprintable() else json.dumps(name))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def parse_json(data: bytes, failure: type[SwemError]) -> Node:
    """The document's root. Raises ``failure`` where ``data`` is not UTF-8 JSON."""
    try:
        return Node(json.loads(data.decode("utf-8-sig")), "", failure)  # Notepad writes a BOM
    except UnicodeDecodeError:
        raise failure("it is not text in UTF-8. Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise failure(
            f"it is not valid JSON (line {error.lineno}, column {error.colno}: {error.msg})."
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; thousands of brackets
        raise failure("it holds a number that is too long, or is nested too deeply.") from None
