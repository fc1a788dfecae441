"""A job is one notebook for one country; a record is what became of it. Both travel between processes as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from nasssap_lib.run.folders import Folders, run_folder

DONE, CURRENT, FAILED = "done", "current", "failed"
DIED = "died"  # of a record that is never given out: the job is tried again, then failed


@dataclass(frozen=True)
class RunRecord:
    """What became of one notebook for one country.

    status : done (it ran), current (nothing that it is made from has changed), failed · cell, line : number of the code cell that
    failed and the last line of the library or the notebook that did · why : why it ran · processor_seconds, memory_mb : of its
    processes, 0 where they could not be told · version : folder of a value of a swept parameter
    """

    country: str
    notebook: str
    status: str
    seconds: float
    cell: int | None = None
    message: str = ""
    scenario: str = ""
    language: str = ""
    why: str = ""
    line: str = ""
    processor_seconds: float = 0.0
    memory_mb: int = 0
    version: str = ""

    @property
    def name(self) -> str:
        """Country, notebook, and what makes it another report than the baseline's in English."""
        return " ".join(filter(None, [self.country, self.notebook, self.scenario, self.version, self.language]))


@dataclass(frozen=True)
class Job:
    """One notebook to run for one country.

    data : data folder · notebook_folder : where the notebook is read; "": the project's · draft : where products lie until they are
    whole, below reports/ and data/processed/ · inputs : what the report is made from, see :mod:`nasssap_lib.run.inputs` · why : why it
    runs · limit, expected : seconds that it may take, and probably takes · together : jobs of this batch for its country ·
    version : folder of the value of a parameter that is swept · made : text of a scenario that was made for this run · label : what
    differs from the baseline, where no name says it
    """

    country: str
    notebook: str
    parameters: dict[str, Any]
    data: str
    folders: Folders
    notebook_folder: str = ""
    draft: str = ""
    inputs: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    limit: float = 0.0
    expected: float = 0.0
    together: int = 1
    version: str = ""
    made: str = ""
    label: str = ""

    @property
    def scenario(self) -> str:
        """Name of a scenario, or two with a comma; "": the baseline."""
        return self.parameters.get("scenario", "")

    @property
    def language(self) -> str:
        """Code of the report's language; "": English."""
        return self.parameters.get("language", "")

    @property
    def name(self) -> str:
        """As of a record."""
        return self.record("").name

    @property
    def folder(self) -> str:
        """Folder of the products, below that of all reports and that of all results."""
        return run_folder(self.country, self.scenario or self.version, self.language)

    @property
    def source(self) -> Path:
        """The notebook itself."""
        return Path(self.notebook_folder or self.folders.notebooks) / f"{self.notebook}.ipynb"

    @property
    def report(self) -> Path:
        """The executed notebook."""
        return self.folders.reports / self.folder / f"{self.notebook}.ipynb"

    @property
    def page(self) -> Path:
        """The report as a page."""
        return self.report.with_suffix(".html")

    @property
    def failed_copy(self) -> Path:
        """The executed notebook of a run that failed."""
        return self.report.with_name(f"{self.notebook}.failed.ipynb")

    @property
    def results(self) -> Path:
        """The folder of result tables and run.json."""
        return self.folders.processed / self.folder / self.notebook

    def record(self, status: str, seconds: float = 0.0, **values: Any) -> RunRecord:
        """A record of this job."""
        about = {"scenario": self.scenario, "language": self.language, "why": self.why, "version": self.version}
        return RunRecord(self.country, self.notebook, status, round(seconds, 2), **about, **values)

    def to_json(self) -> dict[str, Any]:
        """The job as JSON knows values."""
        folders = {key: str(path) for key, path in asdict(self.folders).items()}
        return {**{part.name: getattr(self, part.name) for part in fields(self)}, "folders": folders}

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> Job:
        """The job that :meth:`to_json` wrote."""
        folders = Folders(**{key: Path(path) for key, path in values["folders"].items()})
        return cls(**{**values, "folders": folders})
