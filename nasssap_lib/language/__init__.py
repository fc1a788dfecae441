"""Texts and numbers in the reader's language: English in the code, French and Spanish in catalogues beside it."""

from nasssap_lib.language.numbers import (
    NOT_AVAILABLE,
    SPACE,
    format_number,
    format_persons,
    format_share,
    format_signed,
    in_words,
    people_in_words,
    round_significant,
)
from nasssap_lib.language.texts import translate, translate_name

__all__ = [
    "NOT_AVAILABLE",
    "SPACE",
    "format_number",
    "format_persons",
    "format_share",
    "format_signed",
    "in_words",
    "people_in_words",
    "round_significant",
    "translate",
    "translate_name",
]
