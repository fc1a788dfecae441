"""A returned matrix in the pack: whole and sound, or not at all, and only the changed cells written anew."""

import shutil

import pytest
from returned_plans import LETTERS, NEW, came_back, filled, first_row, packs_in, place, training_plan, written

from nasssap_lib.errors import PackError
from nasssap_lib.exchange.plan_sheets import take_plan, write_taken
from nasssap_lib.pack.reader import read_pack


@pytest.fixture
def root(tmp_path):
    """A data folder of its own with the training country and Senegal."""
    first_row.cache_clear()
    return packs_in(tmp_path, "XTC", "SEN")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The plan of the training country, which nobody changes."""
    return training_plan(tmp_path_factory.mktemp("plan"))


@pytest.fixture
def path(original, root, tmp_path):
    """A copy of it."""
    return tmp_path / shutil.copy(original, tmp_path)


def take(path, root, country="XTC"):
    pack = read_pack(country, root)
    return take_plan(came_back(path, pack), pack, root)


def activities(root, country="XTC"):
    return (root / country / "activities.csv").read_text(encoding="utf-8")


def test_only_the_changed_cells_are_written_anew(path, root):
    before = activities(root)
    taken = take(filled(path, (1, {"end": "2026-11", "cost": 950.5})), root)
    assert activities(root) == before
    write_taken(taken, read_pack("XTC", root), root)
    assert activities(root) == before.replace("2025-07,2026-12,,900,0.8", "2025-07,2026-11,,950.5,0.8")
    assert taken.kinds["change"].tolist() == ["moved", "recosted"]


SPOILED = [  # rows that are filled in together, and the cells that the pack's own check names
    (  # what a cell holds
        [
            (3, {"start": "2027-13"}),
            (4, {"cost": -1}),
            (5, {"name": "x" * 400}),
            (13, NEW | {"start": "soon"}),
            (14, NEW | {"id": "two words"}),
        ],
        [
            ("start", 3, "a date that exists"),
            ("cost", 4, "at least 0"),
            ("name", 5, "at most 300 letters"),
            ("start", 13, "a date that exists"),
            ("id", 14, "an id of letters"),
        ],
    ),
    (  # what cells say of each other and of other tables
        [
            (3, {"end": "2027-01"}),
            (4, {"depends_on": "a99"}),
            (5, {"source": "NOWHERE"}),
            (13, NEW | {"depends_on": "a98"}),
        ],
        [
            ("start", 3, "at most end, 2027-01"),
            ("depends_on", 4, "an id of activities.csv"),
            ("source", 5, "an id of sources.csv"),
            ("depends_on", 13, "an id of activities.csv"),
        ],
    ),
    ([(3, {"progress": 20, "progress_date": "2026-01"})], [("progress", 3, "before")]),  # what is asked of a plan without such faults
    ([(0, {"depends_on": "a04"})], [("depends_on", 3, "no circle of activities"), ("depends_on", 0, "no circle of activities")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "named"), SPOILED, ids=["cells", "relations", "progress", "a circle"])
def test_what_the_pack_s_own_check_finds_is_named_by_the_cell_and_nothing_is_written(path, root, rows, named):
    before = activities(root)
    with pytest.raises(PackError) as caught:
        take(filled(path, *rows), root)
    told = str(caught.value).splitlines()
    circle = "circle" in named[0][2]  # of which one activity is named
    assert len(told) == (1 if circle else len(named)), told
    found = [
        any(line.startswith(f"filled.xlsx, 1 Plan!{place(path, column, at)}: ") and words in line for line in told)
        for column, at, words in named
    ]
    assert any(found) if circle else all(found), told
    assert activities(root) == before


def test_an_activity_that_others_wait_for_is_not_removed(path, root):
    empty = dict.fromkeys(set(LETTERS) - {"id"})
    with pytest.raises(
        PackError, match=rf"1 Plan!{place(path, 'depends_on', 5)}: 'a05' — expected an id of activities.csv"
    ):
        take(filled(path, (4, empty)), root)
    taken = take(filled(path, (3, empty)), root)
    assert taken.changes[["id", "change"]].values.tolist() == [["a04", "removed"]]
    write_taken(taken, read_pack("XTC", root), root)
    assert "a04" not in read_pack("XTC", root).activities["id"].tolist()


def test_what_is_odd_now_and_was_not_before_is_told_by_its_cell(path, root):
    taken = take(filled(path, (4, {"depends_on": "a01"})), root)
    write_taken(taken, read_pack("XTC", root), root)
    (doubt,) = taken.doubts
    assert str(doubt).startswith(
        f"filled.xlsx, 1 Plan!{place(path, 'start', 4)}: '2025-09' — expected a start after the end of a01"
    )


def test_what_was_odd_before_is_not_told_again(root, tmp_path):
    file = root / "XTC" / "activities.csv"
    file.write_text(activities(root).replace("2025-09,2026-05,,", "2025-09,2026-05,a01,"), encoding="utf-8")
    assert read_pack("XTC", root).doubts
    assert take(filled(training_plan(tmp_path, read_pack("XTC", root)), (1, {"cost": 1})), root).doubts == ()


def test_a_text_of_two_lines_moves_no_cell(root, tmp_path):
    file = root / "XTC" / "activities.csv"
    file.write_text(activities(root).replace("Parliament adjourns", '"Parliament\nadjourns"'), encoding="utf-8")
    path = training_plan(tmp_path, read_pack("XTC", root))
    with pytest.raises(PackError, match=rf"1 Plan!{place(path, 'depends_on', 3)}: 'a99'"):
        take(filled(path, (3, {"depends_on": "a99"})), root)
    write_taken(take(filled(path, (3, {"depends_on": "a03"})), root), read_pack("XTC", root), root)
    assert '"Parliament\nadjourns"' in activities(root)  # nobody touched it


def test_a_problem_elsewhere_in_the_pack_keeps_its_place(path, root):
    pack = read_pack("XTC", root)
    returned = came_back(filled(path, (1, {"cost": 1})), pack)
    schemes = root / "XTC" / "schemes.csv"
    schemes.write_text(schemes.read_text(encoding="utf-8").replace("XTC-TRAINING", "NOWHERE", 1), encoding="utf-8")
    with pytest.raises(PackError, match=r"XTC/schemes.csv:\d+ source: 'NOWHERE'"):
        take_plan(returned, pack, root)


def test_the_first_plan_of_a_country_is_taken(root, tmp_path):
    path = written(tmp_path, read_pack("SEN", root), "fr")
    source = read_pack("SEN", root).sources["id"].iat[0]
    row = NEW | {"quality": "hypothèse", "source": source, "measure": "Pension sociale à partir de 65 ans"}
    write_taken(take(filled(path, (0, row)), root, "SEN"), read_pack("SEN", root), root)
    (plan,) = read_pack("SEN", root).activities.to_dict("records")
    assert (plan["id"], plan["measure"], plan["quality"], plan["start"]) == (
        "a01",
        "social_pension",
        "assumed",
        "2027-02",
    )


def test_a_pack_without_the_table_gets_one(root, tmp_path):
    (root / "SEN" / "activities.csv").unlink()
    path = written(tmp_path, read_pack("SEN", root), "fr")
    source = read_pack("SEN", root).sources["id"].iat[0]
    taken = take(filled(path, (0, NEW | {"quality": "assumed", "source": source})), root, "SEN")
    write_taken(taken, read_pack("SEN", root), root)
    assert len(read_pack("SEN", root).activities) == 1


def test_translations_of_a_text_that_changed_are_emptied_and_said(root, tmp_path):
    file = root / "XTC" / "activities.csv"
    head, first, *others = activities(root).splitlines()
    rows = [
        head.replace("id,name,", "id,name,name_fr,"),
        first.replace("a01,Pass the Child Benefit Act,", "a01,Pass the Child Benefit Act,Adopter la loi,"),
    ]
    rows += [_with_empty_third(line) for line in others]
    file.write_text("\n".join([*rows, ""]), encoding="utf-8")
    path = training_plan(tmp_path)
    taken = take(filled(path, (0, {"name": "Pass the law"})), root)
    assert taken.changes[["column", "before", "after"]].values.tolist() == [
        ["name", "Pass the Child Benefit Act", "Pass the law"], ["name_fr", "Adopter la loi", ""],
    ]  # fmt: skip
    write_taken(taken, read_pack("XTC", root), root)
    assert activities(root).splitlines()[1].startswith("a01,Pass the law,,child_benefit,")


def _with_empty_third(line: str) -> str:
    """A row with an empty cell after its name, in which no comma stands."""
    name, words, rest = line.split(",", 2)
    return f"{name},{words},,{rest}"
