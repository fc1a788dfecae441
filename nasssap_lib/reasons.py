"""Why a value is missing, by which rule one was counted, and what must be known of it: codes with values, words beside them.

A cell of a result table holds codes, never a sentence, so that results are the same in every language and no code has to match
words: ``no_rate``, or ``population_from_age {"age": 60}``, or several with "; " between them. ``display.texts.reason_words``
makes a sentence of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from string import Formatter

# One section a room. The words are what the catalogues translate; {name} is where a value goes.
REASONS = {
    # --- pack
    "excel_workbook": "an Excel workbook (.xlsx)",
    "open_workbook": "an open workbook (.xlsx), not one with a password and not an old .xls",
    "not_strict": "an Excel Workbook, not a Strict Open XML one",
    "no_macros": "a workbook without macros",
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
    # --- population
    # --- schemes
    # --- coverage
    # --- needs
    # --- stocktaking
    # --- costing
    # --- priorities
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
    "sheet_of_its_own": (
        "another group, or a new name of this one, needs a sheet of its own: dialogue sheet --group ID=NAME"
    ),
    "one_sheet_a_group": "one sheet a group; {files} is of the same group",
    "keep_one": "keep one",
    "one_answer_each": "one answer to each question",
    "keep_one_row": "the question stands twice: keep one row of it",
    "answers_given": "answers",
    "nothing_filled_in": "nothing is filled in: ask the group, or leave the sheet out",
    "beside_questions": "answers beside the questions only",
    "into_yellow_cell": "move it into a yellow cell; here it is not taken",
    "question_asked": "an answer to a question that is asked",
    "other_questions": "the sheet was written for other options or criteria: write new sheets",
    "shorten_or_lost": "shorten it; the rest would be lost",
    "words_no_formula": "words, not a formula",
    "word_before_sign": "put a word before the sign",
}

_CODE = re.compile(r"[a-z][a-z0-9_]*")


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
    >>> reason("no_rate"), reason("published_jump", after=52, year=2020, before=4, before_year=2019)  # doctest: +SKIP
    ('no_rate', 'published_jump {"after": 52, "year": 2020, "before": 4, "before_year": 2019}')
    """
    places = {name for _, name, _, _ in Formatter().parse(REASONS[code]) if name}
    if places != set(values):
        raise ValueError(f"reason {code!r}: expected the values {sorted(places)}, got {sorted(values)}")
    return f"{code} {json.dumps(values, ensure_ascii=False, default=_plain)}" if values else code


def join_reasons(*cells: str) -> str:
    """Several cells as one; what says nothing, and what was said before, is left out.

    Examples
    --------
    >>> join_reasons("no_rate", "", "no_births; no_rate")
    'no_rate; no_births'
    """
    return "; ".join(dict.fromkeys(_item(code, values) for cell in cells for code, values in split_reasons(cell)))


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
    plain = [
        (code, {k: f"{v:g}" if isinstance(v, float) else v for k, v in values.items()})
        for code, values in split_reasons(cell)
    ]
    return "; ".join(REASONS[code].format(**values) for code, values in plain)


def has_reason(cells: Iterable[str], code: str) -> list[bool]:
    """For each cell, whether it holds a code.

    Examples
    --------
    >>> has_reason(["no_rate; no_births", ""], "no_births")
    [True, False]
    """
    return [any(found == code for found, _ in split_reasons(cell)) for cell in cells]


def _items(cell: str):
    at, decoder = 0, json.JSONDecoder()
    while at < len(cell):
        found = _CODE.match(cell, at)
        if not found:
            raise ValueError(f"no reason: {cell!r}")
        at, values = found.end(), {}
        if cell.startswith(" {", at):
            values, at = decoder.raw_decode(cell, at + 1)
        yield found.group(), values
        at += 2 if cell.startswith("; ", at) else 0


def _item(code: str, values: dict) -> str:
    return f"{code} {json.dumps(values, ensure_ascii=False)}" if values else code


def _plain(value: object) -> object:
    """Numpy's numbers as Python's."""
    return value.item() if hasattr(value, "item") else str(value)
