"""The edge between the library and whoever started a command: no traceback for what is no fault of ours, and a quiet end by signals.

What the library refuses and what the system refuses become one message and exit code 1. Ctrl-C, SIGTERM and a closed terminal
are one interruption, so that whatever is half-done is taken back; the exit code is that of a shell, 128 and the signal.
"""

from __future__ import annotations

import codecs
import signal
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from nasssap_lib.commands.messages import shortened
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words

STOPPED = 128 + signal.SIGINT
SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


LIKE = {
    "→": "->",
    "←": "<-",
    "−": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "·": "-",
    "×": "x",
    "≥": ">=",
    "≤": "<=",
    "•": "*",
    "’": "'",
}
CLOSE = "nasssap.close"  # the name by which codecs know the handler


def like(text: str) -> str:
    """A text in letters of ASCII that look like its own, "?" for those that have none: an accent goes before its letter does.

    Examples
    --------
    >>> like("Sénégal: 1 → 2…"), like("ශ්‍රී")
    ('Senegal: 1 -> 2...', '??')
    """
    plain = (LIKE.get(letter) or unicodedata.normalize("NFKD", letter) for letter in text)
    known = ("".join(part for part in letters if part.isascii()) or _unknown(letters) for letters in plain)
    return "".join(known)


def _unknown(letters: str) -> str:
    """Marks and joiners belong to the letter before them: one sign for all."""
    return "" if unicodedata.category(letters[0]) in ("Mn", "Mc", "Cf") else "?"


def _close(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return like(error.object[error.start : error.end]), error.end


def speak_as_the_terminal_can() -> None:
    """Nothing that is printed fails for a letter which the terminal, or the file that it is sent to, does not have."""
    codecs.register_error(CLOSE, _close)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # closed, or no stream of text at all
            stream.reconfigure(errors=CLOSE)


@contextmanager
def messages() -> Iterator[None]:
    """Errors as one message and exit code 1; interruptions as their exit code."""
    with _interruptions() as received:
        try:
            yield
        except NasssapError as error:
            raise click.ClickException(shortened(str(error))) from error
        except BrokenPipeError:
            raise  # whoever read our lines has had enough: click ends quietly
        except OSError as error:
            raise click.ClickException(shortened(fault_words(error))) from error
        except MemoryError as error:
            words = "the memory is full; close other programs, or run fewer notebooks at once (--jobs 1)"
            raise click.ClickException(words) from error
        except KeyboardInterrupt:
            raise SystemExit(_code(received)) from None
        except SystemExit as end:
            raise SystemExit(_code(received) if end.code == STOPPED else end.code) from None


def _code(received: list[int]) -> int:
    return 128 + received[0] if received else STOPPED


@contextmanager
def _interruptions() -> Iterator[list[int]]:
    """The signals that end a program interrupt it as Ctrl-C does, once; those that came are in the list."""
    received: list[int] = []

    def interrupt(number: int, _frame: object) -> None:
        if not received:  # a second one would stop us from tidying up
            received.append(number)
            raise KeyboardInterrupt

    own = threading.current_thread() is threading.main_thread()
    usual = [number for number in SIGNALS if own and signal.getsignal(number) == signal.SIG_DFL]  # nohup ignores one
    for number in usual:
        signal.signal(number, interrupt)
    try:
        yield received
    finally:
        for number in usual:
            if signal.getsignal(number) == interrupt:
                signal.signal(number, signal.SIG_DFL)
