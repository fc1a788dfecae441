"""How anything looks: numbers, texts in the reader's language, the style of pictures, tables and workbooks."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "numbers": "format_number format_persons format_share format_signed people_in_words".split(),
        "style": "Caption".split(),
        "tables": "ReportTable View to_html write_number write_persons write_share write_year".split(),
        "texts": "translate".split(),
    },
)
