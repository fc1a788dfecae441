"""Several options together: a person whom two of them reach is paid by the first in a stated order, within bounds.

Who is reached by two options is not published. It is taken as independent within each year of age and sex; the bounds of Fréchet
stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from nasssap_lib.costing.replaced import replaced_schemes, replaced_spending
from nasssap_lib.costing.today import kind_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.by_age import BAND, population_by_age
from nasssap_lib.population.by_sex import OF_WORKING_AGE
from nasssap_lib.population.targets import OLDER_AGE, WORKING_AGE
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import AGE_GROUPS, sex_of

ALL, DISABLED_PENSIONERS = "all", "disabled_pensioners"
COMBINED_COLUMNS = [
    "option", "name", "year", "sex", "persons", "persons_low", "persons_high", "total", "share_of_gdp", "share_low", "share_high",
    "replaced", "net_share_of_gdp", "quality", "source", "reason",
]  # fmt: skip
SUMMED = ["total", "share_of_gdp", "share_low", "share_high", "replaced", "net_share_of_gdp"]
SEXES = ("female", "male")
SHARED_OUT = ["persons", "total", "share_of_gdp", "replaced"]  # columns of a package: who is paid, and with what
AGES = np.arange(BAND * len(AGE_GROUPS))
CHILDREN_TO, BIRTHS = 14, (15, 49)
APART = {frozenset(("unemployed", group)) for group in ("employment_injury", "self_employed")}  # nobody is both


@dataclass(frozen=True)
class Reached:
    """Who is reached: persons[option, year, sex, age], share 0–1 of those of an age who are; NaN where it is not known."""

    people: np.ndarray
    share: np.ndarray


def combine_options(costs: pd.DataFrame, pack: Pack, order: Iterable[str] | None = None) -> pd.DataFrame:
    """What options cost together, each person paid once.

    Parameters
    ----------
    costs : result of :func:`costing.cost_package` for the options chosen
    pack : the country
    order : ids of options whose people overlap, who pays first stands first; None: no option's people overlap

    Returns
    -------
    table with the columns of ``COMBINED_COLUMNS``: an option, year and sex a row, then the rows of ``all`` and, where there are
        options for both, of ``disabled_pensioners`` (persons whom both reach)

    * persons: who are paid by this option and by none before it; persons_low, persons_high: bounds of Fréchet
    * total: national currency of the year; share_of_gdp, share_low, share_high, replaced, net_share_of_gdp: shares 0–1; the
      spending of a scheme that two options replace is netted once
    * of ``all``: sums over the options whose cost is known, with the others named in reason; money is NaN where that of one is, and
      persons are not added up: one may have a pension and cover for care

    Raises
    ------
    NasssapError : options overlap and no order is given, or the order leaves one of them out or names another

    Notes
    -----
    Options overlap where both pay a benefit, or both subsidise cover of one guarantee, to persons of one age and sex; the unemployed
    are no workers. Reached by option k and by none before it: p_k Π (1 − p_j) if being reached is independent within an age and sex,
    in any case between max(0, p_k − Σ p_j) and min(p_k, 1 − max p_j) (Fréchet 1951). Ages within a five-year group are split
    evenly; a group without ages of its own is spread evenly over those that it can have.

    Examples
    --------
    >>> from nasssap_lib.costing.package import cost_package
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> costs = cost_package(pack, [2031], ["social_pension", "child_benefit"])
    >>> together = combine_options(costs, pack).query("option == 'all' and sex == 'total'")
    >>> bool(abs(together["share_of_gdp"].iat[0] - costs.query("sex == 'total'")["share_of_gdp"].sum()) < 1e-12)
    True
    """
    if costs.empty:
        return pd.DataFrame(columns=COMBINED_COLUMNS)
    known = {row["id"]: row for row in as_records(pack.measures)}
    rows = [known[name] for name in costs["option"].unique()]
    pairs = overlapping(pack, rows)
    ordered = _ordered(rows, pairs, None if order is None else list(order))
    if not ordered:
        return pd.DataFrame(columns=COMBINED_COLUMNS)
    years = sorted(int(year) for year in costs["year"].unique())
    cells = _cells(costs, years)
    reached = _reached(pack, ordered, cells, years)
    whole = costs.loc[costs["sex"] == "total", ["option", "year", "quality", "source", "reason"]].sort_values("year")
    said = dict(tuple(whole.groupby("option")))
    parts = [_paid_by(pack, at, ordered, pairs, reached, cells, said, years) for at in range(len(ordered))]
    whole = _together(parts)
    return pd.concat([*parts, whole, *_disabled_pensioners(ordered, reached, years, parts)], ignore_index=True)


def overlapping(pack: Pack, rows: Iterable[Mapping]) -> list[tuple[str, str]]:
    """Pairs of options that can reach one person for one purpose.

    Parameters
    ----------
    pack : the country
    rows : rows of its measures

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> rows = pack.measures.query("id in ['child_benefit', 'social_pension', 'cash_transfer']").to_dict("records")
    >>> overlapping(pack, rows)
    [('child_benefit', 'cash_transfer'), ('social_pension', 'cash_transfer')]
    """
    return [(a["id"], b["id"]) for a, b in combinations(list(rows), 2) if _overlap(pack, a, b)]


def _overlap(pack: Pack, a: Mapping, b: Mapping) -> bool:
    same = kind_of(a) == kind_of(b) and (kind_of(a) == "benefit" or a["guarantee"] == b["guarantee"])
    apart = frozenset((a["group"], b["group"])) in APART
    return same and not apart and bool((eligible(pack, a) & eligible(pack, b)).any())


@once_a_pack
def eligible(pack: Pack, row: Mapping) -> np.ndarray:
    """Whom an option can reach: sexes × single years of age."""
    low, high = _ages(pack, row)
    first, last = (None if pd.isna(row[name]) else int(row[name]) for name in ("age_from", "age_to"))
    ages = ((low if first is None else first) <= AGES) & ((high if last is None else last) >= AGES)
    sex = row["sex"] if row["sex"] != "total" else sex_of(row["group"])
    return np.array([ages if sex in ("total", one) else np.zeros_like(ages) for one in SEXES])


def _ages(pack: Pack, row: Mapping) -> tuple[float, float]:
    """First and last age of a group that an option names no ages of."""
    group = row["group"]
    pensions = pack.pensionable_ages.loc[pack.pensionable_ages["denominator"] == "yes", "age"]
    first = {"older_persons": min(pensions, default=OLDER_AGE), "mothers": BIRTHS[0]} | dict.fromkeys(
        OF_WORKING_AGE, WORKING_AGE
    )
    last = {"children": CHILDREN_TO, "mothers": BIRTHS[1]}
    return first.get(group, 0), last.get(group, np.inf)


def _ordered(rows: list[dict], pairs: list[tuple[str, str]], order: list[str] | None) -> list[dict]:
    """Rows in the order in which they pay."""
    if order is None and pairs:
        named = ", ".join(f"{a} and {b}" for a, b in pairs)
        raise NasssapError(
            f"combine_options: the people of these options overlap: {named}; give an order: who stands first pays a person of both"
        )
    ids, order = [row["id"] for row in rows], order or []
    lacking = sorted({name for pair in pairs for name in pair} - set(order))
    wrong = [name for name in order if name not in ids]
    if lacking or wrong or len(set(order)) < len(order):
        faults = [f"lacks {', '.join(lacking)}"] * bool(lacking) + [f"names {', '.join(wrong)}, not costed"] * bool(
            wrong
        )
        raise NasssapError(f"combine_options: the order {'; it '.join(faults) or 'names an option twice'}")
    place = {name: at for at, name in enumerate([*order, *(name for name in ids if name not in order)])}
    return sorted(rows, key=lambda row: place[row["id"]])


def _reached(pack: Pack, rows: list[dict], cells: Mapping, years: list[int]) -> Reached:
    people = by_single_age(pack, years)
    shares = []
    for row in rows:
        can = eligible(pack, row)
        among, paid = people * can, cells[row["id"]]["persons"]
        pool = among.sum(axis=2)
        rate = np.divide(paid, pool, out=np.where(np.isnan(paid), np.nan, 0.0), where=pool > 0)
        shares.append(np.minimum(rate, 1.0)[:, :, None] * can)
    return Reached(people, np.array(shares))


def by_single_age(pack: Pack, years: list[int]) -> np.ndarray:
    """Persons by year, sex and single year of age: a fifth of each group."""
    table = population_by_age(pack.used_population, years)
    wide = table.pivot(index=["year", "sex"], columns="age_group", values="persons")
    full = wide.reindex(index=pd.MultiIndex.from_product([years, SEXES]), columns=AGE_GROUPS).fillna(0.0)
    return np.repeat(full.to_numpy(float), BAND, axis=1).reshape(len(years), len(SEXES), -1) / BAND


def _cells(costs: pd.DataFrame, years: list[int]) -> dict[str, dict[str, np.ndarray]]:
    """What is shared out of each option: its columns, years × sexes."""
    ids = list(costs["option"].unique())
    whole = pd.MultiIndex.from_product([ids, years, SEXES], names=["option", "year", "sex"])
    table = costs.set_index(whole.names)[SHARED_OUT].reindex(whole).to_numpy(float)
    cubes = table.reshape(len(ids), len(years), len(SEXES), len(SHARED_OUT))
    return {
        name: dict(zip(SHARED_OUT, np.moveaxis(cube, -1, 0), strict=True))
        for name, cube in zip(ids, cubes, strict=True)
    }


def paid_first(share: np.ndarray, before: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shares of persons whom an option pays and none before it does: if independent, at least, at most.

    Parameters
    ----------
    share : of persons whom the option reaches, 0–1
    before : options × the same shape, of those before it

    Examples
    --------
    >>> [round(float(part), 2) for part in paid_first(np.array(0.6), np.array([0.5, 0.3]))]
    [0.21, 0.0, 0.5]
    """
    if not len(before):
        return share, share, share
    before = np.nan_to_num(before)
    return (
        share * np.prod(1 - before, axis=0),
        np.maximum(share - np.minimum(before.sum(axis=0), 1), 0),
        np.minimum(share, 1 - before.max(axis=0)),
    )


def _paid_by(
    pack: Pack,
    at: int,
    rows: list[dict],
    pairs,
    reached: Reached,
    cells: Mapping,
    said: Mapping[str, pd.DataFrame],
    years: list[int],
) -> pd.DataFrame:
    """Rows of one option: who of its people is left to it."""
    row, own = rows[at], rows[at]["id"]
    earlier = [place for place in range(at) if (rows[place]["id"], own) in pairs or (own, rows[place]["id"]) in pairs]
    parts = paid_first(reached.share[at], reached.share[earlier])
    persons = [(reached.people * part).sum(axis=2) for part in parts]
    paid, share = cells[own]["persons"], cells[own]["share_of_gdp"]
    left = [np.divide(part, paid, out=np.ones_like(paid), where=paid > 0) for part in persons]
    left = [np.minimum(part, 1.0) if earlier else np.ones_like(part) for part in left]
    wide = {
        "persons": paid * left[0],
        "persons_low": paid * left[1],
        "persons_high": paid * left[2],
        "total": cells[own]["total"] * left[0],
        "share_of_gdp": share * left[0],
        "share_low": share * left[1],
        "share_high": share * left[2],
        "replaced": cells[own]["replaced"] * not_netted(pack, row, rows[:at]),
    }
    unknown = [rows[place]["name"] for place in earlier if np.isnan(reached.share[place]).any()]
    known = said[own]
    why = [
        reason("paid_first_by", options=[rows[place]["name"] for place in earlier]) if earlier else "",
        reason("overlap_not_known", options=unknown) if unknown else "",
    ]
    table = _long(wide, years).assign(option=own, name=row["name"])
    for column in ("quality", "source"):
        table[column] = np.repeat(known[column].to_numpy(), 3)
    if earlier:
        table["quality"] = [weakest(filter(None, [cell, "assumed"])) for cell in table["quality"]]
    table["reason"] = np.repeat([join_reasons(cell, *why) for cell in known["reason"]], 3)
    return table[COMBINED_COLUMNS]


def _long(wide: Mapping[str, np.ndarray], years: list[int]) -> pd.DataFrame:
    """Years × sexes as rows, with the sum of women and men."""
    cells = {name: np.column_stack([part, part.sum(axis=1)]).ravel() for name, part in wide.items()}
    table = pd.DataFrame({"year": np.repeat(years, 3), "sex": [*SEXES, "total"] * len(years)} | cells)
    return table.assign(net_share_of_gdp=table["share_of_gdp"] - table["replaced"]) if "replaced" in table else table


def not_netted(pack: Pack, row: Mapping, earlier: list[dict]) -> float:
    """Share of what an option replaces that no option before it replaces already."""
    schemes = replaced_schemes(pack, row)
    taken = {name for other in earlier for name in replaced_schemes(pack, other)}
    left = [name for name in schemes if name not in taken]
    if len(left) == len(schemes):
        return 1.0
    whole = replaced_spending(pack, schemes).share
    return replaced_spending(pack, left).share / whole if whole else 0.0


def _together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Sums over the options whose cost is known."""
    rows, keys = pd.concat(parts, ignore_index=True), ["year", "sex"]
    known = rows[rows["share_of_gdp"].notna()]
    sums = known.groupby(keys)[SUMMED].sum()
    sums = sums.mask(known[SUMMED].isna().groupby([known[key] for key in keys]).any())
    named = {
        "sum_without": rows[rows["share_of_gdp"].isna()].groupby(keys)["name"].agg(list),
        "no_net_of": known[known["net_share_of_gdp"].isna()].groupby(keys)["name"].agg(list),
    }
    table = (
        rows[keys].drop_duplicates().sort_values(keys, ignore_index=True).merge(sums.reset_index(), on=keys, how="left")
    )
    table["reason"] = [
        join_reasons(*(reason(code, options=names[key]) for code, names in named.items() if key in names.index))
        for key in zip(table["year"], table["sex"], strict=True)
    ]
    quality = weakest(filter(None, rows["quality"].unique()))
    table = table.assign(option=ALL, name=ALL, quality=quality, source=join_sources(*rows["source"].unique()))
    return table.reindex(columns=COMBINED_COLUMNS)


def _disabled_pensioners(rows: list[dict], reached: Reached, years: list[int], parts: list[pd.DataFrame]):
    """Persons with a severe disability who are old enough for a pension, where both are paid."""
    places = {
        group: [at for at, row in enumerate(rows) if row["group"] == group and kind_of(row) == "benefit"]
        for group in ("severe_disability", "older_persons")
    }
    if not all(places.values()):
        return []
    first, second = sorted(at[0] for at in places.values())
    p, q = reached.share[first], reached.share[second]
    both = {"persons": p * q, "persons_low": np.maximum(p + q - 1, 0), "persons_high": np.minimum(p, q)}
    wide = {name: (reached.people * part).sum(axis=2) for name, part in both.items()}
    why = reason("disabled_pensioners", first=rows[first]["name"], second=rows[second]["name"])
    unknown = reason("overlap_not_known", options=[rows[first if np.isnan(p).any() else second]["name"]])
    table = _long(wide, years).assign(option=DISABLED_PENSIONERS, name=DISABLED_PENSIONERS, quality="assumed")
    table["source"] = join_sources(*parts[first]["source"].head(1), *parts[second]["source"].head(1))
    table["reason"] = [join_reasons(why, "" if known else unknown) for known in table["persons"].notna()]
    return [table.reindex(columns=COMBINED_COLUMNS)]
