"""Where things are: the project's notebooks, and where executed notebooks, reports and result tables go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nasssap_lib.chapter.notebooks import NUMBERED, notebooks_folder
from nasssap_lib.errors import NasssapError


def project_root() -> Path:
    """The nearest folder above the working directory, or above this library, that holds the notebooks.

    Raises
    ------
    NasssapError : there is none
    """
    if folder := notebooks_folder():
        return folder.parent
    expected = f"expected a folder notebooks/ with {NUMBERED} above the working directory"
    raise NasssapError(f"notebooks: {expected}; run nasssap inside the project")


@dataclass(frozen=True)
class Folders:
    """The folders of one run: ``out`` receives ``reports/`` and ``data/processed/``."""

    notebooks: Path
    out: Path

    @classmethod
    def of(cls, out: str | Path | None = None) -> Folders:
        """The folders of a run; ``out=None`` is the project itself."""
        root = project_root()
        return cls(root / "notebooks", Path(out).expanduser().resolve() if out else root)

    @property
    def reports(self) -> Path:
        """Executed notebooks, HTML reports and the index."""
        return self.out / "reports"

    @property
    def processed(self) -> Path:
        """Result tables and run.json, one folder a country and notebook."""
        return self.out / "data" / "processed"


def scenario_names(scenario: str) -> list[str]:
    """The names of scenarios in a parameter.

    Examples
    --------
    >>> scenario_names("low, high"), scenario_names("")
    (['low', 'high'], [])
    """
    return [name.strip() for name in scenario.split(",") if name.strip()]


def run_folder(country: str, scenario: str = "", language: str = "") -> str:
    """Folder of a country's products: scenarios and languages have one of their own inside, so that each leaves the others as they are.

    Examples
    --------
    >>> run_folder("SEN"), run_folder("SEN", "low, high", "fr")
    ('SEN', 'SEN/low_and_high/fr')
    """
    return "/".join(filter(None, [country, "_and_".join(scenario_names(scenario)), language]))
