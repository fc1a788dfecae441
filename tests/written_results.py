"""Result tables of notebook 03 as a run writes them, for tests of what the index reads."""

import json
from functools import lru_cache

import pandas as pd
from stories import story

from nasssap_lib.priorities.sequence import accept_ranks
from nasssap_lib.priorities.switching_values import what_changes_leader


@lru_cache(maxsize=16)
def results(country: str) -> dict[str, pd.DataFrame]:
    told = story(country)
    matrix, criteria, options = told["matrix"], told["criteria"], told["options"]
    return {
        "ranking": told["ranking"], "acceptability_by_rank": accept_ranks(matrix, criteria, 500, options=options),
        "changes": what_changes_leader(matrix, told["weights"], options),
    }  # fmt: skip


def write_results(folder, country: str, status: str = "done") -> None:
    folder.mkdir(parents=True)
    for name, table in results(country).items():
        table.to_csv(folder / f"{name}.csv", index=False)
    record = {"status": status, "finished": "2026-03-01T10:20:30+00:00", "message": "", "parameters": {}}
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
