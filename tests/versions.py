"""Senegal beside two scenarios of it, for tests of the comparison, its table and its sentence."""

from functools import lru_cache

import pandas as pd
from stories import pack_of

from nasssap_lib.pack.scenario import Scenario, apply_scenario
from nasssap_lib.priorities.scenarios import compare_versions


def scenario(pack, **changes):
    """A pack with other parameters of measures."""
    return apply_scenario(pack, Scenario("s", pack.country, measures=changes))


def of(found, version, option):
    """The row of an option in a version."""
    return found.set_index(["version", "option"]).loc[(version, option)]


@lru_cache(maxsize=1)
def senegal() -> pd.DataFrame:
    """The baseline; a pension of the double level; a pension for half the persons at a huge level of the grant for children."""
    pack = pack_of("SEN")
    double = {"amount_central": 20.0, "amount_high": 30.0}
    half = {"take_up_low": 0.3, "take_up_central": 0.425, "take_up_high": 0.5}
    dear = {"amount_central": 40.0, "amount_high": 40.0}
    return compare_versions({
        "baseline": pack,
        "double": scenario(pack, social_pension=double),
        "half": scenario(pack, social_pension=half, child_benefit=dear),
    })  # fmt: skip
