"""Income and expenditure of schemes: what a year was, and what the years to come would be."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "payg": "general_average_premium payg_cost_rate scaled_premium".split(),
        "accounts": "without_account year_accounts".split(),
        "balances": ["fund_balances"],
        "illustration": "older_for_working payg_illustration payg_path".split(),
        "tables_accounts": "account_table accounts_table balances_table illustration_table without_account_table".split(),
        "words_accounts": "account_sentence accounts_sentence balances_sentence illustration_sentence main_accounts".split(),
    },
)
