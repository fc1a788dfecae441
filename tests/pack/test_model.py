"""A pack in memory: which edition and year of a figure is used."""

from nasssap_lib.pack.reader import read_pack


def test_the_newest_edition_is_used_and_editions_are_never_chained(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.latest("effective_coverage", "at_least_one")["value"].tolist() == [25]
    assert pack.latest("effective_coverage", "at_least_one", year=2021)["value"].tolist() == [14.5]
    assert pack.latest("effective_coverage", "at_least_one", year=2017).empty
    assert pack.series("effective_coverage", "at_least_one")["year"].tolist() == [2018, 2022]
