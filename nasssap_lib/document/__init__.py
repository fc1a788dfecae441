"""The strategy document: compiled from the results of the notebooks, in the country's language, as HTML, DOCX and PDF."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "blocks": "Document Figure Items Paragraph Section Table".split(),
    },
)
