"""Text of a CSV file as cells with their lines; what is no UTF-8 or no table is named with its line."""

from pathlib import Path

from small_pack import edit, problems

from nasssap_lib.pack.reader import read_pack


def test_bytes_that_are_not_utf8_are_named_with_their_line(pack_folder):
    path = pack_folder / "schemes.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Caisse", "Caisse générale").encode("latin-1"))
    found = problems(pack_folder)
    assert [(problem.file, problem.row) for problem in found] == [("XTS/schemes.csv", 2)]
    assert "UTF-8" in found[0].expected


def test_lines_are_those_of_the_file_also_after_a_cell_with_a_line_break(pack_folder):
    edit(pack_folder / "indicators.csv", "observed,OLD,\n", 'observed,OLD,"two\nlines"\n')
    edit(pack_folder / "indicators.csv", "50,thousand_persons", "fifty,thousand_persons")
    assert [problem.row for problem in problems(pack_folder)] == [9]


def test_a_file_with_semicolons_is_explained(pack_folder):
    path = pack_folder / "population.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert "commas" in problem.expected


def test_a_file_of_a_spreadsheet_with_a_byte_order_mark_is_read(pack_folder):
    path = pack_folder / "schemes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_pack("XTS", pack_folder.parent).schemes) == 1


def test_a_table_that_the_system_does_not_let_us_read_is_named_beside_all_other_problems(pack_folder, monkeypatch):
    """Root may read everything: the refusal is played."""
    read = Path.read_bytes

    def refused(path):
        if path.name == "schemes.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    edit(pack_folder / "indicators.csv", "50,thousand_persons", "fifty,thousand_persons")
    monkeypatch.setattr(Path, "read_bytes", refused)
    named = {problem.file: problem.expected for problem in problems(pack_folder)}
    assert named["XTS/schemes.csv"] == "a file that can be read" and "XTS/indicators.csv" in named
