"""nasssap: from a country's published figures to its National Social Security Strategy and Action Plan.

Where to begin::

    import nasssap_lib as ns

    ns.pack.countries()                       # codes of the country packs
    pack = ns.read_pack("SEN")                # all figures of a country, each with its source
    gaps = ns.coverage.coverage_gaps(pack)    # who is not covered: a table, one row a group
    chapter = ns.open_chapter("02_gap_identification", "SEN")
    ns.coverage.plot_headline(gaps, chapter.caption(gaps.head(1)))

Each room of the library is a subject: ``help(ns.coverage)`` lists what it offers.
"""

import os

import lazy_loader

# Read by openpyxl when it is imported: with lxml, which writers of Word files bring, it would not refuse XML that unfolds itself.
os.environ.setdefault("OPENPYXL_LXML", "False")

__version__ = "0.1.0"

ROOMS = (
    "pack population schemes coverage needs stocktaking costing budget financing priorities dialogue roadmap action_plan monitoring survey "
    "chapter run document exchange"
).split()

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["errors", "terms", *ROOMS],
    submod_attrs={
        "pack.reader": ["read_pack"],
        "chapter.chapter": ["open_chapter"],
        "run.batch": ["run_batch"],
    },
)
