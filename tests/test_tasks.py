"""tasks.py sets up once, repairs what was interrupted or moved, and passes on what programs say.

The set-up's own programs are replaced by a recorder: a real one takes half a minute and is what CI begins with.
"""

import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "tasks.py"
posix = pytest.mark.skipif(os.name == "nt", reason="signals of a POSIX system")


def load(folder: Path):
    """tasks.py as a module that takes the folder for the project's."""
    spec = importlib.util.spec_from_file_location("tasks_copy", shutil.copy(SOURCE, folder))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fake_run(tasks, commands: list[str], codes: dict[str, int]):
    """Stand-in for `tasks.run`: notes the command, makes what `-m venv` makes, returns the code set for a word in it."""

    def run(*command, cwd=None):
        words = " ".join(map(str, command))
        commands.append(words)
        if "-m venv" in words:
            tasks.PROGRAMS.mkdir(parents=True, exist_ok=True)
            tasks.PYTHON.unlink(missing_ok=True)
            tasks.PYTHON.symlink_to(sys.executable)
        return next((code for word, code in codes.items() if word in words), 0)

    return run


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of two empty lists; `commands` is what was run, `codes` how a command with a word in it ends."""
    (tmp_path / "requirements.lock").write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    tasks = load(tmp_path)
    tasks.commands, tasks.codes = [], {}
    tasks.really_run = tasks.run
    monkeypatch.setattr(tasks, "run", fake_run(tasks, tasks.commands, tasks.codes))
    return tasks


def has(commands: list[str], words: str) -> bool:
    """Whether one of the commands contains the words."""
    return any(words in command for command in commands)


def test_first_set_up_installs_the_lock_by_hash_then_the_project(project):
    project.set_up()
    venv, uv, lock, itself = project.commands
    assert "-m venv --clear" in venv
    assert project.UV in uv
    assert "--require-hashes -r" in lock
    assert "--no-deps --no-build-isolation -e" in itself


def test_second_set_up_runs_nothing(project):
    project.set_up()
    project.commands.clear()
    project.set_up()
    assert project.commands == []


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_changed_list_is_installed_without_a_new_environment(project, file):
    project.set_up()
    project.commands.clear()
    (project.ROOT / file).write_text("# changed")
    project.set_up()
    assert has(project.commands, "--require-hashes")
    assert not has(project.commands, "-m venv")


def test_moved_environment_is_made_anew(project, tmp_path):
    project.set_up()
    project.commands.clear()
    project.STAMP.write_text(project.STAMP.read_text().replace(str(tmp_path), "/elsewhere"))
    project.set_up()
    assert has(project.commands, "-m venv --clear")


def test_environment_without_its_interpreter_is_made_anew(project):
    project.set_up()
    project.commands.clear()
    project.PYTHON.unlink()
    project.PYTHON.symlink_to("/no/such/python")
    project.set_up()
    assert has(project.commands, "-m venv --clear")


def test_interrupted_set_up_leaves_no_stamp_and_is_repaired(project, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(project, "install_project", interrupt)
        project.set_up()
    assert not project.STAMP.exists()
    project.commands.clear()
    project.set_up()
    assert has(project.commands, "-m venv --clear")
    assert project.STAMP.exists()


def test_failed_set_up_says_what_and_leaves_no_stamp(project):
    project.codes.update({"--require-hashes": 1})
    with pytest.raises(project.Stop, match="exit code 1. Is the network there"):
        project.set_up()
    assert not project.STAMP.exists()


def test_pip_does_it_where_uv_cannot_be_had(project):
    project.codes.update({project.UV: 1})
    project.set_up()
    assert has(project.commands, "-m pip install -q --require-hashes")


def test_missing_ensurepip_gives_the_remedy(project, monkeypatch):
    monkeypatch.setattr(project.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(project.Stop, match="apt-get install python3-venv"):
        project.set_up()


def test_older_python_is_told_what_is_needed(project, monkeypatch):
    monkeypatch.setattr(project.sys, "version_info", (3, 9, 18))
    with pytest.raises(project.Stop, match=r"This is Python 3\.9; nasssap needs 3\.11 or newer"):
        project.main(["setup"])


def test_older_python_can_read_as_far_as_that_sentence():
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_standard_library_only():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_bare_call_lists_every_task_with_a_line(project, capsys):
    assert project.main([]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(project.TASKS)
    assert all(len(line.split()) > 3 and len(line) < 100 for line in lines)


def test_unknown_task_ends_with_a_sentence():
    ended = subprocess.run([sys.executable, SOURCE, "tset"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "There is no task 'tset'." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_reports_passes_arguments_and_exit_code_on(project):
    project.codes.update({"nasssap": 3})
    assert project.main(["reports", "SEN", "--jobs", "2"]) == 3
    assert project.commands[-1].endswith(f"nasssap{project.SUFFIX} run SEN --jobs 2")


def test_tests_passed_but_lint_failed_is_a_failure(project, monkeypatch, capsys):
    monkeypatch.setattr(project, "ensure_chromium", lambda: None)
    project.codes.update({"--check": 1})
    assert project.main(["test", "-k", "gini"]) == 1
    assert has(project.commands, "--nbval-lax -k gini")
    printed = capsys.readouterr().out
    assert "lint: FAILED (exit code 1)" in printed
    assert "tests, doctests and notebooks: passed" in printed


def test_tests_that_are_only_read_need_no_lint_and_no_browser(project, monkeypatch):
    monkeypatch.setattr(project, "ensure_chromium", lambda: pytest.fail("a browser"))
    project.codes.update({"--check": 1})
    assert project.main(["test", "--collect-only"]) == 0
    assert has(project.commands, "--nbval-lax --collect-only") and not has(project.commands, "ruff")


def test_no_test_at_all_is_a_failure_except_for_soak(project, monkeypatch):
    monkeypatch.setattr(project, "ensure_chromium", lambda: None)
    project.codes.update({"-m pytest": 5})
    assert project.main(["test"]) == 5
    assert project.main(["soak"]) == 0


def test_a_wheel_is_tried_away_from_the_clone_and_must_leave_its_products(project, tmp_path):
    away = tmp_path / "away"
    with pytest.raises(project.Stop, match="wrote no reports/index.html, "):
        project.try_wheel(tmp_path / "python", away)
    assert has(project.commands, f"nasssap{project.SUFFIX} run SEN") and has(project.commands, project.WITHOUT_LAB)
    project.codes.update({" check ": 1})
    with pytest.raises(project.Stop, match="does not work outside the clone"):
        project.try_wheel(tmp_path / "python", tmp_path / "third")


def test_what_a_wheel_leaves_out_is_named(project):
    library = project.ROOT / "nasssap_lib"
    for name in ("run/page.j2", "a.py", "__pycache__/a.pyc", ".hidden/x", "texts.po"):
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).touch()
    (project.ROOT / "notebooks").mkdir()
    (project.ROOT / "notebooks" / "01_a.ipynb").touch()
    with zipfile.ZipFile(project.ROOT / "x.whl", "w") as archive:
        archive.writestr("nasssap_lib/a.py", "")
        archive.writestr("nasssap_lib/texts.po", "")
    assert project.left_out(project.ROOT / "x.whl") == ["nasssap_lib/notebooks/01_a.ipynb", "nasssap_lib/run/page.j2"]


def test_the_environment_of_a_wheel_sees_the_packages_and_not_the_editable_install(project, monkeypatch):
    project.set_up()
    packages = project.VENV / "lib" / "python3" / "site-packages"
    (packages / "pip").mkdir(parents=True)
    made = project.ROOT / "other"
    (made / "lib" / "site-packages").mkdir(parents=True)
    python = project.venv_beside(made)
    assert (made / "lib" / "site-packages" / "dependencies.pth").read_text("utf-8") == f"{packages}\n"
    assert python.is_relative_to(made) and has(project.commands, f"-m venv --without-pip {made}")


def test_programs_may_write_bytecode(project, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    code = "import os, sys; sys.exit('PYTHONDONTWRITEBYTECODE' in os.environ)"
    assert project.really_run(sys.executable, "-c", code) == 0


@posix
def test_killed_program_gives_the_exit_code_of_a_shell(project):
    assert project.really_run(sys.executable, "-c", "import os; os.kill(os.getpid(), 9)") == 137


@posix
def test_interruption_waits_for_the_program_and_ends_quietly_with_130(project):
    project.set_up()
    (project.ROOT / "benchmarks").mkdir()
    (project.ROOT / "benchmarks" / "slow.py").write_text(
        "import pathlib, time\n"
        "try:\n    pathlib.Path('started').touch()\n    time.sleep(60)\n"
        "except KeyboardInterrupt:\n    time.sleep(0.5)\n    pathlib.Path('tidied').touch()\n"
    )
    process = subprocess.Popen(
        [sys.executable, project.ROOT / "tasks.py", "bench"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not (project.ROOT / "started").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    assert (process.communicate()[1], process.returncode) == ("", 130)
    assert (project.ROOT / "tidied").exists()


def test_notebook_keeps_its_text_and_tags_and_nothing_of_its_run(project, tmp_path):
    cell = {
        "cell_type": "code",
        "id": "a1",
        "execution_count": 7,
        "metadata": {"tags": ["parameters"], "execution": {"start": "now"}},
        "outputs": [{"output_type": "stream", "name": "stdout", "text": ["é"]}],
        "source": ["country = 'SEN'  # é"],
    }
    path = tmp_path / "n.ipynb"
    written = {"cells": [cell], "metadata": {"papermill": {"path": "/home"}}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(written), encoding="utf-8")
    project.strip_notebook(path)
    stripped = json.loads(path.read_text(encoding="utf-8"))
    kept = {"metadata": {"tags": ["parameters"]}, "outputs": [], "execution_count": None}
    assert stripped["cells"] == [cell | kept]
    assert stripped["metadata"]["kernelspec"]["name"] == "python3"
    assert "papermill" not in stripped["metadata"]
    first = path.read_bytes()
    project.strip_notebook(path)
    assert path.read_bytes() == first


def test_clean_deletes_what_can_be_made_again_and_never_raw_data(project):
    again = ["reports/SEN/a.html", "reports/index.html", "data/processed/SEN/t.csv", "lib/__pycache__/a.pyc"]
    kept = ["data/raw/SEN/__pycache__/kept", "reports/.gitkeep", "data/processed/.gitkeep", ".venv/a/__pycache__/b.pyc"]
    for name in again + kept:
        (project.ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (project.ROOT / name).touch()
    assert project.main(["clean"]) == 0
    assert not [name for name in again if (project.ROOT / name).exists()]
    assert all((project.ROOT / name).exists() for name in kept)
