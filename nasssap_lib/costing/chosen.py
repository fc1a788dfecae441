"""Which options of a pack a package holds, and in which order they pay, read from the parameters of a chapter."""

from __future__ import annotations

from nasssap_lib.errors import did_you_mean
from nasssap_lib.pack.model import Pack


def read_package(pack: Pack, options: str = "", paid_first: str = "") -> tuple[list[str], list[str]]:
    """Ids of the options that are costed, and the same in the order in which they pay.

    Parameters
    ----------
    pack : the country
    options : ids between commas; "": all, as they stand in ``measures.csv``
    paid_first : ids between commas; those that are not named follow in the order of ``options``; "": that order

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> read_package(read_pack("SEN"), "child_benefit, social_pension", "social_pension")
    (['child_benefit', 'social_pension'], ['social_pension', 'child_benefit'])
    """
    chosen = list(dict.fromkeys(names_of(options))) or list(pack.measures["id"])
    first = [name for name in dict.fromkeys(names_of(paid_first)) if name in chosen]
    return chosen, [*first, *(name for name in chosen if name not in first)]


def names_of(text: str) -> list[str]:
    """Ids between commas, without the spaces around them."""
    return [name.strip() for name in text.split(",") if name.strip()]


def unknown_options(pack: Pack, options: str = "", paid_first: str = "") -> dict[str, str]:
    """Faults of the two parameters by name: options that the pack does not have, or that are to pay and are not costed.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> unknown_options(read_pack("SEN"), "social_pensoin")
    {'options': "no option 'social_pensoin'; did you mean 'social_pension'?"}
    """
    known = list(pack.measures["id"])
    faults = {
        name: "; ".join(f"no option {id_!r}; {did_you_mean(id_, known)}" for id_ in names_of(given) if id_ not in known)
        for name, given in (("options", options), ("paid_first", paid_first))
    }
    apart = [id_ for id_ in names_of(paid_first) if options and id_ in known and id_ not in names_of(options)]
    if apart and not faults["paid_first"]:
        faults["paid_first"] = f"{', '.join(apart)}: not among the options that are costed"
    return {name: fault for name, fault in faults.items() if fault}
