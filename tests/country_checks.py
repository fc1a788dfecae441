"""The figures of country_checks.csv, calculated by hand twice from published figures: what must come out of the packs."""

import csv
import functools

from reference_numbers import reference_path


@functools.cache
def country_checks() -> dict[str, dict[str, str]]:
    """Rows of the file by their id; a skip that names it where it is not there."""
    with reference_path("country_checks.csv").open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def comes_out(check: str, value: float) -> None:
    """A figure of ours is the one calculated by hand, within its tolerance."""
    row = country_checks()[check]
    expected, tolerance = float(row["value"]), float(row["tolerance"])
    assert abs(value - expected) <= tolerance, f"{check}: {row['what']}: {value:g}, by hand {expected:g} {row['unit']}"
