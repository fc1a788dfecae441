"""The command ``nasssap``: parses, calls one function of the library, prints. Heavy imports wait until a command needs them."""

from __future__ import annotations

import sys

import click

import nasssap_lib

MAX_PROBLEMS = 50
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Group(click.Group):
    """Errors that the library raises on purpose end in one message and exit code 1, never in a traceback."""

    def invoke(self, context: click.Context):
        from nasssap_lib.errors import NasssapError

        try:
            return super().invoke(context)
        except NasssapError as error:
            raise click.ClickException(shortened(str(error))) from error


def shortened(text: str) -> str:
    """The first lines of a long message, and how many more there are."""
    lines = text.splitlines()
    more = [f"… and {len(lines) - MAX_PROBLEMS} more"] if len(lines) > MAX_PROBLEMS else []
    return "\n".join(lines[:MAX_PROBLEMS] + more)


def common(command):
    """The options that every command takes."""
    command = click.option(
        "--out",
        default=None,
        metavar="DIR",
        help="Folder that receives reports/ and data/processed/. [default: the project]",
    )(command)
    return click.option(
        "--data", default="", metavar="DIR", help="Folder of the country packs. [default: data/raw of the project]"
    )(command)


@click.group(cls=_Group, context_settings=CONTEXT)
@click.version_option(nasssap_lib.__version__, prog_name="nasssap")
def main() -> None:
    """From a country's published figures to its National Social Security Strategy and Action Plan.

    \b
    Examples:
      nasssap list                 which countries there are
      nasssap check SEN            is Senegal's pack sound?
      nasssap run SEN              run all notebooks for Senegal
      nasssap run                  run all notebooks for all countries
    """


@main.command("list")
@common
def list_countries(data: str, out: str | None) -> None:
    """List countries, how complete each pack is, and when it last ran.

    \b
    Examples:
      nasssap list
      nasssap list --data my/packs
    """
    from nasssap_lib.run.overview import list_packs

    for line in list_packs(data, out):
        click.echo(line)


@main.command()
@click.argument("country", nargs=-1)
@common
def check(country: tuple[str, ...], data: str, out: str | None) -> None:
    """Check country packs: every problem with file, line, column, value and remedy. Exit code 1 if there is any.

    \b
    Examples:
      nasssap check                all packs
      nasssap check SEN LKA
      nasssap check --data my/packs KEN
    """
    from nasssap_lib.errors import PackError
    from nasssap_lib.pack import countries, data_root, read_pack

    root = data_root(data)
    broken = 0
    for code in country or countries(root):
        try:
            pack = read_pack(code, root)
        except PackError as error:
            broken += 1
            click.secho(
                f"{code[:40]}: {len(error.problems)} problem{'s' if len(error.problems) > 1 else ''}",
                fg="red",
                err=True,
            )
            click.echo(shortened(str(error)), err=True)
        else:
            click.echo(
                f"{code}: sound ({len(pack.facts):,} facts, {len(pack.schemes)} schemes, {len(pack.sources)} sources)"
            )
    sys.exit(1 if broken else 0)


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
@click.option("--scenario", default="", metavar="NAME", help="A scenario of the pack, or two with a comma to compare.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    metavar="N",
    help="Notebooks run at the same time. [default: one a core]",
)
@common
def run(
    country: tuple[str, ...],
    notebooks: tuple[str, ...],
    settings: tuple[str, ...],
    scenario: str,
    jobs: int | None,
    data: str,
    out: str | None,
) -> None:
    """Run notebooks for countries into executed notebooks, reports, result tables and an index.

    A country that fails stops no other one. Exit code 1 if any failed, 130 after Ctrl-C.

    \b
    Examples:
      nasssap run
      nasssap run SEN LKA --jobs 2
      nasssap run SEN --notebook 02_gap_identification --set year=2025
      nasssap run SEN --scenario pension_first
      nasssap run KEN --data my/packs --out my/output
    """
    from nasssap_lib.run.command import run_countries

    sys.exit(run_countries(country, notebooks, settings, data, out, jobs, scenario))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("further", nargs=-1, type=click.UNPROCESSED)
@common
def lab(further: tuple[str, ...], data: str, out: str | None) -> None:
    """Open JupyterLab on the notebooks, on this machine only; further options go to JupyterLab.

    \b
    Examples:
      nasssap lab
      nasssap lab --no-browser
      nasssap lab --data my/packs
    """
    from nasssap_lib.run.lab import open_lab

    sys.exit(open_lab(data, further))


if __name__ == "__main__":
    main()
