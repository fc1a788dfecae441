"""Workbooks with a part that Excel would put there: a macro, a link, or far too much of something."""

import zipfile
from pathlib import Path


def with_part(path: Path, name: str, data: bytes) -> Path:
    """A copy of a workbook with one more part."""
    to = path.parent / "more.xlsx"
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in given.infolist():
            copy.writestr(entry, given.read(entry))
        copy.writestr(name, data)
    return to
