"""``nasssap migrate`` as a person sees it: what was done to each pack, what must be mended first, and an exit code."""

from __future__ import annotations

from collections.abc import Sequence

import click

from nasssap_lib.commands.messages import shortened, shown
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.migration import migrate_pack
from nasssap_lib.pack.schema import SCHEMA


def migrate_packs(wanted: Sequence[str], dry_run: bool, data: str) -> int:
    """Bring packs to this schema; one that cannot be stops no other."""
    root, left = data_root(data), 0
    for code in wanted or countries(root):
        try:
            done = migrate_pack(root, code, dry_run)
        except (NasssapError, OSError) as error:
            left += 1
            words = fault_words(error) if isinstance(error, OSError) else str(error)
            click.secho(f"{shown(code[:40])}: left as it is; mend this first", fg="red", err=True)
            click.echo(shortened(words), err=True)
        else:
            start = "would write " if dry_run else ""
            click.echo(f"{code}: {start}{'; '.join(done)}" if done else f"{code}: is of schema {SCHEMA} already")
    return 1 if left else 0
