"""Messages on the terminal: no longer than a person reads."""

from __future__ import annotations

MAX_PROBLEMS = 50


def shortened(text: str) -> str:
    """The first lines of a long message, and how many more there are."""
    lines = text.splitlines()
    more = [f"… and {len(lines) - MAX_PROBLEMS} more"] if len(lines) > MAX_PROBLEMS else []
    return "\n".join(lines[:MAX_PROBLEMS] + more)
