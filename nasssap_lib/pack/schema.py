"""The one schema of every table of a country pack: checks, the frames of a Pack and docs/tables.md follow from it.

A new table is a ``Table`` here, in ``TABLES``; a new column is a ``Column`` of its table. Nothing else repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from os.path import commonprefix

from nasssap_lib import terms
from nasssap_lib.errors import NasssapError

SCHEMA = 2
FIRST_YEAR, LAST_YEAR = 1850, 2150
# Letters that a cell may have: what stands in a chart's cell, a caption, a name, an address or a ";" list; prose of a page.
SHORT, CAPTION, NAME, ADDRESS, PROSE = 60, 40, 300, 2_000, 20_000
PACK_FIELDS = ("country", "settings", "codebook", "digest", "doubts", "digits")  # what a Pack holds beside its tables

# What a number of a column is, beside the units of terms.UNITS; "by NAME" as a unit: the column NAME of the row says it.
COLUMN_UNITS = {
    "share": "share, 0 to 1",
    "percent_of_gdp": "% of GDP a year",
    "months": "months in a year",
    "contacts": "contacts a year",
    "rank": "rank",
    "points": "points",
    "calendar_year": "calendar year",
}
# Least and greatest value that a unit admits, None: no limit. A column, or an indicator of the codebook, may say another range.
RANGES: dict[str, tuple[float | None, float | None]] = {
    "share": (0, 1),
    "months": (0, 12),
    "persons": (0, None),
    "thousand_persons": (0, None),
    "million_persons": (0, None),
    "households": (0, None),
    "families": (0, None),
    "years": (0, 150),
    "score": (0, 100),
    "ratio": (0, None),
    "percent_of_earnings": (0, None),
    "percent_of_pension": (0, None),
}


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : its header
    kind : text, code, codes (a ";" list), number, integer, year, date, choice or choices (a ";" list)
    meaning : what it says
    required : True: no row is without it
    codes : of a choice: code → English words ("" where the code is its own word)
    low, high : least and greatest value, where it is not the unit that says so
    unit : of a number: of ``terms.UNITS`` or ``COLUMN_UNITS``, or "by NAME" of the column that says it row by row
    references : of an id: "table.column" that must hold it
    where : (column, values): the reference holds only in rows with one of these values in that column
    prose : True: words for readers; columns NAME_fr, NAME_es … with translations may stand beside it
    native : True: prose in the country's own language
    optional : True: a table may do without the column
    longest : letters that a cell may have
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    codes: Mapping[object, str] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    unit: str = ""
    references: str = ""
    where: tuple[str, tuple[str, ...]] = ("", ())
    prose: bool = False
    native: bool = False
    optional: bool = False
    longest: int = ADDRESS

    @property
    def choices(self) -> tuple[str, ...]:
        """Codes that a choice may have."""
        return tuple(map(str, self.codes))

    @property
    def range(self) -> tuple[float | None, float | None]:
        """Least and greatest value: the column's own, else those of its unit."""
        return (self.low, self.high) if (self.low, self.high) != (None, None) else RANGES.get(self.unit, (None, None))

    @property
    def stem(self) -> str:
        """Its name without the language that a translation carries."""
        return stem_and_language(self.name)[0] if self.prose else self.name


@dataclass(frozen=True)
class Table:
    """A table of a pack.

    Parameters
    ----------
    name : of its file, and of its frame in a Pack unless ``frame`` says another
    meaning : what a row is
    columns : its columns, in order
    key : columns that make a row unique
    required : True: a pack must have it
    orders : columns whose values never fall from left to right, such as ("start", "end")
    frame : name of its frame in a Pack
    called : what another table's reference to a row of it is called
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    orders: tuple[tuple[str, ...], ...] = ()
    frame: str = ""
    called: str = "id"

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def attribute(self) -> str:
        """Name of the frame in a Pack."""
        return self.frame or self.name

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    @property
    def ascending(self) -> list[tuple[str, str]]:
        """Pairs of columns of which the first is never above the second."""
        return [pair for order in self.orders for pair in pairwise(order)]

    def header(self, names: Iterable[str]) -> list[str]:
        """Header of a file of the table that holds these columns: the schema's, and translations among them."""
        return [column.name for column in self.with_translations(names)]

    def with_translations(self, header: Iterable[str]) -> list[Column]:
        """The columns, and beside each prose those of its translations that a file's header holds.

        Examples
        --------
        >>> [column.name for column in MEASURES.with_translations(["id", "name_fr", "name_xx", "id_fr"])][:4]
        ['id', 'name', 'name_fr', 'guarantee']
        """
        columns, known = list(self.columns), set(self.names)
        for name in (name for name in header if name not in known):
            stem, language = stem_and_language(name)
            same = [column for column in columns if column.prose and column.stem == stem]
            if same and language:
                said = replace(
                    same[0], name=name, meaning=f"{same[0].meaning} ({language})", required=False, native=False
                )
                columns.insert(columns.index(same[-1]) + 1, said)
        return columns


def order_words(order: tuple[str, ...]) -> str:
    """How the columns of an order follow each other, without what all their names begin with.

    Examples
    --------
    >>> order_words(("amount_low", "amount_central", "amount_high")), order_words(("start", "end"))
    ('low ≤ central ≤ high', 'start ≤ end')
    >>> order_words(("rate_low", "rate", "rate_high"))
    'low ≤ central ≤ high'
    """
    common = commonprefix(order)
    return " ≤ ".join(name.removeprefix(common).removeprefix("_") or "central" for name in order)


def stem_and_language(name: str) -> tuple[str, str]:
    """A column's name without its language, and the language; the whole name and "" where it carries none.

    Examples
    --------
    >>> stem_and_language("name_fr"), stem_and_language("age_to"), stem_and_language("name_xx")
    (('name', 'fr'), ('age', 'to'), ('name_xx', ''))
    """
    stem, _, language = name.rpartition("_")
    return (stem, language) if stem and is_language(language) else (name, "")


@cache
def is_language(code: str) -> bool:
    """Whether a code is a two-letter language of ISO 639 that Babel knows.

    Examples
    --------
    >>> is_language("fr"), is_language("sw"), is_language("xx"), is_language("French")
    (True, True, False, False)
    """
    from babel.localedata import exists

    return bool(re.fullmatch("[a-z]{2}", code)) and exists(code)


def _text(name: str, meaning: str, required: bool = False, longest: int = NAME) -> Column:
    return Column(name, "text", meaning, required, longest=longest)


def _prose(name: str, meaning: str, required: bool = False, native: bool = False, longest: int = PROSE) -> Column:
    return Column(name, "text", meaning, required, prose=True, native=native, longest=longest)


def _name(name: str, meaning: str, required: bool = False, native: bool = False) -> Column:
    return _prose(name, meaning, required, native, NAME)


def _choice(name: str, codes: Mapping[object, str], meaning: str, required: bool = True) -> Column:
    return Column(name, "choice", meaning, required, codes)


def _choices(name: str, codes: Mapping[object, str], meaning: str, required: bool = False) -> Column:
    return Column(name, "choices", meaning, required, codes)


def _number(name: str, unit: str, meaning: str, required: bool = False, low=None, high=None) -> Column:
    return Column(name, "number", meaning, required, low=low, high=high, unit=unit)


def _whole(name: str, unit: str, meaning: str, required: bool = False, low=None, high=None) -> Column:
    return Column(name, "integer", meaning, required, low=low, high=high, unit=unit)


def _year(name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, "year", meaning, required, unit="calendar_year")


def _date(name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, "date", meaning, required)


def _id(meaning: str = "short id") -> Column:
    return Column("id", "code", meaning, True)


def _one_of(references: str, name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, "code", meaning, required, references=references)


def _some_of(references: str, name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, "codes", meaning, required, references=references)


def _range(name: str, unit: str, meaning: str) -> tuple[Column, ...]:
    return tuple(_number(f"{name}_{end}", unit, f"{meaning}, {end}", True) for end in ENDS)


def _ends(name: str) -> tuple[str, ...]:
    return tuple(f"{name}_{end}" for end in ENDS)


ENDS = ("low", "central", "high")
QUALITY = _choice("quality", terms.QUALITIES, "how sure the figure is")
SOURCE = _some_of("sources.id", "source", "ids of sources.csv", True)
NOTE = _prose("note", "anything a reader must know")
YEAR = _year("year", "calendar year", True)
YEAR_IF_KNOWN = _year("year", "calendar year; empty where not dated")
SEX = _choice("sex", terms.SEXES, "total, female or male")
AGES = (
    _whole("age_from", "years", "first age", low=0, high=120),
    _whole("age_to", "years", "last age; empty: no upper limit", low=0, high=120),
)
# Short code lists of one table each; the field's own are in nasssap_lib.terms.
AMOUNT_BASES = {
    "gdp_per_head": "% of GDP per head",
    "lcu_per_month": "national currency a month",
    "poverty_line": "% of the poverty line",
    "minimum_wage": "% of the minimum wage",
    "average_earnings": "% of average earnings",
}
INDEXINGS = {
    "gdp_per_head": "with GDP per head",
    "prices": "with prices",
    "wages": "with wages",
    "none": "not at all",
}
ADMIN_BASES = {"benefits": "benefits", "gross": "benefits and administration together"}
OPTION_RELATIONS = {
    "build_on": "builds on",
    "coordinate": "coordinate with",
    "merge": "merge with",
    "crowding_out": "danger of crowding out",
    "benefit_tested": "only for those without a benefit of",
}
PAYMENTS = {"regular": "regularly", "once": "once", "in_kind": "in kind"}
FLOWS = {"recurrent": "every year", "one_off": "once", "headroom": "headroom"}
_IN_YEARS = ("pensionable_age", "vesting", "averaging", "age_gap", "orphan_age")
_OTHER_UNITS = dict.fromkeys(_IN_YEARS, "years") | {
    "ceiling": "lcu_per_month", "minimum_pension": "lcu_per_month", "lump_sum": "months", "children": "number",
}  # fmt: skip
SCHEME_RULE_UNITS = {rule: _OTHER_UNITS.get(rule, "share") for rule in terms.SCHEME_RULES}
GROWTH_RULES = ("inflation", "wage_growth", "contributor_growth")  # may be below 0
RULE_UNITS = {unit: (COLUMN_UNITS | terms.UNITS)[unit] for unit in dict.fromkeys(SCHEME_RULE_UNITS.values())}
SPENT_AS = {"outturn": "outturn: what was spent", "budget": "budget: what was planned"}
SAID = {
    "weight": "weight of a criterion, 0 to 100",
    "position": "position on an option: −1 opposes, 0 doubts, 1 supports",
    "pays": "% of the option's cost that the group pays",
    "receives": "% of the option's benefits that the group receives",
    "burden": "burden, % of GDP a year, where shares are not known",
}
RATES = {
    "death_rate": "central death rate, by sex and age (0, 1-4, 5-9 … 95-99, 100+)",
    "total_fertility": "children per woman, sex female",
    "fertility_share": "part of an age of mothers in total fertility, sex female; all ages together 100",
    "sex_ratio_at_birth": "boys per girl, sex total",
    "net_migrants": "immigrants less emigrants of the whole period, by sex and age (0-4 … 100+)",
    "population_total": "persons of all ages on 31 December, which are not those of population.csv (1 July)",
}
RATE_UNITS = {
    "deaths_per_person_year": "deaths per person and year",
    "children_per_woman": "children per woman",
    "percent": "%",
    "ratio": "ratio",
    "persons": "persons, not thousands",
}
VARIANTS = {
    "medium": "the publisher's main series, estimates of the past included",
    "low": "low variant",
    "high": "high variant",
    "lower_80": "lower end of the 80 % interval",
    "upper_80": "upper end of the 80 % interval",
    "lower_95": "lower end of the 95 % interval",
    "upper_95": "upper end of the 95 % interval",
}

SOURCES = Table(
    "sources",
    "A source of figures.",
    (
        _id("short id that the other tables name"),
        _prose("short", "how a caption names it; empty: publisher and year", longest=CAPTION),
        _name("publisher", "who published it", True),
        _name("title", "title of the publication or data set", True),
        _name("edition", "edition, release or date of the file"),
        _whole("edition_rank", "rank", "among sources of one series the highest is used; 0: no editions", True, 0, 99),
        YEAR_IF_KNOWN,
        _text("address", "where the publisher offers it", longest=ADDRESS),
        _text("retrieved_from", "where a copy was read, if elsewhere", longest=ADDRESS),
        _name("licence", "terms of use, or 'not stated'", True),
        NOTE,
        replace(
            _choice(
                "grade",
                terms.SOURCE_GRADES,
                "kind of publisher: an office, a scheme or an international organisation, research, press, other; empty: not graded",
                False,
            ),
            optional=True,
        ),
    ),
    ("id",),
    required=True,
)

INDICATORS = Table(
    "indicators",
    "A fact: one published figure.",
    (
        Column("country", "code", "ISO 3166 alpha-3 code of the pack", True),
        _text("area", "empty: national; else a region's id"),
        _one_of("codebook.id", "indicator", "id of codebook.csv", True),
        _choice("group", terms.GROUPS, "group of persons"),
        SEX,
        _text("breakdown", "empty, q1..q5, d1..d10, rural, urban, line=3.00_ppp2021 …"),
        YEAR,
        _number("value", "by unit", "the figure as published", True),
        _choice("unit", terms.UNITS, "unit of the figure: the one that codebook.csv gives the indicator"),
        _number("se", "by unit", "standard error", low=0),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    tuple(terms.FACT_KEY),
    required=True,
    frame="facts",
)

POPULATION = Table(
    "population",
    "Persons by year, sex and five-year age group.",
    (
        YEAR,
        _choice("sex", {sex: terms.SEXES[sex] for sex in ("female", "male")}, "female or male"),
        _choice("age_group", dict.fromkeys(terms.AGE_GROUPS, ""), "five-year age group, 0-4 … 95-99, 100+"),
        _number("persons", "persons", "persons (not thousands)", True),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("year", "sex", "age_group", "source"),
    required=True,
)

DEMOGRAPHY = Table(
    "demography",
    "A rate from which a population is projected: mortality, fertility and migration by five-year period; and the publisher's totals "
    "with their bounds, which are of 31 December and never mixed with population.csv, which is of 1 July.",
    (
        _choice("indicator", RATES, "what the value is"),
        _choice(
            "age_group",
            dict.fromkeys(("0", "1-4", *terms.AGE_GROUPS), ""),
            "age where the indicator has one, else empty",
            False,
        ),
        SEX,
        _text(
            "period",
            "2025-2030: from the middle of the first year to the middle of the last, five years; of population_total a year alone",
            True,
            SHORT,
        ),
        _choice("variant", VARIANTS, "medium; of total_fertility and population_total the bounds and variants too"),
        _number("value", "by unit", "the figure as published", True),
        _choice("unit", RATE_UNITS, "unit of the figure: each indicator has one"),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("indicator", "age_group", "sex", "period", "variant", "source"),
)

WELFARE = Table(
    "welfare",
    "A survey year's mean and shares of the distribution, with the vintage of its purchasing power parity.",
    (
        YEAR,
        _choice("concept", {"consumption": "consumption", "income": "income"}, "what was measured"),
        _year("ppp_year", "vintage of the purchasing power parity", True),
        _number("mean", "by ppp_year", "mean, international dollars per person per day; empty: not published", low=0),
        _number("gini", "index", "Gini index as published, 0 to 100", low=0, high=100),
        *(_number(f"d{i}", "percent", f"share of decile {i}", low=-100, high=100) for i in range(1, 11)),
        *(_number(f"q{i}", "percent", f"share of quintile {i}", low=-100, high=100) for i in range(1, 6)),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("year", "ppp_year", "source"),
)

SCHEMES = Table(
    "schemes",
    "A scheme of the inventory, formal or informal.",
    (
        _id(),
        _name("name", "name in the country's language", True, native=True),
        _name("name_en", "name in English"),
        _prose("short_name", "what fits into a cell of a chart", True, longest=SHORT),
        _choice("type", terms.SCHEME_TYPES, "kind of scheme"),
        _choices("branches", terms.BRANCHES, "branches", True),
        _choices("population_category", terms.POPULATION_CATEGORIES, "whom it serves", True),
        _choice("tier", terms.TIERS, "basic, main or supplementary"),
        _choice("status", terms.SCHEME_STATUSES, "active, planned, closed"),
        _choice("relation", dict(list(terms.SCHEME_RELATIONS.items())[:-1]), "how it stands to related_scheme", False),
        _some_of("schemes.id", "related_scheme", "ids of the schemes that the relation names"),
        _name("institution", "who administers it"),
        _prose("legal_basis", "law or decree"),
        _prose("who_by_law", "whom the law or the rules name"),
        _choices("mandatory_for", terms.POPULATION_CATEGORIES, "categories for whom the law makes it compulsory"),
        _choices("voluntary_for", terms.POPULATION_CATEGORIES, "categories that may join"),
        _choices("excluded", terms.POPULATION_CATEGORIES, "categories that the law excludes by name"),
        replace(_name("area", "part of the country that it serves; empty: all of it"), optional=True),
        _prose("benefit_formula", "benefit as the rules state it"),
        replace(_choice("paid", PAYMENTS, "how it pays; empty: regularly", False), optional=True),
        _prose("financing", "who pays"),
        SOURCE,
        NOTE,
    ),
    ("id",),
    required=True,
)

SCHEME_FIGURES = Table(
    "scheme_figures",
    "A scheme's figure in a year; what it counts is stated.",
    (
        _one_of("schemes.id", "scheme", "id of schemes.csv", True),
        _choice("measure", terms.SCHEME_MEASURES, "what is measured"),
        _name("detail", "category, class or level where one measure has several"),
        YEAR,
        _number("value", "by unit", "the figure as published", True),
        _choice("unit", terms.UNITS, "unit of the figure"),
        _choice("counted_in", terms.COUNTED_IN, "persons, households, families, subscribers, money …"),
        QUALITY,
        SOURCE,
        NOTE,
        replace(
            _choice("branch", terms.BRANCHES, "the one branch that it is of, where the scheme has several", False),
            optional=True,
        ),
        replace(
            _some_of(
                "schemes.id", "covers", "all schemes that it is of, where it is of several; empty: of its own alone"
            ),
            optional=True,
        ),
    ),
    ("scheme", "measure", "detail", "year", "unit", "source"),
)

OUTTURNS = Table(
    "outturns",
    "Why recipients × benefit × payments of a scheme differ from what was published of its spending in a year.",
    (
        _one_of("schemes.id", "scheme", "id of schemes.csv", True),
        _choice("kind", SPENT_AS, "which published spending: outturn or budget"),
        YEAR,
        _number(
            "payments", "number", "payments that the spending covers, where it is not those of a whole year", low=0
        ),
        _prose("explanation", "why they differ, as far as a source tells; else that none of those read does", True),
        QUALITY,
        SOURCE,
        replace(
            _choice(
                "no_check",
                dict.fromkeys(("yes", "no"), ""),
                "yes: the source makes one figure of the others, or tells of a part of the country alone, so that nothing is tested",
                False,
            ),
            optional=True,
        ),
    ),
    ("scheme", "kind", "year"),
)

PENSIONABLE_AGES = Table(
    "pensionable_ages",
    "A pensionable age by scheme, sex and rule.",
    (
        _name("scheme_name", "scheme or category as the source names it", True),
        _one_of("schemes.id", "scheme", "id of schemes.csv, where the scheme stands there"),
        SEX,
        _number("age", "years", "age", True, 30, 90),
        _choice("rule", terms.PENSION_AGE_RULES, "which age it is"),
        _choice("denominator", dict.fromkeys(("yes", "no"), ""), "yes: older persons of the gap are counted from it"),
        YEAR_IF_KNOWN,
        SOURCE,
        NOTE,
    ),
    ("scheme_name", "sex", "rule", "age", "year"),
)

INSURED = Table(
    "insured",
    "Insured persons or pensioners of a pension scheme on 31 December, by where they stand, sex and age: what a valuation begins with.",
    (
        _one_of("schemes.id", "scheme", "id of schemes.csv", True),
        YEAR,
        _choice("status", terms.INSURED_STATUSES, "where they stand"),
        _choice("sex", {sex: terms.SEXES[sex] for sex in ("female", "male")}, "female or male"),
        *AGES,
        _number("persons", "persons", "persons", True),
        _number("density", "months", "contributors: months in a year for which they contribute, mean"),
        _number("wage", "lcu_per_month", "contributors and those who stopped: wage before a ceiling, mean", low=0),
        _number("service", "years", "contributors and those who stopped: years contributed so far, mean"),
        _number("pension", "lcu_per_month", "pensioners: pension, mean", low=0),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("scheme", "year", "status", "sex", "age_from"),
    orders=(("age_from", "age_to"),),
)

SCHEME_RULES = Table(
    "scheme_rules",
    "A rule of a pension scheme, or an assumption of its valuation, by sex, age and the year from which it holds.",
    (
        _one_of("schemes.id", "scheme", "id of schemes.csv", True),
        _choice("rule", terms.SCHEME_RULES, "what the value is"),
        SEX,
        *AGES,
        _year("from_year", "first year in which it holds; empty: always"),
        _number("value", "by unit", "the value", True),
        _choice("unit", RULE_UNITS, "unit: each rule has one"),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("scheme", "rule", "sex", "age_from", "from_year"),
    orders=(("age_from", "age_to"),),
)

LINKS = Table(
    "links",
    "A plan, programme, policy or law that the strategy must fit.",
    (
        _name("kind", "kind of document", True),
        _name("title", "title in its language", True, native=True),
        _name("title_en", "title in English"),
        _text("period", "period it covers"),
        YEAR_IF_KNOWN,
        _prose("content", "what it says on social protection; empty: not read"),
        replace(
            _choices("branches", terms.BRANCHES, "branches that an Act names; empty: none, or not read"), optional=True
        ),
        replace(
            _choices(
                "mandatory_for", terms.POPULATION_CATEGORIES, "categories that an Act names compulsorily, as read"
            ),
            optional=True,
        ),
        replace(
            _some_of(
                "measures.id", "options", "ids of measures.csv that it names or asks for; empty: none, or not read"
            ),
            optional=True,
        ),
        replace(_prose("article", "article, outcome or section that was read; empty: not told"), optional=True),
        SOURCE,
    ),
    ("kind", "title"),
)

CONVENTIONS = Table(
    "conventions",
    "The state of ratification of an ILO social security Convention.",
    (
        _name("convention", "number and name", True),
        _name("status", "ratified, not ratified, not found …", True),
        YEAR_IF_KNOWN,
        _text("parts_accepted", "parts accepted; … behind them: the list was not read to its end"),
        SOURCE,
        NOTE,
    ),
    ("convention",),
)

HISTORY = Table(
    "history",
    "A past extension or reform.",
    (
        _year("year", "year it began", True),
        _name("reform", "name of the reform", True),
        _prose("what_happened", "what was done"),
        _prose("outcome", "outcome; empty: not read"),
        SOURCE,
        replace(_some_of("schemes.id", "schemes", "ids of the schemes that it set up or changed"), optional=True),
        replace(
            _choice("sets_up", dict.fromkeys(("yes",), ""), "yes: it set up or designed a scheme or benefit", False),
            optional=True,
        ),
    ),
    ("year", "reform"),
)

PROCESS = Table(
    "process",
    "An event that shows the state of one of the eight steps in the country.",
    (
        _choice("step", terms.STEPS, "number of the step, 1 to 8"),
        _choice(
            "status", terms.STEP_STATUSES, "done, under way, planned; of step 4: what government did without parliament"
        ),
        _date("date", "when, empty where not dated"),
        _name("initiator", "who initiated it"),
        _prose("evidence", "what was read"),
        SOURCE,
    ),
    ("step", "date", "evidence"),
)

FINDINGS = Table(
    "findings",
    "A qualitative finding per guarantee and CODI area.",
    (
        _id(),
        _choice("guarantee", terms.GUARANTEES, "guarantee of Recommendation No. 202"),
        _prose("objective", "policy objective", True),
        _name("codi_area", "key area of CODI"),
        _prose("provision", "what exists"),
        _prose("gap", "what is missing"),
        _prose("implementation_issue", "what does not work"),
        _prose("recommendation", "what is proposed"),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("id",),
)

FURTHER_TERMS = (  # of options that are more than cash by the month, or that state their errors and administration
    _choice("form", terms.BENEFIT_FORMS, "what is paid; empty: cash", False),
    _number(
        "uses", "contacts", "contacts per person a year; the amount is then that of one; empty: paid by month", low=0
    ),
    _number(
        "own_payment", "by amount_basis", "what the person pays of the amount: co-payment, or own contribution", low=0
    ),
    _number("materials", "ratio", "public works: cost of materials on top of wages, ratio to wages"),
    *(
        _number(f"inclusion_error_{end}", "share", f"share of recipients outside the target population, {end}")
        for end in ENDS
    ),
    _number("admin_start_up", "lcu_million", "start-up cost in the first year of payment", low=0),
    _number("admin_registration", "by amount_basis", "cost per person newly registered", low=0),
    _number("admin_per_person", "by amount_basis", "collection or running cost per person a year", low=0),
)

MEASURES = Table(
    "measures",
    "A policy option with its parameters: assumptions, each with a low, a central and a high value.",
    (
        _id(),
        _name("name", "name of the option", True),
        _choice("guarantee", terms.GUARANTEES, "guarantee it serves"),
        _choice("group", terms.GROUPS, "group whose gap it closes"),
        *AGES,
        SEX,
        *(replace(column, low=0) for column in _range("amount", "by amount_basis", "benefit per person")),
        _choice("amount_basis", AMOUNT_BASES, "what the amount is a percentage of, or money"),
        _choice("indexing", INDEXINGS, "how the benefit grows", False),
        _number("months", "months", "months of benefit in a year", True),
        *_range(
            "take_up", "share", "share of its own target population that receives at maturity, present members included"
        ),
        _year("start_year", "first year of payment", True),
        _year("full_year", "year in which take-up is reached", True),
        _number("admin_rate", "share", "administration cost", True),
        replace(_number("admin_rate_low", "share", "administration cost, low; empty: exact"), optional=True),
        replace(_number("admin_rate_high", "share", "administration cost, high; empty: exact"), optional=True),
        _choice("admin_base", ADMIN_BASES, "what the administration rate is a share of"),
        _prose("delivery", "how it is delivered"),
        _name("institution", "institution that would run it"),
        _some_of("schemes.id", "related_scheme", "ids of schemes for the same people and risk"),
        _choice("relation", OPTION_RELATIONS, "how it relates to them", False),
        replace(
            _choice(
                "kind",
                terms.OPTION_KINDS,
                "list in which it is ranked; empty: subsidy for health and work injury",
                False,
            ),
            optional=True,
        ),
        QUALITY,
        SOURCE,
        NOTE,
        *(replace(column, optional=True) for column in FURTHER_TERMS),
    ),
    ("id",),
    orders=(
        _ends("amount"),
        _ends("take_up"),
        ("admin_rate_low", "admin_rate", "admin_rate_high"),
        _ends("inclusion_error"),
        ("age_from", "age_to"),
        ("start_year", "full_year"),
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "A score that somebody gave an option on a criterion.",
    (
        _one_of("measures.id", "option", "id of measures.csv", True),
        Column("criterion", "code", "name of the criterion", True),
        Column("stakeholder", "code", "id of the group or the expert who judged", True),
        _number("score", "points", "the score", True),
        _prose("reason", "why"),
        QUALITY,
        SOURCE,
    ),
    ("option", "criterion", "stakeholder"),
)

STAKEHOLDERS = Table(
    "stakeholders",
    "What a group at the table says: a weight for a criterion, or a position on an option.",
    (
        Column("stakeholder", "code", "short id of the group", True),
        _name("name", "name of the group", True),
        _name("kind", "government, employers, workers, informal economy, civil society …", True),
        _number("influence", "share", "influence on the decision"),
        _choice("about", SAID, "what the row says"),
        Column(
            "item",
            "code",
            "criterion (weight) or option (all others)",
            True,
            references="measures.id",
            where=("about", tuple(about for about in SAID if about != "weight")),
        ),
        _number("value", "by about", "weight, position or share", True),
        _prose("reason", "why"),
        QUALITY,
        SOURCE,
    ),
    ("stakeholder", "about", "item"),
)

FINANCING = Table(
    "financing",
    "An option for fiscal space with its parameters.",
    (
        _id(),
        _name("name", "name", True),
        _whole("option", "number", "number of the option for fiscal space", True, 1, 8),
        _choice("kind", FLOWS, "flow every year, once, or headroom"),
        *_range("value", "percent_of_gdp", "yield a year; of what comes once and of a headroom, that of all its years"),
        _year("from_year", "first year", True),
        _year("to_year", "last year; empty: no end, of what comes every year alone"),
        QUALITY,
        SOURCE,
        NOTE,
        replace(
            Column(
                "draws_on",
                "code",
                "stock or headroom that it draws on, such as reserves or debt_ceiling, or the scheme whose spending it takes; rows that "
                "draw on one are counted once",
            ),
            optional=True,
        ),
        replace(
            _number("stock", "percent_of_gdp", "how much draws_on holds at most, % of GDP of one year", low=0),
            optional=True,
        ),
        replace(
            Column(
                "pays_for",
                "codes",
                "ids of measures.csv or schemes.csv that alone it pays for; empty: any, but contributions their own scheme",
            ),
            optional=True,
        ),
    ),
    ("id",),
    orders=(_ends("value"), ("from_year", "to_year")),
)

ACTIVITIES = Table(
    "activities",
    "An activity of the action plan.",
    (
        _id(),
        _name("name", "name", True),
        _one_of("measures.id", "measure", "id of measures.csv"),
        _name("institution", "responsible institution", True),
        _name("support", "partners"),
        _date("start", "when it begins", True),
        _date("end", "when it ends", True),
        _some_of("activities.id", "depends_on", "ids of activities that must end before"),
        _number("cost", "lcu_million", "cost", low=0),
        _number("financed", "share", "share financed"),
        _name("finance_source", "who pays"),
        _name("expertise", "expertise needed"),
        _number("progress", "share", "share done"),
        _date("progress_date", "when progress was recorded"),
        _prose("risk", "main risk"),
        QUALITY,
        SOURCE,
    ),
    ("id",),
    orders=(("start", "end"),),
)

TARGETS = Table(
    "targets",
    "A target by which the plan will be judged; kind review holds the terms of the periodic review.",
    (
        _id(),
        _choice("kind", {"target": "target", "review": "term of the review"}, "target or term of the review"),
        _one_of("codebook.id", "indicator", "id of codebook.csv"),
        _choice("group", terms.GROUPS, "group of persons", False),
        _choice("sex", terms.SEXES, "total, female or male", False),
        YEAR_IF_KNOWN,
        _number("value", "by unit", "target value"),
        _choice("unit", terms.UNITS, "unit: the one that codebook.csv gives the indicator", False),
        _name("responsible", "responsible institution"),
        _name("frequency", "how often it is measured"),
        _prose("text", "terms of review in words"),
        QUALITY,
        SOURCE,
    ),
    ("id",),
)

CODEBOOK = Table(
    "codebook",
    "An indicator, defined once for all countries.",
    (
        _id("id that indicators.csv names"),
        _name("name_en", "name in English", True),
        _name("name_fr", "name in French", True),
        _name("name_es", "name in Spanish", True),
        _choice("unit", terms.UNITS, "unit of its values"),
        _prose("definition", "definition, with numerator and denominator", True),
        _text("official_code", "code of the publisher"),
        replace(_number("low", "by unit", "least value it can have; empty: that of the unit"), optional=True),
        replace(_number("high", "by unit", "greatest value it can have; empty: that of the unit"), optional=True),
    ),
    ("id",),
    required=True,
    orders=(("low", "high"),),
    called="indicator",
)

_OF_A_PACK = (SOURCES, INDICATORS, POPULATION, DEMOGRAPHY, WELFARE)
_OF_SCHEMES = (SCHEMES, SCHEME_FIGURES, OUTTURNS, PENSIONABLE_AGES, INSURED, SCHEME_RULES)
_OF_CONTEXT = (LINKS, CONVENTIONS, HISTORY, PROCESS, FINDINGS)
_OF_THE_PLAN = (MEASURES, JUDGEMENTS, STAKEHOLDERS, FINANCING, ACTIVITIES, TARGETS)
TABLES = (*_OF_A_PACK, *_OF_SCHEMES, *_OF_CONTEXT, *_OF_THE_PLAN)

# country.toml: key -> (type, required, meaning)
SETTINGS = {
    "schema": (int, True, "version of the schema of the pack"),
    "code": (str, True, "ISO 3166 alpha-3 code, or a user-assigned one for a fictional country"),
    "name_en": (str, True, "name in English; name_fr, name_es and so on: in other languages"),
    "name_fr": (str, True, "name in French"),
    "name_es": (str, True, "name in Spanish"),
    "currency": (str, True, "ISO 4217 code"),
    "language": (str, True, "working language of the country: two letters of ISO 639"),
    "prose": (str, False, "language in which names and notes of the tables are written; without it English"),
    "reference_year": (int, True, "year to which gaps are brought forward"),
    "fictional": (bool, False, "true: every page says that the country does not exist"),
    "plans": (list, False, "titles of the national plans that the strategy hangs on"),
}


def check_schema(tables: tuple[Table, ...], codebook: Table = CODEBOOK) -> None:
    """Refuse tables of which something does not fit: what was forgotten is named when the library is imported.

    Raises
    ------
    NasssapError : a reference, key, order or unit that names nothing, or a frame that a Pack has already; all faults together
    """
    known = {f"{table.name}.{name}" for table in (*tables, codebook) for name in table.names}
    frames = [table.attribute for table in tables]
    faults = [
        f"table {name}: a Pack has {name!r} already" for name in frames if frames.count(name) > 1 or name in PACK_FIELDS
    ]
    for table in (*tables, codebook):
        named = {*table.key, *(name for order in table.orders for name in order)}
        faults += [
            f"table {table.name}: no column {name!r} for its key or order" for name in sorted(named - {*table.names})
        ]
        for column in table.columns:
            place = f"column {table.name}.{column.name}"
            if column.references and column.references not in known:
                faults.append(f"{place}: refers to {column.references!r}, which is no column of a table")
            unit = column.unit.removeprefix("by ")
            if unit and unit not in (table.names if column.unit != unit else {*terms.UNITS, *COLUMN_UNITS}):
                faults.append(f"{place}: unknown unit {column.unit!r}")
    if faults:
        raise NasssapError("pack/schema.py: " + "; ".join(faults))


check_schema(TABLES)
