"""What the tests of bundles share: Senegal's reports of the batch that runs once, and one bundle of them."""

import pytest
from bundle_tools import NOTEBOOK, copy_run, stamp

from nasssap_lib.run.bundle import share


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
def temporary(tmp_path, monkeypatch):
    """A folder for all temporary files; a test says that it is empty afterwards."""
    import tempfile

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder
