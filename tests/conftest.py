"""What holds for every test: no test fails because the machine is busy, and CI draws the same examples every time."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from nasssap_lib.pack.reader import countries, data_root
from nasssap_lib.run.batch import run_batch

settings.register_profile(
    "nasssap", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("nasssap")

PATIENCE = 900  # seconds


@pytest.fixture(scope="session")
def batch_of_all(tmp_path_factory) -> Path:
    """Folder with reports/ and data/processed/ of all countries: the notebooks run once, however many processes test."""
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "batch_of_all"
    finished = out / "finished"
    try:
        out.mkdir()
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not finished.exists() and time.monotonic() < until:
            time.sleep(0.2)
    else:
        try:
            records = run_batch(countries(data_root()), (), {}, "", out, 2)
            text = "\n".join(f"{r.country} {r.notebook}: {r.message}" for r in records if r.status != "done")
        except BaseException as error:
            text = repr(error)
            raise
        finally:
            (out / "part").write_text(text, encoding="utf-8")
            (out / "part").replace(finished)
    assert finished.exists(), "the process that runs the notebooks for all tests did not come to an end"
    assert not finished.read_text(encoding="utf-8"), finished.read_text(encoding="utf-8")
    return out
