"""Sentences of the stocktaking."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.sentences.words import join_words


def pyramid_title(ages: pd.DataFrame, place: str, language: str = "en") -> str:
    """Title of the age pyramid: what happens to the number of persons of 65 and over between the first and the last year."""
    first, last = int(ages["year"].min()), int(ages["year"].max())
    start = ages["age_group"].str.extract(r"(\d+)")[0].astype(int)
    older = ages[start >= 65].groupby("year")["persons"].sum()
    if first == last or older.get(first, 0) == 0:
        return f"{place} by age and sex"
    times = older[last] / older[first]
    words = "more than double" if 2 < times < 2.9 else "almost double" if 1.8 <= times <= 2 else ""
    words = words or (f"grow {times:.1f}-fold" if times >= 1.05 else "hardly grow" if times > 0.95 else "fall")
    verb = {"hardly grow": "will hardly grow", "fall": "will fall"}.get(words, f"will {words}")
    return f"{place}'s population of 65 and over {verb} by {last}"


def inventory_sentence(inventory: pd.DataFrame) -> str:
    """How many schemes stand in the inventory, of which kinds."""
    if inventory.empty:
        return "The pack lists no scheme yet."
    kinds = inventory["type"].value_counts()
    words = join_words([f"{count} {name.lower()}" for name, count in kinds.items()])
    return f"The inventory lists {len(inventory)} schemes: {words}. A scheme that nobody wrote down is missing, not absent."
