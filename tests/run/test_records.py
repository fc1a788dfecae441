"""run.json is read as a run wrote it, or not at all."""

import json

import pytest

from nasssap_lib.run.records import read_record

WHOLE = {"status": "done", "finished": "2026-03-01T10:20:30+00:00", "parameters": {"year": 2025}, "more": [1]}


def test_a_whole_record_is_read_and_what_it_lacks_is_empty(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    record = read_record(tmp_path)
    assert record.items() >= WHOLE.items()
    assert (record["message"], record["tables"], record["pack_digest"]) == ("", {}, "")


@pytest.mark.parametrize(
    "text",
    ["", "{", "{}", "[]", "null", "é", '{"status": "done"}', json.dumps(WHOLE | {"finished": 7}),
     json.dumps(WHOLE | {"finished": "soon"}), json.dumps(WHOLE | {"parameters": []}), json.dumps(WHOLE | {"tables": None}),
     json.dumps(WHOLE | {"seconds": "long"}), json.dumps(WHOLE | {"seconds": 10**400}), json.dumps(WHOLE | {"seconds": None}),
     json.dumps(WHOLE | {"version": ["a"]}), json.dumps(WHOLE | {"parameters": {"scenario": ["low"]}}),
     json.dumps(WHOLE | {"parameters": {"language": {"fr": 1}}}), "[" * 100_000],
)  # fmt: skip
def test_anything_else_is_no_record(tmp_path, text):
    (tmp_path / "run.json").write_text(text, encoding="latin-1")
    assert read_record(tmp_path) == {}


def test_where_none_is_or_a_folder_has_its_name_there_is_no_record(tmp_path):
    assert read_record(tmp_path / "nowhere") == {}
    (tmp_path / "run.json").mkdir()
    assert read_record(tmp_path) == {}
