"""The batch: notebooks × countries through papermill into executed notebooks, reports, tidy tables and an index."""
