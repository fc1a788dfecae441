"""Calls ``nasssap`` inside this process, as somebody would type it."""

from click.testing import CliRunner, Result

from nasssap_lib.commands.cli import main


def call(*arguments) -> Result:
    """What a command printed and its exit code; an error that is no message of the library is raised."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
