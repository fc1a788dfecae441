"""What people need: poverty, and what is said of each guarantee."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "assessment": "assess_guarantees codi_checklist needs_by_group".split(),
        "grouped_poverty": "GroupedPoverty poverty_from_groups".split(),
        "lorenz": "BetaLorenz QuadraticLorenz estimate_poverty".split(),
        "poverty": "poverty_by_line recompute_poverty".split(),
        "severity": "assess_severity".split(),
        "tables": "assessment_table codi_table needs_table poverty_table recomputed_table".split(),
        "words": ("assessment_sentence checklist_sentence needs_sentence poverty_sentence recomputed_sentence").split(),
    },
)
