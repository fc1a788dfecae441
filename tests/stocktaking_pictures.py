"""The pictures of notebook 01, drawn with the captions that the chapter gives them."""

import functools

from matplotlib.figure import Figure
from matplotlib.text import Text
from stories import pack_of

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.schemes import contributions_and_benefits as levels
from nasssap_lib.schemes import health, spending
from nasssap_lib.schemes import inventory as schemes
from nasssap_lib.schemes.charts import plot_levels, plot_rates, plot_scheme_matrix
from nasssap_lib.schemes.charts_spending import plot_health, plot_spending, plot_sper
from nasssap_lib.schemes.sper import money_lines, spending_accounts
from nasssap_lib.stocktaking import context as stocktaking
from nasssap_lib.stocktaking.charts import plot_age_pyramid, plot_history, plot_process, plot_work


def accounts_of(pack):
    """Schemes and accounts of several, as the chapter draws them."""
    return spending_accounts(spending.scheme_spending(pack), money_lines(pack))


PICTURES = {
    "process": (stocktaking.process_state, plot_process),
    "ages": (stocktaking.age_structure, plot_age_pyramid),
    "work": (stocktaking.work_status, plot_work),
    "matrix": (schemes.scheme_matrix, plot_scheme_matrix),
    "rates": (levels.contribution_rates, plot_rates),
    "levels": (levels.benefit_levels, plot_levels),
    "sper": (spending.sper_matrix, plot_sper),
    "spending": (accounts_of, plot_spending),
    "health": (health.health_panel, plot_health),
    "history": (stocktaking.past_extensions, plot_history),
}


NEEDS_YEAR = {"health"}


EMPTY = ("facts", "population", "schemes", "scheme_figures", "process", "history")


@functools.cache
def stocktaking_chapter(country: str):
    return open_chapter("01_stocktaking", country)


def draw(pack, name: str) -> Figure:
    """A picture with the caption that the chapter gives it."""
    chapter = stocktaking_chapter(pack.country)
    table_of, plot = PICTURES[name]
    table = table_of(pack)
    year = [pack.settings.reference_year] if name in NEEDS_YEAR else []
    return plot(table, chapter.caption(table), *year)


@functools.cache
def drawn(country: str, name: str) -> Figure:
    """A picture of a shipped pack, drawn once a process."""
    return draw(pack_of(country), name)


def words(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))
