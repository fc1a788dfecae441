"""What a notebook opens: a country with checked parameters, and ``show`` for what the reader sees."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "chapter": "Chapter Outline Parameter open_chapter".split(),
        "workbench": "Workbench open_workbench".split(),
    },
)
