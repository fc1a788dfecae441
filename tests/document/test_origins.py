"""Where a figure comes from is followed through a notebook: the functions that made it, the tables that they read, the sources cited."""

import ast

from recorded import recorded
from stories import pack_of

from nasssap_lib.document.origins import Origin, Trail, join_origins, rooms_of, statements_of

ROOMS = {"costing": "costing"}


def followed(source: str, read=(), cited=()) -> Origin:
    """The origin of the last statement of a cell."""
    trail, origin = Trail(), Origin()
    for statement in statements_of(source):
        origin = trail.follow(statement, ROOMS, read, cited)
    return origin


def test_an_exhibit_names_what_computed_it_and_what_laid_it_out():
    assert followed("a = costing.bands(pack)\nchapter.show('a', costing.table(a))").functions == (
        "costing.bands",
        "costing.table",
    )
    assert followed("a = costing.bands(pack)\nb = costing.plot(a)\nchapter.show('b', b)").functions == (
        "costing.bands",
        "costing.plot",
    )
    assert followed("chapter.show('a', costing.table(costing.bands(pack)), costing.note(x))").functions == (
        "costing.bands",
        "costing.table",
    )
    assert followed("chapter.say(costing.sentence(other.thing(x)))").functions == ("costing.sentence",)


def test_of_two_names_in_one_statement_each_has_its_own():
    both = "a, b = costing.first(x), costing.second(x)\n"
    assert followed(f"{both}chapter.show('a', costing.table(a))").functions == ("costing.first", "costing.table")
    assert followed("a, b = costing.pair(x)\nchapter.show('b', costing.table(b))").functions == (
        "costing.pair",
        "costing.table",
    )
    assert len(list(statements_of("a, b = costing.f(b), costing.g(a)"))) == 1


def test_what_was_read_and_cited_for_a_name_was_for_all_that_is_made_of_it():
    trail = Trail()
    for source, read, cited in (
        ("a = costing.bands(pack)", {"facts"}, ["ILO"]),
        ("b = costing.more(a)", {"measures", "settings"}, []),
    ):
        (statement,) = statements_of(source)
        trail.follow(statement, ROOMS, read, cited)
    (shown,) = statements_of("chapter.show('b', costing.table(b), costing.note(c))")
    assert trail.follow(shown, ROOMS, {"sources"}, ["WPP"]) == Origin(
        ("costing.more", "costing.table"), ("indicators", "measures"), ("ILO", "WPP")
    )


def test_a_table_of_sources_alone_names_them():
    assert join_origins([Origin((), ("sources",)), Origin()]).tables == ("sources",)


def test_rooms_are_modules_of_the_library():
    from nasssap_lib import costing

    assert rooms_of({"costs": costing, "ast": ast, "pack": 1}) == {"costs": "costing"}


def test_every_exhibit_and_sentence_of_a_notebook_leads_to_functions_and_tables():
    record, pack = recorded("XTC"), pack_of("XTC")
    said = [
        text for exhibit in record.exhibits.values() for text in (*exhibit.said, exhibit.nothing, exhibit.note) if text
    ]
    said += [text for texts in record.after.values() for text in texts]
    said += [finding for findings in record.findings.values() for finding, _sure, _exhibit in findings]
    assert len(said) > 20 and {*record.exhibits, *said} <= set(record.origins)
    assert all(record.origins[key].functions and record.origins[key].tables for key in (*record.exhibits, *said))
    assert all(set(origin.sources) <= set(pack.sources["id"]) for origin in record.origins.values())
    pyramid = record.origins["01.age_pyramid"]
    assert pyramid.functions == ("stocktaking.age_structure", "stocktaking.plot_age_pyramid")
    assert pyramid.tables == ("population",) and pyramid.sources == ("XTC-TRAINING",)
