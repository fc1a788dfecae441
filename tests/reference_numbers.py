"""Where tests find other people's numbers: NASSSAP_REFERENCE, by default the folder beside the project."""

import json
import os
from pathlib import Path

import pytest

REFERENCE = Path(os.environ.get("NASSSAP_REFERENCE") or Path(__file__).parents[1].parent / "shared" / "reference")


def reference_path(name: str) -> Path:
    """The file, or a skip that names it; on CI a missing file is a failure."""
    path = REFERENCE / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            f"reference file {name} is not there: set NASSSAP_REFERENCE"
        )
    return path


def reference(name: str):
    """A reference file's content."""
    return json.loads(reference_path(name).read_text(encoding="utf-8"))
