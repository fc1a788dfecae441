"""Sentences with figures in them: written by the library from result tables, so that no number is typed into a notebook."""

from nasssap_lib.sentences.coverage import (
    by_sex,
    c102_sentence,
    coverage_title,
    evidence_sentence,
    gap_sentence,
    headline_sentence,
    headline_title,
    key_figures,
    law_and_fact_sentence,
    law_and_fact_title,
    poverty_sentence,
    projection_title,
    quintile_title,
    recomputed_sentence,
    sex_sentence,
    sex_title,
)
from nasssap_lib.sentences.exploration import cost_title, cost_words, gap_words, target_title
from nasssap_lib.sentences.stocktaking import inventory_sentence, pyramid_title

__all__ = [
    "by_sex",
    "c102_sentence",
    "cost_title",
    "cost_words",
    "coverage_title",
    "evidence_sentence",
    "gap_sentence",
    "gap_words",
    "headline_sentence",
    "headline_title",
    "inventory_sentence",
    "key_figures",
    "law_and_fact_sentence",
    "law_and_fact_title",
    "poverty_sentence",
    "projection_title",
    "pyramid_title",
    "quintile_title",
    "recomputed_sentence",
    "sex_sentence",
    "sex_title",
    "target_title",
]
