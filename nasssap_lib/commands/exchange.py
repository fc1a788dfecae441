"""``nasssap share``, ``verify`` and ``compare`` as a person sees them: what was done, what is wrong, and an exit code."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

import click

from nasssap_lib.commands.run import Progress, failure_line, notebook_bar
from nasssap_lib.display.texts import in_language, language_name
from nasssap_lib.errors import ParameterError
from nasssap_lib.exchange.bundle import share
from nasssap_lib.exchange.changes import comparison_lines, plain, table_lines, write_csv
from nasssap_lib.exchange.changes_page import write_html
from nasssap_lib.exchange.disclosure import DisclosureError, Finding, merged
from nasssap_lib.exchange.recompilation import Recompiled, recompile
from nasssap_lib.exchange.sides import compare_sides, open_side
from nasssap_lib.exchange.verify import Bundle, Rerun, open_bundle, other_versions, rerun
from nasssap_lib.files import check_file, expanded
from nasssap_lib.run.batch import RunRecord

SOUND, WRONG, OTHER_CODE, STOPPED = 0, 1, 3, 130
MOST_DIFFERENCES = 50
LONG_LINE = 1_000
MOST_CODES = 6
HASHES = (
    "Hashes show damage, not who sent it: compare this digest with the one that the sender gave you by another way."
)

TELL_DIGEST = "Give this digest to the receiver by another way than the file: it shows that nothing was changed."
WHOLE = (
    "This shows that the file is whole, not that it is true: who changes a figure or a page can seal it again. "
    "With --rerun our own notebooks compute all of it again."
)


def share_country(
    country: str,
    to: str | None,
    notebooks: tuple[str, ...],
    scenario: str,
    language: str,
    accepted: tuple[str, ...],
    data: str,
    out: str | None,
) -> int:
    """Write a bundle, say where it is and the digest of its manifest; name what must be mended first."""
    if out and expanded(out).is_file():
        remedy = f"--to {shlex.quote(out)} writes the bundle there" if not to else "name the folder of the run"
        raise ParameterError({"--out": f"{out} is a file, expected the output folder of nasssap run; {remedy}"})
    click.echo("checking what must not travel …", err=True)
    try:
        shared = share(country, to, notebooks, scenario, data, out, language, accepted)
    except DisclosureError as error:
        say_findings(error.findings)
        return WRONG
    except KeyboardInterrupt:
        return _stopped("nothing was written")
    click.echo(f"{shared.path} · {shared.files} files · {shared.size / 1e6:.1f} MB")
    click.echo(f"SHA-256 of the manifest: {shared.digest}")
    click.echo(TELL_DIGEST)
    return SOUND


def say_findings(findings: list[Finding]) -> None:
    """Name what must be mended or looked at before files are sent, and that nothing was written."""
    for finding in merged(findings):
        click.echo(plain(finding, LONG_LINE) + (f" [{finding.code}]" if finding.code else ""), err=True)
    codes = list(dict.fromkeys(finding.code for finding in findings if finding.code))
    count = len(findings)
    click.echo(f"{count} thing{'s' if count > 1 else ''} to mend first; nothing was written", err=True)
    if codes:
        options = " ".join(f"--accept {code}" for code in codes) if len(codes) < MOST_CODES else "--accept all"
        words = "Where a person has looked at what is named with a code and no person can be told from it"
        click.echo(f"{words}: {options}. The manifest will say so.", err=True)


def verify_bundle(path: str, again: bool, digest: str, jobs: int | None) -> int:
    """Check a bundle or an edition, and compute its numbers or its document again where asked."""
    bundle = open_bundle(path)
    if bundle.is_edition and jobs:
        raise ParameterError({"--jobs": "is for bundles: one process compiles a document"})
    if bundle.is_edition:
        click.echo(plain(edition_line(bundle), LONG_LINE))
    for name in bundle.changed:
        click.echo(f"changed: {plain(name)}", err=True)
    click.echo(f"SHA-256 of the manifest: {bundle.digest}")
    expected = digest.strip().lower()
    if expected and expected != bundle.digest:
        click.echo(f"not the digest that you gave, {plain(expected)}: this is not the bundle that was sent", err=True)
        return WRONG
    click.echo("It is the digest that you gave." if expected else HASHES)
    if bundle.changed:
        click.echo(
            f"{len(bundle.changed)} of {len(bundle.manifest['files'])} files are not as the manifest says", err=True
        )
        return WRONG
    click.echo(f"{len(bundle.manifest['files'])} files are as the manifest says.")
    for decision in bundle.manifest.get("accepted", []):
        click.echo(plain(f"The sender looked at this and sent it: {decision['where']}: {decision['what']}", LONG_LINE))
    if not again:
        click.echo(WHOLE)
    if not again:
        return SOUND
    return _recompile(bundle) if bundle.is_edition else _rerun(bundle, jobs)


def edition_line(edition: Bundle) -> str:
    """What an edition says of itself: number, for which readers, country, language, when it was made, and since which edition."""
    said, before = edition.manifest, edition.manifest["before"]
    told = [
        f"Edition {said['number']} of {said['edition']}", said["country"], language_name(said["language"]), f"made {said['made']}",
        f"digest of the pack {said['pack_digest'][:16]}",
    ]  # fmt: skip
    if order := said["organised_by"]["name"]:
        told.append(f"organised by {order}")
    if before is not None:
        told.append(
            f"changes since {'edition ' + before['number'] if before['number'] else before['pack_digest'][:16]}"
        )
    return " · ".join(told)


def _recompile(edition: Bundle) -> int:
    click.echo("compiling our own document of the pack inside; nothing of the edition is executed …", err=True)
    try:
        with notebook_bar() as step:
            result = recompile(edition, step)
    except KeyboardInterrupt:
        return _stopped("the temporary folder is gone")
    if result.stopped:
        return _other_code(
            result.stopped, "The edition was made by other code than ours: its document was not compiled again."
        )
    return _report_recompiled(edition, result)


def _other_code(differences: list[str], words: str) -> int:
    for text in (*map(plain, differences), words):
        click.echo(text, err=True)
    return OTHER_CODE


def _report_recompiled(edition: Bundle, result: Recompiled) -> int:
    said = {
        "not what our own document says of this pack": result.other,
        "other pictures than our own notebooks draw": result.drawn,
        "not the bytes that we write of this pack, which is all that can be said of such a file": result.unread,
    }
    for words, names in said.items():
        for name in names:
            click.echo(f"{words}: {plain(name)}", err=True)
    if result.other:
        _say_versions(edition, "which may be why")
        return WRONG
    if result.drawn or result.unread:
        known = _say_versions(edition, "which may draw otherwise: look at the pages of both")
        return OTHER_CODE if known else WRONG
    click.echo(f"Byte for byte what we write of the pack inside: {', '.join(result.same)}.")
    return SOUND


def _rerun(bundle: Bundle, jobs: int | None) -> int:
    click.echo("running our own notebooks on the bundle's pack; code from the bundle is not executed …", err=True)
    try:
        with Progress(jobs) as progress:
            result = rerun(bundle, jobs, progress.step, planned=progress.plan, started=progress.begin)
    except KeyboardInterrupt:
        return _stopped("the temporary folder is gone")
    if result.stopped:
        return _other_code(
            result.stopped, "The bundle was made by other code than ours: its numbers were not computed again."
        )
    return _report_rerun(bundle, result)


def _report_rerun(bundle: Bundle, result: Rerun) -> int:
    for record in result.failed:
        click.echo(failure_line(record), err=True)
    if result.failed:
        click.echo("nothing was compared: one of our own runs of this pack failed", err=True)
        return WRONG
    _say_differences(result)
    words = [f"{number} {_one_or_more(kind, number)}" for kind, number in result.compared.items() if number]
    click.echo(f"Compared with what our own notebooks write of this pack: {', '.join(words) or 'nothing'}.")
    if not result.compared.get("tables"):
        click.echo("No table was compared: nothing is shown by that.", err=True)
        return WRONG
    if len(result.differences) or result.other:
        _say_versions(bundle, "which may be why")
        return WRONG
    if result.drawn:
        known = _say_versions(bundle, "which may draw otherwise: look at the pictures of both")
        return OTHER_CODE if known else WRONG
    click.echo("All of it says what ours says, and the numbers are the same.")
    return SOUND


def _say_differences(result: Rerun) -> None:
    if len(result.differences):
        click.echo("theirs → ours:")
        click.echo("\n".join(table_lines(result.differences, MOST_DIFFERENCES)))
        click.echo(f"{len(result.differences)} differences in {result.differences['table'].nunique()} tables", err=True)
    for name in result.other:
        click.echo(f"not what our own notebooks write of this pack: {plain(name)}", err=True)
    for name in result.drawn:
        click.echo(f"other pictures than our own notebooks draw: {plain(name)}", err=True)


def _say_versions(bundle: Bundle, so: str) -> bool:
    """Whether the bundle says that other versions of packages made it, and which."""
    versions = other_versions(bundle)
    words = "; ".join(f"{name} {theirs} (ours {ours})" for name, (theirs, ours) in versions.items())
    if versions:
        click.echo(plain(f"Note: it says that other versions made it, {so}: {words}", LONG_LINE))
    return bool(versions)


def _one_or_more(kind: str, number: int) -> str:
    return kind.removesuffix("s") if number == 1 else kind


def compare_places(
    one: str, other: str, country: str, csv: str | None, html: str | None, figures_only: bool, data: str, language: str
) -> int:
    """Compare two bundles, packs or runs; print what changed and write it where asked."""
    targets = {name: expanded(path) for name, path in (("csv", csv), ("html", html)) if path}
    for target in targets.values():
        check_file(target)  # notebooks may have to be run first: that takes minutes
    try:
        with in_language(language), tempfile.TemporaryDirectory(prefix="nasssap") as folder:
            work = Path(folder)
            sides = [open_side(text, work / name, country, data) for text, name in ((one, "one"), (other, "other"))]
            comparison = compare_sides(*sides, work, figures_only, _say_run)
    except KeyboardInterrupt:
        return _stopped("nothing was written")
    if csv:
        write_csv(comparison, targets["csv"])
    if html:
        with in_language(language):
            write_html(comparison, targets["html"])
    click.echo("\n".join(comparison_lines(comparison)))
    return SOUND


def _say_run(record: RunRecord) -> None:
    """One line a notebook that is run for a comparison: how many there will be is not known before."""
    click.echo(f"{record.country} {record.notebook} · {record.seconds:.1f} s", err=True)


def _stopped(words: str) -> int:
    click.echo(f"stopped: {words}", err=True)
    return STOPPED
