"""The strategy document: compiled from the results of the notebooks, in the country's language, as HTML, DOCX, PDF and slides."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "blocks": "Document Figure Items Paragraph Section Table".split(),
        "compilation": "compile_document render".split(),
        "compose": "compose_document".split(),
        "docx": "render_docx".split(),
        "outline": "Outline orders read_outline".split(),
        "page": "render_html".split(),
        "pdf": "render_pdf".split(),
        "prose": "read_prose".split(),
        "record": "Record record_country".split(),
        "slides": "render_pptx".split(),
    },
)
