"""Options drafted from a country's inventory: the shipped ones to the byte, and no scheme for the same people is passed over."""

from pathlib import Path

import pytest
from stories import REAL, pack_of

from nasssap_lib.pack import schema
from tools.draft_measures import _measure, _pointless, draft_measures, read_rows, write_rows

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("country", REAL)
def test_an_option_names_every_scheme_for_the_same_people_and_risk(country):
    """Schemes of its branch that already serve people outside formal employment, or that informal workers may join."""
    drafted = {row["id"]: row["branch"] for row in read_rows(PROJECT / "tools" / "mapping" / "measures.csv")}
    active = pack_of(country).schemes.query("status == 'active'")
    for measure in pack_of(country).measures.to_dict("records"):
        extension = measure["id"] in ("informal_pension", "injury_extension")
        people = active["population_category"] + ";" + (active["voluntary_for"] if extension else "")
        who = {"informal"} if extension else {"informal", "poor_households", "residents"}
        of_branch = active["branches"].str.split(";").map(lambda names, b=drafted[measure["id"]]: b in names)
        same = active[of_branch & people.str.split(";").map(lambda names, who=who: bool(who & set(names)))]
        for scheme in same.to_dict("records"):
            named = scheme["id"] in measure["related_scheme"].split(";")
            assert named or scheme["short_name"].lower() in measure["note"].lower(), (measure["id"], scheme["id"])


def test_drafts_from_an_inventory_that_was_made_up():
    scheme = {
        "status": "active",
        "population_category": "residents",
        "voluntary_for": "",
        "institution": "",
        "type": "universal",
    }
    mapping = {row["id"]: row for row in read_rows(PROJECT / "tools" / "mapping" / "measures.csv")}
    care = [scheme | {"id": "care", "short_name": "Care", "branches": "medical_care"}]
    assert _pointless(mapping["health_insurance"], care)
    assert not _pointless(mapping["health_insurance"], [care[0] | {"type": "fee_waiver"}])
    assert not _pointless(mapping["informal_pension"], care)
    savers = scheme | {"branches": "old_age", "population_category": "informal"}
    fund = savers | {"id": "fund", "short_name": "Fund", "type": "voluntary"}
    fishers = savers | {"id": "fishers", "short_name": "Fishers", "type": "community"}
    drafted = _measure(mapping["informal_pension"], [fund, fishers], {})
    assert (drafted["related_scheme"], drafted["relation"]) == ("fund", "build_on")
    assert "Fishers serves the same people and risk: do not crowd it out." in drafted["note"]
    alone = _measure(mapping["informal_pension"], [fishers], {})
    assert (alone["related_scheme"], alone["relation"]) == ("fishers", "crowding_out")


# What people changed in the drafts because the inventory says more than the tool reads: option → columns; None: taken out
BY_HAND = {
    # an option that coordinates with a scheme is run by whoever runs it
    "HND": dict.fromkeys(["disability_benefit", "social_pension", "cash_transfer"], {"institution"}),
    # the low end of take-up lay below the 49.4 % whom the register of 2024 counts already
    "ZMB": dict.fromkeys(["disability_benefit", "social_pension"], {"institution"})
    | {"cash_transfer": {"take_up_low", "note"}, "child_benefit": {"note"}},
    # half of the premium that the register prints, and the whole of it
    "SEN": {"health_insurance": {"amount_low", "amount_central", "amount_high", "source", "note"}},
    # the premium of the improved CHF, a person's or a household's
    "TZA": {"health_insurance": {"amount_low", "amount_central", "amount_high", "source", "note"}},
    # public care is free for all: insurance would offer what exists
    "LKA": {"health_insurance": None},
    # 85 % are insured and 2.7 million save: only those who are left are offered something
    "RWA": dict.fromkeys(["disability_benefit", "social_pension"], {"institution"})
    | {
        "health_insurance": {
            "name",
            "name_fr",
            "name_es",
            "amount_low",
            "amount_central",
            "amount_high",
            "source",
            "note",
        },
        # wages as the programme pays them
        "public_works": {"amount_low", "amount_central", "amount_high", "source", "note"},
        "informal_pension": {"name", "name_fr", "name_es", "group", "note"},
    },
}


@pytest.mark.parametrize("country", REAL)
def test_the_tool_drafts_the_shipped_options_but_for_what_people_changed(country, tmp_path):
    rows = draft_measures(PROJECT / "data" / "raw" / country)
    write_rows(tmp_path / "measures.csv", schema.MEASURES.header(rows[0]), rows)
    drafted, shipped = tmp_path / "measures.csv", PROJECT / "data" / "raw" / country / "measures.csv"
    by_hand = BY_HAND.get(country, {})
    before = {row["id"]: row for row in read_rows(drafted)}
    further = [name for name in read_rows(shipped)[0] if name not in rows[0]]
    assert all(name.endswith(("_fr", "_es")) for name in further)  # translations are people's work
    now = {row["id"]: {name: row[name] for name in row if name not in further} for row in read_rows(shipped)}
    assert list(now) == [option for option in before if by_hand.get(option, ()) is not None]
    changed = {
        option: {name for name, value in row.items() if value != before[option][name]} for option, row in now.items()
    }
    assert {option: names for option, names in changed.items() if names} == {
        option: names for option, names in by_hand.items() if names is not None
    }
