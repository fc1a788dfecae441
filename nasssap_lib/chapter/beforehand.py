"""What is asked of a country before its chapters are: once in the process from which they are forked, and not once a chapter."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from nasssap_lib.costing import assess_options, prepare_package
from nasssap_lib.costing.checks import option_problems
from nasssap_lib.pack.reader import keep_answers, read_pack
from nasssap_lib.priorities import assess_readiness
from nasssap_lib.schemes import implied_cost_rates

ASKED_BY_SEVERAL = (assess_options, assess_readiness, implied_cost_rates, prepare_package)


def look_through(country: str, root: Path, language: str = "", several: bool = False) -> None:
    """Read a pack and ask of it what its gate asks: in this process and its forks it is not read and asked again.

    Parameters
    ----------
    country : code of a pack
    root : data folder
    language : of the chapters, whose words of the pack are looked up; "": English
    several : True: ask also what several chapters ask

    Raises
    ------
    PackError : as of :func:`runnable_pack`, for a pack that cannot be read
    """
    pack = read_pack(country, root)
    option_problems(pack)
    pack.translations(language or "en")
    for question in ASKED_BY_SEVERAL if several else ():
        with suppress(Exception):  # a chapter that cannot have the answer asks itself, and says why
            question(pack)
    keep_answers(pack)
