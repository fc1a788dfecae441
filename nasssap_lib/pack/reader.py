"""Reading a country pack: the only door through which figures enter the library."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import nasssap_lib
from nasssap_lib import terms
from nasssap_lib.errors import PackError, Problem
from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import Cells, read_cells
from nasssap_lib.pack.checks import check_cells, check_header, check_references, did_you_mean, empty_frame, to_typed
from nasssap_lib.pack.model import Pack, Settings
from nasssap_lib.pack.statements import statement_problems

CODEBOOK = "codebook.csv"
COUNTRY = re.compile(r"[A-Z]{3}")
USER_ASSIGNED = re.compile(r"AAA|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZZ")


def data_root(data: str | os.PathLike | None = None) -> Path:
    """The folder that holds ``codebook.csv`` and one folder a country.

    Parameters
    ----------
    data : that folder; None or "": the environment variable NASSSAP_DATA, else ``data/raw`` of the nearest folder above the
        working directory, or above this library, that holds ``data/raw/codebook.csv``

    Raises
    ------
    PackError : no such folder

    Examples
    --------
    >>> data_root().name
    'raw'
    """
    given = data or os.environ.get("NASSSAP_DATA")
    if given:
        return _checked_root(Path(given).expanduser())
    for start in (Path.cwd(), Path(nasssap_lib.__file__).parent):
        for folder in (start, *start.parents):
            if (folder / "data" / "raw" / CODEBOOK).is_file():
                return folder / "data" / "raw"
    raise PackError(
        [Problem("data/raw", 0, "", "", f"a folder with {CODEBOOK}", "give it with --data or NASSSAP_DATA")]
    )


def _checked_root(root: Path) -> Path:
    inside = root / "data" / "raw"
    for folder in (root, inside):
        if (folder / CODEBOOK).is_file():
            return folder.resolve()
    hint = f"--data names the folder that holds {CODEBOOK} and one folder a country"
    raise PackError([Problem(str(root), 0, "", "", f"a folder with {CODEBOOK}", hint)])


def countries(root: Path) -> list[str]:
    """Codes of the packs under a data folder, in alphabetical order."""
    return sorted(folder.name for folder in root.iterdir() if folder.is_dir() and COUNTRY.fullmatch(folder.name))


def read_pack(country: str, root: str | os.PathLike | None = None) -> Pack:
    """Read and check a country pack.

    Parameters
    ----------
    country : code of the country, three capital letters
    root : data folder, see :func:`data_root`

    Returns
    -------
    Pack : all tables; optional ones that the pack does not have are empty, with their columns

    Raises
    ------
    PackError : with *all* problems of the pack (file, line, column, value, what is expected, what to do)

    Examples
    --------
    >>> pack = read_pack("SEN")
    >>> pack.settings.name_fr
    'Sénégal'
    """
    root = data_root(root)
    folder = _pack_folder(country, root)
    settings, problems = read_settings(folder / "country.toml", country)
    codebook, codebook_cells, found = _read_table(root, schema.CODEBOOK, "")
    problems += found
    tables, texts = {}, {}
    for table in schema.TABLES:
        tables[table.name], texts[table.name], found = _read_table(folder, table, f"{country}/")
        problems += found
    problems += _unknown_files(folder, country)
    problems += _check_across(country, texts, codebook_cells, settings)
    if problems:
        raise PackError(problems)
    facts = tables.pop("indicators")
    return Pack(
        country=country, settings=settings, facts=facts, codebook=codebook, digest=pack_digest(root, country), **tables
    )


def _pack_folder(country: str, root: Path) -> Path:
    known = countries(root)
    if country not in known:
        hint = did_you_mean(str(country).upper(), known) if known else "add one with a folder of CSV files"
        raise PackError([Problem(str(country)[:40], 0, "", "", "a country pack under the data folder", hint)])
    return root / country


def read_settings(path: Path, country: str) -> tuple[Settings | None, list[Problem]]:
    """Read country.toml; problems for unknown, missing and wrong keys."""
    file = f"{country}/{path.name}"
    if not path.is_file():
        return None, [Problem(file, 0, "", "", "a file country.toml", "copy it from another pack and change it")]
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        return None, [
            Problem(file, int(line[1]) if line else 0, "", str(error)[:120], "TOML in UTF-8, as in key = value")
        ]
    lines = {
        match[1]: number
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := re.match(r"\s*(\w+)\s*=", text))
    }
    problems = _check_settings(file, values, lines, country)
    return (None if problems else Settings(**values)), problems


def _check_settings(file: str, values: dict, lines: dict[str, int], country: str) -> list[Problem]:
    problems = [
        Problem(
            file,
            lines.get(key, 0),
            key,
            str(values[key])[:40],
            "a key of the schema",
            did_you_mean(key, schema.SETTINGS),
        )
        for key in values
        if key not in schema.SETTINGS
    ]
    for key, (kind, required, meaning) in schema.SETTINGS.items():
        if key not in values:
            problems += [Problem(file, 0, key, "", f"a line {key} = …", meaning)] if required else []
        elif not isinstance(values[key], kind) or (kind is int and isinstance(values[key], bool)):
            problems.append(Problem(file, lines.get(key, 0), key, str(values[key])[:40], f"a {kind.__name__}", meaning))
    return problems or list(_check_setting_values(file, values, lines, country))


def _check_setting_values(file: str, values: dict, lines: dict[str, int], country: str):
    def problem(key, expected, hint=""):
        return Problem(file, lines.get(key, 0), key, str(values[key])[:40], expected, hint)

    if values["schema"] > schema.SCHEMA:
        yield problem("schema", f"at most {schema.SCHEMA}", "the pack was made for a newer nasssap: update this one")
    elif values["schema"] != schema.SCHEMA:
        yield problem("schema", f"{schema.SCHEMA}")
    if values["code"] != country:
        yield problem("code", f"the name of the folder, {country}")
    if values["language"] not in terms.LANGUAGES:
        yield problem("language", f"one of {', '.join(terms.LANGUAGES)}")
    if not 1990 <= values["reference_year"] <= 2100:
        yield problem("reference_year", "a year from 1990 to 2100")
    if values.get("fictional", False) != bool(USER_ASSIGNED.fullmatch(country)):
        yield Problem(
            file,
            lines.get("fictional", 0),
            "fictional",
            country,
            "fictional = true for user-assigned codes, and only there",
            "XAA to XZZ are user-assigned",
        )
    if not all(isinstance(plan, str) for plan in values.get("plans", [])):
        yield problem("plans", "a list of titles")


def _read_table(folder: Path, table: schema.Table, prefix: str) -> tuple[pd.DataFrame, Cells | None, list[Problem]]:
    file, path = f"{prefix}{table.file}", folder / table.file
    if not path.is_file():
        missing = [
            Problem(
                file,
                0,
                "",
                "",
                f"a table with the columns {', '.join(table.names)}",
                "copy the header from another pack",
            )
        ]
        return empty_frame(table), None, missing if table.required else []
    cells, problems = read_cells(path, file)
    if cells is None:
        return empty_frame(table), None, problems
    problems = check_header(cells, table) or check_cells(cells, table)
    return (empty_frame(table) if problems else to_typed(cells, table)), cells, problems


def _unknown_files(folder: Path, country: str) -> list[Problem]:
    known = {table.file for table in schema.TABLES}
    return [
        Problem(f"{country}/{path.name}", 0, "", "", "a table of the schema", did_you_mean(path.name, known))
        for path in sorted(folder.glob("*.csv"))
        if path.name not in known
    ]


def _check_across(
    country: str, texts: dict[str, Cells | None], codebook: Cells | None, settings: Settings | None
) -> list[Problem]:
    """Ids that another table must hold, units of the codebook, the country of each fact, complete age groups."""
    problems = [
        *_source_problems(texts), *_scheme_problems(texts), *_order_problems(texts), *statement_problems(texts),
    ]  # fmt: skip
    if settings is not None and not settings.fictional:
        problems += _illustrative_problems(texts)
    facts = texts.get("indicators")
    if facts is not None and {"country", "indicator", "unit", "quality"} <= set(facts.frame):
        problems += _fact_problems(country, facts, codebook)
    if texts.get("population") is not None:
        problems += _population_problems(texts["population"])
    return problems


def _ids(cells: Cells | None) -> set[str]:
    return set(cells.frame["id"]) if cells is not None and "id" in cells.frame else set()


def _source_problems(texts: dict[str, Cells | None]) -> Iterable[Problem]:
    known = _ids(texts["sources"])
    if texts["sources"] is None:
        return
    for cells in filter(None, texts.values()):
        if "source" in cells.frame:
            yield from check_references(cells, "source", known, "an id of sources.csv")


def _scheme_problems(texts: dict[str, Cells | None]) -> Iterable[Problem]:
    known = _ids(texts["schemes"])
    for name, column in (
        ("scheme_figures", "scheme"),
        ("pensionable_ages", "scheme"),
        ("schemes", "related_scheme"),
        ("measures", "related_scheme"),
    ):
        cells = texts.get(name)
        if cells is not None and column in cells.frame and known:
            yield from check_references(cells, column, known, "an id of schemes.csv")


def _order_problems(texts: dict[str, Cells | None]) -> Iterable[Problem]:
    """A low value above the central one, or a central one above the high one."""
    for cells in filter(None, (texts.get("measures"), texts.get("financing"))):
        for low, high in (("low", "central"), ("central", "high")):
            for name in [column.removesuffix(f"_{low}") for column in cells.frame if column.endswith(f"_{low}")]:
                first, second = f"{name}_{low}", f"{name}_{high}"
                if second in cells.frame:
                    numbers = cells.frame[[first, second]].apply(pd.to_numeric, errors="coerce")
                    for i in (numbers[first] > numbers[second]).to_numpy().nonzero()[0]:
                        expected = f"at most {second}, {cells.frame[second].iat[i]}"
                        yield Problem(
                            cells.file,
                            cells.lines[i],
                            first,
                            cells.frame[first].iat[i],
                            expected,
                            "low ≤ central ≤ high",
                        )


def _illustrative_problems(texts: dict[str, Cells | None]) -> Iterable[Problem]:
    """Illustrations belong to fictional countries only, in whichever table."""
    allowed = set(terms.QUALITIES) - {"illustrative"}
    for cells in filter(None, texts.values()):
        if "quality" in cells.frame:
            yield from check_references(cells, "quality", allowed, "no illustrative figure in a real country's pack")


def _fact_problems(country: str, facts: Cells, codebook: Cells | None) -> Iterable[Problem]:
    yield from check_references(facts, "country", {country}, f"the country of the pack, {country}")
    if codebook is None or not {"id", "unit"} <= set(codebook.frame):
        return
    units = codebook.frame.drop_duplicates("id").set_index("id")["unit"]
    yield from check_references(facts, "indicator", set(units.index), "an indicator of codebook.csv")
    expected = facts.frame["indicator"].map(units)
    for i in (expected.notna() & (expected != facts.frame["unit"])).to_numpy().nonzero()[0]:
        yield Problem(
            facts.file,
            facts.lines[i],
            "unit",
            facts.frame["unit"].iat[i],
            f"{expected.iat[i]!r}, as codebook.csv says",
            "convert the value, or use another indicator",
        )


def _population_problems(cells: Cells) -> Iterable[Problem]:
    """A year and sex whose age groups are not all there would be counted too low."""
    if not {"year", "sex", "age_group", "source"} <= set(cells.frame):
        return
    for (year, sex, _), rows in cells.frame.groupby(["year", "sex", "source"], sort=True):
        missing = [group for group in terms.AGE_GROUPS if group not in set(rows["age_group"])]
        if missing:
            line = cells.lines[cells.frame.index.get_loc(rows.index[0])]
            yield Problem(
                cells.file, line, "age_group", f"{year} {sex}", "all 21 age groups", f"missing: {', '.join(missing)}"
            )


def pack_digest(root: Path, country: str) -> str:
    """SHA-256 over the names and bytes of the pack's files and of the codebook."""
    digest = hashlib.sha256()
    names = {table.file for table in schema.TABLES} | {"country.toml"}
    files = [root / CODEBOOK, *sorted(path for path in (root / country).iterdir() if path.name in names)]
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
