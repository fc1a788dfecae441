"""Tables of the review: every text through the catalogue or the pack, n/a kept, results without words."""

import pytest
from pseudo_language import texts_of_table, untranslated
from stories import drawn_first, pack_of

from nasssap_lib import schemes
from nasssap_lib.display.texts import PSEUDO, in_language
from nasssap_lib.schemes import tables_sper


def tables_of(pack) -> dict[str, object]:
    """Every table of the review, by its function."""
    spending, currency = schemes.scheme_spending(pack), pack.settings.currency
    ratios = schemes.sper_ratios(pack)
    made = {
        "ratios_table": [ratios, currency], "ratio_details_table": [ratios, currency],
        "money_table": [schemes.money_lines(pack), spending, currency],
        "groups_table": [schemes.spending_by_group(schemes.spending_accounts(spending, schemes.money_lines(pack)))],
        "yardsticks_table": [schemes.benefit_yardsticks(pack)],
        "beside_table": [schemes.money_beside(pack)],
    }  # fmt: skip
    return {name: getattr(tables_sper, name)(*args) for name, args in made.items()}


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "MLI", "HND"))
def test_every_text_of_the_review_is_of_the_catalogue_or_of_the_pack(country):
    pack = pack_of(country)
    with in_language(PSEUDO):
        texts = [text for table in tables_of(pack).values() for text in texts_of_table(table)]
        assert untranslated(texts, pack) == []


def test_an_account_of_several_schemes_names_them_all():
    shown = tables_of(pack_of("MLI"))["ratios_table"].rows
    row = shown[shown["accounts"] == "INPS AT, INPS famille, INPS pension"].iloc[0]
    assert "93.6\u00a0% (2021)" in set(row)


def test_an_account_names_schemes_that_have_no_line_of_their_own():
    shown = tables_of(pack_of("RWA"))["money_table"].rows
    assert "RSSB injury, RSSB medical, RSSB pension" in set(shown["account"])
    assert not shown["account"].str.contains("_").any()


def test_rows_of_nothing_are_not_shown_and_stay_in_the_results():
    table = tables_of(pack_of("RWA"))["groups_table"]
    assert len(table.rows) == 0 < len(table.data) and table.data["share"].isna().all()


def test_a_budget_is_called_one_and_a_missing_ratio_stays_visible():
    shown = tables_of(pack_of("TZA"))["ratios_table"].rows.set_index("accounts")
    assert "9.2 years (2023, budget)" in set(shown.loc["NSSF"])
    assert "n/a" in set(shown.loc["PSSSF"])
    made = tables_of(pack_of("SEN"))["ratio_details_table"].rows
    lacking = made[(made["ratio"] == "administration_share") & (made["scheme"] == "ipres")].iloc[0]
    assert lacking["words"] == "n/a" and "Administration cost" in lacking["remark"]


def test_a_ratio_that_stands_for_another_one_says_of_what_it_is():
    """Of Sri Lanka's EPF only refunds and contributions were published: no expenditure, and no income."""
    shown = tables_of(pack_of("LKA"))["ratios_table"].rows.set_index("accounts").loc["EPF"]
    assert "63.7\u00a0% (2010, benefits ÷ contributions)" in set(shown)
    assert "0.53\u00a0% (2010, benefits alone)" in set(shown)


def test_reading_the_tables_changes_no_result():
    pack = pack_of("SEN")
    before = schemes.sper_ratios(pack)
    tables_of(pack)
    assert before.equals(schemes.sper_ratios(pack))


def test_accounts_of_several_schemes_stand_below_the_groups():
    shown = tables_of(pack_of("HND"))["groups_table"].rows
    account = shown[shown["group_words"] == "IHSS EM and IHSS IVM together"]
    assert account["share_of_gdp"].tolist() == ["1.54\u00a0%", "1.99\u00a0%"] and account["counted"].eq("").all()
    assert account["which"].str.contains("in no sum").all()


def test_small_amounts_are_written_in_millions_and_not_as_nothing():
    words = tables_of(pack_of("BFA"))["beside_table"].rows.set_index("what")["words"]
    assert words["aid_social_protection"].endswith("million US dollars")
    made = tables_of(pack_of("HND"))["ratio_details_table"].rows
    row = made[(made["ratio"] == "expenditure_gdp") & (made["scheme"] == "alimentacion")].iloc[0]
    assert row["made_of"] == "Expenditure 1.02 billion (2023) · GDP 845.2 billion (2023)"
