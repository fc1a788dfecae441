"""The workbench: move a slider and see the gap, the persons reached and the cost change; keep what was found as a scenario."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from nasssap_lib.chapter.chapter import Chapter
from nasssap_lib.chapter.exhibit import Exhibit, line_html
from nasssap_lib.chapter.notebooks import read_notebook
from nasssap_lib.chapter.output import country_name
from nasssap_lib.chapter.parameters import parameter_faults
from nasssap_lib.costing import exploration
from nasssap_lib.costing.charts_exploration import plot_cost_path, plot_target_gap
from nasssap_lib.costing.words_exploration import cost_words, gap_words, package_words
from nasssap_lib.display.texts import N_, _, current_language, label, named, use_language
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.financing.exploration import explore_financing
from nasssap_lib.financing.words import gap_words as missing_words
from nasssap_lib.monitoring.exploration import explore_targets
from nasssap_lib.monitoring.words import explored_sentence
from nasssap_lib.pack.folders import countries, data_option, data_root
from nasssap_lib.pack.reader import read_pack, read_settings
from nasssap_lib.pack.scenario import Scenario, rounded, with_ends, write_scenario
from nasssap_lib.rows import as_records
from nasssap_lib.terms import COVERAGE_GROUPS, SEXES

NONE = "none"
WIDE = widgets.Layout(width="27rem", max_width="100%")
STYLED = {"description_width": "min(12rem, 54%)"}
COLUMN = widgets.Layout(max_width="100%")
SIDE_BY_SIDE = widgets.Layout(
    grid_template_columns="repeat(auto-fit, minmax(min(100%, 30rem), 1fr))", grid_gap="1rem 1.5rem"
)
PICTURES = ("target_gap", "cost_path")
LEVELS = {  # basis of a benefit: words of its slider, highest value
    "gdp_per_head": (N_("Benefit, % of GDP per head"), 60),
    "poverty_line": (N_("Benefit, % of the poverty line"), 200),
    "minimum_wage": (N_("Benefit, % of the minimum wage"), 100),
    "average_earnings": (N_("Benefit, % of average earnings"), 100),
    "lcu_per_month": (N_("Benefit, currency a month"), 0),
}
ALL_SOURCES = 99


def open_workbench(country: str, data: str = "", second: str = "", language: str = "") -> Workbench:
    """Open the workbench on a country, and on a second one beside it.

    Parameters
    ----------
    country, second : codes of country packs; ``second=""``: none
    data : data folder, see :func:`nasssap_lib.pack.data_root`
    language : code of the language that the process speaks from now on; "": English

    Raises
    ------
    ParameterError : an unknown country or language
    """
    given = {"country": country, "data": data, "second": second, "language": language}
    if wrong := parameter_faults("explore", read_notebook("explore").parameters, given, data_root(data)):
        raise ParameterError(wrong)
    use_language(language)
    return Workbench(country, data, second)


class Workbench:
    """Controls and pictures; ``view`` is what a notebook shows, ``changes`` what differs from the pack."""

    def __init__(self, country: str, data: str, second: str):
        self.root, self.data = data_root(data), data
        codes = [(f"{_country_name(code, self.root)} ({code})", code) for code in countries(self.root)]
        self.country = _dropdown(_("Country"), codes, country)
        self.second = _dropdown(_("Beside it"), [(_("no other country"), NONE), *codes], second or NONE)
        self.group = _dropdown(_("Group"), _choices(COVERAGE_GROUPS), "at_least_one")
        self.sex = _dropdown(_("Sex"), _choices(SEXES), "total")
        self.year = _slider(_("Year"), 2025, 2050, 1, 2030)
        self.target = _slider(_("Target coverage, %"), 0, 100, 1, 50)
        self.measure = _dropdown(_("Measure"), [], None)
        self.level = _slider(_("Benefit, % of GDP per head"), 0, 60, 0.5, 10.0)
        self.take_up = _slider(_("Take-up, %"), 0, 100, 1, 80)
        self.start = _slider(_("First year of payment"), 2025, 2045, 1, 2027)
        self.keep = widgets.ToggleButton(value=False, description=_("Add to the scenario"), layout=WIDE)
        self.name = widgets.Text(value="my-scenario", description=_("Scenario"), style=STYLED, layout=WIDE)
        self.title = widgets.Text(description=_("Its title"), style=STYLED, layout=WIDE)
        self.reason = widgets.Textarea(description=_("The reason"), rows=2, style=STYLED, layout=WIDE)
        self.save = widgets.Button(description=_("Write the scenario"), layout=WIDE)
        texts = (widgets.HTML() for _ in range(6))
        self.gap_text, self.cost_text, self.package_text, self.financing_text, self.target_text, self.message = texts
        self.pictures = widgets.GridBox(layout=SIDE_BY_SIDE)
        self.exhibits: dict[tuple[str, str], Exhibit] = {}
        self.changes: dict[str, dict] = {}
        self._silent = False  # True while the sliders are set to a measure: nobody moved them
        self._listen()
        self._choose_country()

    def _listen(self) -> None:
        self.country.observe(lambda change: self._choose_country(), "value")
        self.measure.observe(lambda change: self._choose_measure(), "value")
        for control in (self.second, self.group, self.sex, self.year, self.target):
            control.observe(lambda change: self.redraw(), "value")
        for control in (self.level, self.take_up, self.start):
            control.observe(lambda change: self._change(), "value")
        self.keep.observe(lambda change: self._change(), "value")
        self.save.on_click(lambda change: self.write())

    @property
    def view(self) -> widgets.VBox:
        """All controls above the pictures."""
        left = widgets.VBox([self.country, self.second, self.group, self.sex, self.year, self.target], layout=COLUMN)
        sliders = [self.measure, self.level, self.take_up, self.start, self.keep]
        right = widgets.VBox([*sliders, self.name, self.title, self.reason, self.save], layout=COLUMN)
        controls = widgets.Box([left, right], layout=widgets.Layout(flex_flow="row wrap"))
        return widgets.VBox([controls, *self.lines, self.message, self.pictures])

    @property
    def lines(self) -> tuple[widgets.HTML, ...]:
        """What is said of the gap, of the cost of each measure, of all together, of what pays for them and of what they commit to."""
        return self.gap_text, self.cost_text, self.package_text, self.financing_text, self.target_text

    def _choose_country(self) -> None:
        self.changes = {}
        self.message.value = self.title.value = self.reason.value = ""  # they are of the country before
        pack = _chapter(self.country.value, str(self.root)).pack
        use_language(current_language(), pack.translations(current_language()), pack.country)
        measures = _ground(self.country.value, str(self.root)).measures
        self.measure.options = [(named(row["name"]), row["id"]) for row in as_records(measures)]
        self.measure.value = measures["id"].iat[0] if len(measures) else None
        self._choose_measure()

    def _choose_measure(self) -> None:
        """Show the parameters of the measure as they stand, with what was changed before."""
        row = self._row()
        if row is None:
            self.redraw()
            return
        self._silent = True
        self.keep.value = row["id"] in self.changes
        now = {**row, **self.changes.get(row["id"], {})}
        words, most = LEVELS[row["amount_basis"]]
        self.level.description = _(words)
        self.level.max = max(most, 2 * float(row["amount_high"]))
        self.level.value, self.take_up.value = now["amount_central"], round(now["take_up_central"] * 100)
        self.start.value = int(now["start_year"])
        self._silent = False
        self.redraw()

    def _row(self) -> dict | None:
        measures = _ground(self.country.value, str(self.root)).measures
        rows = as_records(measures[measures["id"] == self.measure.value])
        return rows[0] if rows else None

    def _change(self) -> None:
        if self._silent:
            return
        self.message.value = ""  # what was written is not what the sliders say now
        row = self._row()
        if row is not None and self.keep.value:
            self.changes[row["id"]] = self._parameters(row)
        elif row is not None:
            self.changes.pop(row["id"], None)
        self.redraw()

    def _parameters(self, row: dict) -> dict:
        """What the sliders say of a measure; the way from start to full take-up stays as long as it was.

        A slider sends 10.000000000000002 for 10, and shows a take-up of 85.5 % as 86: neither is a change.
        """
        later = int(row["full_year"]) - int(row["start_year"])
        kept = round(row["take_up_central"] * 100) == self.take_up.value
        return {
            "amount_central": rounded(self.level.value),
            "take_up_central": float(row["take_up_central"]) if kept else self.take_up.value / 100,
            "start_year": int(self.start.value),
            "full_year": int(self.start.value) + later,
        }

    def redraw(self) -> None:
        """Compute and draw again for the country, and for the one beside it."""
        codes = list(dict.fromkeys([self.country.value, *([self.second.value] if self.second.value != NONE else [])]))
        results = {code: self.compute(code) for code in codes}
        for code, (gap, costs) in results.items():
            parts = exploration.gap_parts(gap), self._cost_parts(code, costs)
            for name, figure, rows in zip(PICTURES, draw(code, str(self.root), gap, costs), parts, strict=True):
                self._exhibit(code, name).show(figure, rows)
        views = tuple(self._exhibit(code, name).view for name in PICTURES for code in codes)
        if self.pictures.children != views:
            self.pictures.children = views
        self.gap_text.value = "".join(self._gap_line(code, gap) for code, (gap, _) in results.items())
        self.cost_text.value = "".join(self._cost_line(code, costs) for code, (gap, costs) in results.items())
        self.package_text.value = "".join(map(self._package_line, results))
        self.financing_text.value = "".join(map(self._financing_line, results))
        self.target_text.value = "".join(map(self._target_line, results))

    def _exhibit(self, code: str, name: str) -> Exhibit:
        if (code, name) not in self.exhibits:
            chapter = _chapter(code, str(self.root))
            self.exhibits[code, name] = Exhibit(lambda table: chapter.cite(table, ALL_SOURCES))
        return self.exhibits[code, name]

    def _cost_parts(self, code: str, costs: pd.DataFrame) -> pd.DataFrame:
        return exploration.cost_parts(_ground(code, str(self.root)), costs, self._changes_of(code), self.year.value)

    def _gap_line(self, code: str, gap: pd.DataFrame) -> str:
        chapter = _chapter(code, str(self.root))
        return self._line(code, gap_words(gap, chapter.cite(gap, ALL_SOURCES)))

    def _cost_line(self, code: str, costs: pd.DataFrame) -> str:
        return self._line(code, cost_words(costs, self.year.value))

    def _package_line(self, code: str) -> str:
        """What the measures drawn for a country cost together, where there are any."""
        return self._line(code, package_words(self._package(code), self.year.value))

    def _financing_line(self, code: str) -> str:
        """What pays for the measures drawn for a country, and what is missing."""
        return self._line(code, missing_words(self._financing(code, [self.year.value]), self.year.value))

    def _target_line(self, code: str) -> str:
        """The coverage to which the measures drawn for a country commit."""
        return self._line(code, explored_sentence(self._targets(code)))

    def _line(self, code: str, words: str) -> str:
        country = _chapter(code, str(self.root)).country_name
        return line_html(_("{country} · {sentence}", country=country, sentence=words)) if words else ""

    def _targets(self, code: str) -> pd.DataFrame:
        return explore_targets(_ground(code, str(self.root)), self._changes_of(code), self.year.value)

    def _financing(self, code: str, years: list[int] | None = None) -> pd.DataFrame:
        return explore_financing(_ground(code, str(self.root)), self._changes_of(code), years=years)

    def _package(self, code: str) -> pd.DataFrame:
        return exploration.explore_package(_ground(code, str(self.root)), self._changes_of(code), self.year.value)

    def snapshot(self, results: str = "") -> None:
        """Show the first country's pictures and tables as they stand now, for readers without a running kernel."""
        code = self.country.value
        gap, costs = self.compute(code)
        chapter = Chapter(read_notebook("explore"), read_pack(code, self.root), results)
        for name, figure in zip(PICTURES, draw(code, str(self.root), gap, costs), strict=True):
            chapter.show(name, figure)
        chapter.show("gap_at_target", gap)
        chapter.show("cost_by_year", costs)
        chapter.show("package", self._package(code))
        chapter.show("financing_gap", self._financing(code))
        chapter.show("targets", self._targets(code))

    def compute(self, code: str):
        """The gap and the costs of a country at what the sliders say."""
        ground = _ground(code, str(self.root))
        sex = "female" if self.group.value == "mothers" else self.sex.value
        published = set(zip(ground.gaps["group"], ground.gaps["sex"], strict=True))
        sex = sex if (self.group.value, sex) in published else "total"
        gap = exploration.explore_gap(ground, self.group.value, self.year.value, self.target.value / 100, sex)
        return gap, exploration.explore_measures(ground, self._changes_of(code))

    def _changes_of(self, code: str) -> dict[str, dict]:
        """The measures that are drawn for a country: those of the scenario and the one on the sliders, where it has them."""
        row = self._row()
        drawn = {**self.changes, **({row["id"]: self._parameters(row)} if row is not None else {})}
        known = set(_ground(code, str(self.root)).measures["id"])
        return {name: values for name, values in drawn.items() if name in known}

    def scenario(self) -> Scenario:
        """What was added to the scenario; low and high move with the central value."""
        measures = _ground(self.country.value, str(self.root)).measures.set_index("id")
        changes = {name: with_ends(measures.loc[name], values) for name, values in self.changes.items()}
        title = " ".join(self.title.value.split()) or f"Scenario {self.name.value}"
        reason = " ".join(self.reason.value.split()) or "Written on the workbench."
        return Scenario(self.name.value, self.country.value, title, reason, changes)

    def write(self) -> None:
        """Write the scenario into the pack, or say what is wrong."""
        try:
            if not self.changes:
                raise NasssapError(
                    _("nothing is added: press 'Add to the scenario' for each measure that belongs to it")
                )
            path = write_scenario(read_pack(self.country.value, self.root), self.scenario(), self.root)
        except NasssapError as error:
            self.message.value = line_html(str(error))
        else:
            command = f"nasssap run {self.country.value}{data_option(self.data)} --scenario {path.stem}"
            self.message.value = line_html(
                _("Written: {file}. Run it with: {command}", file=path.name, command=command)
            )


def draw(code: str, root: str, gap, costs) -> list:
    """The suite's own pictures of what was computed."""
    chapter = _chapter(code, root)
    return [plot_target_gap(gap, chapter.caption(gap)), plot_cost_path(costs, chapter.caption(costs))]


def _country_name(code: str, root: Path) -> str:
    settings, _problems = read_settings(root / code / "country.toml", code)
    return country_name(settings) if settings else code


@lru_cache(maxsize=8)
def _ground(code: str, root: str) -> exploration.Ground:
    return exploration.prepare(read_pack(code, root))


@lru_cache(maxsize=8)
def _chapter(code: str, root: str) -> Chapter:
    return Chapter(read_notebook("explore"), read_pack(code, root))


def _choices(codes: dict[str, str]) -> list[tuple[str, str]]:
    return [(label(codes, code), code) for code in codes]


def _dropdown(words: str, options, value) -> widgets.Dropdown:
    return widgets.Dropdown(options=options, value=value, description=words, style=STYLED, layout=WIDE)


def _slider(words: str, low, high, step, value):
    kind = widgets.IntSlider if isinstance(step, int) else widgets.FloatSlider
    return kind(
        value=value, min=low, max=high, step=step, description=words, style=STYLED, layout=WIDE, continuous_update=True
    )
