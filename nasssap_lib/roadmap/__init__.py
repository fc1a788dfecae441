"""Which option starts in which year: the order that fits the purse, checked by plain arithmetic."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "charts": "plot_roadmap".split(),
        "checks": "check_order closed_shares open_sum order_costs smallest_share".split(),
        "conflicts": "why_infeasible".split(),
        "country": "CountryProgramme country_programme envelope_of typed_starts".split(),
        "optimum": "Order best_order".split(),
        "plan": "Roadmap Starts plan_roadmap planned_starts".split(),
        "programme": "Programme".split(),
        "tables": "breaks_table closed_table high_table in_the_way_table order_table other_money_table years_table".split(),
        "variations": "OneMore high_costs one_more".split(),
        "words": (
            "aim_sentence breaks_sentence high_sentence in_the_way_sentence left_out_sentence money_sentence order_sentence roadmap_answer"
        ).split(),
    },
)
