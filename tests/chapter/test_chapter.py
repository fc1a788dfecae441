"""A country opened for a notebook: its language, what it shows, and what it refuses to show."""

import subprocess
import sys

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.display.texts import current_language


def fresh(code: str, folder=None) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_opening_a_notebook_does_not_load_priority_setting():
    code = """
import sys
from nasssap_lib.chapter import open_chapter
open_chapter("01_stocktaking", "SEN")
print(sorted(name for name in sys.modules if name.startswith(("nasssap_lib.priorities.", "nasssap_lib.costing.", "ipywidgets"))))
"""
    assert fresh(code) == "[]"


def test_opening_speaks_the_language_and_the_next_one_speaks_its_own():
    assert open_chapter("01_stocktaking", "SEN", language="fr").country_name == "Sénégal"
    assert current_language() == "fr"
    assert open_chapter("01_stocktaking", "SEN").country_name == "Senegal"
    assert current_language() == "en"
