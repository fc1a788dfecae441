"""Lists of chapters: those that ship hold the same chapters in another order, and what is wrong in one's own is named."""

import pytest

from nasssap_lib.display.texts import in_language
from nasssap_lib.document.outline import (
    BY,
    EDITIONS,
    TITLES,
    TO_COLLECT,
    orders,
    outline_text,
    read_outline,
    usual_order,
    with_changes,
)
from nasssap_lib.document.own import OWN
from nasssap_lib.errors import NasssapError


def test_every_order_holds_the_same_material_in_another_order():
    outlines = [read_outline(name) for name in orders()]
    material = [sorted(place for chapter in outline.chapters for place in chapter.material) for outline in outlines]
    assert all(one == material[0] for one in material[1:]) and len(material[0]) > 60
    assert len({tuple(chapter.id for chapter in outline.chapters) for outline in outlines}) >= 4
    assert sorted(outline.options_by for outline in outlines) == sorted(BY)


def test_front_matter_stands_first_and_annexes_last():
    for name in orders():
        flags = [(not chapter.front, chapter.annex) for chapter in read_outline(name).chapters]
        assert flags == sorted(flags)


def test_no_exhibit_stands_twice_and_own_material_is_known():
    places = [place for chapter in read_outline().chapters for place in chapter.material]
    assert len(set(places)) == len(places)
    outlines = [with_changes(read_outline(edition=name)) for name in EDITIONS]
    others = [place for outline in outlines for chapter in outline.chapters for place in chapter.material]
    assert {place.removeprefix("own.") for place in others if place.startswith("own.")} == set(OWN)


def test_titles_and_what_to_collect_are_translated():
    with in_language("fr"):
        from nasssap_lib.display.texts import _

        assert all(_(title) != title for title in TITLES.values() if title != "Sources")
        assert all(_(text) != text for text in TO_COLLECT.values())


def test_a_list_of_ones_own(tmp_path):
    path = tmp_path / "chapters.toml"
    path.write_text(
        'chapters = ["gaps", "mine"]\noptions_by = "group"\n[chapter.mine]\ntitle = "Ours"\nmaterial = ["02.trend"]\n'
    )
    outline = read_outline(str(path))
    assert [chapter.id for chapter in outline.chapters] == ["gaps", "mine"] and outline.options_by == "group"
    assert outline.chapters[1].title == "Ours" and outline.chapters[1].material == ("02.trend",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chapters = []", "chapters.toml: chapters: expected a list of chapters, got none"),
        ('chapters = ["gap"]', "no such chapter 'gap': did you mean 'gaps'"),
        ('chapters = ["gaps", "gaps"]', "gaps stands twice"),
        ('chapters = ["gaps"]\noptions_by = "sex"', "options_by: expected one of guarantee"),
        ('chapters = ["x"]\n[chapter.x]\nmaterial = []', r"\[chapter.x\]: title: expected words"),
        ('chapters = ["x"]\n[chapter.x]\ntitle = "X"\nmaterial = [1]', "material: expected a list of names"),
        (
            'chapters = ["x"]\n[chapter.x]\ntitle = "X"\nmaterail = []',
            "no such key 'materail': did you mean 'material'",
        ),
        ('chapters = ["x"]\n[chapter.x]\ntitle = "X"\nannex = "yes"', "annex: expected true or false"),
        ("chapters = [", "expected TOML in UTF-8"),
        ("chapters = " + "[" * 50_000, "expected TOML in UTF-8"),  # as an edition from elsewhere may hold it
    ],
)
def test_what_is_wrong_is_named(text, words, tmp_path):
    path = tmp_path / "chapters.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NasssapError, match=words):
        read_outline(str(path))


def test_editions_for_other_readers_have_one_order_each():
    for name in EDITIONS:
        outline = read_outline(edition=name)
        assert outline.edition == name and outline.chapters
    with pytest.raises(NasssapError, match="only the strategy has several orders"):
        read_outline("group", "brief")
    with pytest.raises(NasssapError, match="no such edition 'breif'; did you mean 'brief'"):
        read_outline(edition="breif")


def test_no_such_order_and_no_such_file(tmp_path):
    with pytest.raises(NasssapError, match="did you mean 'financing'"):
        read_outline("finance")
    with pytest.raises(NasssapError, match="absent.toml"):
        read_outline(str(tmp_path / "absent.toml"))


def test_the_annex_on_changes_is_added_where_a_list_of_ones_own_has_none(tmp_path):
    path = tmp_path / "chapters.toml"
    path.write_text('chapters = ["vision", "changes"]\n', encoding="utf-8")
    assert [chapter.id for chapter in with_changes(read_outline(str(path))).chapters] == ["vision", "changes"]
    assert [chapter.id for chapter in with_changes(read_outline()).chapters].count("changes") == 1


def test_the_text_of_a_list_of_ones_own_is_told_and_a_list_that_ships_has_none(tmp_path):
    path = tmp_path / "chapters.toml"
    path.write_text('\N{ZERO WIDTH NO-BREAK SPACE}chapters = ["vision"]\n', encoding="utf-8")
    assert outline_text(str(path)) == 'chapters = ["vision"]\n'
    assert [outline_text(name) for name in ("", *orders())] == [""] * (1 + len(orders()))
    with pytest.raises(NasssapError, match=r"--organised-by: none\.toml: No such file"):
        outline_text(str(tmp_path / "none.toml"))
    path.write_bytes(b"\xff")
    with pytest.raises(NasssapError, match="expected TOML in UTF-8"):
        outline_text(str(path))


def test_the_usual_order_is_the_first_one_and_other_editions_have_none():
    assert read_outline(usual_order("strategy")) == read_outline()
    assert {usual_order(name) for name in EDITIONS if name != "strategy"} == {""}
