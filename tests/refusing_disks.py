"""Disks that refuse everybody, root too, on which a test writes: a full one, and one that can only be read.

They are mounted where nobody else sees them, which needs the rights of root: elsewhere the test is skipped by name.
"""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import call
from forked import forked

MOUNT = {
    "full": 'mount -t tmpfs -o size=16k tmpfs "$1"',
    "read-only": 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"',
}
OWN_MOUNTS = 0x20000  # CLONE_NEWNS of Linux


def on_disk(kind: str, folder: Path, *command: str) -> str:
    """What a program prints for which the folder is such a disk."""
    script = f'{MOUNT[kind]} && echo mounted && shift && exec "$@"'
    tests = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(folder), *command],
        env={**os.environ, "PYTHONPATH": tests}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if not done.stdout.startswith("mounted\n"):
        pytest.skip(f"no {kind} disk can be made here: {done.stderr.strip()[-100:]}")
    assert not done.returncode and not done.stderr, done.stderr
    return done.stdout.removeprefix("mounted\n")


def python_on_disk(kind: str, folder: Path, code: str, *arguments: object) -> str:
    """What a piece of Python prints there."""
    return on_disk(kind, folder, sys.executable, "-c", code, *map(str, arguments))


def call_on_disk(kind: str, folder: Path, *calls: tuple) -> list[tuple[int, str]]:
    """Exit code and output of commands of ``nasssap`` there, one after the other, in a fork of this process."""
    done = forked(_call_there, kind, folder, calls)
    if not done.stdout.startswith("mounted\n"):
        pytest.skip(f"no {kind} disk can be made here: {done.stderr.strip()[-100:]}")
    assert not done.returncode and not done.stderr, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()[1:]]


def _call_there(kind: str, folder: Path, calls: tuple) -> None:
    """Make the disk, where only this process sees it, and call the commands."""
    if ctypes.CDLL(None, use_errno=True).unshare(OWN_MOUNTS):
        raise OSError(ctypes.get_errno(), "a process may not have mounts of its own here")
    script = f"mount --make-rprivate / && {MOUNT[kind]}"
    subprocess.run(["sh", "-c", script, "sh", str(folder)], check=True)
    print("mounted")
    for arguments in calls:
        result = call(*arguments)
        print(json.dumps([result.exit_code, result.output]))
