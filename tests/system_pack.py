"""A small pack whose people, product for each and wages move evenly: what a status quo must then do is known beforehand."""

from __future__ import annotations

from pathlib import Path

from small_pack import SCHEME, edit, write_small_pack

from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack

GROWTH = 0.05  # of GDP a year; people do not grow from 2025 on
INTEREST = 0.03
NET = 0.004  # billion a year into the fund of balances
OPENING = NET * (1 + INTEREST) ** 0.5 / (GROWTH - INTEREST)  # a fund that grows as GDP does
EARNED = OPENING * GROWTH - NET
CODES = """gdp_current,GDP,PIB,PIB,lcu_billion,product of the year,NGDP
consumer_price_index,Prices,Prix,Precios,index,average of the year,PCPI
"""
TYPES = {  # id → type, branches, persons (measure, number), lines of its account in 2025, billion
    "injury": ("social_insurance", "employment_injury", ("contributors", 9000), {"contributions": 0.005, "benefits": 0.004}),
    "health": ("social_insurance", "medical_care", ("affiliates", 9000), {"contributions": 0.005, "benefits": 0.004}),
    "mutual": ("community", "medical_care", ("affiliates", 5000), {"contributions": 0.003, "state_transfer": 0.001, "benefits": 0.004}),
    "club": ("voluntary", "medical_care", ("contributors", 5000), {"contributions": 0.003, "benefits": 0.003}),
    "child": ("universal", "family", ("beneficiaries", 9000), {"state_transfer": 0.005, "benefits": 0.005}),
    "old": ("social_assistance", "old_age", ("beneficiaries", 3000), {"state_transfer": 0.004, "donor_income": 0.001, "benefits": 0.005}),
    "care": ("fee_waiver", "medical_care", ("beneficiaries", 9000), {"state_transfer": 0.005, "benefits": 0.005}),
    "provident": (
        "provident_fund", "old_age", ("contributors", 9000),
        {"contributions": NET + 0.002, "investment_income": EARNED, "benefits": 0.002, "assets": OPENING * (1 + GROWTH)},
    ),
    "savings": (
        "voluntary", "old_age", ("contributors", 9000),
        {"contributions": NET + 0.002, "investment_income": EARNED, "benefits": 0.002, "assets": OPENING * (1 + GROWTH)},
    ),
    "pension": ("social_insurance", "old_age;survivors", ("contributors", 9000), {"contributions": 0.005, "benefits": 0.004}),
    "owed": ("employer_liability", "maternity", ("contributors", 9000), {"contributions": 0.005, "benefits": 0.005}),
}  # fmt: skip
INCOME = ("contributions", "state_transfer", "donor_income", "investment_income")


def figures() -> str:
    """The account of each scheme in 2025, with its reserves at the end of the year before."""
    rows = []
    for code, (_type, _branches, (measure, persons), lines) in TYPES.items():
        total = {"income": sum(lines.get(item, 0) for item in INCOME), "expenditure": lines["benefits"]}
        rows.append(f"{code},{measure},,2025,{persons},persons,persons,estimated,NEW,,,")
        rows += [
            f"{code},{item},,2025,{value:.12f},lcu_billion,money,estimated,NEW,as published,,"
            for item, value in (lines | total).items()
        ]
        if "assets" in lines:
            rows.append(f"{code},assets,,2024,{OPENING:.12f},lcu_billion,money,estimated,NEW,as published,,")
    return (
        "\n".join(["scheme,measure,detail,year,value,unit,counted_in,quality,source,note,branch,covers", *rows]) + "\n"
    )


def write_system_pack(root: Path) -> Path:
    """Write the pack under ``root``; its folder."""
    folder = write_small_pack(root)
    with (root / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write(CODES)
    with (folder / "indicators.csv").open("a", encoding="utf-8") as file:
        for year in range(2020, 2031):
            file.write(
                f"XTS,,gdp_current,total,total,,{year},{(1 + GROWTH) ** (year - 2025):.12f},lcu_billion,,estimated,POP,\n"
            )
            file.write(
                f"XTS,,consumer_price_index,total,total,,{year},{100 * 1.02 ** (year - 2025):.12f},index,,estimated,POP,\n"
            )
    schemes = [
        SCHEME | {"id": code, "short_name": code, "name": code, "name_en": code, "type": kind, "branches": branches}
        for code, (kind, branches, *_rest) in TYPES.items()
    ]
    (folder / "schemes.csv").write_text(
        "\n".join([",".join(SCHEME), *(",".join(row.values()) for row in schemes)]) + "\n", encoding="utf-8"
    )
    (folder / "scheme_figures.csv").write_text(figures(), encoding="utf-8")
    return folder


def system_pack(root: Path) -> Pack:
    """The pack, read."""
    folder = write_system_pack(root)
    return read_pack(folder.name, folder.parent)


def without(folder: Path, row: str) -> Pack:
    """The pack once more, without the first figure that begins so."""
    table = folder / "scheme_figures.csv"
    line = next(line for line in table.read_text(encoding="utf-8").splitlines() if line.startswith(row))
    edit(table, f"{line}\n", "")
    return read_pack(folder.name, folder.parent)
