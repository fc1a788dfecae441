"""One run an output folder: a second one waits for the first and says whom it waits for; a run that was killed is in nobody's way."""

from __future__ import annotations

import json
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from nasssap_lib.errors import NasssapError
from nasssap_lib.files import check_folder, fault_words, socket_folder
from nasssap_lib.run.folders import Folders

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

LOCK = ".run.lock"  # in reports/
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
    for folder in (folders.reports, folders.processed):
        check_folder(folder)
    lock, drafts = folders.reports / LOCK, [folders.reports / DRAFTS, folders.processed / DRAFTS]
    try:
        for folder in (folders.reports, folders.processed):
            folder.mkdir(parents=True, exist_ok=True)
        handle = _hold(lock, say)
    except OSError as error:
        raise NasssapError(fault_words(error, folders.out)) from error
    try:
        _clear(drafts)
        _write_owner(handle)
        with socket_folder() as place:
            yield place
    finally:
        _clear(drafts)
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


def _write_owner(handle: int) -> None:
    """Who holds the lock."""
    what = f"process {os.getpid()} on {platform.node()} since {datetime.now().astimezone():%H:%M:%S}"
    with suppress(OSError):  # a full disk: the lock holds without it
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps({"what": what}).encode())


def _clear(drafts: list[Path]) -> None:
    """Take away what is not whole."""
    for folder in drafts:
        shutil.rmtree(folder, ignore_errors=True)
