"""The warm parent: knows every module that a kernel can import, has one thread, and ends with the batch."""

import os
import subprocess
import sys

import pytest

from nasssap_lib.run import warm
from nasssap_lib.run.workers import clean_environment


def test_every_module_of_the_rooms_is_imported_but_those_that_need_an_extra():
    names = warm._modules_of(warm.ROOMS)
    assert {"nasssap_lib.coverage.gaps", "nasssap_lib.costing.charts", "nasssap_lib.run.html"} <= names
    assert not names & warm.OPTIONAL
    assert not [name for name in names if name.startswith(("nasssap_lib.commands", "nasssap_lib.exchange"))]


@pytest.mark.soak  # a parent with a second thread gives up, and no figure is open in what test_worker.py runs
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_the_suite_is_imported_with_one_thread_and_no_figure_is_left_open(tmp_path):
    code = (
        "from nasssap_lib.run.warm import import_suite; import_suite()\n"
        "from nasssap_lib.run.kernels import threads; import matplotlib.pyplot as p; print(threads(), p.get_fignums())"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=clean_environment(tmp_path), capture_output=True, text=True
    )
    assert done.stdout.strip() == "1 []", done.stderr
