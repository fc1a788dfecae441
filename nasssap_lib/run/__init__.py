"""The batch: notebooks × countries through papermill into executed notebooks, reports, tidy tables and an index."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "batch": "RunRecord run_batch".split(),
        "fingerprint": "library_digest library_hashes".split(),
        "index": "write_index".split(),
        "leads": "Lead".split(),
    },
)
