"""The training country with another action plan: an activity a line, as in ``"b 2027-02 2027-04 a"``."""

from dataclasses import replace

import pandas as pd
from stories import pack_of

from nasssap_lib.pack.model import Pack

EMPTY = {
    "measure": "", "institution": "Ministry of Labour", "support": "", "cost": 12.0, "financed": 0.5, "finance_source": "State budget",
    "expertise": "", "progress": 0.0, "progress_date": "2025-12", "risk": "", "quality": "illustrative", "source": "XTC-TRAINING",
}  # fmt: skip


def plan_of(*lines: str, **cells: dict) -> Pack:
    """A pack with these activities: id, start, end and prerequisites; ``cells``: id -> other cells of its row."""
    rows = []
    for line in lines:
        name, start, end, *needs = line.split()
        row = {"id": name, "name": f"Activity {name}", "start": start, "end": end, "depends_on": ";".join(needs)}
        rows.append(EMPTY | row | cells.get(name, {}))
    pack = pack_of("XTC")
    return replace(pack.copy(), activities=pd.DataFrame(rows, columns=list(pack.activities)))
