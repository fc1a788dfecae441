"""What a pack carries on the income and expenditure of its schemes, in one step: accounts, illustration, projection."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from nasssap_lib.budget.accounts import without_account, year_accounts
from nasssap_lib.budget.illustration import payg_illustration
from nasssap_lib.budget.pension_scheme import PensionProjection, project_pension_schemes, refused_schemes
from nasssap_lib.pack.model import Pack


class Review(NamedTuple):
    """Schemes at three depths; what the figures do not carry is empty, with its reason."""

    accounts: pd.DataFrame  # year_accounts
    without: pd.DataFrame  # without_account
    illustration: pd.DataFrame  # payg_illustration
    projections: list[PensionProjection]  # project_pension_schemes
    refused: dict[str, str]  # refused_schemes

    @property
    def main(self) -> PensionProjection | None:
        """The scheme that pays most in its first projected year; None where none is projected."""
        return max(self.projections, key=lambda one: one.accounts["expenditure"].iloc[0], default=None)


def review_schemes(pack: Pack) -> Review:
    """Accounts of one year, who has none, the illustration of ageing, and the projections of a country.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> found = review_schemes(read_pack("SEN"))
    >>> found.accounts["covers"].unique().tolist(), found.projections
    (['ipres'], [])
    """
    return Review(
        year_accounts(pack),
        without_account(pack),
        payg_illustration(pack),
        project_pension_schemes(pack),
        refused_schemes(pack),
    )
