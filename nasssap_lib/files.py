"""Writing a file whole or not at all: who reads it never sees half of it, and who interrupts the writing loses nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nasssap_lib.errors import NasssapError


@contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """A draft beside the file, put in its place when all of it is written; gone where anything went wrong.

    Raises
    ------
    NasssapError : the folder does not exist, or cannot be written to

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.txt"
    >>> with write_whole(path) as draft:
    ...     _ = draft.write_text("whole", encoding="utf-8")
    >>> path.read_text(encoding="utf-8"), len(list(path.parent.iterdir()))
    ('whole', 1)
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise NasssapError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        with suppress(OSError):  # a folder that cannot be written to holds no draft
            draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a file of UTF-8, whole or not at all; lines end as the text has them."""
    with write_whole(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")
