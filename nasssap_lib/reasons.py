"""Why a value is missing, by which rule one was counted, and what must be known of it: codes with values, words beside them.

A cell of a result table holds codes, never a sentence, so that results are the same in every language and no code has to match
words: ``no_rate``, or ``population_from_age {"age": 60}``, or several with "; " between them. ``display.texts.reason_words``
makes a sentence of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from string import Formatter

# One section a room. The words are what the catalogues translate; {name} is where a value goes.
REASONS = {
    # --- pack
    "spending_explained": "a year for which scheme_figures.csv holds such spending of {scheme}",
    "explain_published": "write the figure of that year, or mend scheme, kind and year",
    "payments_above_0": "more than 0 payments, or nothing for those of a whole year",
    "mend_payments": "count the payments that the spending covers",
    "explained_difference": "an explanation: the model makes {percent} % of what was published for {year}",
    "write_explanation": "write in outturns.csv what a source tells of it, or that none of those read does",
    "excel_workbook": "an Excel workbook (.xlsx)",
    "open_workbook": "an open workbook (.xlsx), not one with a password and not an old .xls",
    "not_strict": "an Excel Workbook, not a Strict Open XML one",
    "no_macros": "a workbook without macros",
    "not_empty": "a file that holds something; this one is empty",
    "copy_again": "copy it again, or ask for it again",
    "sound_workbook": "a workbook that can be read; this one is broken",
    "readable_file": "a file that can be read",
    "file_up_to": "a file of at most {most} MB",
    "unfolds_up_to": "a workbook whose texts and formats unfold to at most {most} MB",
    "sheets_unfold_up_to": "sheets that unfold to at most {most} MB",
    "sheets_up_to": "at most {most} sheets",
    "rows_up_to": "nothing below row {most}",
    "columns_up_to": "at most {most} columns",
    "letters_up_to": "at most {most} letters",
    "value_not_formula": "a value, not a formula",
    "value_not_error": "a value, not an error",
    "no_links": "a workbook that needs no other one",
    "save_as_xlsx": "in Excel: Save as, Excel Workbook (.xlsx)",
    "open_and_save_as": "open it in the program that wrote it, and save it as Excel Workbook (.xlsx)",
    "save_without_password": "save it without a password, as Excel Workbook (.xlsx)",
    "save_again": "save it again in Excel",
    "take_out_pictures": "take out pictures and formats that are not needed",
    "clear_below": "delete the rows below each table and the columns beside it: they are formatted and empty",
    "delete_sheets": "delete those that are not needed",
    "split_workbook": "delete what is not needed, or split the workbook",
    "paste_values": "copy the cell, then Paste special, Values",
    "mend_or_empty": "mend what it was computed from, or empty the cell",
    "break_links": "in Excel: Data, Edit links, Break link",
    "shorten": "shorten it",
    "year_up_to": "a year up to {year}",
    "mend_year": "mend the year",
    "observed_up_to": "a year up to {year}: what was observed cannot be newer than its source, nor than today",
    "estimate_or_mend_year": "mend the year, or write 'estimated' as its quality",
    "planned_or_mend_date": "mend the date, or write 'planned' as its status",
    "number_with_18_digits": "a number with fewer than 18 digits",
    "cells_run_together": "were two cells run together? Copy the figure again",
    "whole_persons": "whole persons",
    "persons_not_thousands": "persons are counted one by one: multiply thousands by 1,000",
    "population_of_year": "age groups that come to about {stated} million persons, as other figures of that year tell; they come to {sum}",
    "above_0": "more than 0",
    "no_option": "an option that pays nothing closes no gap: take its row out",
    "less_than_1": "less than 1",
    "gross_share": "it is a share of benefits and administration together: nothing would be left for benefits",
    "leave_out_or_mend": "leave the row out where nothing was published",
    "boys_and_old_women": "more boys than girls at ages 0 to 4, and more women than men from 80 on",
    "are_sexes_swapped": "are women and men swapped?",
    "rates_not_shares": "percentages of earnings; no rate in the country's data is above 0.35",
    "predecessor_ends_first": "a start after the end of {activity}, {end}, on which it depends",
    "mend_dates_of_plan": "move the one or the other, or take the dependence away",
    "persons_above_0": "at least one person in the year",
    "rate_up_to_100": "a percentage from 0 to 100",
    "not_negative": "at least 0",
    "lost_point": "is a decimal point lost, or a cell of another line?",
    "about_as_beside": "about {value}, as in the years beside it; it is {factor} times off",
    "percent_not_share": "a percentage from 0 to 100; no value of this indicator is above 1",
    "seldom_below_1": "a percentage from 0 to 100, which in few countries is below 1",
    "figures_of_another": "figures of {country}; most of this file are those of {other}",
    "which_is_copied": "which of the two packs is copied? Fill it with its own figures",
    "mend_unit": (
        "look at its unit: a share for a percentage, thousands for persons, millions for billions? Or say 'as published' in its note"
    ),
    "one_population": "the population of one publisher; {first} and {second} have the same edition rank, and would be chained",
    "rank_editions": "in sources.csv give the one to be used the higher edition_rank",
    "population_moves": "a population that moves slowly; here it changes by {percent} % a year",
    "ask_population": "is a year of another source, or of another unit? Or say 'as published' in its note",
    "about_as_other_years": "about as many as in the other years of this age group",
    "sexes_alike": "about as many women as men of this age",
    "births_up_to": "at most {most} thousand births, of the women aged 15 to 49 of that year",
    "births_or_women": "births are in thousands, persons one by one: which of the two is wrong?",
    "same_as": "{first} to agree with {others}; it is {factor} times off",
    "mend_one_of_them": "look at both figures and their units",
    "people_up_to": "at most {most}, the whole population of that year",
    "money_up_to": "at most {most} billion, the whole GDP of that year",
    "a_fiscal_year": "a fiscal year of two calendar years that follow each other, such as FY2022/23, of which {year} is one",
    "its_own_scheme_too": "the scheme of the row among those that its account is of",
    "add_the_scheme": "name it too, or leave the cell empty where the figure is of its scheme alone",
    "part_of_money": "at most {most}, the figure of that year of which it is a part",
    "income_of_parts": "at least {least} billion, contributions and income from investment of that year together",
    "mend_part_or_whole": (
        "which of the two is wrong, or of something else? Say 'as published' in its note where the sources contradict each other"
    ),
    "reserves_up_to": "at most {most} billion, three times the GDP of that year",
    "as_other_money": "about as large as other money of the scheme in that year; it is {factor} times off",
    "more_of_gdp": "more than a millionth of the GDP of that year",
    "amount_up_to": "at most {most}",
    "mend_amount": "a benefit far above what people live on: is its basis the right one?",
    "in_proportion": "{least} to {most} times {other} of a year, as in other countries; it is {ratio} times that",
    "spent_up_to": "at most {most} % of GDP, more than which hardly a country spends; it is {percent} %",
    "as_current_nearby": "GDP at constant prices that is near that at current prices in some year; it is {factor} times off in all",
    "median_of_mean": "a median somewhat below the mean of the same survey, {mean}",
    "lived_on": "a mean of {least} to {most} international dollars per person per day",
    "dollars_a_day": "is it a day, a month or a year; national currency or international dollars? Empty: not published",
    "a_vintage": "a year in which prices were compared between countries: {years}",
    "unit_of_people": "a unit of people: persons, households, families",
    "unit_of_money": "a unit of money, or a percentage",
    "unit_of_rate": "percent_of_earnings, or money",
    "counted_as_unit": "what the unit counts",
    "mend_measure_or_unit": "is it another measure, or another unit?",
    "not_also": "other categories than those of {column}",
    "mend_one_of_lists": "whom the law names and whom it excludes are different people: look at both lists, say parts in who_by_law",
    "scheme_of_relation": "the scheme to which the relation leads",
    "serves_such_people": "a scheme, for these serve such people in the branch of the option: {schemes}",
    "name_scheme_or_say_why": "write its id, and in relation how the option stands to it; or name it in the note and say why not",
    "relation_to_scheme": "how it stands to the scheme that is named",
    "name_or_empty": "fill both cells, or empty both",
    "ages_of_group": "ages at which people are counted in the group: {group}",
    "mend_ages": "is it another group, or are the ages those of another option?",
    "mend_own_payment": "is it in the unit of the amount? Who pays more than the low amount has no benefit",
    "nobody_of_target": "a share of those who are paid: nobody of the target population would be among them",
    "mothers_are_women": "female",
    "mend_group_or_sex": "is it another group?",
    "nothing_before_start": "0 before its start, {start}: nothing can be done of what has not begun",
    "mend_progress_or_dates": "mend the progress, its date, or the start",
    "target_above": "at least {baseline}, its value of {year}: a target below its baseline plans to lose what there is",
    "target_below": "at most {baseline}, its value of {year}: a target above its baseline plans for worse",
    "mend_target": "mend the target, its unit or its group",
    "planned_from": "a year from {year} on: what is planned lies ahead",
    "planned_up_to": "a year up to {year}, for which somebody plans",
    "yield_of_gdp": "a yield in % of GDP a year, as in 0.5",
    "yield_up_to": "at most {most} % of GDP a year",
    "option_or_scheme": "ids of measures.csv or schemes.csv",
    "end_of_stock": "the last year of the span: what comes once, or a headroom, is divided by its years",
    "give_end_of_stock": "without an end it would be spent for ever",
    "money_not_netted": "money that no option's cost is net of",
    "netted_already": "it counts itself: an option replaces the scheme, so that its spending is taken off the cost already",
    "no_circle_of_money": "money that comes from elsewhere than from what it pays for",
    "take_away_one_of": "it counts itself; take one of these away: {names}",
    "stock_has_a_name": "the name of the stock",
    "name_stock": "name it in draws_on, or leave its size out",
    "one_size_of_stock": "one size of the stock in all rows that draw on it",
    "same_size_in_all": "write the same size in each of them, or in none",
    "takes_up_to_stock": "at most the {most} % of GDP that the stock holds; all that draw on it take up to {taken} % in all their years",
    "lower_or_end_earlier": "spent twice: lower a yield, end earlier, or take a row out",
    "yield_before_the_end": "no year after the end of what it draws on",
    "end_with_source": "end it with the proposal or scheme that it draws on",
    "pays_for_contributors": "what pays for those who contribute",
    "take_other_money": "contributions are counted for others: take other money for what taxes pay",
    "says_what_fund_pays": "what the fund's money pays for",
    "name_what_it_pays": "it belongs to those who contributed: name the option or scheme that it pays for",
    "score_of_scale": "a score of a scale that people use, such as 0 to 1, 1 to 5 or 0 to 100",
    "one_scale": "scores of one scale for one criterion; others of it are above 10",
    "is_it": "a name of its own, or {name}",
    "same_or_other_name": "write it as it stands there, or take a name that is not so near",
    "known_judge": "a group of stakeholders.csv, or an expert",
    "name_judge": "write the group as it stands there; ids of experts begin with expert",
    "judged_for_all": "a judgement of each option on this criterion",
    "judge_the_others": "without them the others are not ranked by it: ask for the rest",
    "between_sexes": "a figure between that of women, {women}, and that of men, {men}",
    "sum_of_sexes": "the sum of women, {women}, and men, {men}",
    "ask_parts_of_it": "look at the three figures, or ask their publisher",
    "sum_of_100": "shares that come to 100 %; these come to {sum}: {parts}",
    "part_up_to": "at most {most}, which is {whole}",
    "poor_at_least": "at least {least}, as below a lower line",
    "covered_at_least": "at least about {least} %, for so many are children and older persons with a benefit",
    "ask_who_is_counted_in_it": "a share for a percentage? Or ask the publisher who is counted",
    "shares_sum_to": "shares that come to 100; these come to {sum}",
    "shares_ascend": "shares that ascend from the poorest to the richest",
    "all_shares": "all shares of the distribution, or none",
    "copy_shares_again": "copy the shares again from their source",
    "poorest_first": "the poorest stand first: copy them in this order",
    "fifth_of_tenths": "{sum}, as its two tenths",
    "gini_of_shares": "a Gini index from {least} to {most}, as the shares beside it have",
    # --- population
    "none": "not counted",
    "whole_population": "whole population",
    "aged_from": "population aged {age_from} and over",
    "aged_between": "population aged {age_from} to {age_to}",
    "statutory_age": "population aged {age} and over ({scheme})",
    "statutory_ages": "women aged {women} and men aged {men} and over ({scheme})",
    "births": "births of the year; mothers are 1 to 2 % fewer (multiple births)",
    "employed_persons": "employed persons: population aged 15 and over × employment-to-population ratio",
    "unemployed_persons": (
        "unemployed persons: population aged 15 and over × participation × unemployment rate (ILO-modelled)"
    ),
    "self_employed_from": (
        "self-employed and family workers aged {age_from} and over: population of these ages × employment-to-population ratio × share of "
        "self-employed workers, both rates of all ages from 15 on"
    ),
    "self_employed_between": (
        "self-employed and family workers aged {age_from} to {age_to}: population of these ages × employment-to-population ratio × share "
        "of self-employed workers, both rates of all ages from 15 on"
    ),
    "poor_persons": "population × national poverty headcount",
    "severely_disabled_persons": "population × assumed prevalence of severe disability",
    "rate_of_year": "rate of {year}",
    "no_population_of_year": "no population was published for the year",
    "no_denominator": "its denominator cannot be computed from published figures",
    "no_pensionable_age": "the country's data mark no pensionable age as denominator",
    "no_births": "no births were published for the year",
    "no_employment_ratio": "no employment-to-population ratio was published",
    "no_employment_ratio_by_sex": "no employment-to-population ratio was published for {sex}",
    "no_unemployment_rate": "no unemployment rate was published",
    "no_unemployment_rate_by_sex": "no unemployment rate was published for {sex}",
    "no_self_employed_share": "no share of self-employed workers was published",
    "no_self_employed_share_by_sex": "no share of self-employed workers was published for {sex}",
    "no_headcount": "no national poverty headcount was published",
    "no_headcount_by_sex": "no national headcount by sex was published",
    "recipients_may_not_be_poor": "or some who receive are not poor, which would explain it",
    "prevalence_of_adults_alone": "severe disability was published for adults alone: for all ages it has to be collected",
    "no_disability_prevalence": "no prevalence of severe disability was published: collect it first",
    "group_not_counted": "no target population is counted for the group: {group}",
    # --- schemes
    "not_published": "not published",
    "not_found": "not found in the sources read",
    "none_found": "none found in the sources read",
    "voluntary_only": "voluntary membership only",
    "inventory_incomplete": "inventory incomplete",
    "zero_in_law": "0 % in {year}: no programme in law",
    "zero_published": "0 % in {year}",
    "people_covered": "{people}: {percent} % covered in {year}",
    "government_pays_health": "government spent {percent} % of GDP on health in {year}",
    "no_rate_found": "no rate found in the sources read",
    "decreed_later": "decreed for later years only",
    "rate_of_some": "{who} {rate} ({year})",
    "rate_of_all": "all {rate} ({year})",
    "rate_detail": "{detail}",
    "paid_once": "an amount a payment, not a year: no level",
    "unit_is": "its unit is {unit}",
    "no_gdp_per_head": "no GDP per head was published for {year}",
    "gross_in_order": "counted at its gross cost: what it replaces is not known",
    "no_activities_of_option": "the plan has no activities for it: what law and registry need is not known",
    "cost_not_known": "its cost is not known",
    "gap_not_known": "the gap of its group is not known",
    "envelope_given": "an envelope that was given, no estimate",
    "bound_money_left_out": "a lower bound, without money that is bound to some options: {proposals}",
    "no_envelope": "nothing is proposed to pay for the options",
    "no_gdp": "no GDP was published for {year}",
    "nobody_contributes": "nobody contributes, by design",
    "no_reserves": "paid from the budget or by the employer: no reserves",
    "doubted": "in doubt: {note}",
    "twelve_months": "an amount a month, times twelve",
    "income_less_surplus": "income less surplus",
    "benefits_and_administration": "benefits and administration together",
    "nothing_below": "n/a: {measure:small} is nil",
    "per_household": "for each household",
    "receipts_of_several": "receipts are those of several schemes: no cost rate",
    "half_years": "half of {first} and half of {last}",
    "not_shipped_residual": "what the accounts leave over: income from investment less administration, and all that they do not state",
    "at_rate": "at {rate} % of earnings ({year})",
    "receipts_as_contributions": "all receipts taken as contributions",
    "of_several_schemes": "an account of several schemes together: in no sum",
    "no_yardstick": "none was published within a year",
    "no_product_in_dollars": "no GDP per head in international dollars of 2021 was published for {year}",
    "figure_lacks": "not found: {measures}",
    "figure_of_part": "found, though not of the whole scheme in one year: {measures}",
    "pensioners_alone": "more than pensions is paid, and pensioners alone are counted",
    "count_is_of": "counted: {detail}",
    "counts_others_too": "its counts are of members of other branches or schemes too",
    "figures_apart": "more than a year apart: {measure:small} of {year}, {other_measure:small} of {other_year}",
    "printing_error": "marked by its note: printing error",
    "not_of_one_year": "no figure of one year: {detail}",
    "years_differ": "no two schemes of one year, and years are not added up: {schemes}",
    "one_scheme_known": "one scheme is no sum: {scheme}",
    "split_not_stated": "how employer and worker share it is not stated",
    "rest_of_total": "the rest of the total of {total} % ({year}) that the same source states",
    "in_history_not_listed": "the history tells that it was set up or designed; whether it exists was not found in the sources read",
    "no_outturn": "no outturn of one year was found",
    "no_budget": "no budget of one year was found",
    "no_health_scheme": "no health scheme is listed",
    "no_scheme_recipients": "recipients not found",
    "no_scheme_benefit": "amount of the benefit not found",
    "no_scheme_spending": "spending not found",
    "no_scheme_payments": "number of payments not found",
    "benefit_by_household": "the benefit is a household's, and persons are counted",
    "no_recipients_of": "its recipients are not counted by what is paid: {detail}",
    "other_currency": "benefits in another currency than the spending ({currency})",
    "years_too_far_apart": (
        "figures of years too far apart: recipients {recipients}, benefit {benefit}, spending {spending}"
    ),
    "years_one_apart": "of years one apart: recipients {recipients}, benefit {benefit}, spending {spending}",
    # --- coverage
    "no_rate": "no published rate",
    "published_above_100": (
        "published above 100 %: double counting, households, pensioners abroad or a lower age; to be verified"
    ),
    "legal_zero": "no programme in law in that year; few count as unemployed where most work is informal: no measure of need",
    "published_100": "published as 100 %: to be verified, not drawn",
    "published_jump": "published as {after} % in {year} after {before} % in {before_year}: to be verified, not drawn",
    "sexes_of_another_year": "both sexes together were observed in {year}: not parts of that rate",
    "no_wage_share": "no share of wage and salaried workers was published",
    "rate_above_wage_share": (
        "the published rate is above the share of employees, {employees} %: others are counted too, or the counts differ"
    ),
    "employees_excluded": "{category:small} are excluded by name ({scheme}), and how many they are was not published",
    "act_without_scheme": "an Act names them ({act}), but no scheme in force was found: how far it was extended was not read",
    "law_silent_on": "estimated by the share of wage and salaried workers: whether the law names {category:small} was not read",
    "no_text_of_law": (
        "estimated by the share of wage and salaried workers: no text of the law on employment injury is in the country's data"
    ),
    "c121_exceptions": (
        "Article 4 of C121 asks for all employees; whether a declaration allows fewer was not read: check NORMLEX"
    ),
    "no_rate_or_wage_share": "no published rate, or no share of wage and salaried workers",
    "protected_classes": "the Convention asks for shares of protected classes, the published rate counts recipients",
    "above_all_employees": "above all employees: others are counted too, or the counts differ; to be verified",
    # --- needs
    "no_finding": "no finding in the country's data: a dialogue must supply it",
    "poverty_of_nation_only": "poverty was published for the nation only, not by group",
    "share_of_nothing": "a tenth of the population has nothing or less in this survey: no Lorenz curve can be drawn through the shares",
    "shares_not_rising": "the shares do not rise from the poorest tenth to the richest: to be verified",
    "no_curve_holds": "no Lorenz curve that fits the shares holds at this line",
    "no_severity_of_group": "no severity of poverty was published for the group: {group}",
    # --- stocktaking
    "nothing_found": "nothing found in the sources read",
    "no_family_workers": "family workers were not published",
    "no_family_workers_by_sex": "family workers were not published by sex",
    "family_above_self_employed": "more family workers than self-employed were published: to be verified",
    "outcome_not_read": "outcome not read",
    "content_not_read": "title and year only: the content was not read",
    # what a subject of the evidence lacks
    "lacks_people": "{people}",
    "lacks_population": "population by age",
    "lacks_births": "births",
    "lacks_gdp": "GDP",
    "lacks_gdp_per_head": "GDP per head",
    "lacks_revenue": "revenue",
    "lacks_expenditure": "expenditure",
    "lacks_debt": "debt",
    "lacks_employment": "employment",
    "lacks_wage_workers": "wage workers",
    "lacks_family_workers": "family workers",
    "lacks_family_workers_by_sex": "family workers by sex",
    "lacks_informal_employment": "informal employment",
    "lacks_unemployment": "unemployment",
    "lacks_headcount": "headcount at the national line",
    "lacks_national_line": "national line in currency",
    "lacks_gini": "Gini index",
    "lacks_rate": "rate",
    "lacks_older_women": "older women",
    "lacks_older_men": "older men",
    "lacks_employed_women": "employed women, injury",
    "lacks_employed_men": "employed men, injury",
    "lacks_q1": "poorest",
    "lacks_q2": "second",
    "lacks_q3": "third",
    "lacks_q4": "fourth",
    "lacks_q5": "richest",
    "lacks_service_index": "service index",
    "lacks_out_of_pocket": "out-of-pocket share",
    "lacks_catastrophic_spending": "catastrophic spending",
    "lacks_government_spending": "government spending",
    "lacks_external_share": "external share",
    "lacks_share_of_gdp": "share of GDP",
    "schemes_without_count": "{n} of {all} schemes without a count",
    "schemes_without_money": "{n} of {all} schemes without an outturn or income",
    "budgets_of_schemes": "for {n} of these only a budget",
    "schemes_without_rate": "{n} of {all} contributory schemes without a rate",
    # what two figures are, what is odd about them, and what to do
    "indicator": "{name}",
    "of_group": "{group:small}",
    "of_sex": "{sex}",
    "of_child": "{child_sex}",
    "of_fifth": "{fifth:small}",
    "of_line": "{line} line",
    "of_national_line": "national line",
    "of_part": "{part}",
    "of_scheme": "{scheme}: {measure:small}",
    "pensionable_age": "Pensionable age",
    "injury_and_employees": "Persons covered for employment injury, and employees",
    "poverty_lines": "National poverty lines",
    "poverty_line_derived": "National poverty line, published and derived",
    "two_figures": "one year, two figures. {first_source}: {first}. {second_source}: {second}",
    "points_more": "{points} points more in {years} years of one edition",
    "points_less": "{points} points less in {years} years of one edition",
    "full_coverage": "100 % means that everybody is covered",
    "parts_of_gdp": "its parts, {parts} of {gdp} billion of GDP, come to {percent} %",
    "register_outgrew": "observed: {rate} %; {scheme} reached {first} in {first_year}, about then, and {last} in {last_year}",
    "above_employees": "{covered} % of the employed are counted as covered, {employees} % are employees: {percent} % of employees",
    "count_of_year": "{count} for {year}",
    "two_lines": "two official lines; the second is the “{line}” one",
    "line_from_dollars": "derived: {dollars} international dollars of 2017 a day × parity {parity} × consumer prices × 365",
    "no_programme_though_listed": "no programme, says the source of the rate; the inventory lists {schemes}",
    "line_of_file": "{file}, line {row}: {column} {value}",
    "whole_file": "{file}",
    "such_figures": "{count} figures of this kind",
    "published_so": "its note says that it was published so",
    "its_note": "its note: {note}",
    "ask_method": "ask which method or survey changed; use the newer edition, and chain no years across the two",
    "ask_survey": "ask whether survey, method or definition changed; draw no trend through the two",
    "ask_survey_draw_no_100": "ask whether survey, method or definition changed; draw no trend through the two, and do not draw 100 %",
    "ask_who_is_counted": "ask the scheme whether own-account workers, or several jobs of one person, are counted",
    "ask_register": "ask the scheme for its own register; show all counts, prefer none",
    "use_register": "take it for the past only; count with the register, and ask for a new survey",
    "ask_parts": "ask the source for the GDP that it used, and whether a part is left out of the total; show both",
    "name_line": "name the line with every headcount and every benefit that is measured by it",
    "use_published_line": "use the published line; the derived one is an estimate, and adult equivalents are no persons",
    "ask_loss_of_work": "ask whether the scheme pays on loss of work, and to whom; correct its branch, or the rate",
    "read_original": "read the original; until then the figure stands with its note and is not drawn",
    # figures to collect, and what is missing of each
    "collect_at_least_one": "Rate of at least one benefit",
    "collect_coverage": "Coverage of {people}",
    "collect_disability": "Number of persons with severe disabilities",
    "collect_sexes": "Coverage of women and men apart",
    "collect_fifths": "Social assistance by fifth of the population",
    "collect_national_total": "National total of spending on social protection",
    "collect_expenditure": "Expenditure of the year (outturn)",
    "collect_income": "Income of each fund by source: contributions, investment, transfer from the State",
    "collect_reserves": "Reserves of each fund at the end of the year",
    "collect_administration": "Administration cost",
    "collect_beneficiaries": "Beneficiaries",
    "collect_contributors": "Contributors",
    "collect_household_size": "Household size of beneficiaries, to turn households into persons",
    "collect_affiliation": "Affiliation to health schemes",
    "collect_benefit": "Benefit level",
    "collect_rates": "Contribution rates",
    "collect_schemes": "Schemes of {branch:small}",
    "collect_status": "Whether the scheme still pays",
    "collect_unlisted": "Whether schemes exist that only the history tells of",
    "told_in_history": "{reforms}",
    "collect_documents": "What plans and laws say",
    "collect_ratification": "Ratification of Conventions",
    "not_about_one_group": "not about one group of persons",
    "this_is_missing": "this is the figure that is missing",
    "no_rate_published": "no rate was published",
    "measure_again": "the newest rate is of {year}: measure again",
    "no_prevalence": "no prevalence of severe disability: their number, and so their gap, cannot be given",
    "not_published_for": "not published for {people}",
    "no_survey_of_fifths": "no survey with all five fifths",
    "no_national_total": "no total was found: only a lower bound can be given",
    "only_a_budget": "only a budget, of {year}, was found: it is no outturn",
    "missing_for_some": "{n} of {all} schemes: {schemes}",
    "missing_for_all": "all {all} schemes: {schemes}",
    "missing_for_both": "both schemes: {schemes}",
    "missing_for_one": "1 scheme: {schemes}",
    "none_listed": "none is listed",
    "documents_not_read": "{n} of {all} were not read beyond title and year",
    "check_normlex": "check NORMLEX: {conventions}",
    "rate_contradicted": (
        "contradicted: {percent} % was published for {rate_year}, the registers ({schemes}) reach {least} to {most} %; no source "
        "gives a value between them"
    ),
    "rate_contradicted_at": (
        "contradicted: {percent} % was published for {rate_year}, the registers ({schemes}) reach {least} %; no source gives a "
        "value between them"
    ),
    "schemes_may_lack": "or schemes lack from the inventory that the rate counts, which would explain it",
    "registers_not_counted": "{n} of {all} schemes of the group without a count: the sum is no upper bound",
    "count_is_more_than": "a count is printed as a lower bound",
    "ask_both_sources": "ask both sources whom they count",
    "only_within_a_year": "no rate and register within a year of each other are left for this row: side by side only",
    "no_register_counts_them": "no register counts these people as such",
    "no_household_size": "no household size was published: households are not made persons",
    "rate_outgrown": "{scheme} has {times} times as many on its register as in {year}: the rate of {rate_year} no longer holds",
    # --- costing
    "no_option_costed": "no option can be costed",
    "share_follows_gdp": "its level is a share of GDP per head: its share of GDP does not move",
    "keeps_exchange_rate": "the exchange rate is kept",
    "keeps_prices": "prices are kept",
    "keeps_revenue_share": "revenue is kept in % of GDP",
    "base_year_misses_outturn": (
        "today's members at the option's level: {projected} % of GDP; the scheme spent {spent} % in {year}, so {times} times as much "
        "for each: another benefit than today's, or a figure is wrong"
    ),
    "base_year_misses_budget": (
        "today's members at the option's level: {projected} % of GDP; the scheme's budget was {spent} % in {year}, so {times} times as "
        "much for each: another benefit than today's, or a figure is wrong"
    ),
    "register_had": "the register of {schemes} had {times} times as many persons in {year}",
    "not_covered": "not covered",
    "group_fully_covered": "everybody of the group is covered",
    "no_register": "no register of the scheme was published that counts these persons",
    "rate_of_group": "published rate of the group",
    "rate_of_wider_group": "published rate of a wider group ({group:small}), applied to a part of it",
    "none_to_wider_rate": "no rate was published for them: none, up to the {percent} % of a wider group ({group:small})",
    "register_of_persons": "register of {year}: {count} persons",
    "register_of_households": "register of {year}: {count} households × mean household size",
    "register_of_places": "register of {year}: {count} households, one place each",
    "take_up_below_coverage": "take-up of {take_up} % is below the {covered} % who are covered by its scheme already",
    "no_insured_share": "no share of persons with health insurance was published",
    "no_benefit_in_gdp": "the benefit cannot be set against GDP",
    "no_target": "the target population is not known",
    "sexes_by_population": "women and men by their shares in the population of these ages",
    "premium_is_not_care": "a subsidised premium is not the cost of care: the treatment of members is not in it",
    "replaces": "replaces the spending of {scheme}: {percent} % of GDP in {year}",
    "replaces_budget": "replaces the spending of {scheme}: {percent} % of GDP in the budget of {year}, which is no outturn",
    "less_than_replaced": "costs less than what it replaces: its level, or its people, are below those of today",
    "paid_first_by": "whoever is also reached by {options} is paid there: as if one did not depend on the other, within an age and sex",
    "overlap_not_known": "whom {options} reaches is not known, and so not whom it pays first",
    "sum_without": "a lower bound, without the options whose cost is not known: {options}",
    "no_net_of": "no net cost, for what these options replace is not known: {options}",
    "disabled_pensioners": "persons with a severe disability at pension age: paid by {first}, not by {second}",
    "no_prevalence_range": (
        "no prevalence of severe disability with its range: take it from a survey with the questions of the Washington Group"
    ),
    "no_range_of_prevalence": "the prevalence was published without a range",
    "adults_only": "persons aged {age} and over: the prevalence is that of adults",
    "no_price_of_care": "essential health care needs a price per head, which was not read: it is costed apart",
    "sum_without_components": "a lower bound, for the cost is not known of: {group}",
    "spending_not_known": "what {scheme} spends in one year was not found, so the net cost is not known: collect its expenditure",
    "no_gdp_per_head_to_state": "no GDP of the reference year: what the amount comes to in money is not known",
    "no_poverty_line_to_state": "no national poverty line in currency, or no prices to move it by",
    "no_minimum_wage_to_state": "no national minimum wage a month was published up to the reference year",
    "no_wages_to_state": "no average earnings beside a GDP per head of the same year",
    "no_prices_of_year": "no consumer prices were published for {year}",
    "no_wages_of_year": "no wages are known for {year}",
    # --- financing
    "no_yield": "says how much there is, not what it would yield",
    "below_own_maximum": (
        "below the highest of ten years, {most} % of GDP in {year} ({years} years published); how to collect it again is not said"
    ),
    "at_own_maximum": "none: the latest is the highest of ten years ({years} years published)",
    "given_today": "what partners disbursed for social protection in the year: {dollars} million US$; what they would add is not said",
    "needs_functions": "not estimated, needs spending by function (subsidies, defence and others) and what of it would be given up",
    "needs_tax_bases": "not estimated, needs the base, the rate and the erosion of each tax that would be changed",
    "needs_contributors": (
        "not estimated, needs how many would newly contribute, their insurable wages, the rate and compliance, less the benefits that "
        "they earn"
    ),
    "needs_pledges": "not estimated, needs what partners pledge beyond today, and for which years",
    "needs_trade_records": (
        "not estimated, needs mirror statistics of trade by product, the part that can be recovered and the tax on it, never the whole flow"
    ),
    "needs_reserves": "not estimated, needs the reserves of the treasury and in months of imports, and the least that must stay",
    "needs_debt_terms": "not estimated, needs interest, maturity and creditor of the debt, and the ceiling that the country has set itself",
    "needs_deficit_ceiling": "not estimated, needs the ceiling of the deficit that the country has set itself",
    "spread_over": "divided by the years of its span: {years}",
    "same_stock": "draws on the same stock or headroom as {name}, which is larger: counted once",
    "pays_own_pensions": "contributions pay the pensions of those who contribute first: not counted for others",
    "pays_for_scheme": "pays for {names}, not for these options",
    "pays_options_not_chosen": "pays for {names}, which are not chosen",
    "only_gross_known": "what these options replace is not known, so their whole cost is counted: {options}",
    "no_saving": "these options would cost less than what they replace, which pays for nothing else: {options}",
    "no_debt_projection": "debt, balances or GDP of {year} or the year before were not published: no path is drawn, no interest assumed",
    "no_revenue_of_year": "no revenue of {year} was published",
    "no_tax_revenue": "no tax revenue was published",
    "no_aid_published": "no aid for social protection was published beside a GDP in dollars",
    "no_wage_bill": "no wage bill of government in % of GDP was found",
    "no_wage_bill_ceiling": "no ceiling of the wage bill was found",
    "administration_is_not_all_pay": "what part of administration is pay is not known: all of it is held against the ceiling",
    "up_to_ceiling": "due up to the ceiling of {amount} a month ({year})",
    "wage_not_known": "this wage is not known",
    "rates_incomplete": "a lower bound: no rates were found of {schemes}",
    "nobody_pays_yet": "nobody pays for it yet",
    # --- budget
    "no_stock_of": "no reserves of the end of {year} were found",
    "total_less_lines": "the printed total less its printed lines",
    "difference_holds": "by difference; in it lies what was not found: {measures}",
    "income_less_expenditure": "income less expenditure",
    "residual_holds": "what reserves moved by beyond the lines that are known; in it lies what was not found: {measures}",
    "residual_of_values": (
        "what reserves moved by beyond income and expenditure: changes of values, and all that the account does not state"
    ),
    "partly_budgeted": "an outturn beside a budget",
    "sides_of_other_years": "income and expenditure were found, though not of one year",
    "budget_pays": "only what it spends was found; taxes and partners pay it, and no account of theirs was found",
    "is_projected": "projected below from its insured persons and rules, which goes further",
    "employers_pay": "employers pay it themselves and keep no common account",
    "part_of_common_figures": "some figures were found of several schemes together only",
    "pays_balances": "a provident fund: it pays out what each member has saved, so it has balances and no pay-as-you-go rate",
    "mostly_lump_sums": "{percent} % of its benefits were lump sums in {year}: it has balances and no pay-as-you-go rate",
    "receipts_of_branches": "its receipts pay for other branches too: {branch}",
    "needs_rate_and_account": "needs its contribution rate beside income and expenditure of the same year or the next",
    "no_one_pensionable_age": "no normal pensionable age of its own, or several, were found",
    "older_from": "persons aged {age} and over for each aged {working} to below it",
    "older_by_sex": "women aged {women} and men aged {men} and over for each aged {working} to below these ages",
    "growth_since": "mean of a year since {since}",
    "projection_needs": "no later year: its account of one year lacks {measures}",
    "needs_rules_and_insured": "no later year: a projection needs its rules and its insured persons by age (form of the valuation)",
    "gdp_grows_on": "no GDP was published after {year}: it grows on with wages and persons of working age",
    "budget_alone": "only a budget was found, or an account in another currency: no outturn to go on from",
    "system_without": "a lower bound, without the schemes that are not projected: {schemes}",
    # --- priorities
    "no_survey": "needs estimates from a household survey, and none were made for this country",
    "nobody_judged": "nobody judged this option",
    "no_scheme_in_law": "no programme in law, no scheme listed",
    "no_scheme_listed": "the inventory lists no scheme of this branch: it may be incomplete",
    "no_scheme_for_these_people": "the schemes of this branch serve other people, or in another way, than the option would",
    "not_read": "not read: {item}",
    "survey_too_old": "the survey is of {year}, more than five years before the reference year: shown, never weighed",
    "no_coverage_by_fifth": "no coverage by quintile was published for this kind of programme",
    "no_change": "no admissible value changes who can come first",
    # --- financing
    "negotiating_table": "a workbook that nasssap workbook wrote; this one is another",
    "table_version": "a negotiating table of version {version}",
    "table_of_country": "the negotiating table of a country whose pack is here",
    "table_of_this_pack": "a workbook of this version of the pack; figures of the pack have changed since it was written",
    "write_table_again": "write it again with nasssap workbook {country} --costing, and type into it what was agreed",
    "sheet_named": "a sheet named {title}",
    "name_sheet_again": "give the sheet its name again, or type what was agreed into a new workbook",
    "our_formula": "the formula that was written here: nothing says what was agreed where it is another one",
    "our_number": "what was written here, {value}: it is changed in the country pack, not at the table",
    "locked_cell": "the text that was written here: the cell is locked",
    "undo_or_new": "undo it, or type what was agreed into a new workbook",
    "a_number": "a number, without words and without a unit",
    "type_number": "type it again as a number",
    "number_between": "a number from {low} to {high}",
    "year_between": "a year from {low} to {high}",
    "not_before": "a year not before {year}, in which it begins",
    "within_bounds": "agree on a value within the bounds of the cell, or change the country pack",
    "year_of_money": "the first year of this money",
    "last_year_of_money": "the last year of this money: what comes once is spread over its years",
    "stock_holds": "at most {most} % of GDP in all from {stock}",
    "type_year": "type the year, or empty the row",
    "one_of_list": "one of the list: {options}",
    # --- dialogue
    "order_not_complete": "its evidence is not complete, so no group's weights place it",
    "from_pairs": "from pairwise comparisons, consistency ratio {ratio}",
    "dialogue_sheet": "a sheet that nasssap dialogue sheet wrote; this workbook is another one",
    "sheet_version": "a sheet of version {version}",
    "sheet_of_country": "a sheet of {country}",
    "write_new_sheets": "write new sheets",
    "asked_beside": "“{label}” beside the answers of this row",
    "sorted_in_part": "rows were sorted or changed in part: write a new sheet",
    "number_up_to": "a number from 0 to {most}",
    "points_sum": "points that add up to 100",
    "points_add_up_to": "they add up to {total}",
    "whole_points": "whole points are enough",
    "date_no_number": "the spreadsheet made a date of it: format the cell as Number, then type it again",
    "points_or_pairs": "points for the criteria, or all pairs compared",
    "points_and_pairs_agree": (
        "points and pairs that agree: by points “{first}” matters more than “{second}”, by pairs less"
    ),
    "keep_one_of_two": "keep one of the two, or mend it",
    "pair_which": "the first, the second, or the same",
    "pair_from_list": "choose from the list; compare all pairs or none",
    "pair_scale": "1 to 9: 1 the same, 9 far more",
    "pair_times": "a whole number from 2 to 9",
    "pair_or_same": "or choose that both matter the same",
    "pair_same_times": "nothing, or 1, where both matter the same",
    "choose_one_of_two": "choose one of the two",
    "pairs_fit": "comparisons that fit one another (consistency ratio {ratio}, at most {most})",
    "ask_pair_ratio": "ask this pair again first: the other answers say “{more}” about {times} times “{less}”",
    "ask_pair_same": "ask this pair again first: the other answers say that both matter the same",
    "ask_group": "ask the group",
    "position_stated": "supports, doubts or opposes",
    "choose_from_list": "choose from the list",
    "shown_as_no_answer": "no answer is shown as no answer",
    "reason_stated": "a reason",
    "ask_for_reasons": "ask the group: reasons are what a dialogue is about",
    "share_in_percent": "a share in %",
    "share_or_zero": "a share in %, 0 where it is nothing",
    "one_without_other": "one without the other says nothing",
    "shares_up_to_all": "shares of all groups up to 100 %; together they say {total} %",
    "settle_at_table": "settle it at the table",
    "group_name": "the name of the group, in letters",
    "on_first_page": "write it on the first page",
    "group_kind": "what kind of group it is",
    "kind_from_list": "choose it from the list",
    "facilitator_fills_in": "the facilitator fills this in",
    "influence_no_share": "below 1 it looks like a share: 0.6 would be 6",
    "name_of_sheet": "the name '{name}', whose sheet this was",
    "name_taken": "taken as its new name; another group needs a sheet of its own: dialogue sheet --group ID=NAME",
    "one_id_a_group": "one id a group; the pack has a group of this name as '{id}'",
    "sheet_of_that_id": "take the sheet of dialogue sheet --group {id}, or another name if it is another group",
    "one_sheet_a_group": "one sheet a group; {files} is of the same group",
    "keep_one_or_name": "keep one; another group needs a sheet of its own: dialogue sheet --group ID=NAME",
    "one_answer_each": "one answer to each question",
    "keep_one_row": "the question stands twice: keep one row of it",
    "answers_given": "answers",
    "earlier_answers_stay": "nothing was changed: what the group said before stays",
    "nothing_filled_in": "nothing is filled in: ask the group, or leave the sheet out",
    "beside_questions": "answers beside the questions only",
    "into_yellow_cell": "move it into a yellow cell; here it is not taken",
    "question_asked": "an answer to a question that is asked",
    "other_questions": "the sheet was written for other options or criteria: write new sheets",
    "shorten_or_lost": "shorten it; the rest would be lost",
    "words_no_formula": "words, not a formula",
    "word_before_sign": "put a word before the sign",
    # --- action plan
    "no_cost_stated": "the plan states no cost",
    "no_share_stated": "the plan does not say what share is financed",
    "sum_without_activities": "a lower bound, without activities whose cost or finance is not stated: {activities}",
    "no_responsible_institution": "nobody is responsible",
    "nothing_financed": "nothing of it is financed",
    "partly_financed": "financed in part",
    "no_payer_named": "financed, and nobody is named who pays",
    "no_activity": "no activity prepares this option",
    # --- monitoring
    "remeasure_first": "measured in {year}: re-measure before setting a target",
    "no_baseline": "no figure was published: measure before setting a target",
    "counted_once_paid": "counted from the first payment on: no baseline",
    "nobody_named_to_measure": "who measures it is not agreed",
    "poverty_needs_survey": "what the options do to poverty needs a household survey: no target",
    "no_option_for_group": "no option serves this group",
    "not_of_options": "it does not follow from who is paid: no target of ours",
    # --- action plan
    "no_such_step_found": "the schemes for these people have none",
    "channel_is_assumed": "the channel is an assumption of the option",
    "no_proposal_names_option": "no proposal for financing names it",
    "no_proposal_in_pack": "the country's data hold no proposal for financing",
    "no_progress_stated": "no progress was stated",
    "no_progress_date": "when its progress was recorded is not stated",
    "no_document_names_option": "no plan, programme or law was read that names it",
    "no_article_told": "which article it is was not told",
    "no_year_of_review": "no year of the first review was told",
    "nobody_named_to_review": "who reviews it is not agreed",
    "progress_of": "progress of {date}; nothing newer was recorded",
    "plan_workbook": "an action plan that nasssap plan wrote; this workbook is another",
    "plan_version": "an action plan of version {version}",
    "plan_of_country": "the action plan of a country whose pack is here",
    "write_plan_again": "write it again with nasssap plan {country}, and fill in what has changed",
    "rename_or_new": "give the sheet its name again, or fill in a new workbook",
    "plan_column": "the column {column} of activities.csv",
    "plan_heads": "the heads of the columns, where they were written",
    "undo_or_fill_new": "undo it, or fill in a new workbook",
    "beside_matrix": "nothing beside the columns",
    "into_columns": "delete it, or write it into one of the columns",
    "number_once": "each number once; it stands in row {row} already",
    "free_number": "a number that is free; the pack has another activity under it",
    "empty_number": "empty it: the next free number is given",
    "every_activity_has": "a value: every activity has one",
    "fill_or_empty_row": "fill it in, or empty the whole row",
    "source_of_list": "choose the id of a source from the list; a new source is written into sources.csv first",
    "option_of_list": "an option of the list, or the whole plan",
    "quality_of_list": "a quality of the list",
    "share_no_percent": "type it in percent: 0.6 would be 60",
    "changed_meanwhile": "what the workbook was written with: the pack says {now} by now",
    "gone_meanwhile": "an activity of the pack: it was taken out since the workbook was written",
    "force_or_new": "fill in a new workbook, or take the values of this one with --force",
    "ready_after_start": "even as planned it is ready in {month}, after the year in which it starts, {year}",
}

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_DECODER = json.JSONDecoder()


def reason(code: str, **values: object) -> str:
    """A cell that says one thing by its code.

    Parameters
    ----------
    code : a key of ``REASONS``
    values : what goes into the places of its words: codes of the field's code lists, names of data, numbers

    Raises
    ------
    KeyError : a code that has no words; ValueError : values that are not those of its words

    Examples
    --------
    >>> reason("no_rate"), reason("published_jump", after=52, year=2020, before=4, before_year=2019)
    ('no_rate', 'published_jump {"after": 52, "year": 2020, "before": 4, "before_year": 2019}')
    """
    if (places := _places_of(code)) != set(values):
        raise ValueError(f"reason {code!r}: expected the values {sorted(places)}, got {sorted(values)}")
    return f"{code} {json.dumps(values, ensure_ascii=False, default=_plain)}" if values else code


def join_reasons(*cells: str) -> str:
    """Several cells as one; what says nothing, and what was said before, is left out.

    Examples
    --------
    >>> join_reasons("no_rate", "", "no_births; no_rate")
    'no_rate; no_births'
    """
    return "; ".join(dict.fromkeys(item for cell in cells for item in _written(str(cell))))


def split_reasons(cell: str) -> list[tuple[str, dict]]:
    """The codes of a cell, each with its values.

    Examples
    --------
    >>> split_reasons('no_rate; population_from_age {"age": 60, "scheme": "A; B"}')
    [('no_rate', {}), ('population_from_age', {'age': 60, 'scheme': 'A; B'})]
    """
    return list(_items(str(cell)))


def english(cell: str) -> str:
    """The codes of a cell in the words of ``REASONS``, for messages below the catalogues; readers get ``display.texts.reason_words``.

    Examples
    --------
    >>> english('file_up_to {"most": 5.0}; save_again')
    'a file of at most 5 MB; save it again in Excel'
    """
    told = split_reasons(cell)
    return "; ".join(REASONS[code].format(**{k: _said(v) for k, v in values.items()}) for code, values in told)


def _said(value: object) -> object:
    if isinstance(value, list):
        between = " + " if all(isinstance(one, float) for one in value) else ", "
        return between.join(str(_said(one)) for one in value)
    return f"{value:,.10g}" if isinstance(value, float) else value


def has_reason(cells: Iterable[str], code: str) -> list[bool]:
    """For each cell, whether it holds a code.

    Examples
    --------
    >>> has_reason(["no_rate; no_births", ""], "no_births")
    [True, False]
    """
    return [any(found == code for found, _ in split_reasons(cell)) for cell in cells]


@cache
def _places_of(code: str) -> set[str]:
    """Names of the values that the words of a code have places for."""
    return {name for _, name, _, _ in Formatter().parse(REASONS[code]) if name}


@lru_cache(maxsize=10_000)
def _written(cell: str) -> tuple[str, ...]:
    """The items of a cell, each as it is written: one cell stands in hundreds of rows."""
    return tuple(_item(code, values) for code, values in split_reasons(cell))


def _items(cell: str):
    at = 0
    while at < len(cell):
        found = _CODE.match(cell, at)
        if not found:
            raise ValueError(f"no reason: {cell!r}")
        at, values = found.end(), {}
        if cell.startswith(" {", at):
            values, at = _DECODER.raw_decode(cell, at + 1)
        yield found.group(), values
        at += 2 if cell.startswith("; ", at) else 0


def _item(code: str, values: dict) -> str:
    return f"{code} {json.dumps(values, ensure_ascii=False)}" if values else code


def _plain(value: object) -> object:
    """Numpy's numbers as Python's."""
    return value.item() if hasattr(value, "item") else str(value)
