"""What a notebook opens: a country with checked parameters, and ``show`` for what the reader sees."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "chapter": "Chapter Outline Parameter open_chapter".split(),
        "workbench": "Workbench open_workbench".split(),
    },
)
