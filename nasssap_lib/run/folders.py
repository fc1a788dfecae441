"""Where things are: the project's notebooks, and where executed notebooks, reports and result tables go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nasssap_lib
from nasssap_lib.errors import NasssapError


def project_root() -> Path:
    """The nearest folder above the working directory, or above this library, that holds the notebooks.

    Raises
    ------
    NasssapError : there is none
    """
    for start in (Path.cwd(), Path(nasssap_lib.__file__).resolve().parent):
        for folder in (start, *start.parents):
            if (folder / "notebooks" / "01_stocktaking.ipynb").is_file():
                return folder
    raise NasssapError(
        "notebooks: expected a folder notebooks/ with 01_stocktaking.ipynb above the working directory; run nasssap inside the project"
    )


@dataclass(frozen=True)
class Places:
    """The folders of one run: ``out`` receives ``reports/`` and ``data/processed/``."""

    notebooks: Path
    out: Path

    @property
    def reports(self) -> Path:
        """Executed notebooks, HTML reports and the index."""
        return self.out / "reports"

    @property
    def processed(self) -> Path:
        """Result tables and run.json, one folder a country and notebook."""
        return self.out / "data" / "processed"


def places(out: str | Path | None = None) -> Places:
    """The folders of a run; ``out=None`` is the project itself."""
    root = project_root()
    return Places(root / "notebooks", Path(out).expanduser().resolve() if out else root)
