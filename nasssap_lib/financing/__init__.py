"""Who pays: the options for fiscal space, and what is missing by year."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "negotiation": "negotiation_of".split(),
    },
)
