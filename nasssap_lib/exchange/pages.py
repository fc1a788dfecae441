"""What a bundle shows beside its numbers: pages, outputs of notebooks, README and start page, against those that we would have written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nasssap_lib.exchange.bundle import INDEX, README, Front, Run, bundle_files
from nasssap_lib.pack.model import Pack
from nasssap_lib.run.folders import Folders, run_folder, scenario_names

PICTURE = re.compile(rb"data:image/(svg\+xml|png);base64,[A-Za-z0-9+/=]*")
PICTURES = ("image/svg+xml", "image/png")


def is_shown(name: str) -> bool:
    """Whether a file of a bundle is one that people read: neither the pack nor a result table."""
    return name.startswith("reports/") or name in (README, INDEX)


def own_files(pack: Pack, root: Path, folders: Folders, runs: Mapping[str, Mapping], front: Front) -> dict[str, bytes]:
    """Every file of the bundle that we would have written of our own runs of its pack.

    Parameters
    ----------
    pack, root : of the bundle, and the data folder that it was written to
    folders : of our runs
    runs : notebook → its parameters; all of one scenario and language
    front : what the first pages of the bundle say of it
    """
    scenario, language = (next(iter(runs.values())).get(name, "") for name in ("scenario", "language"))
    folder = run_folder(pack.country, scenario, language)
    ours = [
        Run(name, folders.reports / folder / f"{name}.ipynb", folders.processed / folder / name)
        for name in sorted(runs)
    ]
    return bundle_files(ours, pack, root, scenario, front)


def other_pages(theirs: Mapping[str, bytes], ours: Mapping[str, bytes], same_versions: bool) -> list[str]:
    """Names of shown files that are not what we would have written.

    Parameters
    ----------
    theirs, ours : name → content
    same_versions : False: other versions of packages draw other pictures; only what is written is compared then

    Examples
    --------
    >>> theirs = {"reports/a.html": b'<img src="data:image/png;base64,AAAA"> 12 %', "data/raw/codebook.csv": b"id"}
    >>> ours = {"reports/a.html": b'<img src="data:image/png;base64,BBBB"> 12 %'}
    >>> other_pages(theirs, ours, False), other_pages(theirs, ours, True)
    ([], ['reports/a.html'])
    """
    names = sorted(name for name in set(theirs) | set(ours) if is_shown(name))
    if same_versions:
        return [name for name in names if theirs.get(name) != ours.get(name)]
    return [name for name in names if _written(name, theirs.get(name)) != _written(name, ours.get(name))]


def _written(name: str, content: bytes | None) -> Any:
    """A file without its pictures, and without the version of Python."""
    if content is None or not name.endswith(".ipynb"):
        return content and PICTURE.sub(b"", content)
    notebook = json.loads(content)
    for cell in notebook.get("cells", []):
        for output in cell.get("outputs", []):
            output["data"] = {kind: data for kind, data in output.get("data", {}).items() if kind not in PICTURES}
    notebook.get("metadata", {}).pop("language_info", None)
    return notebook


def foreign_names(names: Iterable[str], country: str, runs: Mapping[str, Mapping]) -> list[str]:
    """Names of files that ``nasssap share`` would not write into a bundle of these runs.

    Examples
    --------
    >>> foreign_names(["data/raw/SEN/schemes.csv", "reports/01_a.html", "x.exe", "reports/02_b.html"], "SEN", {"01_a": {}})
    ['x.exe', 'reports/02_b.html']
    """
    scenarios = {name for run in runs.values() for name in scenario_names(str(run.get("scenario", "")))}
    raw = rf"codebook\.csv|{country}/(country\.toml|[a-z_]+\.csv|scenarios/({_any(scenarios)})\.toml)"
    parts = {
        run_folder("reports", *(str(run.get(key, "")) for key in ("scenario", "language"))) for run in runs.values()
    }
    products = (
        rf"({_any(parts)})/({_any(runs)})\.(html|ipynb)|data/processed/{country}/({_any(runs)})/(run\.json|[^/]+\.csv)"
    )
    known = re.compile(rf"{_any((README, INDEX))}|data/raw/({raw})|{products}")
    return [name for name in names if not known.fullmatch(name)]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words))) or "(?!)"
