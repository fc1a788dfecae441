"""What was found in tables is looked for again where one of those changed that were read for it, and nowhere else."""

import pytest
from odd_packs import frames_of
from stories import FIRST, FIRST_THEN_ALL, pack_of

from nasssap_lib.pack import findings
from nasssap_lib.pack.findings import KINDS, all_findings
from nasssap_lib.pack.magnitudes import magnitude_findings
from nasssap_lib.pack.money import money_findings
from nasssap_lib.pack.parts import parts_findings

TODAY = 2026


@pytest.fixture
def looked(monkeypatch):
    """Numbers of the kinds that were looked for, and nothing remembered from before."""
    for country in FIRST:
        pack_of(country)  # reading it looks too
    seen = []

    def noting(number, kind):
        return lambda frames, year: seen.append(number) or kind(frames, year)

    monkeypatch.setattr(findings, "KINDS", tuple(noting(number, kind) for number, kind in enumerate(KINDS)))
    monkeypatch.setattr(findings, "_LOOKS", tuple([] for _ in KINDS))
    return seen


def contents_of(frames, **changed):
    return dict.fromkeys(frames, "as before") | changed


def test_only_what_reads_a_changed_table_is_looked_for_again(looked):
    frames = frames_of("SEN")
    found = list(all_findings(frames, contents_of(frames), TODAY))
    assert list(all_findings(frames, contents_of(frames), TODAY)) == found
    assert looked == [*range(len(KINDS))]
    looked.clear()
    shares = frames["measures"].assign(amount_central=1e6)
    odd = list(all_findings(frames | {"measures": shares}, contents_of(frames, measures="new"), TODAY))
    assert {one.expected.split(" ")[0] for one in odd} - {one.expected.split(" ")[0] for one in found} == {
        "amount_up_to"
    }
    again = [KINDS[number] for number in looked]
    assert len(again) < len(KINDS) and KINDS[0] in again  # the first kind reads every table
    looked.clear()
    assert list(all_findings(frames, contents_of(frames), TODAY)) == found and looked == []


def test_another_year_and_a_table_of_unknown_content_are_looked_at_again(looked):
    frames = frames_of("SEN")
    list(all_findings(frames, contents_of(frames), TODAY))
    list(all_findings(frames, contents_of(frames), TODAY + 1))
    assert len(looked) == 2 * len(KINDS)
    for _ in range(2):
        looked.clear()
        list(all_findings(frames, {}, TODAY))
        assert len(looked) == len(KINDS)


def test_only_so_many_looks_are_remembered(looked, monkeypatch):
    monkeypatch.setattr(findings, "REMEMBERED", 2)
    frames = frames_of("XTC")
    for measures in ("1", "2", "3"):
        list(all_findings(frames, contents_of(frames, measures=measures), TODAY))
    assert max(map(len, findings._LOOKS)) == 2


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_what_is_remembered_is_what_each_kind_finds_by_itself(country, looked):
    frames = frames_of(country)
    odd = frames | {
        "measures": frames["measures"].assign(amount_central=1e6),
        "scheme_figures": frames["scheme_figures"].assign(value=frames["scheme_figures"]["value"] * 1e9),
    }
    alone = {one for kind in (magnitude_findings, money_findings, parts_findings) for one in kind(odd)}
    for contents in (contents_of(frames), contents_of(frames, measures="odd", scheme_figures="odd")):
        found = list(all_findings(frames if contents["measures"] == "as before" else odd, contents, TODAY))
    assert alone and alone <= set(found)
