"""Whom an option reaches and newly covers, given its take-up and who of its own target population is covered today.

Take-up t is the share of the option's own target population T that receives at maturity, present members included; c is the share
that is covered today. How the two groups overlap is rarely known: without a rule that settles it, only bounds are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nasssap_lib.errors import NasssapError

WAYS = ("builds_on", "benefit_tested", "extends", "new")  # how an option stands to who is covered today


class Reach(NamedTuple):
    """Persons reached and persons newly covered; arrays where the arguments are."""

    persons: np.ndarray
    newly_covered: np.ndarray


def reach_of(way: str, take_up, coverage, people, overlap=None) -> Reach:
    """Persons reached and newly covered.

    Parameters
    ----------
    way : one of ``WAYS``
    take_up : t, share 0–1; with "extends" the share of those who are not covered
    coverage : c, share 0–1 of the people who are covered today; of a scheme's own register with "builds_on"
    people : T, persons
    overlap : with "new" only: where between its bounds the number of newly covered lies, 0 (as few as possible) to 1 (as many);
        None: take-up is the same among those who are covered and those who are not

    Returns
    -------
    Reach : arguments broadcast together; NaN where coverage is NaN and matters

    Raises
    ------
    NasssapError : no such way

    Notes
    -----
    * builds_on: tT reached, (t − c)T newly covered, none where t < c
    * benefit_tested: min(t, 1 − c)T, all of them newly covered
    * extends: t(1 − c)T, all of them newly covered
    * new: tT reached; newly covered t(1 − c)T if take-up does not depend on coverage, in any case between max(0, t − c)T and
      min(t, 1 − c)T (bounds of Fréchet 1951 for two shares of one population; no distribution is assumed between them, Manski
      2003, *Partial Identification of Probability Distributions*)

    Examples
    --------
    >>> [round(float(reach_of("new", 0.85, 0.299, 690_291, overlap).newly_covered)) for overlap in (0, None, 1)]
    [380350, 411310, 483894]
    >>> round(float(reach_of("builds_on", 0.6, 0.32, 7_099_489).newly_covered))
    1987857
    """
    t, c, people = (np.asarray(value, float) for value in (take_up, coverage, people))
    if way == "builds_on":
        return Reach(t * people, np.maximum(t - c, 0) * people)
    if way == "benefit_tested":
        both = np.minimum(t, 1 - c) * people
        return Reach(both, both)
    if way == "extends":
        both = t * (1 - c) * people
        return Reach(both, both)
    if way != "new":
        raise NasssapError(f"reach_of: way is {way!r}; expected one of {', '.join(WAYS)}")
    if overlap is None:
        share = t * (1 - c)
    else:
        fewest, most = np.maximum(t - c, 0), np.minimum(t, 1 - c)
        share = fewest + np.asarray(overlap, float) * (most - fewest)
    return Reach(t * people, share * people)
