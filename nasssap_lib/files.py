"""Writing a file whole or not at all, and saying in one line what the system refused: which path, why, and what helps.

Who reads a file never sees half of it, and who interrupts the writing loses nothing.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nasssap_lib.errors import NasssapError

LONGEST_SOCKET_FOLDER = 50  # letters; the system allows about a hundred for a socket, and Jupyter's names take half
SOCKETS = "nasssap-sockets-"
REMEDIES = {
    errno.ENOSPC: "the disk is full{free}; make room and run the same command again",
    errno.EDQUOT: "your share of the disk is full; make room and run the same command again",
    errno.EROFS: "the disk is read-only; name another folder",
    errno.EACCES: "no permission; name another file or folder, or ask whoever owns this one",
    errno.EPERM: "no permission; name another file or folder, or ask whoever owns this one",
    errno.ENOENT: "there is no such file or folder; is the path spelled right?",
    errno.ENOTDIR: "a file, where a folder is expected; name another one",
    errno.EEXIST: "there is something of that name already, and no folder; name another one",
    errno.EISDIR: "this is a folder; name a file in it",
    errno.ELOOP: "links that lead to one another; name another file or folder",
    errno.ENAMETOOLONG: "the name is too long for this disk; name a shorter one",
    errno.EMFILE: "too many files are open; run fewer at once, or raise the limit (ulimit -n)",
    errno.EIO: "the disk reports an error; copy what is on it elsewhere",
}


def fault_words(error: OSError, path: str | os.PathLike | None = None, what: str = "") -> str:
    """What the system refused, in one line: path, what, remedy.

    Parameters
    ----------
    error : as Python raised it
    path : what was written, where the error does not say it
    what : what could not be done with it

    Examples
    --------
    >>> fault_words(NotADirectoryError(errno.ENOTDIR, "Not a directory", "notes.txt/reports"))
    'notes.txt/reports: a file, where a folder is expected; name another one'
    """
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        name, _to, why = error.args[0][0]  # of copying a folder; the first file stands for all
        return f"{name}: {why}"
    name = path or error.filename or error.filename2
    if name is None and error.errno == errno.ENOENT:
        return "the folder in which this command was started is not there any more; change to another one"
    words = REMEDIES.get(error.errno, error.strerror or str(error) or type(error).__name__)
    words = words.format(free=_free(name)) if error.errno == errno.ENOSPC else words
    return ": ".join(filter(None, [os.fsdecode(name) if name else "", what, words]))


def _free(path: str | os.PathLike | None) -> str:
    """How much is free where a path lies; "" where nobody knows."""
    with suppress(OSError, TypeError, ValueError):
        return f" ({shutil.disk_usage(_there(Path(path))).free / 1e6:.1f} MB free)"
    return ""


def _there(path: Path) -> Path:
    """The path itself or the nearest folder above it that exists."""
    return next(place for place in (path.absolute(), *path.absolute().parents) if place.exists())


def expanded(path: str | os.PathLike) -> Path:
    """A path as a person names it: ``~`` is their own folder, ``~name`` that of somebody else.

    Raises
    ------
    NasssapError : nobody of that name has a folder here

    Examples
    --------
    >>> expanded("packs/SEN").parts
    ('packs', 'SEN')
    """
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise NasssapError(
            f"{os.fspath(path)}: nobody of that name has a folder on this machine; write the path without ~"
        ) from error


def check_folder(path: Path) -> None:
    """Raise where a folder, or the nearest one above it that is there, cannot be written to: before minutes of work, not after.

    Raises
    ------
    NasssapError : in one line, why
    """
    there = _there(path)
    try:
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(there))
        with tempfile.TemporaryFile(
            dir=there
        ) as file:  # what permissions say does not hold on a read-only or full disk
            file.write(bytes(4096))
    except OSError as error:
        raise NasssapError(fault_words(error, there)) from error


def check_file(path: Path) -> None:
    """Raise where a file cannot be written: no folder for it, one that refuses, or a folder of its name.

    Raises
    ------
    NasssapError : in one line, why
    """
    if path.is_dir():
        raise NasssapError(fault_words(IsADirectoryError(errno.EISDIR, "", str(path))))
    if not path.absolute().parent.exists():
        raise NasssapError(f"{path}: there is no folder {path.parent}; make it first, or name another one")
    check_folder(path.parent)


@contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """A draft beside the file, put in its place when all of it is written; gone where anything went wrong.

    Two who write the same file at once, processes or threads, on one machine or several, each have a draft of their own: the last one
    stays, whole.

    Raises
    ------
    NasssapError : the folder does not exist, cannot be written to, or the disk is full

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.txt"
    >>> with write_whole(path) as draft:
    ...     _ = draft.write_text("whole", encoding="utf-8")
    >>> path.read_text(encoding="utf-8"), len(list(path.parent.iterdir()))
    ('whole', 1)
    """
    draft = path.with_name(f".{path.name[:60]}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        if error.filename not in (None, str(draft)):  # something else that was done meanwhile
            raise NasssapError(fault_words(error)) from error
        raise NasssapError(fault_words(error, path, "cannot be written")) from error
    finally:
        with suppress(OSError):  # a folder that cannot be written to holds no draft
            draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a file of UTF-8, whole or not at all; lines end as the text has them."""
    with write_whole(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that was made in memory, whole or not at all; its folder is made where it is not there.

    In memory first, because on a full disk openpyxl and XlsxWriter leave a file open, whose end is a traceback.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_whole(path) as draft:
        draft.write_bytes(content)


def content_of(path: Path) -> bytes:
    """What is in a regular file. Nothing else of its name is opened: a named pipe would be waited for, for ever.

    Raises
    ------
    OSError : as where no file is there

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp()) / "notes.txt"
    >>> write_text(path, "agreed")
    >>> content_of(path)
    b'agreed'
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return path.read_bytes()


@contextmanager
def socket_folder() -> Iterator[Path]:
    """A folder for the local sockets of kernels, with a name that is short enough for the system; it is removed at the end.

    Who was killed could not remove theirs: the next one does. A lock, which the system takes from the dead, tells whose is in use.
    """
    usual, short = Path(tempfile.gettempdir()), Path("/tmp")  # noqa: S108
    long = len(str(usual)) > LONGEST_SOCKET_FOLDER - len(f"/{SOCKETS}12345678") and short.is_dir()
    base = short if long else usual
    for left in base.glob(f"{SOCKETS}*"):
        with held(left) as alone:
            if alone:
                shutil.rmtree(left, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(prefix=SOCKETS, dir=base, ignore_cleanup_errors=True) as folder,
        held(Path(folder)),
    ):
        yield Path(folder)


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder; False where another process does, where it is another user's, or where the system knows no such lock."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    except (ImportError, OSError):
        yield False
        return
    try:
        alone = False
        with suppress(OSError):  # held by another one, or a disk that knows no locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        yield alone
    finally:
        os.close(handle)


@contextmanager
def silenced() -> Iterator[None]:
    """Nothing that a compiled library writes to the standard output meanwhile reaches it.

    Of the whole process: what other threads print in this time is lost too. What Python has printed before comes out first.

    Examples
    --------
    >>> with silenced():
    ...     _ = os.write(1, b"of a compiled library")
    """
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, AttributeError, ValueError):  # there is no standard output
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
