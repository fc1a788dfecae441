"""What an option needs before anybody is paid, where no plan was made yet: steps with what the pack knows of them, without dates.

Nobody's politics are invented here: a step that nobody has planned has no month, and an institution is named only where the pack does.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.priorities.readiness import assess_readiness, unread_items
from nasssap_lib.provenance import join_sources
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records

SKELETON_COLUMNS = ["option", "name", "step", "state", "found", "institution", "needs", "source", "reason"]
FINANCED, MONITORED = "financing", "monitoring"


def plan_skeleton(pack: Pack) -> pd.DataFrame:
    """The steps that each option needs, and what the pack knows of each.

    Returns
    -------
    table, an option and a step a row, in the order of ``terms.PLAN_STEPS``

    * option, name: of ``measures.csv``
    * step: law, register (who is entitled, and how people are known), institution, channel (by which they are paid), financing
      (a decision on who pays), monitoring
    * state: found, missing or not_known (nobody read it): codes of ``terms.STEP_STATES``
    * found: what the pack names, in its own words; "" where it names nothing
    * institution: responsible for the option, of ``measures.csv``; "" where it names none
    * needs: step that must come first, "" where none must
    * source, reason (codes): why a step is missing or not known

    Notes
    -----
    Law, register and institution are those of ``priorities.assess_readiness``: of schemes that serve the option's own people. A channel
    is what ``measures.csv`` describes, which nobody has decided: it is found where a scheme pays these people already. Financing is found
    where a proposal of ``financing.csv`` names the option. There are no dates and no durations: both are for those who will do the work.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = plan_skeleton(read_pack("SEN"))
    >>> table[table["option"] == "injury_extension"].set_index("step")["state"].to_dict()["law"]
    'found'
    """
    ready = assess_readiness(pack).set_index("option").to_dict("index")
    rows = [step for row in as_records(pack.measures) for step in _steps(pack, row, ready[row["id"]])]
    return pd.DataFrame(rows, columns=SKELETON_COLUMNS)


def _steps(pack: Pack, row: Mapping, ready: Mapping):
    head = {"option": row["id"], "name": row["name"], "institution": row["institution"], "needs": ""}
    unread = unread_items(ready["reason"])
    law, register, institution = (_of_readiness(ready, item, unread) for item in ("law", "register", "institution"))
    if row["institution"] and not institution["found"]:
        institution = {"state": "found", "found": row["institution"], "source": row["source"], "reason": ""}
    yield head | {"step": "law"} | law
    yield head | {"step": "institution", "needs": "law"} | institution
    yield head | {"step": "register", "needs": "institution"} | register
    yield head | {"step": "channel", "needs": "institution"} | _channel(row, register)
    yield head | {"step": FINANCED} | _financing(pack, row)
    yield head | {"step": MONITORED} | _monitoring(pack, row)


def _of_readiness(ready: Mapping, item: str, unread: set[str]) -> dict:
    if ready[item]:
        return {"state": "found", "found": ready[item], "source": ready["source"], "reason": ""}
    if item in unread:
        why = ready["reason"] if "no_scheme" in ready["reason"] else reason("not_read", item=item)
        return {"state": "not_known", "found": "", "source": ready["source"], "reason": why}
    why = ready["reason"] if ready["reason"].startswith("no_scheme") else reason("no_such_step_found")
    return {"state": "missing", "found": "", "source": ready["source"], "reason": why}


def _channel(row: Mapping, register: Mapping) -> dict:
    """The channel that the option describes stands where a scheme pays its people already."""
    assumed = reason("channel_is_assumed") if row["delivery"] else ""
    return {
        "state": register["state"], "found": row["delivery"], "source": join_sources(register["source"], row["source"]),
        "reason": join_reasons(register["reason"], assumed),
    }  # fmt: skip


def _financing(pack: Pack, row: Mapping) -> dict:
    of_it = (
        [row["id"] in cell.split(";") for cell in pack.financing["pays_for"]] if "pays_for" in pack.financing else []
    )
    money = pack.financing[of_it] if len(of_it) else pack.financing.head(0)
    if len(money):
        return {
            "state": "found",
            "found": ", ".join(money["name"]),
            "source": join_sources(*money["source"]),
            "reason": "",
        }
    why = "no_proposal_names_option" if len(pack.financing) else "no_proposal_in_pack"
    return {"state": "missing", "found": "", "source": "", "reason": reason(why)}


def _monitoring(pack: Pack, row: Mapping) -> dict:
    """The rate by which the option will be seen, where one was published."""
    health = row["guarantee"] == "health"
    indicator, group = ("health_insurance_coverage", "total") if health else ("effective_coverage", row["group"])
    known = pack.latest(indicator, group, None, year=pack.settings.reference_year)
    if known.empty:
        return {"state": "missing", "found": "", "source": "", "reason": reason("no_rate")}
    name = pack.codebook.set_index("id")["name_en"][indicator]
    return {
        "state": "found",
        "found": f"{name} ({int(known['year'].max())})",
        "source": join_sources(*known["source"]),
        "reason": "",
    }
