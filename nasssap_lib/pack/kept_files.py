"""Files of a pack that are replaced all or none: what stood there is kept meanwhile, and put back whoever is stopped or killed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words, held

BEFORE, WANTED = ".before-", ".wanted.json"  # a folder of what stood there, and what shall stand there


@contextmanager
def kept(paths: list[Path], texts: Mapping[str, str]) -> Iterator[None]:
    """Keep what stands in some places until all of them are written; whatever goes wrong or stops it puts everything back.

    Who is killed puts nothing back: what is kept says by digests what was to be written, so that :func:`put_back` can.
    """
    with ExitStack() as stack:
        try:
            near = tempfile.TemporaryDirectory(prefix=BEFORE, dir=paths[0].parent, ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(near))
            stack.enter_context(held(folder))
            kept = {path: folder / path.name for path in paths}
            for path, copy in kept.items():
                if path.exists():
                    _link(path, copy)
            wanted = {path.name: _digest(texts[path.name].encode()) for path in paths}
            write_plain(folder / WANTED, json.dumps({"process": os.getpid(), "files": wanted}))
        except OSError as error:
            raise NasssapError(fault_words(error, paths[0], "cannot be written")) from error
        try:
            yield
        except BaseException:
            for path, copy in kept.items():
                if copy.exists():
                    copy.replace(path)
                else:
                    path.unlink(missing_ok=True)
            raise


def put_back(root: Path, country: str) -> list[str]:
    """Put a pack back as it was before somebody was killed between two of its files; what nobody holds any more is taken away.

    Parameters
    ----------
    root : data folder
    country : code of the pack

    Returns
    -------
    names of the files that are again as they were; a file that was changed since stays as it is
    """
    back: list[str] = []
    for left in (root / country).glob(f"{BEFORE}*"):
        with held(left) as alone, suppress(OSError):
            if alone:
                back += _put_back(left)
                shutil.rmtree(left, ignore_errors=True)
    return back


def put_back_words(root: Path, country: str) -> str:
    """Put a pack back, see :func:`put_back`, and say what is as before again; "" where nothing was interrupted."""
    back = put_back(root, country)
    return f"{country}: writing was interrupted; as before again: {', '.join(back)}" if back else ""


def _put_back(left: Path) -> list[str]:
    """Files of one that was killed: none where it had not begun to put files in place, or had put all."""
    try:
        said = json.loads((left / WANTED).read_text(encoding="utf-8"))
        wanted = {str(name): str(digest) for name, digest in said["files"].items() if Path(name).name == name}
        process = int(said["process"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
    for name in wanted:
        for draft in left.parent.glob(f".{name}.{process}.*"):
            draft.unlink(missing_ok=True)
    new = [name for name, digest in wanted.items() if _digest_of(left.parent / name) == digest]
    if len(new) == len(wanted):
        return []
    for name in new:
        if (left / name).exists():
            (left / name).replace(left.parent / name)
        else:
            (left.parent / name).unlink()
    return new


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _link(path: Path, copy: Path) -> None:
    """A second name for a file, which takes no room; a copy where the disk knows no second names."""
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copy2(path, copy)


def write_plain(path: Path, text: str) -> None:
    """Write a text as it is, with the ends of lines that it has."""
    path.write_text(text, encoding="utf-8", newline="")
