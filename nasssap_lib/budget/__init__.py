"""Income and expenditure of schemes: what a year was, and what the years to come would be."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "checks": "pension_problems".split(),
        "payg": "general_average_premium payg_cost_rate scaled_premium".split(),
        "accounts": "without_account year_accounts".split(),
        "balances": ["fund_balances"],
        "illustration": "older_for_working payg_illustration payg_path".split(),
        "drivers": ["system_drivers"],
        "system": "project_system system_totals".split(),
        "sheet_valuation": ["write_valuation_form"],
        "valuation_questions": ["valuation_form"],
        "charts_accounts": "plot_account plot_illustration plot_system".split(),
        "tables_system": "system_table totals_table".split(),
        "review": "Review review_schemes".split(),
        "words_answer": ["budget_answer"],
        "words_system": ["system_sentence"],
        "tables_accounts": "account_table accounts_table balances_table illustration_table without_account_table".split(),
        "words_accounts": "account_sentence accounts_sentence balances_sentence illustration_sentence main_accounts".split(),
        "pension_debt": ["implicit_debt"],
        "pension_scheme": "PensionProjection project_pension_scheme project_pension_schemes refused_schemes valued_schemes".split(),
        "charts_pensions": "plot_payg_rate plot_pension_accounts plot_pension_fund".split(),
        "tables_pensions": "debt_table pension_table typical_table".split(),
        "words_pensions": "debt_sentence pension_sentence pensions_answer typical_sentence untold_rules_note".split(),
        "typical_person": ["typical_persons"],
    },
)
