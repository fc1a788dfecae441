"""Makes the pack of the fictional training country under data/raw/XTC: every table is filled, nothing in it is real.

The subjects are in tools/training_country, what was written by hand in its tables. Figures are invented but fit together:
product = population × product per head, contributors × wage × rate × what is collected = contributions, coverage is counted
from the schemes. Same tool: same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from convert_figures import write_settings, write_table  # noqa: E402
from figures_to_pack.reading import PROJECT, read_rows  # noqa: E402
from training_country import coverage, demography, economy, insured, people, policy, schemes, welfare, work  # noqa: E402

from nasssap_lib.pack import schema

CODE = "XTC"
PROSE = Path(__file__).parent / "training_country" / "text"  # what a ministry would write into its strategy
INVENTED = "invented for training, no figure of any country"
SOURCES = [  # id, short, title, edition, rank, year
    ("XTC-TRAINING", "Invented for training", "Training country Zephyria", "", 0, ""),
    ("XTC-COVERAGE-2023", "Invented for training, ed. 2023", "Coverage of the training country", "2023", 1, 2023),
    ("XTC-COVERAGE-2025", "Invented for training, ed. 2025", "Coverage of the training country", "2025", 2, 2025),
]
SETTINGS = {
    "code": CODE,
    "name_en": "Zephyria",
    "name_fr": "Zéphyrie",
    "name_es": "Cefiria",
    "currency": "XTS",  # the code that ISO 4217 keeps for tests
    "language": "en",
    "reference_year": "2025",
    "plans": "Zephyria Vision 2040;Third Medium-Term Plan",
}


def source_rows() -> list[dict]:
    """Rows of sources.csv: one for all figures, two for the editions of coverage that revise each other."""
    names = ("id", "short", "title", "edition", "edition_rank", "year")
    rest = {"publisher": "nasssap", "licence": "as the project itself", "note": INVENTED, "grade": "other"}
    return [dict(zip(names, row, strict=True)) | rest for row in SOURCES]


def fact_rows() -> list[dict]:
    """Rows of indicators.csv, each with the unit of the codebook."""
    units = {row["id"]: row["unit"] for row in read_rows(PROJECT / "data" / "raw" / "codebook.csv")}
    rows = [
        *people.fact_rows(), *economy.macro_rows(), *economy.tax_rows(), *work.labour_rows(), *work.health_rows(), *welfare.poverty_rows(),
        *coverage.coverage_rows(), *coverage.quintile_rows(), *coverage.spending_rows(),
    ]  # fmt: skip
    return [{"country": CODE, "group": "total", "sex": "total", "unit": units[row["indicator"]]} | row for row in rows]


def all_rows() -> dict[str, list[dict]]:
    """Rows of every table of the schema; what is not computed was written by hand."""
    computed = {
        "sources": source_rows(),
        "indicators": fact_rows(),
        "population": people.population_rows(),
        "demography": demography.demography_rows(),
        "welfare": welfare.welfare_rows(),
        "scheme_figures": schemes.figure_rows(),
        "insured": insured.insured_rows(),
        "scheme_rules": insured.rule_rows(),
        "stakeholders": policy.stakeholder_rows(),
    }
    return {table.name: computed.get(table.name) or policy.written(table.name) for table in schema.TABLES}


def as_text(row: dict) -> dict[str, str]:
    """A row as it is written: numbers in their digits, every row illustrative and with its source."""
    row = {"quality": "illustrative", "source": "XTC-TRAINING"} | row
    digits = row.pop("digits", None)
    return {name: _text(value, digits if name == "value" else None) for name, value in row.items()}


def _text(value, digits: int | None) -> str:
    if digits is not None:
        return f"{value + 0.0:.{digits}f}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def write_country(out: Path) -> None:
    """Write the pack, tables in the order of the schema."""
    folder = out / CODE
    folder.mkdir(parents=True, exist_ok=True)
    rows = all_rows()
    for table in schema.TABLES:
        write_table(
            folder / table.file, table, [dict.fromkeys(table.names, "") | as_text(row) for row in rows[table.name]]
        )
    write_settings(folder / "country.toml", SETTINGS, fictional=True)
    shutil.copytree(PROSE, folder / PROSE.name, dirs_exist_ok=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=PROJECT / "data" / "raw", help="folder of the packs")
    write_country(parser.parse_args().out)
