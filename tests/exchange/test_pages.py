"""Pages, outputs and first pages of a bundle against those that we would have written; and which files it may hold at all."""

import json

from nasssap_lib.exchange.bundle import INDEX, README
from nasssap_lib.exchange.manifest import MANIFEST
from nasssap_lib.exchange.pages import foreign_names, other_pages

PAGE = b'<p>12 %%</p><img alt="x" src="data:image/svg+xml;base64,%s">'


def notebook(picture, text, python="3.11.7"):
    output = {"output_type": "display_data", "data": {"image/svg+xml": picture, "text/plain": text}, "metadata": {}}
    cell = {"cell_type": "code", "source": "", "outputs": [output, {"output_type": "stream", "text": text}]}
    return json.dumps({"cells": [cell], "metadata": {"language_info": {"version": python}}}).encode()


def test_pictures_alone_are_told_from_what_is_written():
    theirs = {"reports/a.html": PAGE % b"QUJD", "reports/a.ipynb": notebook("<svg/>", "12 %", "3.12.1")}
    ours = {"reports/a.html": PAGE % b"QUJE", "reports/a.ipynb": notebook("<svg></svg>", "12 %")}
    assert other_pages(theirs, ours) == ([], ["reports/a.html", "reports/a.ipynb"])
    assert other_pages(ours, ours) == ([], [])


def test_another_text_is_a_difference_and_so_is_a_page_too_many_or_too_few():
    ours = {"reports/a.html": PAGE % b"QUJD", "reports/a.ipynb": notebook("<svg/>", "12 %"), README: b"x", INDEX: b"y"}
    for name, content in (
        ("reports/a.html", (PAGE % b"QUJD").replace(b"12", b"99")),
        ("reports/a.html", PAGE % b"QUJE" + b"<script src=x></script>"),
        ("reports/a.html", PAGE % b"QUJE" + b'<img src="data:image/gif;base64,AAAA">'),
        ("reports/a.ipynb", notebook("<svg></svg>", "99 %")),
        ("reports/b.html", PAGE % b"QUJD"),
        (INDEX, b"<h1>99.9 %</h1>"),
        (README, b"call 0800 bribe"),
    ):
        assert other_pages({**ours, name: content}, ours) == ([name], [])
    assert other_pages({README: b"x", INDEX: b"y"}, ours) == (["reports/a.html", "reports/a.ipynb"], [])


def test_when_how_long_and_on_what_a_run_was_made_may_differ_and_nothing_else():
    name = "data/processed/SEN/02_a/run.json"
    record = {
        "status": "done",
        "seconds": 3.2,
        "finished": "2026",
        "versions": {"python": "3.11"},
        "tables": {"gaps.csv": "0"},
    }
    ours = {name: json.dumps(record).encode()}

    def other(**change):
        return other_pages({name: json.dumps(record | change).encode()}, ours)[0]

    assert other(seconds=9, finished="2027", versions={"python": "3.12"}, tables={"gaps.csv": "1"}) == []
    for change in ({"status": "failed"}, {"message": "99 % are covered"}, {"tables": {"bribe.csv": "0"}}):
        assert other(**change) == [name]
    twice = ours[name].replace(b'"status"', b'"status": "99 %", "status"')
    assert other_pages({name: twice}, ours)[0] == [name], "readers differ in which of the two they take"


def test_the_manifest_may_say_another_machine_and_time_and_nothing_else():
    runs = {"02_a": {"parameters": {"year": 2025}, "finished": "2026"}}
    ours = {
        "format": "x",
        "runs": runs,
        "versions": {"python": "3.11"},
        "files": {"a.csv": {"sha256": "0"}},
        "fictional": True,
    }

    def other(**change):
        return other_pages(*({MANIFEST: json.dumps(said).encode()} for said in (ours | change, ours)))[0]

    assert (
        other(runs={"02_a": runs["02_a"] | {"finished": "2027"}}, versions={}, files={"a.csv": {"sha256": "1"}}) == []
    )
    for change in (
        {"fictional": False},
        {"note": "approved"},
        {"runs": {"02_a": {"parameters": {"year": 2020}}}},
        {"runs": [1]},
    ):
        assert other(**change) == [MANIFEST]


def test_a_bundle_may_hold_what_share_writes_of_its_runs_and_nothing_else():
    runs = {"01_a": {"scenario": "low,high", "language": "fr"}}
    ours = [
        README, INDEX, "data/raw/codebook.csv", "data/raw/SEN/country.toml", "data/raw/SEN/schemes.csv",
        "data/raw/SEN/scenarios/high.toml", "data/raw/SEN/text/vision.fr.md",
        "reports/low_and_high/fr/01_a.html", "reports/low_and_high/fr/01_a.ipynb",
        "data/processed/SEN/01_a/run.json", "data/processed/SEN/01_a/gaps.csv",
    ]  # fmt: skip
    assert foreign_names(ours, "SEN", runs) == []
    others = [
        "invoice.pdf.exe", "reports/01_a.html", "reports/low_and_high/fr/02_b.html", "data/raw/LKA/schemes.csv",
        "data/raw/SEN/scenarios/other.toml", "data/processed/SEN/02_b/gaps.csv", "data/processed/SEN/01_a/x.exe",
        "ipykernel_launcher.py", "data/raw/SEN/schemes.py",
        "data/raw/SEN/bribes.csv", "data/raw/SEN/text/vision.exe", "reports/low_and_high/fr/01_a.html.exe", "xREADME.txt",
    ]  # fmt: skip
    assert foreign_names(others, "SEN", runs) == others
    assert foreign_names(["data/raw/SEN/scenarios/.toml"], "SEN", {"01_a": {}}) == ["data/raw/SEN/scenarios/.toml"]
