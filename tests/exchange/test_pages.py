"""Pages, outputs and first pages of a bundle against those that we would have written; and which files it may hold at all."""

import json

import pytest

from nasssap_lib.exchange.bundle import INDEX, README
from nasssap_lib.exchange.pages import foreign_names, is_shown, other_pages

PAGE = b'<p>12 %%</p><img alt="x" src="data:image/svg+xml;base64,%s">'


def notebook(picture, text, python="3.11.7"):
    output = {"output_type": "display_data", "data": {"image/svg+xml": picture, "text/plain": text}, "metadata": {}}
    cell = {"cell_type": "code", "source": "", "outputs": [output, {"output_type": "stream", "text": text}]}
    return json.dumps({"cells": [cell], "metadata": {"language_info": {"version": python}}}).encode()


@pytest.mark.parametrize("same_versions, different", [(True, ["reports/a.html", "reports/a.ipynb"]), (False, [])])
def test_other_pictures_are_a_difference_where_they_were_drawn_by_the_same_versions(same_versions, different):
    theirs = {"reports/a.html": PAGE % b"QUJD", "reports/a.ipynb": notebook("<svg/>", "12 %", "3.12.1")}
    ours = {"reports/a.html": PAGE % b"QUJE", "reports/a.ipynb": notebook("<svg></svg>", "12 %")}
    assert other_pages(theirs, ours, same_versions) == different
    assert other_pages(ours, ours, same_versions) == []


@pytest.mark.parametrize("same_versions", [True, False])
def test_another_text_is_always_a_difference_and_so_is_a_page_too_many_or_too_few(same_versions):
    ours = {"reports/a.html": PAGE % b"QUJD", "reports/a.ipynb": notebook("<svg/>", "12 %"), README: b"x", INDEX: b"y"}
    for name, content in (
        ("reports/a.html", (PAGE % b"QUJD").replace(b"12", b"99")),
        ("reports/a.html", PAGE % b"QUJD" + b"<script src=x></script>"),
        ("reports/a.ipynb", notebook("<svg/>", "99 %")),
        ("reports/b.html", PAGE % b"QUJD"),
        (INDEX, b"<h1>99.9 %</h1>"),
    ):
        assert other_pages({**ours, name: content}, ours, same_versions) == [name]
    assert other_pages({README: b"x", INDEX: b"y"}, ours, same_versions) == ["reports/a.html", "reports/a.ipynb"]


def test_the_pack_and_the_tables_are_compared_elsewhere():
    assert [name for name in ("data/raw/codebook.csv", "reports/a.html", README) if is_shown(name)] == [
        "reports/a.html",
        README,
    ]


def test_a_bundle_may_hold_what_share_writes_of_its_runs_and_nothing_else():
    runs = {"01_a": {"scenario": "low,high", "language": "fr"}}
    ours = [
        README, INDEX, "data/raw/codebook.csv", "data/raw/SEN/country.toml", "data/raw/SEN/schemes.csv",
        "data/raw/SEN/scenarios/high.toml", "reports/low_and_high/fr/01_a.html", "reports/low_and_high/fr/01_a.ipynb",
        "data/processed/SEN/01_a/run.json", "data/processed/SEN/01_a/gaps.csv",
    ]  # fmt: skip
    assert foreign_names(ours, "SEN", runs) == []
    others = [
        "invoice.pdf.exe", "reports/01_a.html", "reports/low_and_high/fr/02_b.html", "data/raw/LKA/schemes.csv",
        "data/raw/SEN/scenarios/other.toml", "data/processed/SEN/02_b/gaps.csv", "data/processed/SEN/01_a/x.exe",
        "ipykernel_launcher.py", "data/raw/SEN/schemes.py", "reports/low_and_high/fr/01_a.html.exe", "xREADME.txt",
    ]  # fmt: skip
    assert foreign_names(others, "SEN", runs) == others
    assert foreign_names(["data/raw/SEN/scenarios/.toml"], "SEN", {"01_a": {}}) == ["data/raw/SEN/scenarios/.toml"]
