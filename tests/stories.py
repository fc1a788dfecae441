"""Shipped packs and what notebook 03 computes of them, once a process: several tests look at it from different sides."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from nasssap_lib.costing.options import COMMON_LEVEL, assess_options, at_common_level
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import rank_sequence
from nasssap_lib.priorities.weights import read_weights

REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]
ALL = [*REAL, "XTC"]
FIRST = ["SEN", "ZMB", "XTC"]  # what is missing, outgrown or complete; the others go the same ways and wait for soak
SPOKEN = [
    "fr",
    *(pytest.param(code, marks=pytest.mark.soak) for code in ("en", "es")),
]  # for pictures: the longest words first
FIRST_THEN_ALL = [*FIRST, *(pytest.param(code, marks=pytest.mark.soak) for code in ALL if code not in FIRST)]
DRAWN = ["SEN", "XTC"]  # for pictures and sentences, which are dear: what is missing, and what is complete
REAL_LATER = ["SEN", *(pytest.param(code, marks=pytest.mark.soak) for code in REAL if code != "SEN")]
DRAWN_THEN_ALL = [*DRAWN, *(pytest.param(code, marks=pytest.mark.soak) for code in ALL if code not in DRAWN)]


def drawn_first(*codes: str) -> list:
    """Countries of a check of words and tables: those that are drawn always, the others in the soak."""
    return [code if code in DRAWN else pytest.param(code, marks=pytest.mark.soak) for code in codes]


@lru_cache(maxsize=16)
def pack_of(country: str) -> Pack:
    """A shipped pack, read once a process."""
    return read_pack(country)


@lru_cache(maxsize=16)
def story(country: str) -> dict:
    """Pack, options, criteria, matrix, equal weights and ranking; and the same options at one common level."""
    pack = pack_of(country)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria, options=options)
    weights = read_weights("", matrix.values)
    ranking = rank_sequence(matrix, weights, criteria)
    return {
        "pack": pack, "options": options, "criteria": criteria, "matrix": matrix, "weights": weights, "ranking": ranking,
        "common": ranked_at_common_level(pack, options, weights),
    }  # fmt: skip


def ranked_at_common_level(
    pack: Pack, options: pd.DataFrame, weights: dict, level: float = COMMON_LEVEL
) -> pd.DataFrame:
    """The order of the options as if all of them paid the same level."""
    same = at_common_level(options, level)
    criteria = assess_criteria(pack, same)
    return rank_sequence(criteria_matrix(criteria, options=same), weights, criteria)


def one(table: pd.DataFrame, **wanted) -> pd.Series:
    """The only row with these values."""
    found = table[np.logical_and.reduce([table[name] == value for name, value in wanted.items()])]
    assert len(found) == 1, f"{wanted}: {len(found)} rows"
    return found.iloc[0]
