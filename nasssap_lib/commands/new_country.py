"""``nasssap new-country``: an empty pack to fill, and what to do with it next."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from nasssap_lib.commands.messages import as_given
from nasssap_lib.files import expanded
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.new_pack import make_pack
from nasssap_lib.pack.schema import TABLES


def make_country(code: str, data: str = "") -> int:
    """Make the pack; say where it is, what to fill first, and how to go on."""
    folder = make_pack(code, root_of_new(data), date.today().year)
    click.echo(f"{folder} · country.toml and {len(TABLES)} empty tables")
    click.echo(
        "fill country.toml first, then sources.csv and indicators.csv; docs/tables.md says what each column means"
    )
    click.echo(as_given(f"after each step: nasssap check {code}; then: nasssap run {code}"))
    return 0


def root_of_new(data: str) -> Path:
    """The data folder that receives a pack: as every command finds it; one that is named need not be there yet.

    Examples
    --------
    >>> root_of_new("nowhere/yet").parts[-2:], root_of_new("").name
    (('nowhere', 'yet'), 'raw')
    """
    named = data or os.environ.get("NASSSAP_DATA", "")
    folder = expanded(named)
    if not named or (folder.exists() and any(folder.iterdir())):
        return data_root(data)
    return folder.absolute()
