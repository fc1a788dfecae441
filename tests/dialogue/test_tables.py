"""Tables of a dialogue as a reader sees them: what was said, how it was stated, and nothing for a country without one."""

import pandas as pd
from stories import pack_of

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue.positions import (
    assess_positions,
    find_compromise,
    group_weights,
    points_to_discuss,
    summarise_support,
)
from nasssap_lib.dialogue.tables import (
    burden_table,
    compromise_table,
    discussion_table,
    form_table,
    positions_table,
    reasons_table,
    weights_table,
)
from nasssap_lib.dialogue.words import compromise_sentence, dialogue_sentence, discussion_sentence
from nasssap_lib.display.tables import to_html
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix

ORDER = pd.DataFrame({"criterion": ["cost", "equity"]})
SAID = pd.DataFrame({
    "stakeholder": ["u", "u", "e", "e"], "name": ["Unions", "Unions", "<b>Employers</b>", "<b>Employers</b>"], "about": "weight",
    "item": ["cost", "equity"] * 2, "value": [25.0, 75.0, 66.7, 33.3],
    "reason": ["", "", *['from_pairs {"ratio": "0.04"}'] * 2], "quality": "observed", "source": "S",
})  # fmt: skip


def test_weights_say_how_they_were_stated_and_names_are_data():
    table = weights_table(group_weights(SAID, ORDER))
    page = to_html(table)
    assert "consistency ratio 0.04" in page and "points" in page
    assert "&lt;b&gt;Employers&lt;/b&gt;" in page and "<b>" not in page
    assert table.rows["label"].tolist() == ["Cost, % of GDP", "Reach of the poorest fifth", "How it was stated"]
    assert "25\N{NO-BREAK SPACE}%" in page


def views(country):
    pack = pack_of(country)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    return pack, options, criteria, assess_positions(criteria_matrix(criteria), pack.stakeholders, options)


def test_a_country_without_a_dialogue_shows_what_would_be_asked():
    pack, options, criteria, groups = views("SEN")
    form = form_table(groups, criteria, options)
    assert len(form.rows) == 3
    assert all(name in form.rows["about"].iat[1] for name in options["name"])
    nothing = (
        weights_table(group_weights(pack.stakeholders, criteria)), reasons_table(groups), positions_table(groups),
        compromise_table(find_compromise(groups)), burden_table(groups), discussion_table(points_to_discuss(groups)),
    )  # fmt: skip
    assert nothing == (None,) * 6
    words = dialogue_sentence(groups, summarise_support(groups), pack.judgements)
    assert "nobody's view is invented" in words
    assert compromise_sentence(find_compromise(groups)).startswith("n/a")
    assert discussion_sentence(points_to_discuss(groups), groups).startswith("n/a")


def test_the_training_country_shows_all_of_it_and_marks_it():
    pack, options, criteria, groups = views("XTC")
    assert form_table(groups, criteria, options) is None
    reasons = to_html(reasons_table(groups))
    assert "Women have nothing to save" in reasons and "illustration" in reasons
    compromise = compromise_table(find_compromise(groups))
    waiting = compromise.rows.set_index("option").loc["works_on_demand"]
    assert waiting["between"] == "n/a" and waiting["reason"] != ""
    support = summarise_support(groups)
    words = dialogue_sentence(groups, support, pack.judgements)
    assert words.startswith("6 groups took part.")
    assert "Nobody opposes “Subsidised membership in community mutuals” and “Maternity grant" in words


def test_two_orders_that_differ_are_both_named():
    """Three groups put a first and one puts it last of four: the median says a, Borda's points b."""
    ranks = {"a": [1, 1, 1, 4, 4], "b": [2, 2, 2, 1, 1], "c": [3, 3, 3, 2, 2], "d": [4, 4, 4, 3, 3]}
    rows = [(f"g{n}", option, rank) for option, given in ranks.items() for n, rank in enumerate(given)]
    groups = pd.DataFrame(rows, columns=["stakeholder", "option", "rank"])
    groups = groups.assign(
        group=groups["stakeholder"], name=groups["option"].str.upper(), influence=0.5, position=1.0, source="S"
    )
    words = compromise_sentence(find_compromise(groups))
    assert (
        "By the median “A” comes first: half of the groups or more rank it 1 or better; by Borda's points “B” comes first"
        in words
    )
