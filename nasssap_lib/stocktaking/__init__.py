"""What is known of a country and how well: context, evidence, contradictions, figures to collect."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "charts": "plot_age_pyramid plot_history plot_process plot_work".split(),
        "collection": "figures_to_collect".split(),
        "consistency": "contradictions".split(),
        "context": (
            "age_structure conventions country_profile past_extensions plans_and_laws process_state work_status"
        ).split(),
        "evidence": "evidence_by_subject".split(),
        "tables": (
            "collection_table contradiction_table conventions_table evidence_table history_table links_table "
            "process_table profile_table work_table"
        ).split(),
        "words": (
            "aims_sentence collection_sentence contradiction_sentence conventions_sentence links_sentence stocktaking_figures "
            "subjects_sentence"
        ).split(),
        "words_answer": "stocktaking_answer".split(),
    },
)
