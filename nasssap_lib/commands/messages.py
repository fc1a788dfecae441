"""Messages on the terminal: no longer than a person reads, and nothing in them steers the terminal."""

from __future__ import annotations

import re
import shlex

import click

from nasssap_lib.unseen import with_signs

MAX_PROBLEMS = 200  # lines, each of which stands for all problems of its kind
GIVEN = "nasssap.given"  # where a command remembers its options
OPTIONS = ("data", "out")  # that remedies repeat
ONLY_DATA = ("check", "migrate", "new-country", "plan import", "scenario import")
REMEDY = re.compile(
    r"nasssap (?:(?P<command>check|migrate|new-country|list|run|share|plan|dialogue sheet|dialogue collect)(?: [A-Z]{3}\b)+"
    r"|(?P<reader>(?:plan|scenario) import) (?:'[^']*'|\S+))(?! --data)"
)


def shortened(text: str) -> str:
    """The first lines of a long message, and how many more there are."""
    lines = shown(as_given(text)).splitlines()
    more = [f"… and {len(lines) - MAX_PROBLEMS} more"] if len(lines) > MAX_PROBLEMS else []
    return "\n".join(lines[:MAX_PROBLEMS] + more)


def shown(text: str) -> str:
    r"""A text without what steers a terminal: packs, bundles and names of files are foreign.

    Examples
    --------
    >>> shown("name\x1b]0;owned\x07: 60\xa0%\n")
    'name�]0;owned�: 60\xa0%\n'
    """
    return with_signs(text)


def as_given(text: str) -> str:
    """A text whose remedies name the folders as the command in progress was given them: ``nasssap check SEN --data new``.

    Examples
    --------
    >>> as_given("run: nasssap check SEN")
    'run: nasssap check SEN'
    """
    context = click.get_current_context(silent=True)
    given = {name: context.meta.get(GIVEN, {}).get(name) for name in OPTIONS} if context else {}

    def completed(match: re.Match) -> str:
        command = match["command"] or match["reader"]
        taken = [name for name in OPTIONS if given[name] and not (name == "out" and command in ONLY_DATA)]
        return match[0] + "".join(f" --{name} {shlex.quote(str(given[name]))}" for name in taken)

    return REMEDY.sub(completed, text) if any(given.values()) else text
