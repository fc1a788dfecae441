"""What a bundle says beside its numbers: pages, outputs of notebooks, README, start page, records, against what we would have written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nasssap_lib.exchange.bundle import INDEX, README, Front, Run, bundle_files, manifest_of
from nasssap_lib.exchange.manifest import MANIFEST, document_names, once
from nasssap_lib.exchange.pack_files import any_of, pack_pattern
from nasssap_lib.pack.model import Pack
from nasssap_lib.run.folders import Folders, run_folder, scenario_names

PICTURE = re.compile(rb"data:image/(svg\+xml|png);base64,[A-Za-z0-9+/=]*")
PICTURES = ("image/svg+xml", "image/png")
MACHINE = ("finished", "seconds", "versions")  # of a record of a run, and of the manifest


def own_files(pack: Pack, root: Path, folders: Folders, runs: Mapping[str, Mapping], front: Front) -> dict[str, bytes]:
    """Every file of the bundle that we would have written of our own runs of its pack, the manifest included.

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
    files = bundle_files(ours, pack, root, scenario, front)
    return files | {MANIFEST: manifest_of(files, ours, pack, front)}


def other_pages(theirs: Mapping[str, bytes], ours: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Names of files that are not what we would have written, and of those in which nothing but pictures is otherwise.

    Parameters
    ----------
    theirs, ours : name → content, but for the pack and the result tables

    Returns
    -------
    names of files that say something else, or that only one side has; names of files with other pictures. What may differ from machine
    to machine is left out, see :func:`normalised`

    Examples
    --------
    >>> theirs = {"reports/a.html": b'<img src="data:image/png;base64,AAAA"> 12 %', "index.html": b"<h1>99 %</h1>"}
    >>> ours = {"reports/a.html": b'<img src="data:image/png;base64,BBBB"> 12 %', "index.html": b"<h1>12 %</h1>"}
    >>> other_pages(theirs, ours)
    (['index.html'], ['reports/a.html'])
    """
    names = [name for name in sorted(set(theirs) | set(ours)) if theirs.get(name) != ours.get(name)]
    one_sided = {name for name in names if name not in theirs or name not in ours}
    said, drawn = (
        {
            name
            for name in set(names) - one_sided
            if normalised(name, theirs[name], pictures) != normalised(name, ours[name], pictures)
        }
        for pictures in (False, True)
    )
    return sorted(said | one_sided), sorted(drawn - said)


def normalised(name: str, content: bytes, pictures: bool = True) -> Any:
    """A file of a bundle without what may differ from machine to machine and from hour to hour; all else must be alike.

    Left out are: in an executed notebook the version of Python (``language_info``); in the record of a run (``run.json``) and in the
    manifest when it ended, how long it took, and the versions of packages; hashes and sizes of files, for each file is compared
    itself; what the sender has looked at before sending, which ``verify`` tells. Paths of a machine need no rule: ``share`` lets none
    pass. Pages, README and start page are compared letter by letter.

    Parameters
    ----------
    name : of the file in the bundle
    content : its bytes
    pictures : False: without pictures too, which other versions of packages draw otherwise; their titles and descriptions stay

    Returns
    -------
    what is compared: bytes, or what a file of JSON says. A file that is no JSON, or names a thing twice, is compared as bytes

    Examples
    --------
    >>> normalised("data/processed/SEN/01_a/run.json", b'{"status": "done", "seconds": 3.2, "versions": {"python": "3.12"}}')
    {'status': 'done'}
    """
    if name.endswith((".ipynb", ".json")):
        try:
            said = json.loads(content, object_pairs_hook=once)
            return _notebook(said, pictures) if name.endswith(".ipynb") else _record(said)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return content
    return content if pictures else PICTURE.sub(b"", content)


def _notebook(notebook: dict[str, Any], pictures: bool) -> dict[str, Any]:
    notebook["metadata"].pop("language_info", None)
    for output in [] if pictures else [output for cell in notebook["cells"] for output in cell.get("outputs", [])]:
        output["data"] = {kind: None if kind in PICTURES else data for kind, data in output.get("data", {}).items()}
    return notebook


def _record(record: dict[str, Any]) -> dict[str, Any]:
    """A record of a run, or the manifest."""
    said = {key: value for key, value in record.items() if key not in (*MACHINE, "accepted")}
    if "runs" in said:
        said["runs"] = {key: _record(run) for key, run in said["runs"].items()}
    return said | {key: sorted(said[key]) for key in ("files", "tables") if key in said}


def foreign_names(names: Iterable[str], country: str, runs: Mapping[str, Mapping]) -> list[str]:
    """Names of files that ``nasssap share`` would not write into a bundle of these runs.

    Examples
    --------
    >>> foreign_names(["data/raw/SEN/schemes.csv", "reports/01_a.html", "x.exe", "reports/02_b.html"], "SEN", {"01_a": {}})
    ['x.exe', 'reports/02_b.html']
    """
    scenarios = {name for run in runs.values() for name in scenario_names(str(run.get("scenario", "")))}
    parts = {
        run_folder("reports", *(str(run.get(key, "")) for key in ("scenario", "language"))) for run in runs.values()
    }
    products = rf"{any_of(parts)}/{any_of(runs)}\.(?:html|ipynb)|data/processed/{country}/{any_of(runs)}/(?:run\.json|[^/]+\.csv)"
    known = re.compile(rf"{any_of((README, INDEX))}|data/raw/(?:{pack_pattern(country, scenarios)})|{products}")
    return [name for name in names if not known.fullmatch(name)]


def foreign_in_edition(names: Iterable[str], country: str, edition: str, before: bool) -> list[str]:
    """Names of files that a numbered ``nasssap document`` would not write into its archive.

    Parameters
    ----------
    names : of files
    country, edition : code, and for which readers the document is
    before : whether it is compared with an edition before, whose pack it then holds

    Examples
    --------
    >>> names = ["brief.pdf", "summary.pdf", "data/raw/SEN/text/vision.md", "data/before/SEN/country.toml"]
    >>> foreign_in_edition(names, "SEN", "brief", False)
    ['summary.pdf', 'data/before/SEN/country.toml']
    """
    folders = any_of(["data/raw/", "data/before/"] if before else ["data/raw/"])
    known = re.compile(rf"{any_of(document_names(edition))}|{folders}(?:{pack_pattern(country)})")
    return [name for name in names if not known.fullmatch(name)]
