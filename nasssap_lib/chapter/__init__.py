"""What a notebook opens: a country with checked parameters, and ``show`` for what the reader sees."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "chapter": "Chapter open_chapter".split(),
        "notebooks": "Notebook chapters read_notebook".split(),
        "parameters": "Parameter".split(),
        "workbench": "Workbench open_workbench".split(),
    },
)
