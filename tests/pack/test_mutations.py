"""Whatever is done to the files of a pack: what comes out of its readers is a pack or a typed error, soon."""

import shutil
import time
from collections import Counter

import pytest
from mutations import spoil
from small_pack import CODE, write_small_pack

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack import schema
from nasssap_lib.pack.folders import countries, data_root, scenarios
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import read_scenario
from nasssap_lib.pack.writing import check_files

SCENARIO = (
    'schema = 1\ncountry = "XTS"\ntitle = "Low"\ndescription = ""\n\n[measures.pension]\namount_low = 1.0\nmonths = 6\n'
)
MEASURE = {
    "id": "pension", "name": "Pension", "guarantee": "older_persons", "group": "older_persons", "age_from": 65, "sex": "total",
    "amount_low": 5, "amount_central": 10, "amount_high": 15, "amount_basis": "gdp_per_head", "indexing": "prices", "months": 12,
    "take_up_low": 0.6, "take_up_central": 0.8, "take_up_high": 1, "start_year": 2026, "full_year": 2030, "admin_rate": 0.05,
    "admin_base": "benefits", "quality": "assumed", "source": "OLD",
}  # fmt: skip
SAID = "stakeholder,name,kind,influence,about,item,value,reason,quality,source\nu,Unions,workers,0.5,weight,cost,100,,assumed,OLD\n"
SECONDS = 2  # of the processor, for a pack of ordinary size


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small pack with an option, what a group said of it, and a scenario."""
    root = tmp_path_factory.mktemp("sound")
    folder = write_small_pack(root)
    row = ",".join(str(MEASURE.get(name, "")) for name in schema.MEASURES.names)
    (folder / "measures.csv").write_text(",".join(schema.MEASURES.names) + f"\n{row}\n", encoding="utf-8")
    (folder / "stakeholders.csv").write_text(SAID, encoding="utf-8")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "low.toml").write_text(SCENARIO, encoding="utf-8")
    assert read_scenario(read_pack(CODE, root), "low", root).measures
    return root


def outcome(root, code):
    """What reading a pack and its scenarios comes to: sound, refused, or the name of an error that should not be."""
    try:
        pack = read_pack(code, root)
        check_files(root, code, {})
        for name in scenarios(root, code):
            read_scenario(pack, name, root)
    except NasssapError as error:
        assert str(error).strip()
        return "refused"
    except Exception as error:
        return repr(error)[:200]
    return "sound"


def spoiled(root, code, folder, seed):
    """What comes of a spoiled copy: its outcome, how it was spoiled, and the seconds of the processor that reading took."""
    (folder / code).parent.mkdir(exist_ok=True)
    shutil.copytree(root / code, folder / code)
    shutil.copy(root / "codebook.csv", folder)
    kinds = spoil(folder / code, seed)
    start = time.process_time()
    found = outcome(folder, code)
    seconds = time.process_time() - start
    shutil.rmtree(folder)
    return found, kinds, seconds


# Fifty meet every way of spoiling a pack; an error that only a rare one meets is found by the thousands of the long run.
@pytest.mark.parametrize("first", [0, *(pytest.param(first, marks=pytest.mark.soak) for first in (50, 100, 150))])
def test_two_hundred_spoiled_packs_are_packs_or_typed_errors(small, tmp_path, first):
    found = {seed: spoiled(small, CODE, tmp_path / "raw", seed)[0] for seed in range(first, first + 50)}
    assert {seed: outcome for seed, outcome in found.items() if outcome not in ("sound", "refused")} == {}
    assert set(found.values()) == {"sound", "refused"}


@pytest.mark.soak
def test_five_thousand_spoiled_packs_are_packs_or_typed_errors_soon(small, tmp_path, capsys):
    """The small pack, and every tenth time one of the shipped packs: none of ordinary size takes more than two seconds."""
    shipped = countries(data_root())
    outcomes, ways, wrong, slow, longest = Counter(), Counter(), {}, {}, 0.0
    for seed in range(1_000, 6_000):
        root, code = (data_root(), shipped[seed // 10 % len(shipped)]) if seed % 10 == 0 else (small, CODE)
        found, kinds, seconds = spoiled(root, code, tmp_path / "raw", seed)
        outcomes[found if found in ("sound", "refused") else found.partition("(")[0]] += 1
        ways.update(kinds)
        longest = max(longest, seconds)
        wrong |= {} if found in ("sound", "refused") else {seed: found}
        slow |= {} if seconds <= SECONDS else {seed: (code, kinds, round(seconds, 2))}
    with capsys.disabled():
        print(f"\n5,000 spoiled packs: {dict(outcomes)}; ways: {dict(ways)}; longest {longest:.2f} s; {slow}; {wrong}")
    assert not wrong
    assert not slow
