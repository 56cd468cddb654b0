"""A typed paper's first sentence, however broken: “Report of … to the meeting of … to be held on …”."""

import re
from datetime import date
from typing import NamedTuple

from reports.transcript_dates import day_in
from reports.transcript_labels import Entry
from reports.transcript_letter import letter_in
from reports.transcript_lines import Gap, Line, NotAPaper, quoted
from reports.transcript_prose import broken_off, goes_on

REPORT_OF = re.compile(r"report of\b ?", re.I)
MEETING = re.compile(r"\bto the meeting of\b ?", re.I)
HELD = re.compile(r"\bto be held on\b:? ?", re.I)
# The sentence is over well before this many lines; what follows may say “to be held on” of something else.
LONGEST = 16


class Opening(NamedTuple):
    """What the sentence says, and the lines after it that have no label of their own."""

    report_of: str
    committee: str
    meeting_words: str
    meeting_on: date | None
    rest: list[Line]


def opening_of(entry: Entry) -> Opening:
    """Read the sentence; a meeting's date may be missing, but one that is there must be a day."""
    lines = entry.lines
    said = " ".join(line.text for line in lines[:LONGEST])
    report, meeting = REPORT_OF.match(said), MEETING.search(said)
    if not report or not meeting:
        raise NotAPaper(
            f"Line {entry.line.number} reads {quoted(entry.line.text)} and does not go on "
            "“to the meeting of …”, as the opening of a committee paper does."
        )
    report_of = said[report.end() : meeting.start()].strip()
    held = HELD.search(said, meeting.end())
    if not held:
        committee, rest = _to_the_gap(_from(lines, meeting.end()))
        return Opening(report_of, committee, "", None, rest)
    words, on, rest = _date(_from(lines, held.end()), lines[0])
    return Opening(report_of, said[meeting.end() : held.start()].strip(), words, on, rest)


def _from(lines: list[Line], place: int) -> list[Line]:
    """What is left of the lines from a place in their words joined by spaces."""
    for index, line in enumerate(lines):
        if place < len(line.text):
            return [line._replace(text=line.text[place:].strip()), *lines[index + 1 :]]
        place = max(place - len(line.text) - 1, 0)
    return []


def _to_the_gap(lines: list[Line]) -> tuple[str, list[Line]]:
    end = next((place for place, line in enumerate(lines) if place and line.gap is not Gap.NONE), len(lines))
    return " ".join(line.text for line in lines[:end]), lines[end:]


def _date(lines: list[Line], opening: Line) -> tuple[str, date | None, list[Line]]:
    if not lines:
        return "", None, []
    for count in range(1, min(len(lines), 4) + 1):
        words = " ".join(line.text for line in lines[:count])
        if day := day_in(words):
            rest = lines[count:]
            after = words[day.end :].strip()
            if after and letter_in(after):
                return words[: day.end], day.on, [lines[count - 1]._replace(text=after, gap=Gap.BLANK), *rest]
            while rest and rest[0].gap is Gap.NONE and (broken_off(words) or goes_on(rest[0].text)):
                words, rest = f"{words} {rest[0].text}", rest[1:]
            return words, day.on, rest
    raise NotAPaper(
        f"Line {lines[0].number}: the meeting of line {opening.number} is to be held on "
        f"{quoted(lines[0].text)}, which is not a day "
        "that can be read; a date such as “2 April 2019” was expected."
    )
