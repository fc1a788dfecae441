"""The batch: notebooks × countries through papermill into executed notebooks, reports, tidy tables and an index."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "batch": "RunRecord run_batch".split(),
        "fingerprint": "library_digest library_hashes".split(),
        "index": "write_index".split(),
        "leads": "Lead".split(),
    },
)
