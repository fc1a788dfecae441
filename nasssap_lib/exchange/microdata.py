"""Tables that say too much of single persons: rows of persons or households, and counts or figures of very few of them.

A table is judged by its columns' names in English, French and Spanish, and by its shape alone: what identifies a person, and many rows that
nothing but figures tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nasssap_lib.exchange.found_tables import TextTable
from nasssap_lib.exchange.persons import (
    ATTRIBUTE,
    IDENTIFIER,
    SHAPES,
    are_birth_years,
    are_long_numbers,
    are_metres,
    are_places,
    is_telephone,
    plain_name,
    shape_of,
)

FEWEST_PERSONS = 5  # a figure from fewer sampled persons is not shown; docs/decisions/disclosure.md
MOST_SURVEY_ROWS = 20  # so many rows with a weight and another column of a survey are persons or households
MOST_ROWS_OF_ATTRIBUTES = 10  # so many rows with two columns of what is asked of a person
MOST_UNSOURCED_ROWS = 200  # so many rows without source, year or group are no result of this suite

WEIGHT = re.compile(r"(?:\w+_)?(?:weights?|wgt|wt|pweight|hhweight|poids|ponderacion|peso|factor_expansion)")
SURVEY = re.compile(
    r"(?:\w+_)?(?:income|consumption|expenditure|welfare|wage|revenu|depense|ingreso|gasto|age|hhsize|hh_size|household_size"
    r"|psu|strata|stratum|cluster|ea|grappe|conglomerado|estrato|edad|salaire|salario|menage|hogar)(?:_\w+)?"
)
EXPLAINED = {"source", "sources", "indicator", "year", "group", "scheme"}
OF_RESULTS = EXPLAINED | {
    "option",
    "criterion",
    "indicateur",
    "groupe",
    "indicador",
    "grupo",
    "fuente",
    "regime",
    "regimen",
    "programme",
    "programa",
}
SAMPLED = re.compile(
    r"n|n_?obs|n_(?:sampled|persons|sample|unweighted|households|observations)|obs|observations?|sampled?|sampled_persons"
    r"|sample_size|(?:un)?weighted_n|unweighted(?:_\w+)?|cases|cas|sampled_\w+|persons_sampled|effectif(?:_non_pondere)?"
    r"|observaciones|casos|taille_(?:de_l_)?echantillon|tamano_(?:de_(?:la_)?)?muestra|n_sample_size|enquetes?|encuestad[oa]s"
)
# the number of a line, not of persons
IN_ORDER = re.compile(r"\s*[nN]\s?\.?\s?[\N{DEGREE SIGN}\N{MASCULINE ORDINAL INDICATOR}]\s*")
PERSONS = (
    r"(?:persons?|people|individuals?|beneficiar(?:y|ies)|recipients?|claimants?|members?|households?|famil(?:y|ies)|child(?:ren)?|girls?|boys?"
    r"|wom[ae]n|m[ae]n|females?|males?|mothers?|workers?|employees?|pensioners?|elderly|widows?|orphans?|disabled|patients?|insured|refugees?"
    r"|respondents?|deaths?|births?|adults?|poor|unemployed|albinos?|survivors?|migrants?|students?|pupils?|victims?|personnes?|individus?|beneficiaires?|menages?|familles?|enfants?|filles?|garcons?"
    r"|femmes?|hommes?|meres?|travailleurs?|salaries?|retraites?|veuves?|orphelins?|handicapes?|assures?|refugies?|deces|naissances?|adultes?"
    r"|pauvres?|chomeurs?|membres?|personas?|individuos?|beneficiari[oa]s?|hogar(?:es)?|familias?|nin[oa]s?|mujer(?:es)?|hombres?|madres?"
    r"|trabajador(?:es)?|emplead[oa]s?|jubilad[oa]s?|pensionistas?|viud[oa]s?|huerfan[oa]s?|asegurad[oa]s?|refugiad[oa]s?|muertes?"
    r"|nacimientos?|pobres?|desemplead[oa]s?|miembros?|afiliad[oa]s?)"
)
COUNT = r"(?:counts?|freq(?:uency|uence|uencia|s)?|frecuencia|number|no|nb|nbre|num|n|nombre|effectifs?|numero|cantidad|total|head_?count)"
QUALIFIED = r"with|without|living|who|receiving|enrolled|aged|avec|sans|vivant|atteint\w*|agees?|recevant|con|sin|que|mayores|en_situation"
COUNTED = re.compile(
    rf"(?:{COUNT}_)?(?:of_|de_|des_|d_)?{PERSONS}(?:_{PERSONS}|_(?:{QUALIFIED})_\w+)?(?:_(?:{COUNT}|covered|reached|paid|registered|couvert\w*|atendid\w*|cubiert\w*))?"
    r"|counts?|freq(?:uency|s)?|frequence|frecuencia|head_?count|effectifs?|cantidad"
)
SURELY = re.compile(  # the others may also name a column of points or of answers: one of their figures is then larger
    rf"(?:{COUNT}_(?:of_|de_|des_|d_)?.*)|.*_{COUNT}|persons|people|personnes|personas|counts?|head_?count|effectifs?|freq\w*|frec\w*|cantidad|beneficiaries|beneficiaires|beneficiari[oa]s|recipients|households|menages|hogares"
)
RATE = re.compile(
    r"percent|pct|share|rate|ratio|thousand|million|milliers?|miles|millones|taux|part|porcentaje|tasa|pour_cent|per|par|por|index|years?|ans"
    r"|months?|age|average|mean|moyen\w*|promedio|min|max|level|rank"
)
SEXES = ({"m", "f"}, {"h", "f"}, {"h", "m"})  # male and female, hommes et femmes, hombres y mujeres
UNITS = re.compile(rf"(?:{COUNT}_)?(?:of_|de_)?{PERSONS}")
SAYS_N = re.compile(r"(?<![\w.])[nN]\s?=\s?([1-4])(?![\d.,]*\d|\s?(?:%|000))")
ABROAD = re.compile(r"(?<![\w.])\+\d{1,3}(?:[ .()/-]{1,2}\d{1,4}){3,5}(?!\w)")
SHOWN_OF = re.compile(r"\b(\d[\d,]*) rows? [x\N{MULTIPLICATION SIGN}] (\d+) columns?")
UNREAD = "lines of which each may head a table of all that follow, too many to look at: a person must look at them"
NUMBER = re.compile(r"\d[\d\s,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*(?:\.\d+)?")
FIGURE = re.compile(r"[+-]?[\d\s,.\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+(?:[eE][+-]?\d+)?\s?%?")
YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")


def find_disclosures(table: TextTable) -> Iterator[tuple[int, str]]:
    """Line and words of what a table says of single persons.

    Examples
    --------
    >>> list(find_disclosures(TextTable(["region", "estimate", "n"], [["North", "0.4", "3"]])))
    [(2, 'a figure from 3 sampled persons (row North, column n); fewer than 5 are not shown')]
    >>> [words for _, words in find_disclosures(TextTable(["Région", "Ménages"], [["Matam", "3"], ["Dakar", "412"]]))]
    ['a count of 3 (row Matam, column Ménages); fewer than 5 persons are not shown']
    """
    if table.unread:
        yield table.line, UNREAD
        return
    names = [plain_name(name) for name in table.header]
    if words := _person_level(names, table):
        yield table.line, words
        return
    for i, name in enumerate(names):
        sampled = SAMPLED.fullmatch(name) and not IN_ORDER.fullmatch(table.header[i])
        if sampled or (
            "source" not in names and (_counts_persons(name, table.column(i)) or _counts_a_sex(names, table, i))
        ):  # what has a source is published
            few = "a figure from {count:g} sampled persons" if sampled else "a count of {count:g}"
            yield from _few(table, i, few)
    yield from _few_in_rows(names, table)


def find_in_prose(text: str) -> Iterator[tuple[int, str]]:
    """Line and words of a sample of few persons or a telephone number in a sentence, and of a larger table that was printed in part.

    Examples
    --------
    >>> list(find_in_prose("Kédougou: 40 % (n = 3)"))
    [(1, 'a figure from 3 sampled persons; fewer than 5 are not shown')]
    """
    for number, line in enumerate(text.split("\n"), 1):
        if found := SAYS_N.search(line):
            yield number, f"a figure from {found[1]} sampled persons; fewer than {FEWEST_PERSONS} are not shown"
        if any(is_telephone(found[0]) for found in ABROAD.finditer(line)):
            yield number, "a telephone number"
        shown = SHOWN_OF.search(line)
        if shown and int(shown[1].replace(",", "")) > MOST_UNSOURCED_ROWS:
            yield number, f"rows of a table of {shown[1]} rows: rows of a survey?"


def _few(table: TextTable, i: int, few: str) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(table.rows, 1):
        count = _number(row[i]) if i < len(row) else None
        if count is not None and 0 < count < FEWEST_PERSONS:
            label = next((cell for k, cell in enumerate(row) if k != i and cell.strip()), "")[:60]
            persons = "" if "persons" in few else " persons"
            yield (
                table.line + number,
                f"{few.format(count=count)} (row {label}, column {table.header[i]}); fewer than {FEWEST_PERSONS}{persons} are not shown",
            )


def _counts_persons(name: str, cells: list[str]) -> bool:
    """Whether a column counts persons: its name says so, and its figures are whole."""
    if not COUNTED.fullmatch(name) or any(RATE.fullmatch(part) for part in name.split("_")):
        return False
    numbers = [_number(cell) for cell in cells if FIGURE.fullmatch(cell)]
    whole = bool(numbers) and all(number is not None and number == int(number) for number in numbers)
    return whole and (bool(SURELY.fullmatch(name)) or max(numbers) >= FEWEST_PERSONS)


def _counts_a_sex(names: list[str], table: TextTable, i: int) -> bool:
    """Whether a column counts men or women, called by a letter beside the letter of the others."""
    pair = next((pair for pair in SEXES if names[i] in pair and pair <= set(names)), None)
    return bool(pair) and all(_counts_persons("women", table.column(k)) for k, name in enumerate(names) if name in pair)


def _few_in_rows(names: list[str], table: TextTable) -> Iterator[tuple[int, str]]:
    """Counts of few persons where a row says what is counted: by its unit, or by its first cell."""
    if "source" in names:
        return
    unit = next((i for i, name in enumerate(names) if name in ("unit", "unite", "unidad")), None)
    value = next((i for i, name in enumerate(names) if name in ("value", "valeur", "valor")), None)
    for number, row in enumerate(table.rows, 1):
        if unit is not None and value is not None and max(unit, value) < len(row):
            counted, cells = UNITS.fullmatch(plain_name(row[unit])), [row[value]]
        else:
            counted, cells = len(row) == 2 and _counts_persons(plain_name(row[0]), row[1:]), row[1:]
        count = _number(cells[0]) if counted else None
        if count is not None and 0 < count < FEWEST_PERSONS and count == int(count):
            words = f"a count of {count:g} (row {row[0].strip()[:60]})"
            yield table.line + number, f"{words}; fewer than {FEWEST_PERSONS} persons are not shown"


def _person_level(names: list[str], table: TextTable) -> str:
    """Why a table looks like persons or households, a row each; "" where it does not."""
    rows = table.rows
    for i, name in enumerate(names):
        if IDENTIFIER.fullmatch(name) and len(set(table.column(i))) >= max(2, len(rows) / 3):
            return f"a person-level table ({len(rows):,} rows, column {table.header[i]})"
    if words := _shapes(names, table):
        return f"a person-level table ({len(rows):,} rows, {words})"
    weights = [name for name in names if WEIGHT.fullmatch(name)]
    others = [name for name in names if SURVEY.fullmatch(name) and name not in weights]
    if len(rows) >= MOST_SURVEY_ROWS and weights and others:
        return f"a person-level table ({len(rows):,} rows, columns {', '.join([*weights, *others][:4])})"
    if len(rows) > MOST_UNSOURCED_ROWS and any(names) and not EXPLAINED & set(names):
        return f"a table of {len(rows):,} rows without source, year or group: rows of a survey?"
    asked = sum(bool(ATTRIBUTE.fullmatch(name)) for name in set(names)) > 1 and not OF_RESULTS & set(names)
    if (
        len(rows) >= (MOST_ROWS_OF_ATTRIBUTES if asked else MOST_SURVEY_ROWS)
        and not EXPLAINED & set(names)
        and (columns := _told_apart_by_figures(names, table, asked) or _only_answers(names, table))
    ):
        return f"a table of {len(rows):,} rows that only figures tell apart (columns {', '.join(columns[:4])}): rows of persons?"
    return ""


def _shapes(names: list[str], table: TextTable) -> str:
    """Columns whose cells have the shape of what identifies a person, whatever they are called."""
    columns = [_with_header(table, i) for i in range(len(names))]
    for i, cells in enumerate(columns):
        if shape := shape_of(cells):
            return f"column {table.header[i]}: {SHAPES[shape]}"
        if "year" not in names and are_long_numbers(cells):
            return f"column {table.header[i]}: long numbers of one length, as of telephones or cards"
        beside = names[i - 1 : i + 1]
        if i and (are_places(columns[i - 1], cells, beside) or are_metres(beside, columns[i - 1], cells)):
            return f"columns {table.header[i - 1]} and {table.header[i]}: {SHAPES['place']}"
    return ""


def _with_header(table: TextTable, i: int) -> list[str]:
    """The cells of a column; where there are no names above, the first row counts too."""
    head = table.header[i] if i < len(table.header) else ""
    return [head, *table.column(i)] if re.search(r"\d{3}|@", head) else table.column(i)


def _told_apart_by_figures(names: list[str], table: TextTable, asked: bool) -> list[str]:
    """Columns of words, years and codes that name most rows twice or more, and the figures beside them; none where rows have names."""
    columns = {i: table.column(i) for i in range(len(names))}
    figures = [
        i
        for i, cells in columns.items()
        if cells and sum(bool(FIGURE.fullmatch(cell)) for cell in cells) > len(cells) / 2
    ]
    births = [i for i in figures if are_birth_years(columns[i])]
    keys = [
        i
        for i in columns
        if i not in births and (i not in figures or all(map(YEAR.fullmatch, columns[i])) or _are_answers(columns[i]))
    ]
    plain = [i for i in figures if i not in keys and not _numbers_rows(columns[i])]
    if not plain or not asked and (len(keys) + len(plain) < 3 or not keys):
        return []
    named = [tuple(row[i] for i in keys if i < len(row)) for row in table.rows]
    if len(set(named)) > len(named) / 2 or any(_ordered_within(named, table.rows, i) for i in plain):
        return []
    return [table.header[i] or f"no. {i + 1}" for i in [*keys, *plain]]


def _only_answers(names: list[str], table: TextTable) -> list[str]:
    """Columns of codes where there are three or more and rows have neither names nor an order."""
    if OF_RESULTS & set(names) or len(table.rows) < MOST_SURVEY_ROWS:
        return []
    answers = [i for i in range(len(names)) if _are_answers(table.column(i))]
    rows = [tuple(row[i] for i in answers if i < len(row)) for row in table.rows]
    others = [i for i in range(len(names)) if i not in answers and not _numbers_rows(table.column(i))]
    if len(answers) < 3 or others or rows in (sorted(rows), sorted(rows, reverse=True)):
        return []
    return [table.header[i] or f"no. {i + 1}" for i in answers]


def _are_answers(cells: list[str]) -> bool:
    """Whether a column holds a few codes again and again, as the answers to a question do."""
    return len(set(cells)) <= min(10, len(cells) / 4) and all(re.fullmatch(r"\d{1,2}(?:\.0)?", cell) for cell in cells)


def _numbers_rows(cells: list[str]) -> bool:
    """Whether a column does nothing but number the rows."""
    return cells[:2] in (["0", "1"], ["1", "2"]) and all(cell == str(int(cells[0]) + i) for i, cell in enumerate(cells))


def _ordered_within(named: list[tuple], rows: list[list[str]], i: int) -> bool:
    """Whether a column counts up within each name, as ages, ranks and classes of a result do."""
    last: dict[tuple, float] = {}
    for name, row in zip(named, rows, strict=True):
        number = _number(row[i]) if i < len(row) else None
        if number is None or number <= last.get(name, -1.0):
            return False
        last[name] = number
    return True


def _number(text: str) -> float | None:
    text = text.strip()
    return float(re.sub(r"[^\d.]", "", text)) if NUMBER.fullmatch(text) else None
