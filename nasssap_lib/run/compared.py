"""Which pages set versions beside one another, where each lies, and whether it is current: asked of every run that compares.

Nothing here imports pandas: a run in which nothing changed ends before a page would be written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from nasssap_lib.files import content_of
from nasssap_lib.run.folders import Folders, run_folder, scenario_names
from nasssap_lib.run.inputs import COMPARISON, INPUTS, Sources
from nasssap_lib.run.jobs import Job
from nasssap_lib.run.records import RECORD


def comparisons(jobs: Iterable[Job], sources: Sources) -> list[dict[str, Any]]:
    """The pages that a batch of versions has to write, a task a country and language.

    Returns
    -------
    tasks for :func:`nasssap_lib.run.comparison.write_comparison`, as JSON knows values; ``digest`` is of all that the page is made from
    """
    pages: dict[tuple[str, str], dict[str, dict]] = {}
    for job in jobs:
        versions = pages.setdefault((job.country, job.language), {})
        version = versions.setdefault(job.scenario or job.version, _version(job, sources))
        version["notebooks"].append(job.notebook)
    return [_task(country, language, [*versions.values()], sources) for (country, language), versions in pages.items()]


def _version(job: Job, sources: Sources) -> dict[str, Any]:
    names = scenario_names(job.scenario)
    with suppress(OSError):
        files = sources.pack(job)
        texts = [files.get(f"{job.country}/scenarios/{name}.toml", b"").decode("utf-8", "replace") for name in names]
        return {**_named(job), "scenario": texts[0] if texts else "", "notebooks": []}
    return {**_named(job), "scenario": "", "notebooks": []}


def _named(job: Job) -> dict[str, Any]:
    return {"name": job.scenario or job.version, "label": job.label, "folder": job.folder}


def _task(country: str, language: str, versions: list[dict], sources: Sources) -> dict[str, Any]:
    return {"country": country, "language": language, "versions": versions, "data": str(sources.root)}


def digest_of(task: Mapping[str, Any], folders: Folders, sources: Sources) -> str:
    """A hash of all that a page says: what is compared, the records and results of the runs, our own code."""
    digest = hashlib.sha256(json.dumps([task, sources.library]).encode())
    for version in task["versions"]:
        for notebook in version["notebooks"]:
            for name in (RECORD, INPUTS):
                with suppress(OSError):
                    digest.update(content_of(folders.processed / version["folder"] / notebook / name))
    return digest.hexdigest()


def page_of(task: Mapping[str, Any], folders: Folders) -> Path:
    """Where a page lies."""
    return folders.reports / run_folder(task["country"], "", task["language"]) / f"{COMPARISON}.html"
