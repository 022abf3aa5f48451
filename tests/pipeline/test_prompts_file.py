"""Prompts files: round trips, scaling, and refusals that name the place."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.prompts_file import (
    MAX_BYTES,
    ObjectPrompts,
    PromptsFile,
    load_prompts,
    parse_prompts,
    save_prompts,
)
from swem_core.errors import PromptError
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble, points_of

WIDTH, HEIGHT = 640, 360

flags = st.booleans()
xs = st.floats(0, WIDTH, exclude_max=True)
ys = st.floats(0, HEIGHT, exclude_max=True)
points = st.lists(st.tuples(xs, ys), min_size=1, max_size=5).map(tuple)
radii = st.floats(0, WIDTH, exclude_min=True, allow_subnormal=False)
prompts: st.SearchStrategy[Prompt] = st.one_of(
    st.builds(Click, xs, ys, flags),
    st.builds(Scribble, points, flags),
    st.builds(Brush, points, radii, flags),
    st.builds(
        lambda x, y, positive: Box(x[0], y[0], x[1], y[1], positive),
        st.lists(xs, min_size=2, max_size=2, unique=True).map(sorted),
        st.lists(ys, min_size=2, max_size=2, unique=True).map(sorted),
        flags,
    ),
    st.builds(Lasso, st.lists(st.tuples(xs, ys), min_size=3, max_size=5).map(tuple), st.booleans()),
)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.isprintable)
colors = st.tuples(*[st.integers(0, 255)] * 3)
objects = st.builds(
    ObjectPrompts,
    st.integers(1, 255),
    st.lists(prompts, min_size=1, max_size=4).map(tuple),
    st.none() | names,
    st.none() | colors,
)
files = st.lists(objects, min_size=1, max_size=4, unique_by=lambda one: one.object_id).map(
    lambda found: PromptsFile((HEIGHT, WIDTH), tuple(found))
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def document() -> dict[str, Any]:
    return {
        "format": "swem-live-prompts-1",
        "size": [WIDTH, HEIGHT],
        "objects": [
            {"id": 7, "name": "dog", "prompts": [{"type": "click", "x": 5, "y": 6}]},
            {
                "id": 2,
                "color": [1, 2, 3],
                "prompts": [
                    {"type": "scribble", "points": [[1, 2], [3, 4.5]], "positive": False},
                    {
                        "type": "brush",
                        "points": [[9, 9]],
                        "radius": 4,
                        "add": False,
                        "pressures": [0.5],
                    },
                    {"type": "box", "left": 1, "top": 2, "right": 30, "bottom": 40},
                    {"type": "lasso", "points": [[1, 2], [3, 4], [5, 1]]},
                ],
            },
        ],
    }


def parsed(value: object) -> PromptsFile:
    return parse_prompts(json.dumps(value).encode())


def test_a_whole_document() -> None:
    assert parsed(document()) == PromptsFile(
        (HEIGHT, WIDTH),
        (
            ObjectPrompts(7, (Click(5, 6),), "dog"),
            ObjectPrompts(
                2,
                (
                    Scribble(((1, 2), (3, 4.5)), False),
                    Brush(((9, 9),), 4, False, (0.5,)),
                    Box(1, 2, 30, 40),
                    Lasso(((1, 2), (3, 4), (5, 1))),
                ),
                color=(1, 2, 3),
            ),
        ),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(file=files)
def test_round_trip(tmp_path: Path, file: PromptsFile) -> None:
    save_prompts(tmp_path / "new" / "p.json", file)
    assert load_prompts(tmp_path / "new" / "p.json") == file
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["p.json"]


def test_byte_order_mark_is_accepted() -> None:
    assert parse_prompts(b"\xef\xbb\xbf" + json.dumps(document()).encode()) == parsed(document())


def mend(path: str, value: object) -> dict[str, Any]:
    """The good document with one place changed; "size/0" is the first element of "size"."""
    whole = document()
    *parents, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    inner: Any = whole
    for step in parents:
        inner = inner[step]
    inner[last] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("format", "other", 'format is "other"; expected "swem-live-prompts-1"'),
        ("size", [640], r"size is a list of 1; expected a list of 2"),
        ("size/1", 0, r"size\[1\] is 0; expected a whole number from 1"),
        ("size/0", 10**30, r"size\[0\]"),
        ("objects", [], "objects is a list of 0; expected a list of 1 to 255"),
        ("objects", {"a": 1}, r"objects is \{\.\.\.\}; expected a list"),
        ("objects/0", None, r"objects\[0\] is null"),
        ("objects/0/id", 0, r"objects\[0\]\.id is 0; expected a whole number from 1 to 255"),
        ("objects/0/id", True, r"objects\[0\]\.id is true"),
        ("objects/0/id", 2, r"objects\[1\]\.id is 2; expected an id that no other object has"),
        ("objects/0/name", "", r"objects\[0\]\.name"),
        ("objects/0/name", "two\nlines", r"objects\[0\]\.name"),
        ("objects/0/name", "\ud800", r"objects\[0\]\.name"),
        ("objects/0/colour", 1, r"objects\[0\]\.colour is 1; this name is not known"),
        ("objects/1/color", [1, 2, 300], r"objects\[1\]\.color\[2\] is 300"),
        ("objects/0/prompts", [], r"objects\[0\]\.prompts is a list of 0"),
        ("objects/0/prompts/0/type", "tap", r'type is "tap"; expected "click", "scribble"'),
        ("objects/0/prompts/0/x", WIDTH, r"prompts\[0\]\.x is 640; .* from 0 to below 640"),
        ("objects/0/prompts/0/x", -1, r"objects\[0\]\.prompts\[0\]\.x is -1"),
        ("objects/0/prompts/0/x", float("nan"), r"prompts\[0\]\.x is NaN"),
        ("objects/0/prompts/0/y", float("inf"), r"prompts\[0\]\.y is Infinity"),
        ("objects/0/prompts/0/y", 10**400, r"prompts\[0\]\.y is 1000"),
        ("objects/0/prompts/0/y", "5", r'prompts\[0\]\.y is "5"; expected a number'),
        ("objects/0/prompts/0/positive", 1, r"positive is 1; expected true or false"),
        ("objects/1/prompts/2/right", 1, r"right is 1; expected a number above 1"),
        ("objects/1/prompts/2/bottom", HEIGHT, r"bottom is 360; .* from 0 to below 360"),
        ("objects/1/prompts/3/points", [[1, 2], [3, 4]], r"points is a list of 2"),
        ("objects/1/prompts/0/points", [], r"prompts\[0\]\.points is a list of 0"),
        ("objects/1/prompts/0/points/1", [3], r"points\[1\] is a list of 1"),
        ("objects/1/prompts/0/points/1/1", None, r"points\[1\]\[1\] is null"),
        ("objects/1/prompts/0/points", [[1, 1]] * 20_001, "1 to 20000"),
        ("objects/0/prompts", [{"type": "click", "x": 1, "y": 1}] * 1001, "1 to 1000"),
        ("objects/1/prompts/1/radius", 0, r"radius is 0; expected a number above 0"),
        ("objects/1/prompts/1/radius", 641, r"radius is 641"),
    ],
)
def test_complaints_name_the_place(path: str, value: object, complaint: str) -> None:
    with pytest.raises(PromptError, match=complaint):
        parsed(mend(path, value))


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("format", 'the file lacks "format"'),
        ("objects/0/id", r'objects\[0\] lacks "id"'),
        ("objects/0/prompts/0/type", r'objects\[0\]\.prompts\[0\] lacks "type"'),
        ("objects/1/prompts/1/radius", r'prompts\[1\] lacks "radius"'),
    ],
)
def test_what_is_missing_is_named(path: str, complaint: str) -> None:
    whole = document()
    *parents, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    inner: Any = whole
    for step in parents:
        inner = inner[step]
    del inner[last]
    with pytest.raises(PromptError, match=complaint):
        parsed(whole)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\xfe{}", b"[" * 100_000, b"[" + b"9" * 10_000 + b"]", b"7", b"null"],
    ids=["empty", "cut", "utf-16", "deep", "digits", "number", "null"],
)
def test_what_is_no_document(data: bytes) -> None:
    with pytest.raises(PromptError):
        parse_prompts(data)


@settings(deadline=None)
@given(json_values, st.data())
def test_any_json_is_taken_or_refused(value: object, data: st.DataObject) -> None:
    places = ["format", "size", "objects", "size/0", "objects/0", "objects/0/prompts/0"]
    for whole in (value, mend(data.draw(st.sampled_from(places)), value)):
        try:
            parsed(whole)
        except PromptError as error:
            assert str(error)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PromptError):
        parse_prompts(data)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="cannot be read"):
        load_prompts(tmp_path / "missing.json")
    (tmp_path / "large.json").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(PromptError, match="larger than 4 MiB"):
        load_prompts(tmp_path / "large.json")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(PromptError, match=r'bad\.json cannot be used: the file lacks "format"'):
        load_prompts(tmp_path / "bad.json")


def test_only_what_can_be_loaded_is_saved(tmp_path: Path) -> None:
    outside = PromptsFile((10, 10), (ObjectPrompts(1, (Click(10, 3),)),))
    with pytest.raises(PromptError, match=r"prompts\[0\]\.x"):
        save_prompts(tmp_path / "p.json", outside)
    (tmp_path / "file").touch()
    with pytest.raises(PromptError, match="cannot be saved"):
        save_prompts(tmp_path / "file" / "p.json", parsed(document()))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_scaling() -> None:
    half = parsed(document()).scaled_to((HEIGHT // 2, WIDTH // 2))
    assert half.size == (180, 320)
    assert half.objects[0].prompts == (Click(2.5, 3),)
    assert half.objects[0].name == "dog"
    scribble, brush, box, lasso = half.objects[1].prompts
    assert box == Box(0.5, 1, 15, 20)
    assert lasso == Lasso(((0.5, 1), (1.5, 2), (2.5, 0.5)))
    assert scribble == Scribble(((0.5, 1), (1.5, 2.25)), False)
    assert brush == Brush(((4.5, 4.5),), 2, False, (0.5,))


def test_scaling_needs_the_same_shape() -> None:
    parsed(document()).scaled_to((480, 854))
    with pytest.raises(
        PromptError, match="640 x 360 pixels, which cannot be stretched to 640 x 480"
    ):
        parsed(document()).scaled_to((480, 640))


@settings(deadline=None)
@given(files, st.integers(9, 6000))
def test_scaled_prompts_stay_usable(file: PromptsFile, unit: int) -> None:
    scaled = file.scaled_to((unit * 9, unit * 16))
    for one in scaled.objects:
        for prompt in one.prompts:
            places = points_of(prompt)
            assert all(0 <= x < unit * 16 and 0 <= y < unit * 9 for x, y in places)
            if isinstance(prompt, Brush):
                assert 0 < prompt.radius <= unit * 16
