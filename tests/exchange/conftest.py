"""What the tests of bundles share: Senegal's reports of the batch that runs once, and one bundle of them."""

import shutil
import tempfile
from pathlib import Path

import pytest
from bundle_tools import NOTEBOOK, copy_run, stamp

from nasssap_lib.exchange.bundle import share


@pytest.fixture(scope="session")
def senegal(batch_of_all, tmp_path_factory):
    """Output folder with Senegal's reports and tables."""
    return copy_run(batch_of_all, tmp_path_factory.mktemp("senegal"))


@pytest.fixture(scope="session")
def bundle(senegal):
    """The bundle of one notebook, as ``nasssap share`` writes it."""
    stamp(senegal / "reports" / "SEN")
    return share("SEN", senegal / "SEN.zip", [NOTEBOOK], out=senegal)


@pytest.fixture
def temporary(monkeypatch):
    """A folder for all temporary files, under a short path (sockets need one); a test says that it is empty afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="t"))
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        patch.setenv("TMPDIR", str(folder))
        yield folder
    shutil.rmtree(folder)
