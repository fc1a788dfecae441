"""Age groups are read where they mean one thing only."""

import pytest

from nasssap_lib.pack.age_groups import age_group, is_date_of_a_spreadsheet
from nasssap_lib.terms import AGE_GROUPS

DATES = {
    "5-9": (
        "05-Sep", "5-Sep", "Sep-05", "09-May", "9-May", "May-09", "05-sept", "sept.-05", "05-sept.", "mai-09", "09-mai", "may-09",
        "05-sep.", "5/9/2025", "09/05/2025", "2025-09-05", "2025-05-09 00:00:00", "05.09.2025", "05-Sep-25", "01/09/2005",
    ),
    "10-14": ("Oct-14", "14-Oct", "oct.-14", "14-oct", "14/10/2025", "10/14/2025", "2014-10-01"),
    "0-4": ("0–4", "0 to 4", "00-04", "'0-4", "0 à 4 ans", "0 a 4 años"),
    "100+": ("100 +", "≥100", "100 and over", "100 ans et plus", "100 años y más", "100 years and over"),
}  # fmt: skip


@pytest.mark.parametrize(("group", "text"), [(group, text) for group, texts in DATES.items() for text in texts])
def test_what_means_one_group_is_it(group, text):
    assert age_group(text, AGE_GROUPS) == group


@pytest.mark.parametrize(
    "text", ["", "80+", "Sep-26", "01-Apr", "5", "total", "0-14", "15-Jan", "2025", "45905.5", "five", "5-9-1"]
)
def test_what_means_none_stays(text):
    assert age_group(text, AGE_GROUPS) == text


def test_words_that_begin_like_a_month_are_no_date():
    assert not any(
        map(is_date_of_a_spreadsheet, ("SETRASS-109-2024", "AOUAGA-2024", "Marché 5", "2027-02", "1.5", "May"))
    )
