"""Every word of the field's code lists, spelled once: code on the left, the English words a reader sees on the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nasssap_lib.errors import NasssapError

FACT = [
    "country", "area", "indicator", "group", "sex", "breakdown", "year",
    "value", "unit", "se", "quality", "source", "note",
]  # fmt: skip
FACT_KEY = [*FACT[:7], "source"]
SERIES_KEY = FACT[:6]


SEXES = {"total": "both sexes", "female": "women", "male": "men"}
CHILD_SEXES = {"total": "both sexes", "female": "girls", "male": "boys"}

QUALITIES = {  # from the strongest to the weakest
    "observed": "published statistic",
    "estimated": "modelled by its publisher, or by us",
    "assumed": "assumption",
    "illustrative": "illustration, not a figure of any country",
}

SOURCE_GRADES = {  # who published a source, from the strongest: what its figures may carry
    "official": "official",  # a law, a government, a scheme, a statistical office, an international organisation
    "research": "research",  # a journal, a university, a research institute
    "press": "press",  # a newspaper, a news agency
    "other": "other",  # a firm, a blog, a compilation
}

# ILO Convention No. 102, parts II to X, and social assistance
BRANCHES = {
    "medical_care": "Medical care",
    "sickness": "Sickness",
    "unemployment": "Unemployment",
    "old_age": "Old age",
    "employment_injury": "Employment injury",
    "family": "Family and child",
    "maternity": "Maternity",
    "invalidity": "Invalidity",
    "survivors": "Survivors",
    "social_assistance": "Social assistance",
}

# ILO Recommendation No. 202, paragraph 5
GUARANTEES = {
    "health": "Essential health care",
    "children": "Basic income security for children",
    "working_age": "Basic income security for persons of active age",
    "older_persons": "Basic income security for older persons",
}

# ISPA, Core Diagnostic Instrument (CODI), "What Matters" guidance note (2016), table of contents: module, key areas 1 to 18
CODI_MODULES = {
    "policy": "Policy",
    "design": "Programme design",
    "implementation": "Programme implementation",
    "other": "Other",
}
CODI_AREAS = {
    "policy": {
        "legal_framework": "Legal & policy framework",
        "alignment_with_needs": "Alignment of policies with needs of population",
        "policymaking": "Policymaking process",
        "policy_implementation": "Policy implementation & capacity",
        "public_expenditure": "Public expenditure & financing",
        "information_on_policy": "Information dissemination & raising awareness",
        "monitoring_of_policy": "Monitoring & evaluation systems",
    },
    "design": {
        "eligibility_criteria": "Eligibility criteria",
        "benefit_design": "Benefit design",
        "expenditures": "Expenditures & financing",
        "incentives": "Incentives",
    },
    "implementation": {
        "identification": "Identification",
        "eligibility_verification": "Eligibility verification",
        "enrolment": "Enrollment",
        "benefit_delivery": "Benefit delivery",
        "monitoring_of_programme": "Monitoring & evaluation",
        "complaints": "Complaint & appeals mechanism",
        "information_on_programme": "Information dissemination & raising awareness",
    },
}

# Groups of SDG indicator 1.3.1. They overlap: no total is ever taken over them.
COVERAGE_GROUPS = {
    "at_least_one": "At least one benefit",
    "children": "Children",
    "mothers": "Mothers with newborns",
    "severe_disability": "Persons with severe disabilities",
    "unemployed": "Unemployed persons",
    "older_persons": "Older persons",
    "employment_injury": "Employed persons, employment injury",
    "poor": "Poor persons",
    "vulnerable": "Vulnerable persons, social assistance",
}
# Groups of options beside those of the indicator: everybody, and workers whom no law of employees names
GROUPS = {"total": "Total population", **COVERAGE_GROUPS, "self_employed": "Self-employed and family workers"}
PEOPLE = {  # the persons of a group, as a sentence names them
    "children": "children",
    "mothers": "mothers with newborns",
    "severe_disability": "persons with severe disabilities",
    "unemployed": "unemployed persons",
    "older_persons": "older persons",
    "employment_injury": "employed persons",
    "poor": "poor persons",
    "vulnerable": "vulnerable persons",
}
# groups as they stand inside a sentence
GROUPS_IN_TEXT = {
    "total": "the total population",
    "at_least_one": "at least one benefit",
    **PEOPLE,
    "self_employed": "self-employed and family workers",
}

QUINTILES = {
    "q1": "Poorest fifth",
    "q2": "Second fifth",
    "q3": "Middle fifth",
    "q4": "Fourth fifth",
    "q5": "Richest fifth",
}

# Parts of ILO Convention No. 102 by branch, and the later Conventions that replace some of them where ratified
C102_PARTS = {
    "medical_care": "II", "sickness": "III", "unemployment": "IV", "old_age": "V", "employment_injury": "VI", "family": "VII",
    "maternity": "VIII", "invalidity": "IX", "survivors": "X",
}  # fmt: skip
REPLACING_CONVENTIONS = {"C121": ("VI",), "C128": ("V", "IX", "X"), "C130": ("II", "III"), "C168": ("IV",)}

POPULATION_CATEGORIES = {
    "private_employees": "Private employees",
    "public_servants": "Public servants",
    "informal": "Self-employed and informal workers",
    "poor_households": "Poor households",
    "residents": "Residents, by age or condition",
}

OCCUPATIONS = (
    "private_employees",
    "public_servants",
    "informal",
)  # categories of work: being poor, or old, is no occupation

SCHEME_TYPES = {
    "social_insurance": "Social insurance",
    "provident_fund": "Provident fund",
    "employer_liability": "Employer liability",
    "universal": "Universal, tax-financed",
    "social_assistance": "Social assistance, tax-financed",
    "fee_waiver": "Fee waiver or subsidy",
    "community": "Community or mutual scheme",
    "voluntary": "Voluntary scheme or project",
}
CONTRIBUTORY_TYPES = ("social_insurance", "provident_fund")
TAX_FINANCED_TYPES = ("universal", "social_assistance", "fee_waiver")  # whose spending a new benefit can replace

BENEFIT_FORMS = {
    "cash": "cash",
    "in_kind": "in kind",
    "contributory": "contributory benefit, net of contributions",
    "public_works": "wages of public works",
    "health": "health care per head",
}

TIERS = {
    "basic": "Basic",
    "main": "Main",
    "supplementary": "Supplementary",
}

SCHEME_STATUSES = {
    "active": "Active",
    "planned": "Planned",
    "closed": "Closed",
    "status_not_read": "Status not read",
}

# How one scheme stands to another; the last is found by the stocktaking, never written into a pack.
SCHEME_RELATIONS = {
    "parallel": "Parallel by occupation",
    "complementary": "For other people, not by occupation",
    "stacked": "Stacked by design",
    "successor": "Successor",
    "delegate": "Runs a part of the other by delegation",
    "possible_overlap": "Possible overlap, to be verified",
}

SCHEME_MEASURES = {
    "contributors": "Contributors",
    "beneficiaries": "Beneficiaries",
    "pensioners": "Pensioners",
    "affiliates": "Persons affiliated",
    "benefit": "Benefit",
    "benefit_minimum": "Minimum benefit",
    "benefit_maximum": "Maximum benefit",
    "expenditure": "Expenditure",
    "benefits": "Benefits paid",
    "lump_sums_share": "Lump sums, of benefits paid",
    "administration": "Administration cost",
    "staff_pay": "Staff pay",
    "income": "Income",
    "contributions": "Contributions received",
    "investment_income": "Income from investment",
    "state_transfer": "Transfer from the State",
    "donor_income": "From donors",
    "surplus": "Surplus",
    "expenditure_budget": "Budget",
    "benefits_budget": "Budget of benefits",
    "income_budget": "Budget of income",
    "contributions_budget": "Budget of contributions",
    "state_transfer_budget": "Budget of the transfer from the State",
    "assets": "Reserves",
    "debt_state": "Owed by the State",
    "debt_employers": "Owed by private employers",
    "arrears": "Arrears",
    "rate_employer": "Contribution rate, employer",
    "rate_employer_low": "Contribution rate, employer, lowest",
    "rate_employer_high": "Contribution rate, employer, highest",
    "rate_worker": "Contribution rate, worker",
    "rate_worker_low": "Contribution rate, worker, lowest",
    "rate_worker_high": "Contribution rate, worker, highest",
    "rate_state": "Contribution rate, State",
    "rate_total": "Contribution rate, total",
    "rate_self_employed": "Contribution rate, self-employed",
    "rate_pensioner": "Contribution rate, pensioner",
    "ceiling": "Ceiling of contributory earnings",
    "floor": "Floor of contributory earnings",
    "premium": "Premium",
    "coverage": "Coverage as stated by the source",
    "other": "Other figure",
}

# What a scheme's figure counts; nothing is converted without the source's own conversion.
COUNTED_IN = {
    "persons": "persons",
    "households": "households",
    "families": "families",
    "subscribers": "subscribers",
    "cumulative_persons": "persons, cumulated over years",
    "one_off_grants": "one-off grants",
    "money": "money",
    "rate": "rate",
    "other": "other, see detail",
    "not_stated": "not stated",
}

PENSION_AGE_RULES = {
    "normal": "normal",
    "early": "early",
    "late": "late",
    "arduous": "arduous work",
    "withdrawal": "withdrawal of balances",
    "compulsory_retirement": "compulsory retirement",
    "social_pension": "social pension",
}

# The eight steps of the ILO's page on building a National Social Security Strategy and Action Plan (V. Wodsak, 2009)
STEPS = {
    1: "Stocktaking",
    2: "Draft strategy with priorities and a timetable",
    3: "Information campaign and national dialogue",
    4: "Approval by parliament",
    5: "Technical and financial support",
    6: "National action plan",
    7: "Implementation",
    8: "Governance, monitoring and evaluation",
}
STEP_STATUSES = {
    "done": "done",
    "adopted_by_government": "adopted by government; no vote of parliament read",
    "launched_by_government": "published or launched by government; no approval read",
    "under_way": "under way",
    "planned": "planned",
    "not_found": "nothing found in the sources read",
}

# What a plan wants of an indicator; of others, such as a share of a branch in GDP, it depends on the country
MORE_IS_BETTER = (
    "effective_coverage", "health_insurance_coverage", "cash_transfer_coverage", "aspire_coverage_all",
    "aspire_coverage_social_assistance", "aspire_coverage_social_insurance", "aspire_coverage_labour_market",
    "social_assistance_expenditure_gdp", "social_protection_expenditure_gdp", "uhc_service_coverage_index", "adult_literacy",
    "life_expectancy",
)  # fmt: skip
LESS_IS_BETTER = (
    "out_of_pocket_share", "catastrophic_health_spending", "poverty_headcount", "poverty_gap", "poverty_severity", "mpi_headcount",
    "mpi_intensity", "mpi_value", "food_insecurity", "informal_employment_share", "informal_employment_share_non_agricultural",
    "unemployment_rate", "youth_unemployment_rate",
)  # fmt: skip

PROGRESS_STATES = {  # of an activity at a review
    "done": "Done",
    "ahead": "Ahead of plan",
    "on_plan": "On plan",
    "slipped": "Slipped",
    "not_due": "Not due yet",
    "not_known": "Not known",
}

PLAN_CHANGES = {  # between two editions of a plan
    "added": "Added",
    "removed": "Removed",
    "moved": "Moved in time",
    "reordered": "Other prerequisites",
    "recosted": "Other cost",
    "refinanced": "Other finance",
    "responsibility": "Other institutions",
    "progress": "Progress",
    "reworded": "Reworded",
    "target": "Other target",
    "measured": "Measured again",
    "revised": "Revised by its publisher",
}

INDICATOR_KINDS = {"output": "Output", "outcome": "Outcome"}  # what an institution does, and what becomes of it
OUTPUTS = {"persons_paid": "Persons paid", "persons_registered": "Persons newly registered"}  # of an option
TARGET_STANDINGS = {  # of a target that was typed beside the interval that the options give
    "within": "Within what the options give",
    "below": "Below what the options commit to",
    "above": "Above what the options can give",
}

PLAN_STEPS = {  # before anybody is paid
    "law": "Law",
    "institution": "Institution",
    "register": "Register and identification",
    "channel": "Payment channel",
    "financing": "Decision on financing",
    "monitoring": "Monitoring",
}
STEP_STATES = {"found": "Exists", "missing": "To be set up", "not_known": "Not known"}

FISCAL_SPACE = {  # the eight options for fiscal space (Ortiz, Cummins, Karunanethy 2017), as they are numbered there
    1: "Re-allocating public expenditure",
    2: "Increasing tax revenue",
    3: "Expanding contributory coverage and its revenue",
    4: "Aid and transfers from partners",
    5: "Eliminating illicit financial flows",
    6: "Using fiscal and foreign exchange reserves",
    7: "Borrowing or restructuring debt",
    8: "A more accommodating macroeconomic framework",
}
REDIRECTING = (1, 6)  # what exists is used otherwise; the other six enlarge what there is

AGE_GROUPS = [*(f"{age}-{age + 4}" for age in range(0, 100, 5)), "100+"]
LIFE_TABLE_AGES = ["0", "1-4", *AGE_GROUPS[1:]]  # deaths of the first year are of their own kind

UNITS = {
    "percent": "%",
    "per_100": "per 100",
    "per_1000": "per 1,000",
    "persons": "persons",
    "thousand_persons": "thousand persons",
    "million_persons": "million persons",
    "households": "households",
    "families": "families",
    "years": "years",
    "index": "index",
    "score": "score, 0 to 100",
    "ratio": "ratio",
    "lcu": "national currency",
    "lcu_million": "million, national currency",
    "lcu_billion": "billion, national currency",
    "lcu_billion_constant": "billion, national currency, constant prices",
    "lcu_per_usd": "national currency per US dollar",
    "lcu_per_international_dollar": "national currency per international dollar",
    "usd": "US dollars",
    "usd_million": "million US dollars",
    "usd_billion": "billion US dollars",
    "international_dollar": "international dollars",
    "international_dollar_2021": "international dollars of 2021",
    "international_dollar_billion": "billion international dollars",
    "ppp2017_per_day": "international dollars of 2017 per person per day",
    "ppp2021_per_day": "international dollars of 2021 per person per day",
    "ppp2021_per_month": "international dollars of 2021 per month",
    "lcu_per_hour": "national currency per hour",
    "lcu_per_day": "national currency per day",
    "lcu_per_month": "national currency per month",
    "lcu_per_quarter": "national currency per quarter",
    "lcu_per_year": "national currency per year",
    "usd_per_month": "US dollars per month",
    "percent_of_earnings": "% of earnings",
    "percent_of_pension": "% of pension",
    "number": "number",
    "text_see_note": "see note",
}
PANEL_UNITS = {  # what a line of a panel is measured in: a percentage says of what
    **UNITS,
    "percent_of_gdp": "% of GDP",
    "percent_of_population": "% of population",
    "percent_of_population_15": "% of population 15 and over",
    "percent_of_employment": "% of employment",
    "percent_of_labour_force": "% of labour force",
    "percent_of_health_expenditure": "% of health expenditure",
    "percent_of_government_expenditure": "% of government expenditure",
}

# Where an insured person of a pension scheme stands, and the rules by which a scheme takes in and pays
INSURED_STATUSES = {
    "active": "contributes",
    "dormant": "contributed before, has no pension yet",
    "old_age": "old-age pensioner",
    "invalidity": "invalidity pensioner",
    "survivor": "widow or widower with a pension",
    "orphan": "orphan with a pension",
}
SCHEME_RULES = {
    "contribution_rate": "Contribution rate, employer and worker, of insured wages",
    "collection": "Contributions paid, of those owed",
    "ceiling": "Ceiling of insured wages",
    "ceiling_with_prices": "Ceiling: part of inflation that it follows",
    "ceiling_with_wages": "Ceiling: part of wage growth that it follows",
    "pensionable_age": "Pensionable age",
    "retirement": "Retire at an age, of those still without a pension",
    "vesting": "Years of service before a pension",
    "accrual": "Pension for each year of service, of the reference wage",
    "maximum_replacement": "Highest pension, of the reference wage",
    "minimum_pension": "Lowest pension",
    "averaging": "Last years whose wages make the reference wage",
    "revaluation_with_prices": "Past wages: part of inflation that they follow",
    "revaluation_with_wages": "Past wages: part of wage growth that they follow",
    "lump_sum": "Paid once without a pension: months of the reference wage for each year of service",
    "pension_with_prices": "Pensions in payment: part of inflation that they follow",
    "pension_with_wages": "Pensions in payment: part of wage growth that they follow",
    "invalidity_incidence": "Become invalid in a year, of contributors",
    "invalidity_replacement": "Lowest pension at invalidity or death, of the reference wage",
    "married": "Married, of those who die",
    "age_gap": "Years by which a husband is older",
    "survivor_share": "Pension of a widow or widower, of the pension of the dead",
    "children": "Children below the age limit, for each insured person who dies",
    "orphan_share": "Pension of an orphan, of the pension of the dead",
    "orphan_age": "Age at which an orphan's pension ends",
    "short_term": "Short-term benefits, of insured wages",
    "administration": "Administration, of contributions",
    "deficit_cover": "Deficit that the State pays",
    "interest": "Interest on the fund, a year",
    "inflation": "Inflation, a year",
    "wage_growth": "Growth of wages, a year",
    "contributor_growth": "Growth of the number of contributors, a year",
    "entry_age": "Enter at an age, of all who enter in a year",
    "leaving": "Stop contributing in a year, of contributors",
    "returning": "Contribute again in a year, of those who had stopped",
}

# Who sits at the table of a national dialogue; a pack may name others
STAKEHOLDER_KINDS = {
    "government": "government",
    "employers": "employers",
    "workers": "workers",
    "informal economy": "informal economy",
    "civil society": "civil society",
    "experts": "experts",
    "other": "other",
}

# What a row of stakeholders.csv says, and the values that it may have
STATEMENTS = {
    "weight": (0.0, 100.0),
    "position": (-1.0, 1.0),
    "pays": (0.0, 100.0),
    "receives": (0.0, 100.0),
    "burden": (-100.0, 100.0),
}

# The two lists in which options are ranked: a subsidy of a contribution is not ranked against a benefit
OPTION_KINDS = {"benefit": "Benefits that are paid", "subsidy": "Cover that is subsidised"}

# Of a criterion's values; of_three: a share, read as so many of three
CRITERION_UNITS = ("share", "share_of_gdp", "persons", "of_three", "score")
OBJECTIVES = ("max", "min")
PARAMETERS = ("level", "take_up")


@dataclass(frozen=True)
class Criterion:
    """By what options are set against each other; ``priorities/criteria.py`` holds the function that computes it, by its id.

    id : as in result tables and parameters
    label : its words
    unit : one of ``CRITERION_UNITS``, of its values
    decimals : with which a value is written (of a percentage, where the value is a share)
    better : "max" or "min"
    moved_by : parameters of an option that move its value in proportion, of ``PARAMETERS``
    question : what a group at the table is asked
    needs : what must be known for it to have a value
    further : True where it overlaps with others, or rests on what somebody typed: nobody weighs the same thing twice without being
        asked to, so it takes part only where a reader names it
    asked : True where groups at the table are asked what it weighs for them; a group that gives it points has named it
    logarithmic : True where twice as much counts the same from wherever one starts
    ordinal : True where its values are an order of steps: how far one is from the next is nobody's figure
    """

    id: str = ""
    label: str = ""
    unit: str = ""
    better: str = ""
    question: str = ""
    needs: str = ""
    moved_by: tuple[str, ...] = ()
    decimals: int = 0
    further: bool = False
    asked: bool = True
    logarithmic: bool = False
    ordinal: bool = False

    def __post_init__(self) -> None:
        """Refuse a criterion of which something is not said, all faults together."""
        lacking = [name for name in ("id", "label", "unit", "better", "question", "needs") if not getattr(self, name)]
        strange = {"unit": {self.unit} - {*CRITERION_UNITS, ""}, "better": {self.better} - {*OBJECTIVES, ""}}
        strange["moved_by"] = {*self.moved_by} - {*PARAMETERS}
        faults = [f"no {name}" for name in lacking]
        faults += [f"unknown {name} {', '.join(found)}" for name, found in strange.items() if found]
        if faults:
            raise NasssapError(f"terms.CRITERIA, criterion {self.id or self.label!r}: {'; '.join(faults)}")


CRITERIA = {
    criterion.id: criterion
    for criterion in (
        Criterion(
            id="newly_covered",
            label="Persons newly covered",
            unit="persons",
            better="max",
            moved_by=("take_up",),
            logarithmic=True,
            question="How many persons who have nothing today would it reach?",
            needs="the target population and a published rate of its coverage",
        ),
        Criterion(
            id="cost",
            label="Cost, % of GDP",
            unit="share_of_gdp",
            decimals=2,
            better="min",
            moved_by=("level", "take_up"),
            question="How little would it cost, with administration?",
            needs="the target population and a benefit that can be set against GDP",
        ),
        Criterion(
            id="readiness",
            label="Readiness",
            unit="of_three",
            decimals=1,
            better="max",
            question="Are institution, law and channel there already for the people whom it serves?",
            needs="schemes of its branch in the inventory",
            ordinal=True,
        ),
        Criterion(
            id="unmet_need",
            label="Unmet need",
            unit="share",
            better="max",
            question="How large a share of the people whom it serves has no cover today?",
            needs="the option's own target population and a published rate of its coverage",
            further=True,
        ),
        Criterion(
            id="gap_closed",
            label="Share of its own gap closed",
            unit="share",
            better="max",
            moved_by=("take_up",),
            question="How much of the gap of the people whom it serves would the option close?",
            needs="the option's own target population and a published rate of its coverage",
            further=True,
            asked=False,
        ),
        Criterion(
            id="equity",
            label="Reach of the poorest fifth",
            unit="share",
            better="max",
            question="How well does the channel that it would use reach the poorest fifth today?",
            needs="coverage by fifth of the population for its kind of programme, of a survey at most five years old",
            further=True,
        ),
        Criterion(
            id="severity",
            label="Severity of poverty in its group",
            unit="share",
            decimals=1,
            better="max",
            question="How deep is poverty in the group that it serves?",
            needs="the severity or the headcount of poverty by group",
            further=True,
            asked=False,
        ),
        Criterion(
            id="poverty_effect",
            label="Effect on poverty",
            unit="share",
            decimals=1,
            better="max",
            question="By how much would it reduce poverty?",
            needs="estimates from a household survey",
            further=True,
            asked=False,
        ),
    )
}
FURTHER_CRITERIA = tuple(criterion.id for criterion in CRITERIA.values() if criterion.further)
JUDGED = "_judged"  # behind the id of a criterion of this list that people gave scores for


def judged_name(criterion: str) -> str:
    """What a criterion is called that a pack's judgements name.

    Examples
    --------
    >>> judged_name("ease_of_start"), judged_name("equity_judged")
    ('Ease of start', 'Equity')
    """
    return criterion.removesuffix(JUDGED).replace("_", " ").capitalize()


# What an option can stand on today
READINESS_ITEMS = {"institution": "institution", "law": "law", "register": "register"}
ORDINAL_STEPS = len(READINESS_ITEMS)  # of an ordinal criterion above its first value

# What a group says of an option, and the value that a pack stores
POSITIONS = {"supports": 1.0, "doubts": 0.0, "opposes": -1.0}


# The branch of an option: by its group, or by its guarantee where it is for no group of its own
_BRANCH_OF_GROUP = {
    "children": "family",
    "mothers": "maternity",
    "severe_disability": "invalidity",
    "unemployed": "unemployment",
    "older_persons": "old_age",
    "employment_injury": "employment_injury",
}
_NO_GROUP = ("at_least_one", "total", "self_employed")
_BRANCH_OF_GUARANTEE = {"older_persons": "old_age", "children": "family", "health": "medical_care"}


def branch_of(guarantee: str, group: str) -> str:
    """The branch of social security in which an option pays.

    Examples
    --------
    >>> branch_of("health", "poor"), branch_of("working_age", "mothers"), branch_of("older_persons", "self_employed")
    ('medical_care', 'maternity', 'old_age')
    """
    if guarantee == "health":
        return "medical_care"
    if group in _NO_GROUP:
        return _BRANCH_OF_GUARANTEE.get(guarantee, "social_assistance")
    return _BRANCH_OF_GROUP.get(group, "social_assistance")


def sex_of(group: str) -> str:
    """The sex for which a whole group is counted: mothers are women.

    Examples
    --------
    >>> sex_of("mothers"), sex_of("children")
    ('female', 'total')
    """
    return "female" if group == "mothers" else "total"


def sexes_of(group: str) -> dict[str, str]:
    """Words of the sexes of a group: children are girls and boys.

    Examples
    --------
    >>> sexes_of("children")["female"], sexes_of("older_persons")["female"]
    ('girls', 'women')
    """
    return CHILD_SEXES if group == "children" else SEXES


def label(codes: dict, code: str) -> str:
    """Words for a code; the code itself where the list has none.

    Examples
    --------
    >>> label(BRANCHES, "old_age")
    'Old age'
    """
    return codes.get(code, str(code))


def require_each(codes: Iterable[str], given: Iterable[str], where: str) -> None:
    """Refuse what holds something for some codes of a list only, or for unknown ones; called where it is defined.

    Raises
    ------
    NasssapError : names the codes that are missing or too many

    Examples
    --------
    >>> require_each(["cost"], {"cost": None}, "the functions")
    """
    codes, given = [*codes], [*given]
    missing, unknown = [name for name in codes if name not in given], [name for name in given if name not in codes]
    if missing or unknown:
        raise NasssapError(f"{where}: nothing for {missing}; unknown {unknown}")
