"""A piece of a test in a process of its own that has imported all already: a fork of this one, which costs no second of imports."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Ended:
    """How such a process ended, as ``subprocess`` tells it, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def forked(function: Callable, *given: object) -> Ended:
    """Call a function in a fork; what it changes, other than files, is seen by nobody here."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        pid = os.fork()
        if not pid:
            _call(function, given, out, err)
        _, status = os.waitpid(pid, 0)
        for file in (out, err):
            file.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), out.read(), err.read())


def _call(function: Callable, given: tuple, out: IO[str], err: IO[str]) -> None:
    """What the fork does; it never returns into the test."""
    code = 1
    try:
        for number, file in ((1, out), (2, err)):
            os.dup2(file.fileno(), number)
        sys.stdout, sys.stderr = out, err
        function(*given)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else bool(end.code)
    except BaseException:
        traceback.print_exc()
    finally:
        for file in (out, err):
            file.flush()
        os._exit(int(code))
