"""A dialogue from end to end: five sheets of the training country, filled in as different groups would, one with mistakes."""

import datetime
import shutil

import pandas as pd
import pytest
from command_line import call
from dialogue_tools import fill
from own_notebooks import use_notebooks, write_part

from nasssap_lib.errors import PackError
from nasssap_lib.exchange import dialogue_sheets
from nasssap_lib.exchange.dialogue_sheets import collect_sheets, open_form, read_sheets
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.writing import replace_rows
from nasssap_lib.run.batch import run_batch

NOTEBOOK = "03_priority_setting"
ASSESSED = """options = costing.assess_options(chapter.pack)
criteria = priorities.assess_criteria(chapter.pack, options)"""
SHOWN = ("support_map", "agreement", "burdens")  # in the cells of a dialogue, which need no more of those before


OPTIONS = [
    "child_benefit", "disability_all", "grant_more_poor", "health_informal", "health_mutuals", "injury_small", "matched_pension",
    "maternity_grant", "pension_65", "works_on_demand",
]  # fmt: skip


CRITERIA = ["newly_covered", "cost", "readiness", "acceptance", "unmet_need", "equity"]  # the last two: further ones


def points(*values):
    return {f"weight:{name}": value for name, value in zip(CRITERIA, values, strict=True)}


def positions(word, why, **others):
    cells = {f"option:{option}.position": others.get(option, word) for option in OPTIONS}
    return cells | {f"option:{option}.why": why for option in OPTIONS}


def compared(sizes):
    """All pairs as a group would compare them whose criteria matter as 1, 2, 4 or 8."""
    cells = {}
    for i, first in enumerate(CRITERIA):
        for j in range(i + 1, len(CRITERIA)):
            ratio = sizes[i] / sizes[j]
            pair = f"pair:{first}:{CRITERIA[j]}"
            cells[f"{pair}.which"] = "same" if ratio == 1 else "first" if ratio > 1 else "second"
            cells[f"{pair}.times"] = None if ratio == 1 else max(ratio, 1 / ratio)
    return cells


GROUPS = {
    "unions": {**points(25, 5, 10, 0, 30, 30), **positions("supports", "Members' families gain", matched_pension="doubts")},
    "employers": {**compared([1, 8, 4, 2, 1, 1]), **positions("doubts", "Who pays?", pension_65="opposes")},
    "women": {**points(10, 5, 5, 0, 40, 40), **positions("supports", "Women above all")},
    "informal": {**points(40, 5, 5, 0, 20, 30), **positions("soutient", "Enfin pour nous", health_informal="s'oppose")},
    "finance": {
        **points(10, 40, 20, 0, 10, 10), **positions("opposes", "Too dear", child_benefit="perhaps"),
        "option:pension_65.why": "=1+1", "option:pension_65.pays": 150, "option:pension_65.receives": 0,
    },
}  # fmt: skip


INFLUENCE = {"unions": 6, "employers": 6, "women": 3.5, "informal": 3, "finance": 9}


SHARES = {"unions": (20, 15), "employers": (45, 5), "women": (10, 30), "informal": (5, 40)}


@pytest.fixture(scope="module", autouse=True)
def options_once():
    """What groups say changes no option of a country: they are assessed at the first of thirty commands, not at each."""
    assess, assessed = dialogue_sheets.assess_options, {}

    def remembered(pack):
        if pack.country not in assessed:
            assessed[pack.country] = assess(pack)
        return assessed[pack.country].copy()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialogue_sheets, "assess_options", remembered)
        yield


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """The training country before its dialogue."""
    root = tmp_path_factory.mktemp("packs")
    shutil.copy(data_root() / "codebook.csv", root)
    shutil.copytree(data_root() / "XTC", root / "XTC")
    table = root / "XTC" / "stakeholders.csv"
    table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def sheets(packs, tmp_path_factory):
    """Five sheets, filled in."""
    folder = tmp_path_factory.mktemp("sheets")
    groups = [part for name in GROUPS for part in ("--group", f"{name}={name.title()} of Zephyria")]
    result = call("dialogue", "sheet", "XTC", *groups, "--lang", "informal=fr", "--to", folder, "--data", packs)
    assert result.exit_code == 0, result.output
    for name, answers in GROUPS.items():
        shares = {
            f"option:{option}.{field}": share
            for option in OPTIONS
            for field, share in zip(("pays", "receives"), SHARES.get(name, ()), strict=False)
        }
        fill(folder / f"XTC_{name}.xlsx", {"group:kind": "other", **shares, **answers})
    return folder


@pytest.fixture(scope="module")
def collected(packs, sheets, tmp_path_factory):
    """What collect said, the pack afterwards, and the report on priorities."""
    csv = tmp_path_factory.mktemp("remarks") / "remarks.csv"
    stated = [part for name, number in INFLUENCE.items() for part in ("--influence", f"{name}={number}")]
    result = call("dialogue", "collect", "XTC", sheets, "--data", packs, "--csv", csv, *stated)
    out = tmp_path_factory.mktemp("out")
    write_part(out / "notebooks", NOTEBOOK, *SHOWN, before=ASSESSED)
    with pytest.MonkeyPatch.context() as patch:
        use_notebooks(patch, out / "notebooks")
        (record,) = run_batch(["XTC"], [NOTEBOOK], {}, packs, out, 1)
    assert record.status == "done", record.message
    return result, csv, out


def test_mistakes_are_named_with_group_place_and_remedy(collected):
    result, csv, _ = collected
    assert result.exit_code == 1
    said = [line for line in result.output.splitlines() if line.startswith(("wrong", "contradictory"))]
    assert len(said) == 4 and all("Finance of Zephyria" in line and "XTC_finance.xlsx" in line for line in said)
    for words in ("they add up to 90", "got 'perhaps'", "got '=1+1'", "got '150'"):
        assert sum(words in line for line in said) == 1
    remarks = pd.read_csv(csv, encoding="utf-8-sig")
    assert "'=1+1" in set(remarks["answer"])  # a spreadsheet that opens the remarks runs nothing
    assert (remarks["kind"] == "wrong").sum() == 4
    assert remarks.loc[remarks["answer"] == "perhaps", "cell"].str.match(r"4 Options!D\d+").all()


def test_what_is_sound_is_in_the_pack_each_group_as_a_source(collected, packs):
    pack = read_pack("XTC", packs)
    said = pack.stakeholders
    assert set(said["stakeholder"]) == set(GROUPS)
    assert set(said["quality"]) == {"illustrative"}  # a fictional country
    weights = said[said["about"] == "weight"].pivot(index="item", columns="stakeholder", values="value")
    assert "finance" not in weights  # its points did not add up: no weight of it is taken
    assert weights["unions"].to_dict() == dict(zip(CRITERIA, [25, 5, 10, 0, 30, 30], strict=True))
    assert weights["employers"].tolist() == pytest.approx([100 * size / 17 for size in (2, 8, 1, 1, 4, 1)], abs=0.01)
    assert weights.index.tolist() == ["acceptance", "cost", "equity", "newly_covered", "readiness", "unmet_need"]
    finance = said[(said["stakeholder"] == "finance") & (said["about"] == "position")].set_index("item")
    assert "child_benefit" not in finance.index and finance.loc["pension_65", "reason"] == ""
    assert said.drop_duplicates("stakeholder").set_index("stakeholder")["influence"]["women"] == 0.35
    sources = pack.sources.set_index("id")
    assert sources.loc["DIALOGUE-informal", ["publisher", "retrieved_from"]].tolist() == [
        "Informal of Zephyria", "sheet XTC_informal.xlsx",
    ]  # fmt: skip


def test_the_report_shows_agreement_and_compromise(collected):
    from scipy.stats import friedmanchisquare  # its import takes a second, of which no other process needs anything

    tables = collected[2] / "data" / "processed" / "XTC" / NOTEBOOK
    groups = pd.read_csv(tables / "dialogue.csv")
    lists = {
        kind: rows.pivot(index="option", columns="stakeholder", values="rank_among_complete")
        .dropna(axis=1, how="all")
        .dropna()
        for kind, rows in groups.groupby("list")
    }
    # of six benefits two wait for a law that was not read; four subsidies; one group stated no weights
    assert {kind: ranks.shape for kind, ranks in lists.items()} == {"benefit": (4, 4), "subsidy": (4, 4)}
    ranks = lists["benefit"]  # agreement is told over the benefits: places in two lists are no order
    w = friedmanchisquare(*ranks.to_numpy()).statistic / (ranks.shape[1] * (len(ranks) - 1))
    page = (collected[2] / "reports" / "XTC" / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert f"(W = {round(w, 2):g})" in page
    assert "5 groups took part" in page
    compromise = pd.read_csv(tables / "compromise.csv").set_index("option")
    for kind, own in lists.items():
        found = compromise[compromise["list"] == kind]["median"].dropna()
        assert found.to_dict() == own.median(axis=1).to_dict()
    assert compromise.loc["works_on_demand", "reason"] != ""
    for anchor in ("support_map", "agreement", "burdens", "compromise"):
        assert f'id="{anchor}"' in page


def test_support_weighs_by_influence_and_a_wrong_answer_is_no_answer(collected):
    """Child benefit: unions 6, women 3.5 and informal 3 support, employers 6 doubt, finance 9 gave no usable answer: of 27.5."""
    page_tables = collected[2] / "data" / "processed" / "XTC" / NOTEBOOK
    groups = pd.read_csv(page_tables / "reasons.csv")
    child = groups[groups["option"] == "child_benefit"].set_index("stakeholder")
    assert child["position"].dropna().to_dict() == {"unions": 1.0, "women": 1.0, "informal": 1.0, "employers": 0.0}
    assert pd.isna(child.loc["finance", "position"])
    page = (collected[2] / "reports" / "XTC" / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "no answer" in page


def test_a_dry_run_and_unreadable_sheets_write_nothing(packs, sheets, tmp_path):
    before = {path.name: path.read_bytes() for path in (packs / "XTC").iterdir() if path.is_file()}
    assert call("dialogue", "collect", "XTC", sheets, "--data", packs, "--dry-run").output.endswith(
        "nothing was written\n"
    )
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    result = call("dialogue", "collect", "XTC", tmp_path, "--data", packs)
    assert result.exit_code == 1 and "not read: broken.xlsx" in result.output
    assert {path.name: path.read_bytes() for path in (packs / "XTC").iterdir() if path.is_file()} == before


def test_a_second_round_replaces_what_a_group_said_and_leaves_the_others(packs, sheets, tmp_path, collected):
    root = tmp_path / "packs"
    shutil.copytree(packs, root)
    before = read_pack("XTC", root).stakeholders
    again = fill(sheets / "XTC_women.xlsx", points(20, 20, 20, 0, 20, 20), tmp_path / "women.xlsx")
    result = call("dialogue", "collect", "XTC", again, "--data", root)
    assert result.exit_code == 0 and "replaced what women answered before" in result.output
    after = read_pack("XTC", root).stakeholders
    others = lambda table: table[table["stakeholder"] != "women"].reset_index(drop=True)  # noqa: E731
    pd.testing.assert_frame_equal(others(after), others(before))
    women = after[(after["stakeholder"] == "women") & (after["about"] == "weight")]
    assert set(women["value"]) == {20, 0}


def test_a_second_round_begins_with_the_answers_of_the_first(packs, tmp_path, collected):
    written = call("dialogue", "sheet", "XTC", "--group", "women", "--to", tmp_path, "--data", packs)
    assert "begins with its earlier answers" in written.output
    before = (packs / "XTC" / "stakeholders.csv").read_bytes()
    result = call("dialogue", "collect", "XTC", tmp_path, "--data", packs)
    assert result.exit_code == 0 and "1 sheet not answered yet" in result.output
    assert (packs / "XTC" / "stakeholders.csv").read_bytes() == before
    path = fill(tmp_path / "XTC_women.xlsx", {"option:pension_65.why": "Now that it is indexed"})
    result = call("dialogue", "collect", "XTC", path, "--data", packs, "--dry-run")
    assert result.exit_code == 0 and "0 wrong, 0 contradictory · 0 missing" in result.output
    assert (
        "would replace what women answered before\n" in result.output
    )  # all of it stands in the sheet: nothing else is kept


@pytest.mark.parametrize(
    "name", [pytest.param("Women of Zephyria", marks=pytest.mark.soak), "WOMEN OF  ZEPHYRIA", "Wo\u0301men of Zephyria"]
)
def test_one_group_under_two_ids_counts_once(packs, tmp_path, collected, name):
    root = tmp_path / "packs"
    shutil.copytree(packs, root)
    written = call("dialogue", "sheet", "XTC", "--group", f"newid={name}", "--to", tmp_path / "s", "--data", root)
    assert written.exit_code == 0 and "the pack has this group as women: no second id" in written.output
    fill(tmp_path / "s" / "XTC_newid.xlsx", points(100, 0, 0, 0, 0, 0))
    assert call("dialogue", "collect", "XTC", tmp_path / "s", "--data", root).exit_code == 0
    said = read_pack("XTC", root).stakeholders
    assert "newid" not in set(said["stakeholder"])
    weights = said[(said["stakeholder"] == "women") & (said["about"] == "weight")].set_index("item")["value"]
    assert weights["newly_covered"] == 100 and weights.sum() == 100


@pytest.mark.parametrize(
    ("stated", "words"),
    [("unions", "0 (none) to 10"), ("unions=11", "unions=11"), ("nobody=5", "nothing was taken of nobody")],
)
def test_an_influence_that_is_none_is_refused(packs, sheets, stated, words):
    result = call("dialogue", "collect", "XTC", sheets, "--data", packs, "--dry-run", "--influence", stated)
    assert result.exit_code == 1 and words in result.output


def test_a_sheet_that_may_be_filled_in_is_not_written_over(packs, sheets, monkeypatch):
    monkeypatch.setattr(dialogue_sheets, "assess_options", None)
    result = call("dialogue", "sheet", "XTC", "--group", "unions=U", "--to", sheets, "--data", packs)
    assert result.exit_code == 1 and "already there" in result.output


def test_a_country_without_a_dialogue_gets_one_blank_sheet_in_its_language(tmp_path):
    result = call("dialogue", "sheet", "SEN", "--to", tmp_path)
    assert result.exit_code == 0 and "French" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["SEN_group.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--group", "a b=c"), "ID=NAME"), (("--group", "unions"), "it holds none"), (("--lang", "de"), "en, es, fr"),
        (("--group", "a=A", "--group", "a=B"), "each id once"), (("--group", "a=Unions", "--group", "b=UNIONS"), "count twice"),
        (("--lang", "nobody=fr"), "GROUP"), (("--group", "../a=A"), "ID=NAME"),
    ],
)  # fmt: skip
def test_wrong_words_on_the_command_line_are_refused_before_an_option_is_assessed(
    tmp_path, monkeypatch, arguments, words
):
    monkeypatch.setattr(dialogue_sheets, "assess_options", None)
    result = call("dialogue", "sheet", "SEN", *arguments, "--to", tmp_path / "new")
    assert result.exit_code == 1 and words in result.output
    assert not (tmp_path / "new").exists()


def test_a_place_without_sheets_is_named(tmp_path):
    for place in (tmp_path, tmp_path / "none.xlsx"):
        result = call("dialogue", "collect", "SEN", place)
        assert result.exit_code == 1 and place.name in result.output


def test_rows_that_would_spoil_the_pack_are_not_written(packs):
    before = (packs / "XTC" / "stakeholders.csv").read_bytes()
    rows = pd.DataFrame([{"stakeholder": "x", "name": "=1", "kind": "k", "about": "weight", "item": "cost", "value": 1.0,
                          "quality": "observed", "source": "NOBODY"}])  # fmt: skip
    with pytest.raises(PackError, match="NOBODY"):
        replace_rows(packs, "XTC", {"stakeholders": (rows, "stakeholder")})
    assert (packs / "XTC" / "stakeholders.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("prose", "title"),
    [("en", "Answers on the sheet of"), ("fr", "Réponses sur la feuille du"), ("sw", "Answers on the sheet of")],
)
def test_a_real_country_keeps_what_a_group_wrote_as_observed(tmp_path, prose, title):
    root = tmp_path / "packs"
    root.mkdir()
    shutil.copy(data_root() / "codebook.csv", root)
    shutil.copytree(data_root() / "SEN", root / "SEN")
    with (root / "SEN" / "country.toml").open("a", encoding="utf-8") as file:
        file.write(f'prose = "{prose}"\n')
    assert call("dialogue", "sheet", "SEN", "--data", root, "--to", tmp_path / "s").exit_code == 0
    path = fill(tmp_path / "s" / "SEN_group.xlsx", {"group:name": "Groupe d'essai", "weight:cost": 100})
    day = datetime.date(2026, 11, 24)
    form = open_form("SEN", str(root))
    returned = read_sheets(form, [str(path)])
    collected, written = collect_sheets(form, returned.answers, root, day)
    assert not returned.refused and collected.mistakes.empty
    assert [path.name for path in written] == ["sources.csv", "stakeholders.csv"]
    pack = read_pack("SEN", root)
    assert set(pack.stakeholders["quality"]) == {"observed"}
    source = pack.sources.set_index("id").loc["DIALOGUE-groupe_d_essai"]
    assert source["edition"] == "2026-11-24" and source["title"].startswith(title)
