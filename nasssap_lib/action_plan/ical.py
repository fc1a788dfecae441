"""The dates of a plan for calendar programs: an all-day event an activity, as iCalendar (RFC 5545) has it.

The same plan gives the same bytes, so that a calendar that is imported again replaces its events and two editions can be compared.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping

from nasssap_lib.action_plan.months import YEAR
from nasssap_lib.action_plan.schedule import Span, spans_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.kinds import is_date
from nasssap_lib.pack.model import Pack
from nasssap_lib.rows import as_records

OCTETS = 75  # of a line, its end not counted (RFC 5545, 3.1)


def compose_calendar(pack: Pack, stamp: str) -> bytes:
    """The action plan as an iCalendar file.

    Parameters
    ----------
    pack : the country
    stamp : day of the edition of the plan, as in 2026-01-31: the stamp of every event, from outside, so that nothing changes by itself

    Returns
    -------
    bytes of an .ics file in UTF-8: an activity an event of whole days, from its first to its last day; of a date that names a month or a
    year only, the first or last day of it. SUMMARY is the name, DESCRIPTION institution and partners, CATEGORIES the option,
    RELATED-TO the prerequisites. Empty bytes where the pack has no activities: there is nothing to enter

    Raises
    ------
    NasssapError : a stamp that is no day, or a plan that ``schedule_activities`` refuses

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> print(*compose_calendar(read_pack("XTC"), "2025-12-31").decode().splitlines()[4:9], sep="\\n")
    BEGIN:VEVENT
    UID:a01@xtc.nasssap
    DTSTAMP:20251231T000000Z
    DTSTART;VALUE=DATE:20251001
    DTEND;VALUE=DATE:20260701
    """
    if not (len(stamp) == len("2026-01-31") and is_date(stamp)):
        raise NasssapError(f"compose_calendar: stamp is {stamp!r}; expected a day, as in 2026-01-31")
    spans = spans_of(pack.activities)
    if not spans:
        return b""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//nasssap//action plan {pack.country}//EN",
        "CALSCALE:GREGORIAN",
    ]
    for row in as_records(pack.activities):
        lines += _event(row, spans[row["id"]], pack.country.lower(), stamp)
    return b"".join(map(folded, [*lines, "END:VCALENDAR"]))


def _event(row: Mapping, span: Span, country: str, stamp: str) -> Iterable[str]:
    told = [part for part in (row["institution"], row["support"]) if part]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{row['id']}@{country}.nasssap",
        f"DTSTAMP:{stamp.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{first_day(row['start'], span.start)}",
        f"DTEND;VALUE=DATE:{day_after(row['end'], span.end)}",
        f"SUMMARY:{escaped(row['name'])}",
        f"DESCRIPTION:{escaped(' · '.join(told))}",
    ]
    if row["measure"]:
        lines.append(f"CATEGORIES:{escaped(row['measure'])}")
    lines += [f"RELATED-TO;RELTYPE=PARENT:{name}@{country}.nasssap" for name in span.needs]
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def first_day(date: str, month: int) -> str:
    """First day of an activity as iCalendar writes it.

    Examples
    --------
    >>> first_day("2027-03", 2027 * 12 + 2), first_day("2027-03-15", 2027 * 12 + 2)
    ('20270301', '20270315')
    """
    return _day(month, int(date[8:10] or 1))


def day_after(date: str, month: int) -> str:
    """The day after the last one: the end of an event is not part of it (RFC 5545, 3.6.1).

    Examples
    --------
    >>> day_after("2027-12", 2027 * 12 + 11), day_after("2028-02-28", 2028 * 12 + 1)
    ('20280101', '20280229')
    """
    days = monthrange(month // YEAR, month % YEAR + 1)[1]
    day = int(date[8:10] or days) + 1
    return _day(month, day) if day <= days else _day(month + 1, 1)


def _day(month: int, day: int) -> str:
    return f"{month // YEAR:04d}{month % YEAR + 1:02d}{day:02d}"


def escaped(text: str) -> str:
    r"""A text value: backslash, semicolon, comma and line end have a meaning of their own (RFC 5545, 3.3.11).

    Examples
    --------
    >>> print(escaped("Law; decree, order\nnotes"))
    Law\; decree\, order\nnotes
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, instead)
    return "".join(letter for letter in text if letter == "\t" or letter >= " ")


def folded(line: str) -> bytes:
    """A line with its end, in pieces of at most 75 octets, no letter cut in two (RFC 5545, 3.1).

    Examples
    --------
    >>> [len(piece) for piece in folded("é" * 50).split(b"\\r\\n ")]
    [74, 28]
    """
    pieces, piece, most = [], b"", OCTETS
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > most:
            pieces.append(piece)
            piece, most = b"", OCTETS - 1  # the space before each further piece counts
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
