"""``nasssap check``: how sound each pack is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from nasssap_lib.budget.checks import pension_problems
from nasssap_lib.budget.pension_scheme import refused_schemes
from nasssap_lib.chapter.gate import BASELINE, runnable_pack
from nasssap_lib.commands.messages import shortened, shown
from nasssap_lib.costing.checks import outturn_doubts
from nasssap_lib.errors import PackError, Problem, told_once
from nasssap_lib.files import fault_words
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.folders import countries, data_root, scenario_files
from nasssap_lib.pack.kept_files import put_back_words
from nasssap_lib.pack.magnitudes import NOBODY
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import INSURED, SCHEME_FIGURES, SCHEME_RULES

PENSIONS = (INSURED, SCHEME_RULES)


def check_packs(chosen: Sequence[str], data: str = "") -> int:
    """Name every problem of packs, errors and doubts; one that is broken hides no other. The exit code."""
    root, broken = data_root(data), 0
    for code in chosen or countries(root):
        try:
            known = code in countries(root)
            if known and (told := put_back_words(root, code)):
                click.echo(told, err=True)
            written = [path.stem for path in scenario_files(root / code)] if known else []  # whatever they are called
            pack = runnable_pack(code, root, [BASELINE, *written])
            _refuse_nobody(pack)
            _refuse_pensions(pack, root)
        except PackError as error:
            broken += 1
            count = len(error.problems)
            click.secho(f"{shown(code[:40])}: {count:,} problem{'s' if count > 1 else ''}", fg="red", err=True)
            click.echo(shortened(str(error)), err=True)
        except OSError as error:
            broken += 1
            click.secho(f"{shown(code[:40])}: cannot be read", fg="red", err=True)
            click.echo(shortened(fault_words(error)), err=True)
        else:
            _tell_sound(code, pack, [*pack.doubts, *_outturn_doubts(pack, root)])
    return 1 if broken else 0


def _tell_sound(code: str, pack: Pack, doubts: Sequence[Problem]) -> None:
    """What the pack holds, and its doubts: those that a note does not explain line by line."""
    open_doubts = [doubt for doubt in doubts if not doubt.explained]
    explained = len(doubts) - len(open_doubts)
    counts = [f"{len(pack.facts):,} facts", f"{len(pack.schemes)} schemes", f"{len(pack.sources)} sources"]
    counts += [f"{len(open_doubts)} doubt{'s' if len(open_doubts) > 1 else ''}"] if open_doubts else []
    counts += [f"{explained} odd figure{'s' if explained > 1 else ''} published so"] if explained else []
    empty = pack.facts.empty and pack.schemes.empty and pack.population.empty
    sound = "sound, and empty: begin with sources.csv and indicators.csv" if empty else "sound"
    click.echo(f"{code}: {sound} ({', '.join(counts)})")
    for line in told_once(open_doubts):
        click.secho(shortened(f"doubt: {line}"), fg="yellow")


def _outturn_doubts(pack: Pack, root: Path) -> list[Problem]:
    """Published spending that the model does not come to and nothing explains."""
    cells, _unread = read_cells(root / pack.country / SCHEME_FIGURES.file, f"{pack.country}/{SCHEME_FIGURES.file}")
    return outturn_doubts(pack, cells.lines) if cells else []


def _refuse_pensions(pack: Pack, root: Path) -> None:
    """What no valuation of a pension scheme could stand on."""
    if pack.insured.empty and pack.scheme_rules.empty:
        return
    read = {
        table.name: read_cells(root / pack.country / table.file, f"{pack.country}/{table.file}")[0]
        for table in PENSIONS
    }
    lines = {name: cells.lines for name, cells in read.items() if cells}
    if problems := pension_problems(pack, lines) or _not_projected(pack, lines):
        raise PackError(problems)


def _not_projected(pack: Pack, lines: Mapping[str, Sequence[int]]) -> list[Problem]:
    """Schemes whose rows are sound one by one and that cannot be projected, at the first line of each."""
    first = (
        pack.insured.assign(line=[*lines.get("insured", range(2, len(pack.insured) + 2))])
        .groupby("scheme")["line"]
        .min()
    )
    file, expected = f"{pack.country}/insured.csv", "a scheme that can be projected"
    return [
        Problem(file, int(first[scheme]), "scheme", scheme, expected, why)
        for scheme, why in refused_schemes(pack).items()
    ]


def _refuse_nobody(pack: Pack) -> None:
    """A year without people is a doubt to a run, which shows n/a for it, and an error to whoever asks whether the pack is sound."""
    if problems := [doubt for doubt in pack.doubts if doubt.doubt[0] == NOBODY]:
        raise PackError(problems)
