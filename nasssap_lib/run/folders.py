"""Where things are: the project's notebooks, and where executed notebooks, reports and result tables go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nasssap_lib.chapter.notebooks import LIBRARY, notebooks_folder
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import expanded


def project_root() -> Path | None:
    """The clone that this library stands in, with ``notebooks/`` beside it; None where it was installed as a wheel."""
    folder = notebooks_folder()
    return LIBRARY.parent if folder and folder.parent == LIBRARY.parent else None


@dataclass(frozen=True)
class Folders:
    """The folders of one run: ``notebooks`` of this library are run, ``out`` receives ``reports/`` and ``data/processed/``."""

    notebooks: Path
    out: Path

    @classmethod
    def of(cls, out: str | Path | None = None) -> Folders:
        """The folders of a run; ``out=None`` is the clone, and the current folder where nasssap was installed as a wheel.

        Raises
        ------
        NasssapError : this library came without its notebooks
        """
        notebooks = notebooks_folder()
        if notebooks is None:
            expected = f"expected notebooks/ in {LIBRARY} or beside it"
            raise NasssapError(f"notebooks: {expected}; install nasssap again, or run it in a clone of the project")
        return cls(notebooks, _real(out) if out else project_root() or Path.cwd())

    @property
    def reports(self) -> Path:
        """Executed notebooks, HTML reports and the index."""
        return self.out / "reports"

    @property
    def processed(self) -> Path:
        """Result tables and run.json, one folder a country and notebook."""
        return self.out / "data" / "processed"


def _real(out: str | Path) -> Path:
    """The folder behind all links; links that lead to one another stay as they are, for the system to refuse."""
    path = expanded(out)
    try:
        return path.resolve()
    except RuntimeError:  # of Python before 3.13
        return path.absolute()


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
