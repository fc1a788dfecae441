"""The one schema of every table of a country pack. Checks, the documentation of the tables and the workbook follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from nasssap_lib import terms

SCHEMA = 1
FIRST_YEAR, LAST_YEAR = 1850, 2150


@dataclass(frozen=True)
class Column:
    """A column: ``kind`` is text, code, number, integer, year, choice, choices (a ";" list) or sources (a ";" list)."""

    name: str
    kind: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """A table of a pack: its columns, the columns that make a row unique, and whether a pack must have it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]


def _choice(name: str, codes, meaning: str, required: bool = True) -> Column:
    return Column(name, "choice", meaning, required, tuple(map(str, codes)))


def _text(name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, "text", meaning, required)


def _number(name: str, meaning: str, required: bool = False, low=None, high=None) -> Column:
    return Column(name, "number", meaning, required, (), low, high)


QUALITY = _choice("quality", terms.QUALITIES, "how sure the figure is")
SOURCE = Column("source", "sources", "ids of sources.csv, separated by ;", True)
NOTE = _text("note", "anything a reader must know")
YEAR = Column("year", "year", "calendar year", True)
YEAR_IF_KNOWN = Column("year", "year", "calendar year; empty where not dated")
SEX = _choice("sex", terms.SEXES, "total, female or male")
AGES = (
    Column("age_from", "integer", "first age, in years", False, (), 0, 120),
    Column("age_to", "integer", "last age, in years; empty: no upper limit", False, (), 0, 120),
)
CATEGORY = tuple(terms.POPULATION_CATEGORIES)


def _range(name: str, meaning: str) -> tuple[Column, ...]:
    return tuple(_number(f"{name}_{end}", f"{meaning}, {end}") for end in ("low", "central", "high"))


SOURCES = Table(
    "sources",
    "A source of figures.",
    (
        Column("id", "code", "short id that the other tables name", True),
        _text("short", "how a caption names it, at most 40 letters; empty: publisher and year"),
        _text("publisher", "who published it", True),
        _text("title", "title of the publication or data set", True),
        _text("edition", "edition, release or date of the file"),
        Column(
            "edition_rank",
            "integer",
            "among sources of one series the highest rank is used; 0: no editions",
            True,
            (),
            0,
            99,
        ),
        YEAR_IF_KNOWN,
        _text("address", "where the publisher offers it"),
        _text("retrieved_from", "where a copy was read, if elsewhere"),
        _text("licence", "terms of use, or 'not stated'", True),
        NOTE,
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
        Column("indicator", "code", "id of codebook.csv", True),
        _choice("group", terms.GROUPS, "group of persons"),
        SEX,
        _text("breakdown", "empty, q1..q5, d1..d10, rural, urban, line=3.00_ppp2021 …"),
        YEAR,
        _number("value", "the figure as published", True),
        _choice("unit", terms.UNITS, "unit of the figure"),
        _number("se", "standard error, in the same unit", False, 0),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    tuple(terms.FACT_KEY),
    required=True,
)

POPULATION = Table(
    "population",
    "Persons by year, sex and five-year age group.",
    (
        YEAR,
        _choice("sex", ("female", "male"), "female or male"),
        _choice("age_group", terms.AGE_GROUPS, "five-year age group, 0-4 … 95-99, 100+"),
        _number("persons", "persons (not thousands)", True, 0),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("year", "sex", "age_group", "source"),
    required=True,
)

WELFARE = Table(
    "welfare",
    "A survey year's mean and shares of the distribution, with the vintage of its purchasing power parity.",
    (
        YEAR,
        _choice("concept", ("consumption", "income"), "what was measured"),
        Column("ppp_year", "year", "vintage of the purchasing power parity", True),
        _number(
            "mean", "mean, international dollars of the vintage per person per day; empty: not published", False, 0
        ),
        _number("gini", "Gini index as published, 0 to 100", False, 0, 100),
        *(_number(f"d{i}", f"share of decile {i}, percent", False, -100, 100) for i in range(1, 11)),
        *(_number(f"q{i}", f"share of quintile {i}, percent", False, -100, 100) for i in range(1, 6)),
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
        Column("id", "code", "short id", True),
        _text("name", "name in the country's language", True),
        _text("name_en", "name in English"),
        _text("short_name", "what fits into a cell of a chart", True),
        _choice("type", terms.SCHEME_TYPES, "kind of scheme"),
        Column("branches", "choices", "branches, separated by ;", True, tuple(terms.BRANCHES)),
        Column("population_category", "choices", "whom it serves, separated by ;", True, CATEGORY),
        _choice("tier", terms.TIERS, "basic, main or supplementary"),
        _choice("status", terms.SCHEME_STATUSES, "active, planned, closed"),
        _choice("relation", list(terms.SCHEME_RELATIONS)[:3], "how it stands to related_scheme", False),
        Column("related_scheme", "codes", "ids of the schemes that the relation names, separated by ;"),
        _text("institution", "who administers it"),
        _text("legal_basis", "law or decree"),
        _text("who_by_law", "whom the law or the rules name"),
        Column("mandatory_for", "choices", "categories for whom the law makes it compulsory", False, CATEGORY),
        Column("voluntary_for", "choices", "categories that may join", False, CATEGORY),
        Column("excluded", "choices", "categories that the law excludes by name", False, CATEGORY),
        _text("benefit_formula", "benefit as the rules state it"),
        _text("financing", "who pays"),
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
        Column("scheme", "code", "id of schemes.csv", True),
        _choice("measure", terms.SCHEME_MEASURES, "what is measured"),
        _text("detail", "category, class or level where one measure has several"),
        YEAR,
        _number("value", "the figure as published", True),
        _choice("unit", terms.UNITS, "unit of the figure"),
        _choice("counted_in", terms.COUNTED_IN, "persons, households, families, subscribers, money …"),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("scheme", "measure", "detail", "year", "unit", "source"),
)

PENSIONABLE_AGES = Table(
    "pensionable_ages",
    "A pensionable age by scheme, sex and rule.",
    (
        _text("scheme_name", "scheme or category as the source names it", True),
        Column("scheme", "code", "id of schemes.csv, where the scheme stands there"),
        SEX,
        _number("age", "age in years", True, 30, 90),
        _choice("rule", terms.PENSION_AGE_RULES, "which age it is"),
        _choice("denominator", ("yes", "no"), "yes: the age from which older persons are counted in the gap"),
        YEAR_IF_KNOWN,
        SOURCE,
        NOTE,
    ),
    ("scheme_name", "sex", "rule", "age", "year"),
)

LINKS = Table(
    "links",
    "A plan, programme, policy or law that the strategy must fit.",
    (
        _text("kind", "kind of document", True),
        _text("title", "title in its language", True),
        _text("title_en", "title in English"),
        _text("period", "period it covers"),
        YEAR_IF_KNOWN,
        _text("content", "what it says on social protection; empty: not read"),
        SOURCE,
    ),
    ("kind", "title"),
)

CONVENTIONS = Table(
    "conventions",
    "The state of ratification of an ILO social security Convention.",
    (
        _text("convention", "number and name", True),
        _text("status", "ratified, not ratified, not found …", True),
        YEAR_IF_KNOWN,
        _text("parts_accepted", "parts accepted"),
        SOURCE,
        NOTE,
    ),
    ("convention",),
)

HISTORY = Table(
    "history",
    "A past extension or reform.",
    (
        Column("year", "year", "year it began", True),
        _text("reform", "name of the reform", True),
        _text("what_happened", "what was done"),
        _text("outcome", "outcome; empty: not read"),
        SOURCE,
    ),
    ("year", "reform"),
)

PROCESS = Table(
    "process",
    "An event that shows the state of one of the eight steps in the country.",
    (
        _choice("step", terms.STEPS, "number of the step, 1 to 8"),
        _choice("status", terms.STEP_STATUSES, "done, under way, planned"),
        _text("date", "YYYY, YYYY-MM or YYYY-MM-DD; empty: not dated"),
        _text("initiator", "who initiated it"),
        _text("evidence", "what was read"),
        SOURCE,
    ),
    ("step", "date", "evidence"),
)

FINDINGS = Table(
    "findings",
    "A qualitative finding per guarantee and CODI area.",
    (
        Column("id", "code", "short id", True),
        _choice("guarantee", terms.GUARANTEES, "guarantee of Recommendation No. 202"),
        _text("objective", "policy objective", True),
        _text("codi_area", "key area of CODI"),
        _text("provision", "what exists"),
        _text("gap", "what is missing"),
        _text("implementation_issue", "what does not work"),
        _text("recommendation", "what is proposed"),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("id",),
)

MEASURES = Table(
    "measures",
    "A policy option with its parameters: assumptions, each with a low, a central and a high value.",
    (
        Column("id", "code", "short id", True),
        _text("name", "name of the option", True),
        _choice("guarantee", terms.GUARANTEES, "guarantee it serves"),
        _choice("group", terms.GROUPS, "group whose gap it closes"),
        *AGES,
        SEX,
        *_range("amount", "benefit per person"),
        _choice(
            "amount_basis",
            ("gdp_per_head", "lcu_per_month", "poverty_line"),
            "what the amount is a percentage of, or money",
        ),
        _choice("indexing", ("gdp_per_head", "prices", "none"), "how the benefit grows", False),
        _number("months", "months of benefit in a year", True, 0, 12),
        *_range("take_up", "share of the target population reached, 0 to 1"),
        Column("start_year", "year", "first year of payment", True),
        Column("full_year", "year", "year in which take-up is reached", True),
        _number("admin_rate", "administration cost, 0 to 1", True, 0, 1),
        _choice("admin_base", ("benefits", "gross"), "what the administration rate is a share of"),
        _text("delivery", "how it is delivered"),
        _text("institution", "institution that would run it"),
        Column("related_scheme", "codes", "ids of schemes for the same people and risk"),
        _choice("relation", ("build_on", "coordinate", "merge", "crowding_out"), "how it relates to them", False),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("id",),
)

JUDGEMENTS = Table(
    "judgements",
    "A score that somebody gave an option on a criterion.",
    (
        Column("option", "code", "id of measures.csv", True),
        Column("criterion", "code", "name of the criterion", True),
        Column("stakeholder", "code", "id of stakeholders.csv, or the expert who judged"),
        _number("score", "the score", True),
        _text("reason", "why"),
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
        _text("name", "name of the group", True),
        _text("kind", "government, employers, workers, informal economy, civil society …", True),
        _number("influence", "influence on the decision, 0 to 1", False, 0, 1),
        _choice("about", terms.STATEMENTS, "what the row says"),
        Column("item", "code", "criterion (weight) or option (all others)", True),
        _number(
            "value",
            "weight 0 to 100; position −1 opposes, 0 doubts, 1 supports; pays: % of the option's cost; receives: % of its benefits; "
            "burden: % of GDP a year, where shares are not known",
            True,
        ),
        _text("reason", "why"),
        QUALITY,
        SOURCE,
    ),
    ("stakeholder", "about", "item"),
)

FINANCING = Table(
    "financing",
    "An option for fiscal space with its parameters.",
    (
        Column("id", "code", "short id", True),
        _text("name", "name", True),
        Column("option", "integer", "number of the option, 1 to 8", True, (), 1, 8),
        _choice("kind", ("recurrent", "one_off", "headroom"), "flow every year, once, or headroom"),
        *_range("value", "yield, % of GDP a year"),
        Column("from_year", "year", "first year", True),
        Column("to_year", "year", "last year"),
        QUALITY,
        SOURCE,
        NOTE,
    ),
    ("id",),
)

ACTIVITIES = Table(
    "activities",
    "An activity of the action plan.",
    (
        Column("id", "code", "short id", True),
        _text("name", "name", True),
        Column("measure", "code", "id of measures.csv"),
        _text("institution", "responsible institution", True),
        _text("support", "partners"),
        _text("start", "YYYY-MM", True),
        _text("end", "YYYY-MM", True),
        Column("depends_on", "codes", "ids of activities that must end before"),
        _number("cost", "cost, million national currency", False, 0),
        _number("financed", "share financed, 0 to 1", False, 0, 1),
        _text("finance_source", "who pays"),
        _text("expertise", "expertise needed"),
        _number("progress", "share done, 0 to 1", False, 0, 1),
        _text("progress_date", "when progress was recorded, YYYY-MM"),
        _text("risk", "main risk"),
        QUALITY,
        SOURCE,
    ),
    ("id",),
)

TARGETS = Table(
    "targets",
    "A target by which the plan will be judged; kind review holds the terms of the periodic review.",
    (
        Column("id", "code", "short id", True),
        _choice("kind", ("target", "review"), "target or term of the review"),
        Column("indicator", "code", "id of codebook.csv"),
        _choice("group", terms.GROUPS, "group of persons", False),
        _choice("sex", terms.SEXES, "total, female or male", False),
        YEAR_IF_KNOWN,
        _number("value", "target value"),
        _choice("unit", terms.UNITS, "unit", False),
        _text("responsible", "responsible institution"),
        _text("frequency", "how often it is measured"),
        _text("text", "terms of review in words"),
        QUALITY,
        SOURCE,
    ),
    ("id",),
)

CODEBOOK = Table(
    "codebook",
    "An indicator, defined once for all countries.",
    (
        Column("id", "code", "id that indicators.csv names", True),
        _text("name_en", "name in English", True),
        _text("name_fr", "name in French", True),
        _text("name_es", "name in Spanish", True),
        _choice("unit", terms.UNITS, "unit of its values"),
        _text("definition", "definition, with numerator and denominator", True),
        _text("official_code", "code of the publisher"),
    ),
    ("id",),
    required=True,
)

TABLES = (
    SOURCES, INDICATORS, POPULATION, WELFARE, SCHEMES, SCHEME_FIGURES, PENSIONABLE_AGES, LINKS, CONVENTIONS, HISTORY,
    PROCESS, FINDINGS, MEASURES, JUDGEMENTS, STAKEHOLDERS, FINANCING, ACTIVITIES, TARGETS,
)  # fmt: skip

# country.toml: key -> (type, required, meaning)
SETTINGS = {
    "schema": (int, True, "version of the schema of the pack"),
    "code": (str, True, "ISO 3166 alpha-3 code, or a user-assigned one for a fictional country"),
    "name_en": (str, True, "name in English"),
    "name_fr": (str, True, "name in French"),
    "name_es": (str, True, "name in Spanish"),
    "currency": (str, True, "ISO 4217 code"),
    "language": (str, True, "working language: en, fr or es"),
    "reference_year": (int, True, "year to which gaps are brought forward"),
    "fictional": (bool, False, "true: every page says that the country does not exist"),
    "plans": (list, False, "titles of the national plans that the strategy hangs on"),
}
