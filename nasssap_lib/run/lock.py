"""One run an output folder: a second one waits for the first and says whom it waits for; a run that was killed is in nobody's way."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from nasssap_lib.errors import NasssapError
from nasssap_lib.run.folders import Folders

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

DRAFTS = ".run"  # below reports/ and data/processed/: what is not whole yet
SECONDS_BETWEEN_LOOKS = 0.2


@contextmanager
def only_run(folders: Folders, say: Callable[[str], None] = lambda text: None) -> Iterator[Path]:
    """Hold an output folder for this run; what a killed run left there is taken away.

    Parameters
    ----------
    folders : whose ``out`` is held; ``reports/`` and ``data/processed/`` are made
    say : told once whom this run waits for

    Yields
    ------
    a temporary folder of this run alone, outside the output folder

    Raises
    ------
    NasssapError : the output folder cannot be written to
    """
    drafts = [folders.reports / DRAFTS, folders.processed / DRAFTS]
    lock = folders.reports / f"{DRAFTS}.lock"
    try:
        for folder in (folders.reports, folders.processed):
            folder.mkdir(parents=True, exist_ok=True)
        handle = _hold(lock, say)
    except OSError as error:
        where = error.filename or folders.out
        text = f"{where}: cannot be written ({error.strerror}); choose another folder with --out"
        raise NasssapError(text) from error
    place = Path(tempfile.mkdtemp(prefix="nasssap", dir=_short_temporary_folder()))
    try:
        _clear(drafts, _read_owner(handle).get("place"))
        _write_owner(handle, place)
        yield place
    finally:
        _clear(drafts, place)
        with suppress(OSError):
            lock.unlink()  # before it is let go: who waits for it looks whether it is still there
        os.close(handle)


def _hold(lock: Path, say: Callable[[str], None]) -> int:
    """An open handle of the lock file, once nobody else holds it."""
    told = False
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        if _try_lock(handle) and _is_there(lock, handle):
            return handle
        owner = _read_owner(handle)
        os.close(handle)
        if not told and owner:
            say(f"another run is writing there: {owner.get('what', '')}; waiting until it has ended …")
            told = True
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _try_lock(handle: int) -> bool:
    """Whether the lock is ours now; the system lets go of it when its process ends, however that ends."""
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the text, which others read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _is_there(lock: Path, handle: int) -> bool:
    """Whether the file that was locked is still the one of that name: who held it before takes it away."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(handle))
    except OSError:
        return False


def _read_owner(handle: int) -> dict[str, str]:
    os.lseek(handle, 0, os.SEEK_SET)
    with suppress(ValueError, OSError):
        values = json.loads(os.read(handle, 4096))
        return values if isinstance(values, dict) else {}
    return {}


def _write_owner(handle: int, place: Path) -> None:
    """Who holds the lock, and which temporary folder is to go where it cannot take it away itself."""
    what = f"process {os.getpid()} on {platform.node()} since {datetime.now().astimezone():%H:%M:%S}"
    content = json.dumps({"what": what, "place": str(place)}).encode()
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    with suppress(OSError):  # a full disk: the lock holds without it
        os.write(handle, content)


def _clear(drafts: list[Path], place: str | Path | None) -> None:
    """Take away what is not whole, and the temporary folder of a run."""
    for folder in [*drafts, *([Path(place)] if place and Path(place).name.startswith("nasssap") else [])]:
        shutil.rmtree(folder, ignore_errors=True)


def _short_temporary_folder() -> str | None:
    """Where temporary folders go: the names of sockets in them may have about a hundred letters."""
    short = Path("/tmp")  # noqa: S108
    return str(short) if len(os.fsencode(tempfile.gettempdir())) > 50 and short.is_dir() else None
