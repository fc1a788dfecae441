"""Contradictions that published figures show by themselves, and what counts as a jump."""

import pytest
from small_pack import write_small_pack
from stories import ALL, REAL, one, pack_of

from nasssap_lib.display.texts import in_language, reason_words
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import reason
from nasssap_lib.stocktaking.consistency import contradictions, is_jump


def test_tanzania_at_least_one_was_revised_from_4_to_14_percent():
    # SDG 1.3.1 for 2019: 4.0 % in the workbook of the UN (2023), 14.0 % in the edition of October 2025
    row = one(contradictions(pack_of("TZA")), kind="revised", subject="at_least_one")
    assert (row["first"], row["second"], row["years"]) == (4.0, 14.0, "2019")
    assert set(row["source"].split(";")) == {"UNSD_GOAL1_202310", "OWID_SDG131_202510"}
    assert "newer edition" in reason_words(row["what_to_do"])


def test_sri_lanka_poor_jump_to_100_percent():
    row = one(contradictions(pack_of("LKA")), kind="jump", subject="poor")
    assert (row["first"], row["second"], row["years"]) == (51.5, 100.0, "2016, 2018")
    assert "do not draw 100 %" in reason_words(row["what_to_do"])


def test_burkina_faso_surveys_18_to_43_percent():
    # ASPIRE, all programmes, one edition: 18.40 % in 2018, 42.93 % in 2021
    found = contradictions(pack_of("BFA"))
    all_programmes = reason("indicator", name="Coverage of all social protection programmes (ASPIRE)")
    row = one(found, kind="jump", years="2018, 2021", figure=all_programmes)
    assert (round(row["first"]), round(row["second"])) == (18, 43)
    # and 2018 itself: 54.9 % in the UN's workbook, 15.3 % in the newer edition
    revised = one(found, kind="revised", figure=reason("indicator", name="Coverage of social assistance (ASPIRE)"))
    assert (round(revised["first"], 1), round(revised["second"], 1)) == (54.9, 15.3)


def test_a_jump_is_told_as_the_reader_writes_numbers():
    """Honduras, national line: 48.0 % in 2019 and 73.6 % in 2021; persons with severe disabilities: 15.4 % in 2016, 3.5 % in 2020."""
    found = contradictions(pack_of("HND"))
    poverty = one(found, kind="jump", years="2019, 2021")
    assert reason_words(poverty["explanation"]) == "25.6 points more in 2 years of one edition"
    with in_language("es"):
        assert reason_words(poverty["figure"]).endswith("línea nacional")
        assert reason_words(poverty["explanation"]) == "25,6 puntos más en 2 años de una misma edición"
        fallen = one(found, kind="jump", subject="severe_disability")
        assert reason_words(fallen["explanation"]).startswith("11,9 puntos menos en 4 años")


def test_rwanda_older_persons_fall_and_two_poverty_lines():
    found = contradictions(pack_of("RWA"))
    jump = one(found, kind="jump", subject="older_persons")
    assert (jump["first"], jump["second"], jump["years"]) == (6.5, 3.1, "2017, 2020")
    # 1.7296 international dollars of 2017 × 293.704956 × 365 = 185,417; × consumer prices 175.348 ÷ 114.301 = 284,447
    line = one(found, kind="poverty_line", figure="poverty_line_derived")
    assert line["first"] == 560_127
    assert line["second"] == pytest.approx(1.7296 * 293.704956054688 * 365 * 175.348 / 114.301, rel=1e-6)
    assert line["second"] == pytest.approx(284_447, abs=1)
    assert line["quality"] == "estimated"
    # the line of extreme poverty of the same survey
    assert one(found, kind="poverty_line", figure="poverty_lines")["second"] == 356_432


def test_sri_lanka_more_covered_for_injury_than_employees():
    # 58.0 % of the employed are counted as covered; employees are 57.45 % of the employed (ILO-modelled, 2020): 101.0 %
    row = one(contradictions(pack_of("LKA")), kind="above_employees")
    wage = one(pack_of("LKA").series("wage_and_salaried_share"), year=2020)["value"]
    assert row["first"] / row["second"] == pytest.approx(58.0 / wage)
    assert round(row["first"] / row["second"] * 100) == 101
    others = [country for country in REAL if country != "LKA"]
    assert all("above_employees" not in set(contradictions(pack_of(country))["kind"]) for country in others)


def test_three_counts_of_ipres_contributors():
    row = one(contradictions(pack_of("SEN")), kind="competing")
    assert {row["first"], row["second"]} == {567_103, 430_436}
    assert "577,171 for 2024" in reason_words(row["explanation"])


def test_zambia_s_rates_that_its_register_contradicts():
    found = contradictions(pack_of("ZMB")).query("kind == 'outgrown'")
    assert found["subject"].tolist() == ["surveys", "vulnerable", "vulnerable", "poor", "children"]
    # registers in the year of each rate: the cash transfer of 2015, 2020, 2016 and 2016, and the food security pack of 2020
    cash = [[count, 1_300_000] for count in (180_261, 700_000, 242_000, 242_000)]
    assert found[["first", "second"]].values.tolist() == [cash[0], [80_000, 499_000], *cash[1:]]
    told = reason_words(found["explanation"].iat[0])
    assert told.startswith("observed: 1.46 %; SCT reached 180,261 in 2015") and "more than" in told


def test_senegal_s_printed_total_is_not_the_sum_of_its_printed_parts():
    # (253.5 + 192.2) ÷ 15,287.932 = 2.92 % of GDP, printed 2.5
    row = one(contradictions(pack_of("SEN")), kind="parts")
    assert row["first"] == 2.5
    assert row["second"] == pytest.approx(2.915, abs=0.001)
    assert row["source"] == "CICODEV_APA;WEO-2025-10"
    assert "253.5 + 192.2" in reason_words(row["explanation"]) and "2.92 %" in reason_words(row["explanation"])
    with in_language("fr"):
        assert "253,5 + 192,2" in reason_words(row["explanation"])
    # the training country prints 2.81 % and parts of 5.348 + 35.094 ÷ 1,438.925 = 2.81 %
    assert all("parts" not in set(contradictions(pack_of(country))["kind"]) for country in ALL if country != "SEN")


@pytest.mark.parametrize(
    ("before", "after", "years", "jumps"),
    [
        (10, 12, 1, False),
        (1, 3, 1, False),
        (1, 4, 5, True),
        (10, 30, 5, True),
        (10, 30, 6, False),
        (40, 21, 2, False),
        (0, 3, 1, True),
    ],
)
def test_what_counts_as_a_jump(before, after, years, jumps):
    assert is_jump(before, after, years) is jumps


def test_one_edition_alone_contradicts_nothing(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    assert contradictions(pack).columns.tolist() == [
        "kind", "subject", "figure", "first", "second", "unit", "years", "explanation", "what_to_do", "quality", "source",
    ]  # fmt: skip
    assert "competing" not in set(contradictions(pack)["kind"])


@pytest.mark.parametrize("country", ALL)
def test_every_contradiction_says_what_to_do(country):
    found = contradictions(pack_of(country))
    assert set(found["kind"]) <= {
        "revised", "jump", "above_employees", "competing", "outgrown", "parts", "poverty_line", "zero_though_listed", "marked",
        "odd",
    }  # fmt: skip
    for column in ("subject", "figure", "explanation", "what_to_do", "source", "quality"):
        assert (found[column] != "").all(), column
    assert found["first"].notna().all()
