"""Shipped packs and what notebook 03 computes of them, once a process: several tests look at it from different sides."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from nasssap_lib.costing.options import assess_options
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import rank_sequence
from nasssap_lib.priorities.weights import read_weights

REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]
ALL = [*REAL, "XTC"]


@lru_cache(maxsize=16)
def pack_of(country: str) -> Pack:
    """A shipped pack, read once a process."""
    return read_pack(country)


@lru_cache(maxsize=16)
def story(country: str) -> dict:
    """Pack, options, criteria, matrix, equal weights and ranking."""
    pack = pack_of(country)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria)
    weights = read_weights("", matrix.values)
    ranking = rank_sequence(matrix, weights, criteria)
    return {
        "pack": pack, "options": options, "criteria": criteria, "matrix": matrix, "weights": weights, "ranking": ranking,
    }  # fmt: skip


def one(table: pd.DataFrame, **wanted) -> pd.Series:
    """The only row with these values."""
    found = table[np.logical_and.reduce([table[name] == value for name, value in wanted.items()])]
    assert len(found) == 1, f"{wanted}: {len(found)} rows"
    return found.iloc[0]
