"""Excel workbooks for people who work in them: written with the suite's look, read back as data, never trusted."""

from nasssap_lib.workbooks.dialogue_answers import read_dialogue_sheet
from nasssap_lib.workbooks.dialogue_sheet import write_dialogue_sheet

__all__ = ["read_dialogue_sheet", "write_dialogue_sheet"]
