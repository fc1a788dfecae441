"""Sentences with figures in them: written by the library from result tables, so that no number is typed into a notebook."""

from nasssap_lib.sentences.coverage import (
    coverage_title,
    gap_sentence,
    headline_sentence,
    headline_title,
    projection_title,
    sex_title,
)
from nasssap_lib.sentences.stocktaking import inventory_sentence, pyramid_title

__all__ = [
    "coverage_title",
    "gap_sentence",
    "headline_sentence",
    "headline_title",
    "inventory_sentence",
    "projection_title",
    "pyramid_title",
    "sex_title",
]
