"""One job in a process of its own: what fails is told in one line, what was there before stays where the machine is to blame."""

import json
import os
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from own_notebooks import SHOW, use_notebooks, write_notebook
from small_pack import CODE, write_small_pack

from nasssap_lib.run.batch import run_batch

NAME = "01_one"
DIES_ONCE = """import os
from pathlib import Path

mark = Path({!r})
if not mark.exists():
    mark.touch()
    os.kill(os.getpid(), 9)"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A pack, and a notebook that ran for it."""
    write_small_pack(tmp_path / "packs")
    write_notebook(tmp_path / "notebooks", NAME)
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    return tmp_path


def run(place: Path, **more):
    (record,) = run_batch([CODE], (), {}, place / "packs", place / "out", 1, **more)
    return record


def products(place: Path) -> dict[str, bytes]:
    """What is there, but for what run.json says of time."""
    files = {path.relative_to(place / "out").as_posix(): path for path in (place / "out").rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if path.name not in ("run.json", "run.jsonl")}


def test_two_runs_give_the_same_bytes_forked_or_not(place):
    assert run(place).status == "done"
    before = products(place)
    assert {Path(name).name for name in before} == {
        "01_one.html",
        "01_one.ipynb",
        "index.html",
        "inputs.json",
        "sources.csv",
    }
    index = before.pop("reports/index.html")
    for warm in (True, False):
        assert run(place, force=True, warm=warm).status == "done"
        again = products(place)
        assert again.pop("reports/index.html")[:-80] == index[:-80]
        assert again == before


def test_a_cell_that_fails_is_named_with_its_line_and_marked_in_a_copy_and_nothing_passes_for_its_result(place):
    assert run(place).status == "done"
    write_notebook(place / "notebooks", NAME, SHOW, "from nasssap_lib.pack import read_pack\n\nread_pack('no')")
    record = run(place)
    assert (record.status, record.cell) == ("failed", 5)
    assert record.message.startswith("PackError: no: expected a country pack")
    assert "nasssap_lib/" in record.line
    reports = place / "out" / "reports" / CODE
    assert {path.name for path in reports.iterdir()} == {"01_one.failed.ipynb"}
    copy = nbformat.read(reports / "01_one.failed.ipynb", 4)
    assert any("exception" in cell.source.lower() for cell in copy.cells if cell.cell_type == "markdown")
    assert str(place) not in nbformat.writes(copy)
    (line,) = (place / "out" / "reports" / "run.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["country"], told["notebook"], told["cell"], told["line"]) == (CODE, NAME, 5, record.line)
    write_notebook(place / "notebooks", NAME)
    assert run(place).why == "the last run failed"
    assert {path.name for path in reports.iterdir()} == {"01_one.html", "01_one.ipynb"}


def test_a_pack_with_problems_starts_no_kernel_and_takes_the_earlier_report_away(place):
    assert run(place).status == "done"
    path = place / "packs" / CODE / "population.csv"
    path.write_text(path.read_text().replace("1000", "many", 1))
    record = run(place)
    assert record.status == "failed" and record.message.startswith("XTS/population.csv:2 persons: 'many'")
    assert record.seconds == 0
    assert not list((place / "out" / "reports" / CODE).iterdir())


@pytest.mark.parametrize("warm", [True, False])
def test_a_notebook_that_hangs_is_ended_and_the_earlier_report_stays(place, warm):
    assert run(place).status == "done"
    before = products(place)
    write_notebook(place / "notebooks", NAME, SHOW, "while True:\n    pass")
    record = run(place, limit=4, warm=warm)
    assert (record.status, record.cell) == ("failed", 5)
    assert "not done after 4 s" in record.message and "--limit" in record.message
    assert products(place) == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_kernel_that_dies_is_tried_again_once_and_no_more(place):
    assert run(place).status == "done"
    before = products(place)
    write_notebook(place / "notebooks", NAME, SHOW, "import os\nos.kill(os.getpid(), 9)")
    record = run(place)
    assert record.status == "failed" and "the kernel died" in record.message and "left as they were" in record.message
    assert products(place) == before
    write_notebook(place / "notebooks", NAME, DIES_ONCE.format(str(place / "died")), SHOW)
    assert run(place).status == "done"
    assert (place / "died").exists()


def test_an_error_in_a_cell_is_not_tried_again(place):
    count = place / "count"
    write_notebook(place / "notebooks", NAME, f"open({str(count)!r}, 'a').write('x')\nraise ValueError('no')")
    assert run(place).status == "failed"
    assert count.read_text() == "x"


def test_a_full_disk_in_a_cell_leaves_the_earlier_report(place):
    assert run(place).status == "done"
    before = products(place)
    write_notebook(place / "notebooks", NAME, "raise OSError(28, 'No space left on device', 'sources.csv')")
    record = run(place)
    assert record.status == "failed" and "No space left" in record.message
    assert products(place) == before


def test_what_a_notebook_prints_goes_into_it_and_to_nobodys_terminal(place, capfd):
    write_notebook(place / "notebooks", NAME, SHOW, "import os\nprint('seen')\nos.system('echo loud')")
    assert run(place).status == "done"
    assert "seen" in (place / "out" / "reports" / CODE / "01_one.ipynb").read_text(encoding="utf-8")
    told = capfd.readouterr()
    assert told.out == told.err == ""


def test_run_json_says_what_was_read_although_it_was_edited_meanwhile(place):
    facts = place / "packs" / CODE / "indicators.csv"
    edited = facts.read_text(encoding="utf-8").replace(",2019,20,", ",2019,21,")
    edit = f"from pathlib import Path\nPath({str(facts)!r}).write_text({edited!r})"
    again = 'from nasssap_lib.pack import read_pack\nchapter.show("facts", read_pack(country, data).facts)'
    write_notebook(place / "notebooks", NAME, edit, again)
    assert run(place).status == "done"
    table = pd.read_csv(place / "out" / "data" / "processed" / CODE / NAME / "facts.csv")
    assert table.loc[table["year"] == 2019, "value"].tolist() == [20]
    assert run(place).why.startswith("indicators.csv:")
