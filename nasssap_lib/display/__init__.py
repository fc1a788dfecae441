"""How anything looks: numbers, texts in the reader's language, the style of pictures, tables and workbooks."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "numbers": "format_number format_persons format_share format_signed people_in_words".split(),
        "style": "Caption".split(),
        "tables": "ReportTable View to_html write_number write_persons write_share write_year".split(),
        "texts": "in_language language_name languages".split(),
    },
)
