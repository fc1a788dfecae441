"""Sheets of a workbook that calculate: the steps of each option, and by year what all cost, replace, find in space and lack."""

from __future__ import annotations

import numpy as np

from nasssap_lib.costing.combined import paid_first
from nasssap_lib.display.texts import N_, _, join_listed, label, named
from nasssap_lib.financing.negotiation import SEXES, Line, Negotiation
from nasssap_lib.financing.sheet_cells import FIRST_YEAR, LONGEST, Sheet, not_known, quoted_text, written
from nasssap_lib.financing.sheet_inputs import head_of
from nasssap_lib.financing.sheet_places import (
    BLOCKS,
    FULL,
    LEVEL,
    START,
    TAKE_UP,
    TOTALS,
    WORK,
    YEARS,
    Places,
    reached_by_others,
    unit_name,
)
from nasssap_lib.financing.sheet_sources import source_rows, used_formulas
from nasssap_lib.terms import SEXES as SEX_WORDS

BLOCK_WORDS = {
    "together": N_("Cost of each option, % of GDP: each person is paid once, by the option that stands first"),
    "money": N_("The same in money"),
    "replaced": N_("Spent today on what the option replaces, % of GDP"),
    "paid": N_("Net cost of each option, % of GDP: never below 0, and gross where what it replaces is not known"),
    "persons": N_("Persons who are paid"),
    "alone": N_("Cost of each option alone, % of GDP"),
    "alone_money": N_("The same in money"),
    "double": N_("Still spent under the old rules while the option grows up, % of GDP"),
}
TOTAL_WORDS = {
    "cost": N_("Cost"),
    "cost_money": N_("Cost"),
    "displaced": N_("Spent today on what is replaced"),
    "net": N_("Net cost"),
    "space": N_("Who pays: space"),
    "used": N_("Space that can be used"),
    "unused": N_("Space that is not needed, or bound to what costs less"),
    "gap": N_("Gap: net cost less the space that can be used"),
    "gap_money": N_("Gap: net cost less the space that can be used"),
    "twice": N_("Still spent under the old rules"),
}


def scale_of(table: Negotiation) -> tuple[float, str]:
    """What amounts are written in, and its words: billions where a hundredth of GDP is more than ten of them, else millions."""
    known = [gdp for gdp in (table.base["gdp"], *table.economy["gdp"]) if gdp == gdp]
    if known and known[0] > 1e12:
        return 1e9, _("billion {currency}", currency=table.currency)
    return 1e6, _("million {currency}", currency=table.currency)


def reached_shares(table: Negotiation) -> dict[int, dict[str, np.ndarray]]:
    """Place of an option → sex → share of those whom it can reach that it pays, by year, at most 1."""
    shares = {}
    for at, line in enumerate(table.lines):
        pools = {sex: table.belongs[sex][:, at] @ table.people[sex] for sex in SEXES}
        shares[at] = {
            sex: np.minimum(np.divide(paid, pools[sex], out=paid * 0.0, where=pools[sex] > 0), 1.0)
            for sex, paid in zip(SEXES, line.persons, strict=True)
        }
    return shares


def left_over(table: Negotiation, at: int, sex: str, shares: dict) -> np.ndarray:
    """Share of those whom an option pays that no option before it does, as :func:`costing.combine_options` has it."""
    line, place = table.lines[at], SEXES.index(sex)
    mine = table.belongs[sex][:, at, None] * shares[at][sex]
    before = np.array([table.belongs[sex][:, other, None] * shares[other][sex] for other in line.earlier])
    paid = line.persons[place]
    left = (table.people[sex] * paid_first(mine, before)[0]).sum(axis=0)
    whole = np.where(np.isnan(paid), np.nan, 1.0)
    return np.minimum(np.divide(left, paid, out=whole, where=paid > 0), 1.0)


def work_sheet(sheet: Sheet, table: Negotiation, places: Places) -> list[str]:
    """The steps of each option; names of the options of which a step had to be fixed because its formula would be too long."""
    head_of(sheet, _("Calculation, step by step"), _("Nothing is to be changed here."), table.years)
    sheet.widths |= {2: 58, 3: 8}
    shares, shared, fixed = reached_shares(table), reached_by_others(table), []
    for at, line in enumerate(table.lines):
        _ramp_and_persons(sheet, line, table, places)
        if at in shared:
            _reached(sheet, at, table, places, shares)
        if line.earlier and not _left(sheet, at, table, places, shares):
            fixed.append(named(line.row["name"]))
    return fixed


def _head(line: Line, what: str, unit: str = "", sex: str = "") -> tuple[str, str, str]:
    who = join_listed([what, label(SEX_WORDS, sex)]) if sex else what
    return named(line.row["name"]), who, unit


def _ramp_and_persons(sheet: Sheet, line: Line, table: Negotiation, places: Places) -> None:
    """Share of the full take-up, persons, and what they cost in units of the level."""
    id_, years = line.id, range(len(table.years))
    start, full, take_up, level = (places.input(id_, name) for name in (START, FULL, TAKE_UP, LEVEL))
    ramp = [f"MAX(0,MIN(1,({places.year(at)}-{start}+1)/(MAX({full},{start})-{start}+1)))" for at in years]
    sheet.by_year(places.row(f"{id_}.ramp"), _head(line, _("share of the full take-up")), ramp, line.ramp, "exact")
    terms = {
        name: places.term(id_, name)
        for name in ("times", "own_payment", "materials", "administration", "registration", "per_person")
    }
    each = "(({level}-{own_payment})*{times}*(1+{materials})*(1+{administration})+{per_person})".format(
        level=level, **terms
    )
    for place, sex in enumerate(SEXES):
        paid = []
        for at in years:
            target, women, most = (places.at(f"{id_}.{part}", at, WORK) for part in ("target", "women", "most"))
            part = women if sex == "female" else f"(1-{women})"
            reached = f"{take_up}/100*{places.at(f'{id_}.ramp', at, WORK)}*{target}*{part}"
            paid.append(f"MIN({reached},{most}*{part})/(1-{places.term(id_, 'inclusion_error')})")
        persons = line.persons[place]
        sheet.by_year(places.row(f"{id_}.persons.{sex}"), _head(line, _("persons"), "", sex), paid, persons, "number")
        units = []
        for at in years:
            now, before = (places.at(f"{id_}.persons.{sex}", year, WORK) for year in (at, max(at - 1, 0)))
            new = now if at == 0 else f"MAX({now}-{before},0)" if persons[at - 1] == persons[at - 1] else "0"
            units.append(f"{now}*{each}+{new}*{terms['registration']}")
        sheet.by_year(
            places.row(f"{id_}.units.{sex}"),
            _head(line, _("cost in units of the level"), "", sex),
            units,
            units_of(line, place),
            "number",
        )


def units_of(line: Line, place: int) -> np.ndarray:
    """Cost of women (0) or men (1) in units of the level, by year, without start-up; the first year registers all whom it pays."""
    terms, persons = line.measure.terms(), line.persons[place]
    before = np.concatenate([[0.0], persons[:-1]])
    new = np.maximum(persons - before, 0.0)
    each = (terms.amount - terms.own_payment) * terms.times * (1 + terms.materials) * (
        1 + terms.administration
    ) + terms.per_person
    return persons * each + new * terms.registration


def _reached(sheet: Sheet, at: int, table: Negotiation, places: Places, shares: dict) -> None:
    """Share of those whom an option can reach that it pays."""
    line = table.lines[at]
    for sex in SEXES:
        formulas = []
        for year in range(len(table.years)):
            pool = _pool(table, at, sex, year, places)
            paid = places.at(f"{line.id}.persons.{sex}", year, WORK)
            formulas.append(f"IF({pool}>0,MIN(1,{paid}/({pool})),0)" if pool != "0" else "0")
        head = _head(line, _("share of those of its ages whom it pays"), "", sex)
        sheet.by_year(places.row(f"{line.id}.reached.{sex}"), head, formulas, shares[at][sex], "exact")


def _pool(table: Negotiation, at: int, sex: str, year: int, places: Places) -> str:
    parts = np.flatnonzero(table.belongs[sex][:, at])
    return "+".join(places.at(f"people.{sex}.{part}", year, WORK) for part in parts) or "0"


def _left(sheet: Sheet, at: int, table: Negotiation, places: Places, shares: dict) -> bool:
    """Share of its persons whom no option before it pays; False where a formula would be too long and the share is fixed."""
    line, whole = table.lines[at], True
    for sex in SEXES:
        formulas = [_left_formula(table, at, sex, year, places, shares) for year in range(len(table.years))]
        moves = max(map(len, formulas)) <= LONGEST
        formulas, whole = formulas if moves else [], whole and moves
        head = _head(line, _("share of its persons whom no option before it pays"), "" if moves else _("fixed"), sex)
        look = "exact" if moves else "fixed"
        sheet.by_year(places.row(f"{line.id}.left.{sex}"), head, formulas, left_over(table, at, sex, shares), look)
    return whole


def _left_formula(table: Negotiation, at: int, sex: str, year: int, places: Places, shares: dict) -> str:
    line, terms = table.lines[at], []
    known = [other for other in line.earlier if shares[other][sex][year] == shares[other][sex][year]]
    for part in np.flatnonzero(table.belongs[sex][:, at]):
        others = [table.lines[other].id for other in known if table.belongs[sex][part, other]]
        free = "".join(f"*(1-{places.at(f'{other}.reached.{sex}', year, WORK)})" for other in others)
        terms.append(places.at(f"people.{sex}.{part}", year, WORK) + free)
    paid, pool = places.at(f"{line.id}.persons.{sex}", year, WORK), _pool(table, at, sex, year, places)
    if not terms:
        return f"IF({paid}>0,0,1)"
    return f"IF({paid}>0,MIN(1,MIN(1/({pool}),1/{paid})*({'+'.join(terms)})),1)"


def years_sheet(sheet: Sheet, table: Negotiation, places: Places) -> bool:
    """By year: totals first, then each option, then who pays; False where the money that can be used had to be fixed."""
    scale, unit = scale_of(table)
    head_of(sheet, _("By year"), _("What the table shows, year by year. Nothing is to be changed here."), table.years)
    sheet.hidden.append(FIRST_YEAR)
    _blocks(sheet, table, places, scale, unit)
    source_rows(sheet, table, places)
    return _totals(sheet, table, places, scale, unit)


def _blocks(sheet: Sheet, table: Negotiation, places: Places, scale: float, unit: str) -> None:
    percent, persons = _("% of GDP"), _("persons")
    units = dict.fromkeys(BLOCKS, percent) | {"money": unit, "alone_money": unit, "persons": persons}
    looks = dict.fromkeys(BLOCKS, "percent") | {"money": "money", "alone_money": "money", "persons": "number"}
    for block in BLOCKS:
        if table.lines:
            sheet.text(places.row(f"{block}.{table.lines[0].id}") - 1, 1, _(BLOCK_WORDS[block]), "block")
        for line in table.lines:
            formulas = [_result(block, line, table, places, at, scale) for at in range(len(table.years))]
            head = (
                named(line.row["name"]),
                units[block],
                line.ground.facts["source"].iat[-1] if block == "together" else "",
            )
            values = 100 * table.paid[line.id] if block == "paid" else result_values(block, line, scale)
            sheet.by_year(places.row(f"{block}.{line.id}"), head, formulas, values, looks[block])


def result_values(block: str, line: Line, scale: float) -> np.ndarray:
    """What our library gives for a row of an option, in the unit of the sheet."""
    share, double = line.results, 100 * line.results["double_payment"]
    return {
        "together": 100 * line.together["share_of_gdp"],
        "money": line.together["total"] / scale,
        "replaced": 100 * line.together["replaced"],
        "persons": share["persons"],
        "alone": 100 * share["share_of_gdp"],
        "alone_money": share["total"] / scale,
        "double": double,
    }[block]


def _result(block: str, line: Line, table: Negotiation, places: Places, at: int, scale: float) -> str:
    """A result of an option in a year, as a formula on the sheet by year."""
    if at == 0:
        return ""
    id_, ramp = line.id, places.at(f"{line.id}.ramp", at, YEARS)
    if block == "persons":
        return "+".join(places.at(f"{id_}.persons.{sex}", at, YEARS) for sex in SEXES)
    if block == "replaced":
        return f"{ramp}*{places.term(id_, 'replaced')}*{places.term(id_, 'netted')}"
    if block == "paid":
        cost = places.at(f"together.{id_}", at, YEARS)
        unknown = np.isnan(line.together["replaced"][at])
        return (
            cost if unknown else f"IF(ISNUMBER({cost}),MAX(0,{cost}-{places.at(f'replaced.{id_}', at, YEARS)}),{cost})"
        )
    if block == "double":
        return f"IF({ramp}>0,(1-{ramp})*{places.term(id_, 'replaced')},0)"
    left = line.earlier and block in ("together", "money")
    units = "+".join(
        places.at(f"{id_}.units.{sex}", at, YEARS) + (f"*{places.at(f'{id_}.left.{sex}', at, YEARS)}" if left else "")
        for sex in SEXES
    )
    name = unit_name(line)
    if block in ("money", "alone_money"):
        begins = _start_up(line, places, at, left, "")
        return f"(({units})*{places.at(f'money.{name}', at, YEARS)}{begins})/{written(scale)}"
    share = f"({units})*{places.at(f'heads.{name}', at, YEARS)}/{places.at('population', at, YEARS)}"
    if not line.measure.admin_start_up:
        return f"100*{share}"
    if np.isnan(table.economy["gdp"][at]):  # only a start-up cost needs GDP
        return f"IF({places.year(at)}={places.input(id_, START)},{quoted_text(not_known())},100*{share})"
    return f"100*({share}{_start_up(line, places, at, left, '/' + places.at('gdp', at, YEARS))})"


def _start_up(line: Line, places: Places, at: int, left: bool, over: str) -> str:
    """What starting up adds in the first year of payment; of women and men apart where others pay some of them."""
    if not line.measure.admin_start_up:
        return ""
    women = places.at(f"{line.id}.women", at, YEARS)
    part = "1"
    if left:
        shares = [places.at(f"{line.id}.left.{sex}", at, YEARS) for sex in SEXES]
        part = f"({women}*{shares[0]}+(1-{women})*{shares[1]})"
    return (
        f"+IF({places.year(at)}={places.input(line.id, START)},{places.term(line.id, 'admin_start_up')}*{part}{over},0)"
    )


def _totals(sheet: Sheet, table: Negotiation, places: Places, scale: float, unit: str) -> bool:
    sheet.text(places.row("cost") - 1, 1, _("Together"), "block")
    values, used = total_values(table, scale), used_formulas(table, places)
    first, last, sources = table.lines[0].id, table.lines[-1].id, [f"pays.{source.id}" for source in table.sources]
    sums = {
        "cost": (f"together.{first}", f"together.{last}"), "cost_money": (f"money.{first}", f"money.{last}"),
        "displaced": (f"replaced.{first}", f"replaced.{last}"), "net": (f"paid.{first}", f"paid.{last}"),
        "twice": (f"double.{first}", f"double.{last}"), "space": (sources[0], sources[-1]),
    }  # fmt: skip
    for name in TOTALS:
        money = name in ("cost_money", "gap_money")
        head = (
            _(TOTAL_WORDS[name]),
            unit if money else _("% of GDP"),
            _("fixed") if name == "used" and not used else "",
        )
        formulas = [""]
        for at in range(1, len(table.years)):
            here = {other: places.at(other, at, YEARS) for other in TOTALS}
            made = {
                "unused": f"MAX(0,{here['space']}-{here['used']})",
                "gap": f"MAX(0,{here['net']}-{here['used']})",
                "gap_money": f"{here['gap']}/100*{places.at('gdp', at, YEARS)}/{written(scale)}",
            }
            ends = [places.at(end, at, YEARS) for end in sums.get(name, ())]
            counted = ":".join(places.at(f"together.{end}", at, YEARS) for end in (first, last))
            whole = f"SUM({':'.join(ends)})"
            if name in ("displaced", "cost_money"):  # of options whose cost is known, as the library sums them
                whole = f'SUMIFS({":".join(ends)},{counted},">=0")'
            formulas.append(whole if ends else made.get(name, ""))
        look = "money" if money else "fixed" if name == "used" and not used else "percent"
        sheet.by_year(places.row(name), head, used if name == "used" else formulas, values[name], look)
    return bool(used)


def total_values(table: Negotiation, scale: float) -> dict[str, np.ndarray]:
    """What our library gives for the totals, in the units of the sheet."""
    whole, gap = table.whole, table.gap
    doubles = np.array([line.results["double_payment"] for line in table.lines])
    return {
        "cost": 100 * whole["share_of_gdp"],
        "cost_money": whole["total"] / scale,
        "displaced": 100 * whole["replaced"],
        "net": 100 * gap["cost"],
        "space": table.space,
        "used": 100 * gap["space"],
        "unused": 100 * gap["unused"],
        "gap": 100 * gap["gap"],
        "gap_money": gap["gap_money"] / scale,
        "twice": 100 * np.nansum(doubles, axis=0),
    }
