"""Taking bundles apart and putting them together again, honestly or not."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

from nasssap_lib.run.fingerprint import library_digest
from nasssap_lib.run.inputs import INPUTS

NOTEBOOK = "02_gap_identification"


def stamp(reports):
    """Say that today's library made the reports: it may be edited while the tests run."""
    today = {"library_sha256": library_digest()}
    for path in reports.glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        if notebook["metadata"]["nasssap"] != today:
            notebook["metadata"]["nasssap"] = today
            path.write_text(json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
            own(path)


def own(report):
    """Let a report pass for what its run wrote, as a notebook may write anything."""
    out, _, folder = report.parent.as_posix().rpartition("/reports/")
    path = Path(out) / "data" / "processed" / folder / report.stem / INPUTS
    inputs = json.loads(path.read_text("utf-8"))
    inputs["products"][report.name] = hashlib.sha256(report.read_bytes()).hexdigest()
    path.write_text(json.dumps(inputs), "utf-8")


def copy_run(source, out, country="SEN"):
    """A copy of a country's part of an output folder, to be spoiled."""
    for part in ("reports", "data/processed"):
        shutil.copytree(source / part / country, out / part / country)
    stamp(out / "reports" / country)
    return out


def entries(path):
    """Name and content of every file of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path, files, *further):
    """An archive of files, and of further pairs of an entry and its content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*files.items(), *further]:
            archive.writestr(name, content)
    return path


def resealed(files):
    """The files with a manifest that fits them, as somebody who changes a bundle can make it."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in files.items()
        if name != "manifest.json"
    }
    return {**files, "manifest.json": json.dumps(manifest).encode()}
