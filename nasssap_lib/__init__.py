"""nasssap: from a country's published figures to its National Social Security Strategy and Action Plan."""

__version__ = "0.1.0"
