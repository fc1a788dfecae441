"""Messages on the terminal: the first fifty problems, and how many more there are."""

import pytest
from command_line import call

from nasssap_lib.commands.messages import shortened


@pytest.mark.parametrize(
    ("problems", "lines", "last"),
    [(0, 0, ""), (1, 1, "line 1"), (50, 50, "line 50"), (51, 51, "… and 1 more"), (999, 51, "… and 949 more")],
)
def test_what_is_longer_is_cut_and_the_rest_counted(problems, lines, last):
    told = shortened("\n".join(f"line {number}" for number in range(1, problems + 1))).splitlines()
    assert len(told) == lines
    assert (told[-1] if told else "") == last


def test_a_pack_with_hundreds_of_problems_names_fifty_and_counts_the_rest(packs):
    path = packs / "SEN" / "population.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    spoiled = [row.replace(",female,", ",woman,").replace(",male,", ",man,") for row in rows]
    path.write_text("\n".join([header, *spoiled]) + "\n", encoding="utf-8")
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    assert result.output.count("population.csv:") <= 50 < len(rows)
    assert "… and " in result.output and " more" in result.output
