"""Archives that want to do harm are refused, each for its own reason, and leave nothing behind."""

import io
import re
import stat
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from bundle_tools import write
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.commands.cli import main
from nasssap_lib.exchange import archive as archives
from nasssap_lib.exchange.archive import ArchiveError, name_fault, names_fault, read_archive, write_archive

NOW = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
PLAIN = {"manifest.json": b"{}", "data/raw/SEN/indicators.csv": b"a,b\n"}


def entry(name, mode=None, **values):
    """An entry of a zip file whose name is written as it is."""
    info = zipfile.ZipInfo("x")
    info.filename = name
    info.create_system = 3
    if mode is not None:
        info.external_attr = mode << 16
    for key, value in values.items():
        setattr(info, key, value)
    return info


def with_entry(*further):
    return lambda path: write(path, PLAIN, *further)


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        file.writestr("manifest.json", b"{}")
        file.writestr("big.csv", bytes(30_000_000))


def many(path):
    write(path, {f"f{i}": b"" for i in range(archives.MAX_FILES + 1)})


def encrypted(path):
    spoil_directory(write(path, PLAIN), lambda record: record[:8] + struct.pack("<H", 1) + record[10:])


def false_size(path):
    """The list of contents promises fewer bytes than there are."""
    spoil_directory(write(path, PLAIN), lambda record: record[:24] + struct.pack("<L", 1) + record[28:])


def overlapping(path):
    """Two entries that share their bytes, as in a bomb that needs no ratio."""
    second = {"n": 0}

    def change(record):
        second["n"] += 1
        return record if second["n"] == 1 else record[:42] + struct.pack("<L", 0) + record[46:]

    spoil_directory(write(path, PLAIN), change)


def spoil_directory(path, change):
    """Change the records of the list of contents, 46 bytes and a name each."""
    content = path.read_bytes()
    length, start = struct.unpack("<2L", content[-10:-2])
    records, position = b"", start
    while position < start + length:
        name = struct.unpack("<H", content[position + 28 : position + 30])[0]
        record = content[position : position + 46]
        records += change(record) + content[position + 46 : position + 46 + name]
        position += 46 + name
    path.write_bytes(content[:start] + records + content[start + length :])


def prefixed(path):
    write(path, PLAIN)
    path.write_bytes(b"MZ an executable" + path.read_bytes())


def commented(path):
    write(path, PLAIN)
    with zipfile.ZipFile(path, "a") as file:
        file.comment = b"hello"


def cut(path):
    write(path, PLAIN)
    path.write_bytes(path.read_bytes()[:-5])


def packed_otherwise(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("manifest.json", b"{}")


HOSTILE = {
    "parent path": (with_entry((entry("../evil.txt"), "x")), "a parent folder"),
    "parent path inside": (with_entry((entry("data/../../evil.txt"), "x")), "a parent folder"),
    "absolute path": (with_entry((entry("/tmp/evil.txt"), "x")), "an absolute path"),
    "drive letter": (with_entry((entry("C:/evil.txt"), "x")), "a drive letter"),
    "backslash": (with_entry((entry("data\\..\\evil.txt"), "x")), "a backslash"),
    "link": (with_entry((entry("data/link", stat.S_IFLNK | 0o777), "/etc/passwd")), "a link"),
    "device file": (with_entry((entry("data/device", stat.S_IFCHR | 0o666), "")), "a link or a special file"),
    "doubled name": (with_entry((entry("manifest.json"), "{}")), "twice"),
    "doubled by case": (with_entry((entry("Manifest.JSON"), "{}")), "twice"),
    "file that is a folder": (with_entry((entry("data/raw"), "x")), "as a file and as a folder"),
    "device name": (with_entry((entry("CON"), "x")), "a device name of Windows"),
    "device name with ending": (with_entry((entry("data/nul.csv"), "x")), "a device name of Windows"),
    "serial port": (with_entry((entry("COM1.txt"), "x")), "a device name of Windows"),
    "trailing dot": (with_entry((entry("data/x.csv."), "x")), "ends in a dot"),
    "trailing space": (with_entry((entry("data/x.csv "), "x")), "ends in a dot or space"),
    "stream of Windows": (with_entry((entry("data/x.csv:evil"), "x")), "a character beside"),
    "escape sequence": (with_entry((entry("data/\x1b[2Jx"), "x")), "a character beside"),
    "letters that look alike": (with_entry((entry("m\u0430nifest.json"), "x")), "a character beside"),
    "long name": (with_entry((entry("x" * 300), "x")), "more than 200 characters"),
    "bomb": (bomb, "a file that grows from"),
    "many files": (many, "at most 2,000 files"),
    "shared bytes": (overlapping, "share their bytes"),
    "encrypted": (encrypted, "an encrypted file"),
    "false size": (false_size, "manifest.json: damaged"),
    "other compression": (packed_otherwise, "a kind of compression"),
    "bytes before it": (prefixed, "nothing before or after"),
    "comment": (commented, "a plain zip file"),
    "cut off": (cut, "a plain zip file"),
    "no zip at all": (lambda path: path.write_bytes(b"PK"), "a zip file"),
    "empty": (lambda path: path.write_bytes(b""), "a zip file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing_behind(name, tmp_path, temporary, monkeypatch):
    make, reason = HOSTILE[name]
    folder = tmp_path / "inbox" / "deep"
    folder.mkdir(parents=True)
    with pytest.warns(UserWarning) if name == "doubled name" else _nothing():
        make(folder / "hostile.zip")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["verify", "hostile.zip", "--rerun"], catch_exceptions=False)
    assert result.exit_code == 1
    assert reason in result.output
    assert "\x1b" not in result.output
    assert {path.name for path in tmp_path.rglob("*")} == {"inbox", "deep", "hostile.zip"}
    assert not list(temporary.iterdir())


def _nothing():
    import contextlib

    return contextlib.nullcontext()


def test_a_refusal_says_what_to_do_and_names_the_first_of_many(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for number in range(50):
            archive.writestr(f"../{number}", "a")
    with pytest.raises(ArchiveError) as refused:
        read_archive(tmp_path / "x.zip")
    *lines, more = str(refused.value).splitlines()
    assert len(lines) == 8 and more == "… and 42 more such names"
    assert lines[0] == "x.zip: refused, for it holds '../0': a parent folder '..'; ask for the file as it was sent"


def test_limits_on_one_file_and_on_all(tmp_path, monkeypatch):
    path = write(tmp_path / "x.zip", {"a": b"x" * 50, "b": b"y" * 60})
    monkeypatch.setattr(archives, "MAX_FILE", 55)
    with pytest.raises(ArchiveError, match="a file of 60 bytes"):
        read_archive(path)
    monkeypatch.setattr(archives, "MAX_FILE", 1000)
    monkeypatch.setattr(archives, "MAX_TOTAL", 109)
    with pytest.raises(ArchiveError, match="expected at most|110 bytes in all"):
        read_archive(path)


def test_an_archive_inside_is_data(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("../evil", "x")
    path = write(tmp_path / "x.zip", {**PLAIN, "inner.zip": inner.getvalue()})
    assert read_archive(path).files["inner.zip"] == inner.getvalue()


def test_what_was_written_is_read_and_the_same_files_give_the_same_bytes(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_archive(tmp_path / name, PLAIN, NOW)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert read_archive(tmp_path / "a.zip").files == PLAIN
    for wrong in ({"../x": b""}, {"a": b"", "A": b""}):
        with pytest.raises(ArchiveError):
            write_archive(tmp_path / "c.zip", wrong, NOW)
    with pytest.raises(ArchiveError, match="grows"):
        write_archive(tmp_path / "c.zip", {"zeros": bytes(1_000_000)}, NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


@given(st.text(st.sampled_from("aA.-_/\\: ~$con0\u00e9\x00\x1f"), max_size=12) | st.text(max_size=20))
def test_a_name_without_fault_stays_inside_on_every_system(name):
    if name_fault(name):
        return
    assert name.isascii()
    for kind in (PurePosixPath, PureWindowsPath):
        path = kind(name)
        assert not path.is_absolute()
        assert not path.drive
        assert ".." not in path.parts
        assert path.as_posix() == name
    assert not PureWindowsPath(name).is_reserved()


@given(st.lists(st.sampled_from(["a", "A", "a/b", "a/B", "b", "b/c/d", "b/c"]), unique=True))
def test_names_without_fault_never_meet_where_capitals_do_not_count(names):
    if names_fault(names):
        return
    folded = [name.casefold() for name in names]
    assert len(set(folded)) == len(folded)
    assert not any(other.startswith(f"{name}/") for name in folded for other in folded)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda name: f"SEN/{name}", "its manifest lies in SEN/"),
        (lambda name: f"__MACOSX/._{name}" if name.startswith("m") else name, "it holds __MACOSX/._manifest.json"),
        (lambda name: f"{name[:5]}.DS_Store" if "/" in name else name, "it holds data/.DS_Store"),
    ],
)
def test_what_was_unpacked_and_packed_again_is_refused_with_what_to_do(tmp_path, change, words):
    path = write(tmp_path / "x.zip", {change(name): content for name, content in PLAIN.items()})
    expected = f"unpacked and packed again ({words}): ask for the file as it was sent"
    with pytest.raises(ArchiveError, match=re.escape(expected)):
        read_archive(path)


def test_folders_that_stand_by_themselves_are_no_harm_unless_they_are_files_too(tmp_path):
    folders = [(entry(f"{name}/", stat.S_IFDIR | 0o755), "") for name in ("data", "data/raw", "data/raw/SEN")]
    assert dict(read_archive(write(tmp_path / "x.zip", PLAIN, *folders)).files) == PLAIN
    with pytest.raises(ArchiveError, match=r"'manifest\.json' as a file and as a folder"):
        read_archive(write(tmp_path / "x.zip", PLAIN, (entry("manifest.json/"), "")))


@pytest.mark.parametrize(
    ("further", "around", "why"),
    [
        ("__MACOSX/._manifest.json", "", "it holds __MACOSX/._manifest.json"),
        (".DS_Store", "", "it holds .DS_Store"),
        ("._manifest.json", "", "it holds ._manifest.json"),
        ("SEN/.DS_Store", "SEN/", "its manifest lies in SEN/"),
        ("SEN/x.csv", "SEN/", "its manifest lies in SEN/"),
        ("S N/x.csv", "S N\\", "its manifest lies in S N/"),
    ],
)
def test_a_bundle_that_was_unpacked_and_packed_again_is_refused_saying_why(tmp_path, further, around, why):
    path = write(tmp_path / "x.zip", {further: b"x", **{f"{around}{name}": content for name, content in PLAIN.items()}})
    with pytest.raises(
        ArchiveError, match=re.escape(f"it was unpacked and packed again ({why}): ask for the file as it was sent")
    ):
        read_archive(path)
