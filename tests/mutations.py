"""Documents and files changed as damage, other programs and hostile people change them."""

import copy
import json
import struct
from typing import Any

from hypothesis import strategies as st

NUMBERS = st.integers() | st.floats() | st.just(10**400) | st.just(-1) | st.just(2**63)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text(max_size=12) | st.just("\ud800")
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)
Place = tuple[str | int, ...]


def places(document: Any, here: Place = ()) -> list[Place]:
    """The way to every value of a document."""
    entries: list[tuple[str | int, Any]] = []
    if isinstance(document, dict):
        entries = list(document.items())
    elif isinstance(document, list):
        entries = list(enumerate(document))
    return [here, *(place for key, value in entries for place in places(value, (*here, key)))]


@st.composite
def mutated_documents(draw: st.DrawFn, document: Any) -> Any:
    """One to three values replaced, left out, renamed, repeated, or wrapped in lists."""
    changed = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(places(changed))) or (None,)
        if last is None:
            return draw(ANYTHING)
        holder = changed
        for key in way:
            holder = holder[key]
        match draw(st.sampled_from(["replace", "replace", "drop", "rename", "repeat", "wrap"])):
            case "replace":
                holder[last] = draw(ANYTHING)
            case "drop":
                del holder[last]
            case "rename" if isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = holder.pop(last)
            case "repeat":
                holder[last] = [holder[last]] * draw(st.sampled_from([2, 300]))
            case _:
                for _ in range(draw(st.sampled_from([1, 3, 60]))):
                    holder[last] = [holder[last]]
        if not isinstance(changed, dict | list):
            return changed
    return changed


@st.composite
def mutated_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """Some bytes changed, and perhaps cut off."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.just(len(data)) | st.integers(0, len(data)))])


def safetensors_parts(content: bytes) -> tuple[Any, bytes]:
    """The header and the rest of a safetensors file."""
    (length,) = struct.unpack("<Q", content[:8])
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def safetensors_file(header: Any, data: bytes) -> bytes:
    """A file of these parts."""
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data
