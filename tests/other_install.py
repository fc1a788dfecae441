"""An environment that sees the packages of this one and another nasssap than this one: a copy of the project that a test may change."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from small_pack import write_small_pack

from nasssap_lib.run.folders import project_root


def copy_project(root: Path) -> Path:
    """A clone in small: library, as compiled as it is here, notebooks and a pack of a few rows."""
    for name in ("nasssap_lib", "notebooks"):
        shutil.copytree(project_root() / name, root / name, ignore=shutil.ignore_patterns(".*"))
    write_small_pack(root / "data" / "raw")
    return root


def install(library: Path, folder: Path) -> Path:
    """The interpreter of an environment in ``folder`` that finds ``nasssap_lib`` in ``library`` and all else where this one does."""
    venv.create(folder, symlinks=os.name != "nt")
    places = {"base": str(folder), "platbase": str(folder), "installed_base": str(folder)}
    packages, scripts = (Path(sysconfig.get_path(name, "venv", places)) for name in ("purelib", "scripts"))
    # A path file in the folder that is named last is not read: the editable install of this environment stays unseen.
    (packages / "other.pth").write_text(f"{library}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return scripts / Path(sys.executable).name


def nasssap(python: Path, *arguments, cwd: Path, **further: str) -> subprocess.CompletedProcess:
    """The command of an environment, started in a folder."""
    code = "from nasssap_lib.commands.cli import main; main()"
    command = [str(python), "-P", "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env={**os.environ, **further}, capture_output=True, text=True, timeout=300)
