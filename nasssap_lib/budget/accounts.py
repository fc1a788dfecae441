"""The account of one year of each scheme, or of several that keep one account together: what came in, went out and was left.

Every line is a figure that somebody printed, or a difference that says so; a line that nobody printed is there, and empty.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.accounts import MONEY, is_whole, scheme_accounts
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.sper import yearly_bases
from nasssap_lib.terms import TAX_FINANCED_TYPES

RECEIPTS = ("contributions", "state_transfer", "donor_income", "investment_income")  # parts of income
OUTLAYS = ("benefits", "administration")  # parts of expenditure
CARRIED_BY = (
    ("income", "contributions", "state_transfer"),
    ("expenditure", "benefits"),
)  # one of each makes an account
SIDES = dict.fromkeys((*RECEIPTS, "other_income", "income"), "income") | dict.fromkeys(
    (*OUTLAYS, "staff_pay", "other_expenditure", "expenditure"), "expenditure"
)
SIDES |= {"surplus": "result"} | dict.fromkeys(("assets_opening", "assets_closing", "residual"), "reserves")
BY_DESIGN = {
    "contributions": "nobody_contributes",
    "investment_income": "no_reserves",
    "assets_opening": "no_reserves",
    "assets_closing": "no_reserves",
    "residual": "no_reserves",
}  # of what taxes pay for
KEY = ["covers", "unit"]
ACCOUNT_COLUMNS = [
    "covers", "scheme", "short_name", "type", "basis", "year", "first_year", "side", "item", "role", "detail", "branch", "of", "kind",
    "value", "unit", "share_of_gdp", "note", "quality", "source", "reason",
]  # fmt: skip
LACKING_COLUMNS = ["scheme", "short_name", "type", "known", "year", "reason"]


@once_a_pack
def year_accounts(pack: Pack) -> pd.DataFrame:
    """The account of the newest year that carries one, of each scheme and of schemes that keep one together.

    Returns
    -------
    table, a row a line of an account : covers (ids of the schemes that it is of, sorted, ";"), scheme (id under which it stands),
        short_name (of all of them, ";"), type, basis (outturn, budget, mixed: outturns beside budgets), year, first_year (of a fiscal
        year of two calendar years, otherwise as year), side (income, expenditure, result, reserves), item (code of ``SIDES``), role
        (total, line, part: inside a line or total, difference: made here), detail, branch, of (ids of the schemes of a part, ";"), kind
        (outturn, budget, stock; difference), value (billion), unit (lcu_billion, usd_billion), share_of_gdp (0–1, of the GDP of its
        year, of a fiscal year the mean of its two calendar years), note, quality, source, reason (codes: why value is NaN, or what to
        know of it)

    Notes
    -----
    A year carries an account where income, contributions or a transfer from the State stands beside expenditure or benefits, none of
    them of a part; an outturn comes before a budget of the same year. An account of budgets alone stands beside the outturns where it is
    newer. Nothing that was not found is taken to be 0: other income and expenditure are differences of printed totals, and the residual is
    what reserves moved by beyond the lines that are known.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> account = year_accounts(read_pack("TZA")).query("covers == 'nssf'").set_index("item")
    >>> int(account["year"].iat[0]), round(float(account.loc["residual", "value"]), 2), account.loc["benefits", "kind"]
    (2023, 688.91, 'budget')
    """
    money, years = _money_by_year(pack)
    schemes = standing_schemes(pack)
    names = dict(zip(schemes["id"], schemes["short_name"], strict=True))
    types = dict(zip(schemes["id"], schemes["type"], strict=True))
    tables = [
        _account(money, covers, unit, year, basis, types) for covers, unit, year, basis in years.itertuples(index=False)
    ]
    if not tables:
        return pd.DataFrame(columns=ACCOUNT_COLUMNS)
    table = pd.concat(tables, ignore_index=True)
    members = table["covers"].str.split(";")
    table = table.assign(
        short_name=[";".join(names.get(code, code) for code in codes) for codes in members],
        type=[";".join(dict.fromkeys(types.get(code, "") for code in codes)) for codes in members],
        share_of_gdp=share_of_gdp(pack, table, table["year"] - table["item"].eq("assets_opening")),
    )
    return table[ACCOUNT_COLUMNS]


@once_a_pack
def _money_by_year(pack: Pack) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures of money with a value, of several sources of one figure the later one; and the years that carry an account."""
    accounts = scheme_accounts(pack)
    money = accounts[accounts["item"].isin(MONEY) & accounts["value"].notna()]
    key = ["covers", "unit", "item", "kind", "detail", "branch", "scheme", "year"]
    money = money.drop_duplicates(key, keep="last")
    return money, account_years(money)


def account_years(money: pd.DataFrame) -> pd.DataFrame:
    """Which year of each account is the newest that carries one.

    Parameters
    ----------
    money : rows of ``schemes.scheme_accounts`` with a value

    Returns
    -------
    table : covers, unit, year, basis (outturn, mixed, budget); an account of budgets alone where it is newer than the other

    Examples
    --------
    >>> rows = pd.DataFrame({"covers": "a", "unit": "lcu_billion", "item": ["income", "benefits"], "kind": ["outturn", "budget"],
    ...     "year": 2023, "detail": "", "branch": "", "value": 1.0})
    >>> account_years(rows)[["year", "basis"]].values.tolist()
    [[2023, 'mixed']]
    """
    flows = money[is_whole(money) & money["branch"].eq("") & money["kind"].isin(("outturn", "budget"))]
    key = [*KEY, "year"]
    income, outgo = (
        flows[flows["item"].isin(items)].groupby(key)["kind"].agg(lambda kinds: "outturn" in set(kinds))
        for items in CARRIED_BY
    )
    both = pd.concat([income.rename("income"), outgo.rename("outgo")], axis=1, join="inner").reset_index()
    sure = both["income"].astype(int) + both["outgo"].astype(int)
    both = both.assign(basis=np.array(["budget", "mixed", "outturn"])[sure.to_numpy(int)]).sort_values("year")
    spent = both[both["basis"] != "budget"].drop_duplicates(KEY, keep="last")
    planned = both[both["basis"] == "budget"].drop_duplicates(KEY, keep="last")
    newest = planned[KEY].merge(spent[[*KEY, "year"]], on=KEY, how="left")["year"].to_numpy(float)
    planned = planned[planned["year"].to_numpy(float) > np.nan_to_num(newest, nan=-np.inf)]
    found = pd.concat([spent, planned]).sort_values([*KEY, "year"], kind="stable", ignore_index=True)
    return found[[*KEY, "year", "basis"]]


def _account(money: pd.DataFrame, covers: str, unit: str, year: int, basis: str, types: dict[str, str]) -> pd.DataFrame:
    """All lines of one account."""
    own = money[money["covers"].eq(covers) & money["unit"].eq(unit)]
    of_year = own[own["year"].eq(year) & own["kind"].isin(("budget",) if basis == "budget" else ("outturn", "budget"))]
    taxes = all(types.get(code) in TAX_FINANCED_TYPES for code in covers.split(";"))
    whole = of_year[is_whole(of_year) & of_year["branch"].eq("")].sort_values("kind", ascending=False, kind="stable")
    printed = {row["item"]: row for row in reversed(as_records(whole))}  # an outturn before a budget
    lines = {item: _line(printed, item, taxes) for item in (*RECEIPTS, "income", *OUTLAYS, "expenditure", "surplus")}
    opening, closing = ("assets_opening", year - 1), ("assets_closing", year)
    lines |= {item: _stock(own, item, at, taxes) for item, at in (opening, closing)}
    inside = _parts(of_year, money, covers, unit, year)
    lines |= _differences(lines, inside)
    if taxes and pd.isna(lines["residual"]["value"]):
        lines["residual"] |= {"reason": BY_DESIGN["residual"]}
    rows = pd.DataFrame([*lines.values(), *inside])
    order = {item: place for place, item in enumerate(SIDES)}
    place = rows["item"].map(order) * 2 + rows["role"].eq("part")
    rows = rows.assign(_at=place).sort_values("_at", kind="stable")
    first = min([year, *of_year.loc[is_whole(of_year), "first_year"]])
    return rows.assign(
        covers=covers, unit=unit, year=year, basis=basis, scheme=of_year["scheme"].iat[0], side=rows["item"].map(SIDES),
        first_year=rows["first_year"].where(rows["first_year"].notna(), first).astype(int),
    )  # fmt: skip


def _figure(row: Mapping, item: str, role: str) -> dict:
    """A printed figure as a line."""
    names = ("detail", "branch", "kind", "value", "first_year", "note", "quality", "source", "reason")
    return {"item": item, "role": role, "of": row["covers"]} | {name: row[name] for name in names}


def _none(item: str, role: str, why: str) -> dict:
    empty = dict.fromkeys(("detail", "branch", "of", "kind", "note", "quality", "source"), "")
    return empty | {"item": item, "role": role, "value": np.nan, "first_year": np.nan, "reason": why}


def _line(printed: Mapping[str, Mapping], item: str, taxes: bool) -> dict:
    """The whole of an item in the year; empty with its reason where there is none."""
    role = "total" if item in ("income", "expenditure", "surplus") else "line"
    if item not in printed:
        return _none(item, role, BY_DESIGN.get(item, "not_found") if taxes else "not_found")
    return _figure(printed[item], item, role)


def _stock(own: pd.DataFrame, item: str, year: int, taxes: bool) -> dict:
    found = own[own["item"].eq("assets") & own["year"].eq(year) & own["detail"].eq("")]
    if found.empty:
        return _none(item, "line", BY_DESIGN[item] if taxes else reason("no_stock_of", year=year))
    return _figure(found.iloc[-1], item, "line")


def _parts(of_year: pd.DataFrame, money: pd.DataFrame, covers: str, unit: str, year: int) -> list[dict]:
    """What was printed of a part: a branch, a class, or one scheme of those that keep the account; in no sum of totals."""
    parts = of_year[~(is_whole(of_year) & of_year["branch"].eq("")) | of_year["item"].eq("staff_pay")]
    if ";" in covers:
        of_one = money["covers"].isin(covers.split(";")) & money["unit"].eq(unit) & money["year"].eq(year)
        parts = pd.concat([parts, money[of_one & money["item"].eq("benefits") & money["kind"].isin(of_year["kind"])]])
    parts = parts[parts["item"].isin(SIDES)]
    return [_figure(row, row["item"], "part") for row in as_records(parts)]


def _differences(lines: dict[str, dict], inside: list[dict]) -> dict[str, dict]:
    """What follows from printed lines: other income and expenditure, surplus, and what reserves moved by beyond all that is known."""
    paid = [row for row in inside if row["item"] == "benefits" and (row["branch"] or row["of"])]
    benefits = [lines["benefits"]] if pd.notna(lines["benefits"]["value"]) else _one_level(paid)
    found = {
        "other_income": _rest("other_income", lines["income"], [lines[item] for item in RECEIPTS]),
        "other_expenditure": _rest("other_expenditure", lines["expenditure"], [*benefits, lines["administration"]]),
    }
    if pd.isna(lines["surplus"]["value"]):
        found["surplus"] = _surplus(lines["income"], lines["expenditure"])
    return found | {"residual": _residual(lines, benefits)}


def _one_level(paid: list[dict]) -> list[dict]:
    """Parts of benefits that can be added up: of one kind, with no part of a part."""
    kinds = {row["kind"] for row in paid}
    branches = [(row["of"], row["branch"]) for row in paid]
    return paid if len(kinds) == 1 and len(set(branches)) == len(branches) else []


def _rest(item: str, total: dict, parts: list[dict]) -> dict:
    """A printed total less the lines that were printed of it."""
    known = [row for row in parts if pd.notna(row["value"])]
    lacking = list(dict.fromkeys(row["item"] for row in parts if pd.isna(row["value"])))
    if pd.isna(total["value"]) or not known:
        lacks = [total["item"]] if pd.isna(total["value"]) else lacking or ["benefits"]
        return _none(item, "difference", reason("figure_lacks", measures=lacks))
    value = _exact(total["value"] - sum(row["value"] for row in known))
    why = reason("difference_holds", measures=lacking) if lacking else "total_less_lines"
    return _difference(item, value, [total, *known], why)


def _surplus(income: dict, expenditure: dict) -> dict:
    lacks = [row["item"] for row in (income, expenditure) if pd.isna(row["value"])]
    if lacks:
        return _none("surplus", "total", reason("figure_lacks", measures=lacks))
    return _difference(
        "surplus", _exact(income["value"] - expenditure["value"]), [income, expenditure], "income_less_expenditure"
    )


def _residual(lines: dict[str, dict], benefits: list[dict]) -> dict:
    """Residual: closing − opening − what came in + what went out, as far as it is known: the total or its printed lines."""
    opening, closing = lines["assets_opening"], lines["assets_closing"]
    if pd.isna(opening["value"]) or pd.isna(closing["value"]):
        lacks = [row["reason"] for row in (opening, closing) if pd.isna(row["value"])]
        return _none("residual", "difference", join_reasons(*lacks))
    taken, no_taken = _known(lines["income"], [lines[item] for item in RECEIPTS])
    paid, no_paid = _known(lines["expenditure"], [*(benefits or [lines["benefits"]]), lines["administration"]])
    value = _exact(closing["value"] - opening["value"] - _sum(taken) + _sum(paid))
    lacking = [*no_taken, *no_paid]
    why = reason("residual_holds", measures=lacking) if lacking else "residual_of_values"
    return _difference("residual", value, [opening, closing, *taken, *paid], why)


def _known(total: dict, parts: list[dict]) -> tuple[list[dict], list[str]]:
    """The total alone where it was printed, otherwise its printed lines and the names of the others."""
    if pd.notna(total["value"]):
        return [total], []
    known = [row for row in parts if pd.notna(row["value"])]
    return known, list(dict.fromkeys(row["item"] for row in parts if pd.isna(row["value"])))


def _exact(difference: float) -> float:
    """A difference of printed amounts without what binary numbers leave over: billions with at most nine decimals."""
    return round(float(difference), 9) + 0.0


def _sum(rows: list[dict]) -> float:
    return float(sum(row["value"] for row in rows))


def _difference(item: str, value: float, of: list[dict], why: str) -> dict:
    budget = any(row["kind"] == "budget" for row in of) and any(row["kind"] == "outturn" for row in of)
    return _none(item, "difference", join_reasons(why, "partly_budgeted" if budget else "")) | {
        "kind": "difference",
        "value": value,
        "quality": weakest([*(row["quality"] for row in of), "estimated"]),
        "source": join_sources(*(row["source"] for row in of)),
    }


def share_of_gdp(pack: Pack, table: pd.DataFrame, last: pd.Series | None = None) -> np.ndarray:
    """Each amount on the GDP of its own year, of a fiscal year on the mean of its two calendar years.

    Parameters
    ----------
    pack : the country
    table : value (billion), unit (lcu_billion, usd_billion; others have no share), year, first_year
    last : the years in which the amounts' own years end, where they are not those of the table
    """
    gdp = yearly_bases(pack)[0].drop_duplicates(["year", "unit"], keep="last").set_index(["unit", "year"])["value"]
    last = (table["year"] if last is None else last).astype("Int64").astype("float64")
    first = table["first_year"].astype("Int64").astype("float64").clip(upper=last)
    means = [gdp.reindex(pd.MultiIndex.from_arrays([table["unit"], years])).to_numpy(float) for years in (first, last)]
    return table["value"].to_numpy(float) / np.mean(means, axis=0)


@once_a_pack
def without_account(pack: Pack) -> pd.DataFrame:
    """Schemes for which no year carries an account, what is known of their money, and what lacks.

    Returns
    -------
    table : scheme (id), short_name, type, known (codes of ``schemes.accounts.MONEY`` that are known of it alone, ";"), year (the newest
        of them), reason (codes: what lacks)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> without_account(read_pack("BFA")).query("scheme == 'gratuite_soins'")[["known", "year", "reason"]].values.tolist()
    [['expenditure', 2023, 'budget_pays']]
    """
    money, years = _money_by_year(pack)
    have = {code for covers in years["covers"] for code in covers.split(";")}
    schemes = standing_schemes(pack)
    schemes = schemes[~schemes["id"].isin(have)]
    own = money[money["covers"].isin(schemes["id"]) & is_whole(money) & money["branch"].eq("")]
    known = own.groupby("covers")["item"].agg(lambda items: ";".join(dict.fromkeys(items)))
    newest = own.groupby("covers")["year"].max()
    table = schemes[["id", "short_name", "type"]].rename(columns={"id": "scheme"})
    table = table.assign(
        known=[known.get(scheme, "") for scheme in table["scheme"]], year=table["scheme"].map(newest).astype("Int64")
    ).reset_index(drop=True)
    members = money[money["covers"].str.contains(";").astype(bool)]["covers"].unique()
    shared = {code for covers in members for code in covers.split(";")}
    return table.assign(
        reason=[
            _lacks(known.split(";"), kind, scheme in shared)
            for scheme, known, kind in zip(table["scheme"], table["known"], table["type"], strict=True)
        ]
    )[LACKING_COLUMNS]


def _lacks(known: list[str], kind: str, shared: bool) -> str:
    """Which side of an account lacks: both of other years, neither, or one."""
    lacking = [items[0] for items in CARRIED_BY if not set(items) & set(known)]
    if kind in TAX_FINANCED_TYPES and lacking == ["income"]:
        return "budget_pays"
    why = reason("figure_lacks", measures=lacking) if lacking else "sides_of_other_years"
    by_type = {"employer_liability": "employers_pay", "voluntary": "", "community": ""}
    return join_reasons(why, by_type.get(kind, ""), "part_of_common_figures" if shared else "")
