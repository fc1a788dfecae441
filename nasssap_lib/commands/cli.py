"""The command ``nasssap``: parses, calls one function of the library, prints. Heavy imports wait until a command needs them."""

from __future__ import annotations

import sys

import click

import nasssap_lib
from nasssap_lib.commands.edge import messages, speak_as_the_terminal_can
from nasssap_lib.commands.messages import GIVEN
from nasssap_lib.faces import unasked_left_out

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Command(click.Command):
    """Remembers what it was given, for remedies to repeat."""

    def invoke(self, context: click.Context):
        context.meta[GIVEN] = context.params
        return super().invoke(context)


class _Commands(click.Group):
    """A group whose help has every command's summary whole."""

    command_class = _Command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        commands = {name: self.get_command(context, name) for name in self.list_commands(context)}
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, command.get_short_help_str(400)) for name, command in commands.items() if command]
            )


class _Group(_Commands):
    """What the library or the system refuses ends in one message and exit code 1, never in a traceback."""

    def main(self, *arguments, **further):
        speak_as_the_terminal_can()  # before click parses: help and what it refuses are printed there
        return super().main(*arguments, **further)

    def invoke(self, context: click.Context):
        with messages(), unasked_left_out():
            return super().invoke(context)


takes_data = click.option(
    "--data",
    default="",
    metavar="DIR",
    help="Folder of the country packs. [default: NASSSAP_DATA, else data/raw of the nearest folder above, else of the clone]",
)
takes_out = click.option(
    "--out",
    default=None,
    metavar="DIR",
    help="Folder that receives reports/ and data/processed/. [default: the clone; the current folder without one]",
)
takes_language = click.option(
    "--lang", "language", default="", metavar="CODE", help="Language of the reports, such as fr or es. [default: en]"
)


def common(command):
    """The options of a command that reads packs and reads or writes reports."""
    return takes_data(takes_out(command))


def writes_workbook(name: str):
    """The options of a command that writes a workbook: where to, in which language, and over one that is there."""
    place = f"Where to. [default: COUNTRY_{name}.xlsx in reports/COUNTRY]"
    spoken = "Language of the workbook. [default: the country's]"

    def takes(command):
        command = click.option("--force", is_flag=True, help="Replace what is there already.")(command)
        command = click.option("--lang", "language", default="", metavar="CODE", help=spoken)(command)
        return click.option("--to", default=None, metavar="FILE.xlsx", help=place)(command)

    return takes


@click.group(cls=_Group, context_settings=CONTEXT)
@click.version_option(nasssap_lib.__version__, prog_name="nasssap")
def main() -> None:
    """From a country's published figures to its National Social Security Strategy and Action Plan.

    Each command says more, with examples: nasssap run --help.

    \b
    Examples:
      nasssap list                 which countries there are
      nasssap new-country GHA      an empty pack for Ghana, to fill
      nasssap check SEN            is Senegal's pack sound?
      nasssap run SEN              run all notebooks for Senegal
      nasssap run                  run all notebooks for all countries
      nasssap plan SEN             the action plan in Excel, for those who carry it out
      nasssap share SEN            one zip with reports, data and manifest
    """


@main.command("list")
@common
def list_countries(data: str, out: str | None) -> None:
    """List countries, how much each pack holds, and when it last ran. Whether a pack is sound, nasssap check says.

    \b
    Examples:
      nasssap list
      nasssap list --data my/packs
    """
    from nasssap_lib.commands.listing import list_packs

    for line in list_packs(data, out):
        click.echo(line)


@main.command("new-country")
@click.argument("country")
@click.option(
    "--data",
    default="",
    metavar="DIR",
    help="Folder that receives the pack; made where it is not there. [default: as nasssap check finds it]",
)
def new_country(country: str, data: str) -> None:
    """Make an empty country pack: country.toml filled where the country is known, every table with its header.

    COUNTRY is the ISO 3166 code of three letters. Names, currency and language come from Unicode's CLDR: look at them.
    Nothing is downloaded, and a folder that is there is left as it is.

    \b
    Examples:
      nasssap new-country GHA
      nasssap new-country GHA --data my/packs
    """
    from nasssap_lib.commands.new_country import make_country

    sys.exit(make_country(country, data))


@main.command()
@click.argument("country", nargs=-1)
@takes_data
def check(country: tuple[str, ...], data: str) -> None:
    """Check country packs: every problem with file, line, column, value and remedy. Exit code 1 if there is any.

    \b
    Examples:
      nasssap check                all packs
      nasssap check SEN LKA
      nasssap check --data my/packs KEN
    """
    from nasssap_lib.commands.overview import check_packs

    sys.exit(check_packs(country, data))


@main.command()
@click.argument("country", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@takes_data
def migrate(country: tuple[str, ...], dry_run: bool, data: str) -> None:
    """Bring country packs of an older schema to the one that this nasssap reads; all packs, or those that are named.

    A pack is changed whole or not at all, and only where it must be: every other byte stays. A pack that would not be
    sound afterwards is left alone, and its problems are named. Exit code 1 if any was left alone.

    \b
    Examples:
      nasssap migrate                all packs
      nasssap migrate SEN --dry-run
      nasssap migrate --data my/packs KEN
    """
    from nasssap_lib.commands.migrate import migrate_packs

    sys.exit(migrate_packs(country, dry_run, data))


@main.command()
@click.argument("country", nargs=-1)
@click.option(
    "--notebook", "notebooks", multiple=True, metavar="NAME", help="Only this notebook; may be given more than once."
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the notebooks; may be given more than once.",
)
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    metavar="NAME",
    help="A scenario of the pack, two with a comma, or a pattern in quotes such as 'pension_*'; may be given more than once.",
)
@click.option(
    "--sweep",
    "sweeps",
    multiple=True,
    metavar="NAME=V1,V2,…",
    help="Values of a notebook's parameter, of MEASURE.FIELD, or of level (all benefits in % of GDP per head), side by side.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Language of the reports, such as fr or es; may be given more than once. [default: en]",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    metavar="N",
    help="Notebooks run at the same time. [default: one more than cores, or one a thread of the cluster]",
)
@click.option("--force", is_flag=True, help="Run also what is current.")
@click.option(
    "--limit", type=click.FloatRange(1), metavar="SECONDS", help="Time that a notebook may take. [default: 1800]"
)
@click.option("--cold", is_flag=True, help="Start every kernel from nothing instead of forking it from a warm process.")
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Run on the workers of this Dask cluster, which see the output folder and have the same nasssap.",
)
@common
def run(
    country: tuple[str, ...],
    notebooks: tuple[str, ...],
    settings: tuple[str, ...],
    scenarios: tuple[str, ...],
    sweeps: tuple[str, ...],
    languages: tuple[str, ...],
    jobs: int | None,
    force: bool,
    limit: float | None,
    cold: bool,
    scheduler: str,
    data: str,
    out: str | None,
) -> None:
    """Run notebooks for countries into executed notebooks, reports, result tables and an index.

    What is current is not run again: a report whose notebook, code, pack, parameters and package versions are as they were.
    Each line says why a report ran. A country that fails stops no other one; reports/run.jsonl keeps what became of each.
    Reports of a scenario or of another language than English go into a folder of its name: reports/SEN/fr. A second run in
    the same folder waits for the first. A sweep, or a pattern of scenarios, writes one page a country that sets all versions
    beside the baseline: reports/SEN/comparison.html. Exit code 1 if any failed, 130 after Ctrl-C.

    \b
    Examples:
      nasssap run
      nasssap run SEN LKA --jobs 2
      nasssap run SEN --notebook 02_gap_identification --set year=2025
      nasssap run SEN --scenario pension_first
      nasssap run SEN --scenario 'pension_*'
      nasssap run SEN --sweep level=5,10,15
      nasssap run SEN --sweep social_pension.start_year=2027,2030 --sweep child_age_to=14,17
      nasssap run SEN --lang en --lang fr
      nasssap run KEN --data my/packs --out my/output --force
      nasssap run --scheduler tcp://host:8786 --out /shared/output
    """
    from nasssap_lib.commands.run import run_countries

    chosen = (country, notebooks, settings, data, out, jobs, scenarios, languages)
    sys.exit(run_countries(*chosen, force=force, warm=not cold, limit=limit, scheduler=scheduler, sweeps=sweeps))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("further", nargs=-1, type=click.UNPROCESSED)
@takes_language
@takes_data
@click.option(
    "--out", default=None, metavar="DIR", help="Folder to work in. [default: the clone; the current folder without one]"
)
def lab(further: tuple[str, ...], language: str, data: str, out: str | None) -> None:
    """Open JupyterLab on the notebooks, on this machine only; further options go to JupyterLab.

    Outside a clone, and with --out, on copies of them in notebooks/; with --lang, on copies whose prose is translated, in
    reports/lab. A copy that you changed is left as it is.

    \b
    Examples:
      nasssap lab
      nasssap lab --lang fr
      nasssap lab --no-browser
      nasssap lab --data my/packs
    """
    from nasssap_lib.commands.lab import open_lab

    sys.exit(open_lab(data, further, language, out))


@main.command("share")
@click.argument("country")
@click.option("--to", default=None, metavar="FILE.zip", help="Where to. [default: COUNTRY.zip in reports/]")
@click.option(
    "--notebook", "notebooks", multiple=True, metavar="NAME", help="Only this notebook; may be given more than once."
)
@click.option("--scenario", default="", metavar="NAME", help="The reports of this scenario instead of the baseline.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CODE",
    help="What a person has looked at and found to be no person's, by the code that share printed, or all; may be given more than once.",
)
@takes_language
@common
def share_bundle(
    country: str,
    to: str | None,
    notebooks: tuple[str, ...],
    scenario: str,
    accepted: tuple[str, ...],
    language: str,
    data: str,
    out: str | None,
) -> None:
    """Write one zip that a colleague opens without installing anything: reports, pack, tables, manifest.

    Refuses reports that are missing or older than the pack, what looks like rows of persons, figures from or counts of
    fewer than five persons, and paths or names of this machine: each is named, and nothing is written. What only looks
    like persons goes out where a person says so with --accept; the manifest records it. Exit code 1 if refused, else 0.

    \b
    Examples:
      nasssap share SEN
      nasssap share SEN --to senegal.zip
      nasssap share SEN --notebook 02_gap_identification
      nasssap share SEN --lang fr
      nasssap share SEN --accept 3fa8c2d1
    """
    from nasssap_lib.commands.exchange import share_country

    sys.exit(share_country(country, to, notebooks, scenario, language, accepted, data, out))


@main.command()
@click.argument("bundle")
@click.option(
    "--rerun",
    "again",
    is_flag=True,
    help="Run our own notebooks on the pack inside, or compile its document, and compare.",
)
@click.option("--digest", default="", metavar="HEX", help="SHA-256 of the manifest, as the sender told it.")
@click.option(
    "--jobs", type=click.IntRange(1), default=None, metavar="N", help="With --rerun: notebooks run at the same time."
)
def verify(bundle: str, again: bool, digest: str, jobs: int | None) -> None:
    """Check a bundle or a numbered edition: is every file as the manifest says, and do our own notebooks give the same?

    Hashes show damage, not who sent it, and not that it is true: --rerun computes tables, pages, outputs and pictures
    again and compares them; of an edition (nasssap document --number) it compiles the document and compares every file.
    Nothing is unpacked outside a temporary folder and no code from the archive is executed.
    Exit code 0: sound; 1: refused, damaged, or something is otherwise; 3: made by other notebooks or another library
    than ours, so that --rerun was not done, or other pictures, drawn by other versions; 130: stopped by Ctrl-C.

    \b
    Examples:
      nasssap verify senegal.zip
      nasssap verify senegal.zip --digest 25cc8a89…
      nasssap verify senegal.zip --rerun
      nasssap verify SEN-fr-strategy-1.zip --rerun
    """
    from nasssap_lib.commands.exchange import verify_bundle

    if jobs and not again:
        raise click.UsageError("--jobs is for --rerun: without it no notebook runs")
    sys.exit(verify_bundle(bundle, again, digest, jobs))


@main.command()
@click.argument("a")
@click.argument("b")
@click.option("--country", default="", metavar="CODE", help="Where a folder holds several countries.")
@click.option("--csv", default=None, metavar="FILE", help="Write all changes as CSV.")
@click.option("--html", default=None, metavar="FILE", help="Write all changes as a page.")
@click.option("--figures-only", is_flag=True, help="Leave out what follows; runs no notebook.")
@takes_language
@takes_data
def compare(
    a: str, b: str, country: str, csv: str | None, html: str | None, figures_only: bool, language: str, data: str
) -> None:
    """Name every figure that changed from A to B, with both sources, and the results that follow from it.

    A and B are bundles, numbered editions, codes of countries (with --data), pack folders, data folders or output folders of a run. Where
    the figures differ and a side has no results, the notebooks are run on its pack in a temporary folder.
    Exit code 0: compared, whatever was found; 1: could not be compared; 130: stopped by Ctrl-C.

    \b
    Examples:
      nasssap compare senegal-2025.zip senegal-2026.zip
      nasssap compare SEN my/copy/of/SEN
      nasssap compare senegal.zip SEN --csv changes.csv --html changes.html
      nasssap compare data/raw my/packs --country SEN --figures-only
    """
    from nasssap_lib.commands.exchange import compare_places

    sys.exit(compare_places(a, b, country, csv, html, figures_only, data, language))


@main.command("document")
@click.argument("country")
@click.option(
    "--format",
    "formats",
    default="",
    metavar="LIST",
    help="Formats, with commas between: html, docx, pdf; pptx for slides.  [default: pptx of the slides, else html,docx,pdf]",
)
@click.option(
    "--edition",
    default="strategy",
    show_default=True,
    metavar="NAME",
    help="For which readers: strategy (the whole document), summary, brief (for the public), request (to the ILO and partners), "
    "slides (for the dialogue).",
)
@click.option(
    "--organised-by",
    default="",
    metavar="NAME|FILE.toml",
    help="Order of the chapters: guarantee (the default), group, policy_area, financing, governance, or a list of your own.",
)
@click.option(
    "--number",
    default="",
    metavar="N",
    help="Number of this edition, for its title page; it is frozen in one archive with its pack, COUNTRY-EDITION-N.zip.",
)
@click.option(
    "--since",
    default="",
    metavar="FILE|DIR",
    help="The edition before: a numbered one, a bundle of nasssap share, or the folder of a pack. What changed becomes an annex.",
)
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CODE",
    help="With --number: what a person has looked at and found to be no person's, by its code, or all; may be given more than once.",
)
@click.option(
    "--lang", "language", default="", metavar="CODE", help="Language of the document. [default: the country's]"
)
@click.option(
    "--template",
    default="",
    metavar="FILE.docx",
    help="A Word file whose styles are used, and nothing else of it: one that this command wrote, with styles that you changed in Word.",
)
@click.option(
    "--pages/--no-pages",
    default=True,
    show_default=True,
    help="Numbers of pages in the contents of the Word file, where LibreOffice is installed to print it (some 20 seconds).",
)
@common
def document(data: str, out: str | None, **asked: str | bool) -> None:
    """Compile the strategy document from the results of the notebooks: a page, a Word file and a PDF that say the same.

    Prose of your own stands in text/CHAPTER.md of the country pack (text/vision.fr.md for French); it opens its chapter and may
    quote figures by name: {fact effective_coverage children total}, {result 06.yearly_targets older_persons+2031 low}. Exit code
    1 where a quote leads to no figure, else 0.

    With --number the edition is frozen: one archive with every file of it, the pack, and a manifest, which nasssap verify
    checks and --since takes as the edition before. Refused where the number is taken, and where nasssap share would refuse.

    \b
    Examples:
      nasssap document XTC
      nasssap document SEN --format docx
      nasssap document SEN --lang en --organised-by financing
      nasssap document XTC --edition request
      nasssap document XTC --number 1
      nasssap document XTC --number 2 --since XTC-strategy-1.zip
      nasssap document SEN --edition slides
      nasssap document SEN --organised-by chapters.toml
      nasssap document SEN --format docx --template ministry.docx
    """
    from nasssap_lib.commands.document import Asked, write_document

    sys.exit(write_document(Asked(**asked), data, out))


@main.command("review")
@click.argument("country")
@click.option(
    "--approved",
    default="",
    metavar="FILE|DIR",
    help="The edition that was approved: a numbered one, a bundle of nasssap share, or the folder of a pack.",
)
@click.option(
    "--date",
    default="",
    metavar="YYYY-MM",
    help="Month of the review. [default: the latest in which progress was recorded]",
)
@click.option("--to", default=None, metavar="FILE.html", help="Where to. [default: review.html in reports/COUNTRY]")
@takes_language
@common
def review(country: str, approved: str, date: str, to: str | None, language: str, data: str, out: str | None) -> None:
    """Review the action plan: what slipped and what it moves, new dates to discuss, and what changed since the approval.

    Progress is what activities.csv records; work is taken to be planned evenly. With --approved every change of activities,
    targets and the figures by which they are judged is named. Nothing in the pack is changed. Exit code 0: reviewed, whatever
    was found; 1: refused.

    \b
    Examples:
      nasssap review XTC
      nasssap review XTC --date 2026-06 --approved approved-2025.zip
      nasssap review SEN --lang fr --approved SEN-fr-strategy-1.zip
    """
    from nasssap_lib.commands.review import review_country

    sys.exit(review_country(country, approved, date, language, to, data, out))


@main.command("workbook")
@click.argument("country")
@click.option("--costing", is_flag=True, help="The negotiating table: what options cost, who pays, what is missing.")
@click.option(
    "--valuation", default="", metavar="SCHEME", help="The form that asks for what a valuation of this scheme needs."
)
@writes_workbook("costing")
@common
def workbook(
    country: str,
    costing: bool,
    valuation: str,
    to: str | None,
    language: str,
    force: bool,
    data: str,
    out: str | None,
) -> None:
    """Write an Excel workbook for people who have nothing but Excel: a table to bargain on, or a form to fill in.

    With --costing: level, take-up, first payment, full take-up and who pays can be changed; cost by year, what it replaces,
    space, gap and charts move at once. No macro, no link, no password; Excel 2013 and LibreOffice open it. What was agreed
    becomes a scenario: nasssap scenario import. With --valuation: the persons, rules and accounts that a valuation of a scheme
    needs, as a form for the fund.

    \b
    Examples:
      nasssap workbook SEN --costing
      nasssap workbook SEN --costing --lang en --to table.xlsx
      nasssap workbook SEN --valuation ipres
    """
    from nasssap_lib.commands.workbook import Asked, write_asked

    if costing == bool(valuation):
        raise click.UsageError("which workbook? --costing writes the negotiating table, --valuation SCHEME a form")
    sys.exit(write_asked(Asked(country, valuation, language, to, force), data, out))


class _PlanGroup(_Commands):
    """``nasssap plan SEN`` is ``nasssap plan sheet SEN``: what is no name of a command goes to the one that writes."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        named = arguments[:1] and (arguments[0] in self.commands or arguments[0] in context.help_option_names)
        return super().parse_args(context, arguments if named or not arguments else ["sheet", *arguments])


@main.group("plan", cls=_PlanGroup, context_settings=CONTEXT)
def plan() -> None:
    """The action plan as an Excel workbook for those who carry it out, its dates for their calendars, and what they filled in.

    nasssap plan SEN is short for nasssap plan sheet SEN.

    \b
    Examples:
      nasssap plan SEN
      nasssap plan XTC --lang fr --to plan.xlsx
      nasssap plan import plan.xlsx --dry-run
    """


@plan.command("sheet")
@click.argument("country")
@writes_workbook("plan")
@common
def plan_sheet(country: str, to: str | None, language: str, force: bool, data: str, out: str | None) -> None:
    """Write the matrix of the action plan, an activity a row, with empty rows to fill; beside it its dates as a calendar file.

    Options, quality and sources are chosen from lists. Where nobody has planned yet the rows are empty, and the second sheet
    says what each option needs and what of it was found: no month and no institution is invented. The calendar (.ics, of the
    same name) is what calendar programs read, iCalendar; there is none without dates.

    \b
    Examples:
      nasssap plan sheet SEN
      nasssap plan XTC --lang fr
      nasssap plan XTC --to plan.xlsx --force
    """
    from nasssap_lib.commands.plan import Asked, write_asked

    sys.exit(write_asked(Asked(country, language, to, force), data, out))


@plan.command("import")
@click.argument("file")
@takes_language
@click.option("--force", is_flag=True, help="Where the plan was changed since, take the workbook's value.")
@click.option("--dry-run", is_flag=True, help="Say what was changed; write nothing into the pack.")
@takes_data
def plan_import(file: str, language: str, force: bool, dry_run: bool, data: str) -> None:
    """Read the matrix back into activities.csv: every change is named by its cell, and all of them are taken or none.

    What differs from what the workbook was written with counts as changed, so that several institutions can fill in a copy
    each; where two changed one cell, the second is told. A formula, a sheet that was renamed, a wrong number or month, an
    unknown option or source, activities that wait for each other, an end before its start: each is named with sheet and cell,
    and nothing is written. A row that was emptied is removed; a new one gets the next free number. Exit code 1 where something
    is wrong, else 0.

    \b
    Examples:
      nasssap plan import reports/XTC/XTC_plan.xlsx --dry-run
      nasssap plan import plan.xlsx --lang fr
    """
    from nasssap_lib.commands.plan import import_plan

    sys.exit(import_plan(file, language, force, dry_run, data))


@main.group(cls=_Commands, context_settings=CONTEXT)
def scenario() -> None:
    """Scenarios of a country pack: what differs from its baseline.

    \b
    Examples:
      nasssap scenario import reports/SEN/SEN_costing.xlsx --name agreed
    """


@scenario.command("import")
@click.argument("file")
@click.option("--name", default="agreed", show_default=True, metavar="NAME", help="Name of the scenario.")
@takes_language
@click.option("--force", is_flag=True, help="Replace a scenario of that name.")
@click.option("--dry-run", is_flag=True, help="Say what was changed; write nothing into the pack.")
@takes_data
def scenario_import(file: str, name: str, language: str, force: bool, dry_run: bool, data: str) -> None:
    """Read a negotiating table back: what was changed at the table becomes a scenario of the pack, which the batch runs.

    Each change is named: option, what, from, to. A workbook of another version of the pack, a formula that was overwritten, a
    sheet that was renamed, a value outside its bounds: each is named with sheet and cell, and nothing is taken. Exit code 1
    then, else 0.

    \b
    Examples:
      nasssap scenario import reports/SEN/SEN_costing.xlsx
      nasssap scenario import agreed.xlsx --name agreed_in_may
      nasssap run SEN --scenario agreed_in_may
    """
    from nasssap_lib.commands.workbook import import_agreed

    sys.exit(import_agreed(file, name, language, force, dry_run, data))


@main.group(cls=_Commands, context_settings=CONTEXT)
def dialogue() -> None:
    """Ask the groups at the table with Excel sheets, and collect what they answered.

    \b
    Examples:
      nasssap dialogue sheet SEN
      nasssap dialogue collect SEN
    """


@dialogue.command("sheet")
@click.argument("country")
@click.option(
    "--group", "groups", multiple=True, metavar="ID[=NAME]", help="Only this group; may be given more than once."
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="[ID=]CODE",
    help="Code of a language, for all or for one group. [default: the country's]",
)
@click.option("--to", default=None, metavar="DIR", help="Where to. [default: reports/COUNTRY/dialogue]")
@click.option("--force", is_flag=True, help="Replace sheets that are there already.")
@common
def dialogue_sheet(
    country: str,
    groups: tuple[str, ...],
    languages: tuple[str, ...],
    to: str | None,
    force: bool,
    data: str,
    out: str | None,
) -> None:
    """Write an Excel sheet for each group: points for the criteria, a position on each option and why, who pays and gains.

    The groups are those of the pack; where it holds none, one blank sheet is written for groups to copy. A sheet that is
    there already may be filled in: it is not replaced.

    \b
    Examples:
      nasssap dialogue sheet XTC
      nasssap dialogue sheet SEN --group 'cnts=Confédération des travailleurs' --group 'cnp=Conseil du patronat'
      nasssap dialogue sheet SEN --lang fr --lang cnts=en --to sheets
    """
    from nasssap_lib.commands.dialogue import write_for_groups

    sys.exit(write_for_groups(country, groups, languages, to, force, data, out))


@dialogue.command("collect")
@click.argument("country")
@click.argument("files", nargs=-1)
@click.option("--lang", "language", default="", metavar="CODE", help="Language of the remarks. [default: en]")
@click.option("--dry-run", is_flag=True, help="Check only; write nothing into the pack.")
@click.option("--csv", default=None, metavar="FILE", help="Write all remarks as CSV, to send back to the groups.")
@click.option(
    "--influence",
    multiple=True,
    metavar="ID=NUMBER",
    help="A group's influence on the decision, 0 none to 10 decisive, as the facilitator sees it; never on its sheet.",
)
@common
def dialogue_collect(
    country: str,
    files: tuple[str, ...],
    language: str,
    dry_run: bool,
    csv: str | None,
    influence: tuple[str, ...],
    data: str,
    out: str | None,
) -> None:
    """Read filled-in sheets into the pack; wrong, contradictory and missing answers are named and left out.

    FILES are workbooks or folders of them. [default: reports/COUNTRY/dialogue] A group's new sheet replaces what it
    answered before; what it leaves open stays; a sheet without answers is not answered yet, and no mistake. Exit code 0: all
    answers were taken; 1: some were wrong or contradictory (the others are written), or a file could not be read; 130: stopped
    by Ctrl-C.

    \b
    Examples:
      nasssap dialogue collect XTC
      nasssap dialogue collect SEN sheets/ --lang fr --dry-run
      nasssap dialogue collect SEN unions.xlsx employers.xlsx --csv remarks.csv
      nasssap dialogue collect SEN --influence unions=7 --influence employers=6
    """
    from nasssap_lib.commands.dialogue import collect_from_groups

    sys.exit(collect_from_groups(country, files, language, dry_run, csv, data, out, influence))


if __name__ == "__main__":
    main()
