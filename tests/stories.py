"""What notebook 03 computes for a shipped country, once a process: several tests look at it from different sides."""

from __future__ import annotations

from functools import lru_cache

from nasssap_lib.criteria import assess_criteria, criteria_matrix
from nasssap_lib.measures import assess_options
from nasssap_lib.pack import read_pack
from nasssap_lib.sequence import rank_sequence
from nasssap_lib.stated_weights import read_weights

REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]
ALL = [*REAL, "XTC"]


@lru_cache(maxsize=16)
def story(country: str) -> dict:
    """Pack, options, criteria, matrix, equal weights and ranking."""
    pack = read_pack(country)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria)
    weights = read_weights("", matrix.values)
    ranking = rank_sequence(matrix, weights, criteria)
    return {
        "pack": pack, "options": options, "criteria": criteria, "matrix": matrix, "weights": weights, "ranking": ranking,
    }  # fmt: skip
