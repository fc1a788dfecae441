"""Tables of needs and of what is said of each guarantee, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_fixed, format_persons, format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_number,
    write_persons,
    write_reason,
    write_share,
    write_text,
    write_year,
)
from nasssap_lib.display.texts import N_, _, join_clauses, label, named, reason_words
from nasssap_lib.display.words import capital
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.terms import CODI_AREAS, CODI_MODULES, COVERAGE_GROUPS, GROUPS_IN_TEXT, GUARANTEES

EVIDENCE = {
    "recent": N_("observed within five years"),
    "old": N_("observed more than five years ago"),
    "legal_zero": N_("a zero in law"),
    "over_100": N_("above 100 %: verify"),
    "to_verify": N_("to be verified, not used"),
    "outgrown": N_("outgrown, not used"),
    "contradictory": N_("contradicted by the registers"),
    "no_rate": N_("no published rate"),
}
CODI_NAMES = {code: words for names in CODI_AREAS.values() for code, words in names.items()}


def assessment_table(assessment: pd.DataFrame, needs: pd.DataFrame) -> ReportTable:
    """The assessment matrix: provisions, gaps, issues and recommendations by guarantee.

    Parameters
    ----------
    assessment : result of ``needs.assess_guarantees``
    needs : result of ``needs.needs_by_group``; states the gap where no finding does
    """
    shown = assessment.copy()
    shown["codi_area"] = [_(area) if area in CODI_NAMES.values() else named(area) for area in shown["codi_area"]]
    empty = shown["reason"] != ""
    gaps = {code: _gaps_of(needs[needs["guarantee"] == code]) for code in GUARANTEES}
    said = ["objective", "provision", "gap", "implementation_issue", "recommendation"]
    shown[said] = shown[said].map(named)  # the pack's words; what is written below is in the reader's language already
    shown["gap"] = shown["gap"].mask(empty, shown["guarantee"].map(gaps))
    none_listed = empty & (shown["provision"] == "")
    shown["provision"] = shown["provision"].mask(none_listed, _("no scheme listed in the inventory"))
    for name in ("objective", "implementation_issue", "recommendation"):
        shown[name] = shown[name].mask(empty, _(NOT_AVAILABLE))
    views = {
        "guarantee": View(_("Guarantee"), write_code(GUARANTEES), detail="codi_area"),
        "objective": View(_("Objective"), long=True),
        "provision": View(_("Provisions"), long=True),
        "gap": View(_("Gaps"), long=True),
        "implementation_issue": View(_("Issues of implementation"), long=True),
        "recommendation": View(_("Recommendations"), write_text, "quality", long=True),
    }
    title = _("Assessment matrix; n/a: a dialogue must supply it") if empty.any() else _("Assessment matrix")
    return ReportTable(assessment, title, views, shown)


def codi_table(checklist: pd.DataFrame) -> ReportTable:
    """Findings by key area of CODI and guarantee; the areas to go through, module by module, where there is no finding at all.

    Parameters
    ----------
    checklist : result of ``needs.codi_checklist``
    """
    if not checklist["findings"].any():
        return _areas_to_go_through(checklist)
    shown = checklist.copy()
    shown["area"] = [_area_words(*row) for row in zip(shown["number"], shown["area"], strict=True)]
    shown["module"] = [label(CODI_MODULES, module) for module in shown["module"]]
    for guarantee in GUARANTEES:
        shown[guarantee] = shown[guarantee].map(lambda count: str(count) if count else "–")
    views = {"area": View(_("Key area of CODI"), detail="module")}
    views |= {guarantee: View(label(GUARANTEES, guarantee), numeric=True) for guarantee in GUARANTEES}
    title = _("Findings by key area: – is not looked at yet, not free of problems")
    return ReportTable(checklist, title, views, shown)


def _areas_to_go_through(checklist: pd.DataFrame) -> ReportTable:
    areas = checklist[checklist["number"].notna()]
    named_areas = areas.assign(area=[_area_words(*row) for row in zip(areas["number"], areas["area"], strict=True)])
    shown = named_areas.groupby("module", sort=False, as_index=False)["area"].agg(
        lambda names: join_clauses(list(names))
    )
    views = {"module": View(_("Module"), write_code(CODI_MODULES)), "area": View(_("Key areas of CODI"), long=True)}
    data = checklist[["number", "module", "area", "source"]]  # nobody has counted: no column of zeros
    return ReportTable(data, _("Key areas of CODI to go through in a dialogue"), views, shown)


def _area_words(number: float, area: str) -> str:
    """A key area with its number; one that is none of CODI's as the pack names it."""
    return _("{number} {area}", number=int(number), area=label(CODI_NAMES, area)) if number == number else named(area)


def _gaps_of(needs: pd.DataFrame) -> str:
    """The gaps of a guarantee's groups in words; groups overlap and are not added up."""
    if needs.empty:
        return _("not in SDG 1.3.1; see the table on health care")
    return join_clauses(
        [
            _("{group}: {persons}", group=capital(label(GROUPS_IN_TEXT, row.group)), persons=format_persons(row.gap))
            for row in needs.itertuples()
        ]
    )


def needs_table(needs: pd.DataFrame) -> ReportTable:
    """The needs matrix: size, coverage, trend and evidence by life-cycle group.

    Parameters
    ----------
    needs : result of ``needs.needs_by_group``
    """
    shown = needs.copy()
    shown["trend"] = [_trend(*row) for row in zip(shown["target_last"], shown["growth"], strict=True)]
    shown["sexes"] = [_sexes(*row) for row in zip(shown["group"], shown["women"], shown["men"], strict=True)]
    shown["evidence_words"] = [_evidence_words(*row) for row in zip(shown["evidence"], shown["reason"], strict=True)]
    year, last = (int(shown[name].iat[0]) for name in ("year", "last_year"))
    views = {
        "group": View(_("Group"), write_code(COVERAGE_GROUPS)),
        "target_population": View(_("Persons, {year}", year=year), write_persons, "quality", True),
        "trend": View(_("Persons, {year}", year=last), numeric=True),
        "coverage": View(_("Coverage"), write_share, numeric=True, detail="sexes"),
        "coverage_year": View(_("Year"), write_year, numeric=True),
        "gap": View(_("Gap, {year}, rate kept", year=year), write_persons, "quality", True),
        "evidence_words": View(_("Evidence"), long=True),
    }
    title = _("Needs matrix by life-cycle group (groups overlap: there is no total)")
    return ReportTable(needs, title, views, shown)


def _evidence_words(evidence: str, cell: str) -> str:
    """The evidence and the reasons that say something else."""
    further = [reason(code, **values) for code, values in split_reasons(cell) if code != evidence]
    return join_clauses([label(EVIDENCE, evidence), reason_words(join_reasons(*further))])


def _trend(last: float, growth: float) -> str:
    if pd.isna(last) or pd.isna(growth):
        return _(NOT_AVAILABLE)
    change = ("+" if growth >= 0 else "−") + format_share(abs(growth), 0)
    return _("{persons} ({change})", persons=format_persons(last), change=change)


def _sexes(group: str, women: float, men: float) -> str:
    """The rates of women and men, of girls and boys where the group is children."""
    if pd.isna(women) or pd.isna(men):
        return ""
    if group == "children":
        return _("girls {girls}, boys {boys}", girls=format_share(women, 1), boys=format_share(men, 1))
    return _("women {women}, men {men}", women=format_share(women, 1), men=format_share(men, 1))


def poverty_table(poverty: pd.DataFrame) -> ReportTable:
    """Poverty by line, vintages apart.

    Parameters
    ----------
    poverty : result of ``needs.poverty_by_line``
    """
    shown = poverty.assign(words=[_line_words(line) for line in poverty["line"]])
    views = {
        "words": View(_("Line")),
        "year": View(_("Year"), write_year, numeric=True),
        "headcount": View(_("Headcount"), write_share, "quality", True),
        "poverty_gap": View(_("Poverty gap"), write_share, "quality", True),
    }
    return ReportTable(poverty, _("Poverty by line, the newest survey of each"), views, shown)


def recomputed_table(check: pd.DataFrame) -> ReportTable:
    """Published and recomputed headcounts of the newest survey of the check.

    Parameters
    ----------
    check : result of ``needs.recompute_poverty``
    """
    newest = check[check["year"] == check["year"].max()]
    shown = newest.assign(words=[_line_words(line) for line in newest["line"]])
    views = {
        "words": View(_("Line")),
        "year": View(_("Year"), write_year, numeric=True),
        "published": View(_("Published"), write_share, numeric=True),
        "recomputed": View(_("Recomputed"), write_share, numeric=True),
        "difference": View(_("Difference, points"), write_number, numeric=True),
        "reason": View(_("Reason"), write_reason, long=True),
    }
    return ReportTable(check, _("Headcounts as published and as recomputed from deciles"), views, shown)


def _line_words(line: str) -> str:
    amount, divider, vintage = line.partition("_ppp")
    if divider:
        return _("{amount} international dollars of {year} a day", amount=format_fixed(float(amount)), year=vintage)
    return _("National") if line == "national" else capital(named(line.replace("_", " ")))
