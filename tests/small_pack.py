"""A tiny, sound pack of a country that does not exist, for tests that change one thing at a time."""

from __future__ import annotations

from pathlib import Path

from nasssap_lib import terms
from nasssap_lib.errors import PackError, Problem
from nasssap_lib.pack.reader import read_pack

CODE = "XTS"
TOML = """schema = 2
code = "XTS"
name_en = "Testland"
name_fr = "Testlande"
name_es = "Testlandia"
currency = "XTS"
language = "en"
reference_year = 2025
fictional = true
"""
CODEBOOK = """id,name_en,name_fr,name_es,unit,definition,official_code
effective_coverage,Effective coverage,Couverture effective,Cobertura efectiva,percent,covered / group,1.3.1
births,Births,Naissances,Nacimientos,thousand_persons,births of the year,
"""
SOURCES = """id,short,publisher,title,edition,edition_rank,year,address,retrieved_from,licence,note
OLD,,Statistics,Coverage,first,1,2023,,,not stated,
NEW,,Statistics,Coverage,second,2,2025,,,not stated,
POP,,United Nations,Population,2024,0,2024,,,CC BY,
"""
FACTS = (
    ",".join(terms.FACT)
    + """
XTS,,effective_coverage,at_least_one,total,,2019,20,percent,,observed,OLD,
XTS,,effective_coverage,at_least_one,total,,2018,14.5,percent,,observed,NEW,
XTS,,effective_coverage,at_least_one,total,,2022,25,percent,,observed,NEW,
XTS,,effective_coverage,mothers,female,,2020,10,percent,,observed,OLD,
XTS,,effective_coverage,unemployed,total,,2020,0,percent,,observed,OLD,No programme anchored in national legislation
XTS,,effective_coverage,severe_disability,total,,2020,12,percent,,observed,OLD,
XTS,,births,total,total,,2020,50,thousand_persons,,estimated,POP,
"""
)
SCHEME = {
    "id": "fund", "name": "Caisse", "name_en": "Fund", "short_name": "Fund", "type": "social_insurance",
    "branches": "old_age;survivors", "population_category": "private_employees", "tier": "main", "status": "active",
    "relation": "", "related_scheme": "", "institution": "Fund", "legal_basis": "Act 1", "who_by_law": "employees",
    "mandatory_for": "private_employees", "voluntary_for": "", "excluded": "", "benefit_formula": "2 % a year",
    "financing": "contributions", "source": "OLD", "note": "",
}  # fmt: skip
SCHEMES = f"{','.join(SCHEME)}\n{','.join(SCHEME.values())}\n"


def population() -> str:
    """Persons: 1,000 a sex and age group in 2020, 2,000 from 2025 on."""
    rows = [
        f"{year},{sex},{age},{persons},estimated,POP,"
        for year, persons in ((2020, 1000), (2025, 2000), (2050, 2000))
        for sex in ("female", "male")
        for age in terms.AGE_GROUPS
    ]
    return "\n".join(["year,sex,age_group,persons,quality,source,note", *rows]) + "\n"


def write_small_pack(root: Path, code: str = CODE) -> Path:
    """Write the pack and a codebook under ``root``; return the pack's folder."""
    folder = root / code
    folder.mkdir(parents=True)
    (root / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    tables = {
        "country.toml": TOML.replace(f'code = "{CODE}"', f'code = "{code}"'),
        "sources.csv": SOURCES,
        "indicators.csv": FACTS.replace(CODE, code),
        "population.csv": population(),
        "schemes.csv": SCHEMES,
    }
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Change the first place where a text stands in a file; it must stand there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[Problem]:
    """What the reader says against the pack in a folder; none where it is sound."""
    try:
        read_pack(folder.name, folder.parent)
    except PackError as error:
        return error.problems
    return []
