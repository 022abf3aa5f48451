"""The sections of METHOD.md that docstrings cite exist."""

import re
from pathlib import Path

import swem_core

CORE = Path(swem_core.__file__).parent


def test_every_section_that_is_cited_exists() -> None:
    text = (CORE / "METHOD.md").read_text("utf-8")
    known = set(re.findall(r"^## ([A-Z])\.", text, re.M)) | set(
        re.findall(r"\*\*([A-Z]\d)\.", text)
    )
    shortcuts = text[text.index("\n## F.") : text.index("\n## G.")]
    known |= {f"F{number}" for number in re.findall(r"^(\d)\. ", shortcuts, re.M)}
    cited = {
        (path.name, section)
        for path in CORE.rglob("*.py")
        for section in re.findall(r"METHOD ([A-Z]\d?)\b", path.read_text("utf-8"))
    }
    assert len(cited) > 20
    assert not {(file, section) for file, section in cited if section not in known}
