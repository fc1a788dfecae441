"""In the pseudo-language every text of a dialogue stands in ⟦ ⟧, whole: tables, sentences, pictures, remarks, sheets."""

import re

import openpyxl
import pandas as pd
import pytest
from dialogue_tools import Country, Group, form_of, unwrapped, write_sheet
from matplotlib.text import Text
from stories import pack_of

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue import positions, tables, words
from nasssap_lib.dialogue.agreement import Agreement
from nasssap_lib.dialogue.answers import collect_answers
from nasssap_lib.dialogue.charts import plot_agreement, plot_support_map
from nasssap_lib.dialogue.charts_burdens import plot_burdens
from nasssap_lib.dialogue.sheet_reader import read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import META
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix

COUNTRIES = ("XTC", "SEN")


@pytest.fixture(autouse=True)
def pseudo():
    """The pseudo-language is spoken."""
    with in_language("qps"):
        yield


class Told:
    """What a country's dialogue gives; without positions, shares or influence where asked."""

    def __init__(self, country, influence=True, burdens=True):
        pack = pack_of(country)
        said = pack.stakeholders
        said = said if influence else said.assign(influence=said["influence"].where(said["stakeholder"] != "finance"))
        said = said if burdens else said[~said["about"].isin(["pays", "receives", "burden"])]
        self.pack, self.said = pack, said
        self.options = assess_options(pack)
        self.criteria = assess_criteria(pack, self.options)
        self.groups = positions.assess_positions(criteria_matrix(self.criteria), said, self.options)
        self.support = positions.summarise_support(self.groups)
        self.ranks = positions.rank_table(self.groups)
        self.compromise = positions.find_compromise(self.groups)
        self.points = positions.points_to_discuss(self.groups)
        self.weights = positions.group_weights(said, self.criteria)
        self.names = {*self.options["name"], *said["name"], *said["reason"], pack.settings.name_en} - {""}


@pytest.fixture(scope="module", params=[("XTC",), ("XTC", False, False), ("SEN",)], ids=str)
def told(request):
    return Told(*request.param)


def texts_of(table) -> list[str]:
    """Every text of a table: title, heads, cells, and what stands small below them."""
    found = [table.title, *(view.words for view in table.views.values())]
    for row in table.rows.to_dict("records"):
        found += [view.write(row[name]) for name, view in table.views.items()]
        found += [row[view.detail] for view in table.views.values() if view.detail and row[view.detail]]
    return found


def faults(texts, names) -> list[str]:
    return [fault for text in texts if (fault := unwrapped(str(text), names))]


def test_the_check_finds_what_is_left_out_and_what_is_glued():
    assert unwrapped("⟦{A}: ⟦b⟧⟧") == "" == unwrapped("Unions · 0.3", {"Unions"})
    assert unwrapped("⟦a⟧ and") and unwrapped("⟦a⟧ ⟦b⟧") and unwrapped("a") and unwrapped("⟦a")


def test_tables(told):
    made = [
        tables.form_table(told.groups, told.criteria, told.options),
        tables.weights_table(told.weights),
        tables.positions_table(told.groups),
        tables.reasons_table(told.groups),
        tables.compromise_table(told.compromise),
        tables.burden_table(told.groups),
        tables.discussion_table(told.points),
    ]
    made = [table for table in made if table is not None]
    assert made
    assert faults([text for table in made for text in texts_of(table)], told.names) == []


def test_result_tables_hold_no_english(told):
    """The data of every table, in whatever language, holds codes, numbers and names of the pack: no two words with a space between."""
    made = [tables.form_table(told.groups, told.criteria, told.options), tables.compromise_table(told.compromise)]
    made += [tables.weights_table(told.weights), tables.discussion_table(told.points)]
    texts = {str(cell) for table in made if table is not None for cell in table.data.to_numpy().ravel()}
    prose = {text for text in texts if re.search(r"[A-Za-z] [A-Za-z]", text)} - told.names
    assert prose == set()


def test_sentences(told):
    said = [
        words.dialogue_sentence(told.groups, told.support, told.pack.judgements),
        words.dialogue_sentence(told.groups, told.support, told.pack.judgements.head(0)),
        words.compromise_sentence(told.compromise),
        words.discussion_sentence(told.points, told.groups),
        words.discussion_sentence(told.points.head(0), told.groups),
    ]
    assert faults(said, told.names) == []
    assert all(text.startswith("⟦") and text.endswith("⟧") for text in said)


def titles(told):
    support, groups = told.support, told.groups
    some = support.assign(nobody_opposes=False)
    yield from (words.support_title(table, "X") for table in (support, some, support.assign(weighting="equal")))
    yield words.support_title(some.assign(support=0.0), "X")
    yield words.support_title(some.assign(support=float("nan"), opposed_by="A"), "X")
    yield words.support_title(support.assign(no_answer=1.0), "X")
    for burden in (groups["burden"], groups["burden"].abs(), -groups["burden"].abs(), 0.0, float("nan")):
        yield words.burdens_title(groups.assign(burden=burden), "X")
    for value in (0.9, -0.9, 0.0):
        tau = pd.DataFrame([[1, value], [value, 1]], ["A", "B"], ["A", "B"])
        yield words.agreement_title(Agreement(float("nan"), 0, 5, 0), "X", tau)
    yield from (words.agreement_title(Agreement(w, 1, 2, 0.1), "X") for w in (0.95, 0.75, 0.55, 0.35, 0.15, 0.05))
    yield words.agreement_title(Agreement(float("nan"), 0, 5, 0), "X")


def test_titles_of_pictures():
    told = Told("XTC")
    made = list(titles(told))
    assert len(set(made)) > 18 and faults(made, {"X"}) == []


def pictures(told):
    caption = Caption(told.pack.settings.name_en, "S")
    agreement, tau = positions.measure_agreement(told.ranks)
    yield plot_support_map(told.groups, told.support, caption)
    yield plot_burdens(told.groups, caption)
    yield plot_agreement(tau, agreement, caption)
    yield plot_agreement(tau, Agreement(0.5, 24.0, 8, 0.0004), caption)
    yield plot_agreement(tau.iloc[:1, :1], Agreement(float("nan"), 0, 5, 0), caption)
    silent = told.groups.assign(position=float("nan"), quality="assumed")
    yield plot_support_map(silent, positions.summarise_support(silent), caption)


def test_pictures(told):
    drawn = [figure for figure in pictures(told) if figure is not None]
    assert bool(drawn) == (len(told.groups) > 0)
    names = told.names | {" ".join(name.split()[:cut]) for name in told.names for cut in range(1, 12)}
    for figure in drawn:
        texts = [figure.get_label(), *(text.get_text() for text in figure.findobj(Text))]
        assert faults(texts, names) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_sheet(tmp_path, country):
    form = form_of(country)
    path = write_sheet(
        tmp_path / "a.xlsx", form, "qps", Group("u", "Unions", "workers"), Country(country, "Zephyria", True)
    )
    names = {*form[1]["name"], "Unions", "Zephyria"}
    book = openpyxl.load_workbook(path)
    texts = [sheet.title for sheet in book.worksheets if sheet.title != META]
    for sheet in book.worksheets:
        if sheet.title == META:
            continue
        for row in sheet.iter_rows(min_row=2, min_col=2):
            for cell in row:
                if cell.data_type == "f":
                    texts += [part for part in re.findall(r'"([^"]*)"', cell.value) if part]
                elif cell.value is not None:
                    texts.append(cell.value)
        for rule in sheet.data_validations.dataValidation:
            texts += [rule.error, rule.errorTitle or "", rule.prompt or "", rule.promptTitle or ""]
            texts += rule.formula1.strip('"').split(",") if rule.type == "list" else []
    assert len(texts) > 60
    assert faults(texts, names) == []
    assert read_dialogue_sheet(path, country).set_index("question").loc["group:kind", "answer"] == "workers"


def test_remarks():
    """Answers of every kind that is remarked upon."""
    questions, options = form_of("XTC")
    option, other = options["option"].iloc[:2]
    given = {
        "a.xlsx": {"group:name": "A", "weight:cost": "90", f"option:{option}.position": "perhaps", "below.why": "and this",
                   f"option:{other}.why": "=1", f"option:{other}.position": "doubts", f"option:{other}.pays": "150", "option:x.why": "y"},
        "b.xlsx": {"group:name": "=1"}, "c.xlsx": {"group:name": "C", "group:influence": "0.5", "group:kind": "workers"},
        "d.xlsx": {"group:name": "D", "pair:cost:equity.which": "first", f"option:{option}.pays": "60",
                   f"option:{option}.receives": "0"},
        "e.xlsx": {"group:name": "E", f"option:{option}.pays": "60", f"option:{option}.receives": "0", "group:id": "e", "group:given": "F"},
        "f.xlsx": {"group:name": "G", f"option:{option}.pays": "70", f"option:{option}.receives": "0"},
        "g.xlsx": {"group:name": "H"}, "h.xlsx": {"group:name": "H", "weight:cost": "1"},
        "i.xlsx": {"group:name": "I", "weight:cost": "100", "pair:cost:equity.which": "second", "pair:cost:equity.times": "2"},
    }  # fmt: skip
    rows = [
        (file, "S!A1", *(key.split(".") if "." in key else (key, "value")), answer)
        for file, cells in given.items()
        for key, answer in cells.items()
    ]
    answers = pd.DataFrame(rows, columns=["file", "cell", "question", "field", "answer"])
    remarks = collect_answers(answers, questions).remarks
    assert len(remarks) > 15
    assert not remarks[["kind", "question", "field"]].map(lambda cell: " " in cell).any(axis=None)
    shown = words.remark_words(remarks, words.question_labels(questions, options))
    data = {*given, *options["name"], *answers["answer"], "D, G", "option:x"}
    assert faults(shown[["kind", "question", "expected", "remedy"]].to_numpy().ravel(), data) == []
    lines = [words.remark_line(shown.iloc[[number]]) for number in range(len(shown))]
    assert faults(lines, ()) == []
