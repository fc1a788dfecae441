"""Workbooks as other programs calculate them: every value that is stored beside a formula is spoilt first, then all are computed anew."""

import re
import subprocess
import zipfile
from pathlib import Path

import ironcalc
import openpyxl

SPOILT = "999.25"
CELL = re.compile(rb"<c ([^>]*)>(<f[^>]*>.*?</f>|<f[^>]*/>)<v>[^<]*</v></c>", re.S)


def spoil(path: Path, to: Path) -> int:
    """Write a copy in which the stored value of every formula is 999.25; how many there were."""
    count = 0
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                data, found = CELL.subn(_spoilt, data)
                count += found
            copy.writestr(entry, data)
    return count


def _spoilt(found: re.Match) -> bytes:
    kept = re.sub(rb' t="\w+"', b"", found[1])
    return b"<c " + kept + b">" + found[2] + b"<v>" + SPOILT.encode() + b"</v></c>"


def values_of(path: Path) -> dict[tuple[str, str], object]:
    """Sheet and cell → value that is stored in a workbook."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


class Calculated:
    """A workbook that ironcalc has calculated."""

    def __init__(self, path: Path):
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.model.evaluate()
        self.sheets = {
            sheet["name"]: at for at, sheet in enumerate(map(_plain, self.model.get_worksheets_properties()))
        }

    def value(self, sheet: str, row: int, column: int):
        """Value of a cell; row and column count from 0."""
        return self.model.get_cell_value(self.sheets[sheet], row + 1, column + 1)


def _plain(sheet) -> dict:
    return sheet if isinstance(sheet, dict) else {"name": sheet.name}


def by_office(path: Path, folder: Path) -> Path:
    """A workbook as LibreOffice writes it after calculating every formula anew."""
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS, encoding="utf-8")
    out = folder / "office"
    command = [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name


ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
