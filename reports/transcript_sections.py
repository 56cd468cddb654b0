"""Where the sections of a typed paper begin: “1. SUMMARY”, “2 Background”, “3) Options”."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.transcript_dates import begins_with_month
from reports.transcript_labels import ASIDE, OPENING, label_of
from reports.transcript_lines import Gap, Line, NotAPaper, quoted
from reports.transcript_marks import mark_of
from reports.transcript_prose import broken_off, finished, loud, titled, wordless

HEADING = re.compile(r"(\d{1,2})(?:[.):]\s?|\s[-–]\s|\s)(?=[^\W\d_]|[\"“'‘(£&])(.+)")
LONE_NUMBER = re.compile(r"\d{1,2}[.)]")
LIST_NUMBER = re.compile(r"(\d{1,2})[.)]\s")


@dataclass(slots=True)
class Part:
    """A section's heading as typed, and the lines beneath it."""

    number: int
    heading: str
    line: Line
    lines: list[Line] = field(default_factory=list)


class Candidate(NamedTuple):
    """A line that may be a section's heading."""

    number: int
    heading: str
    loud: bool


def parted(lines: list[Line]) -> tuple[list[Line], list[Part]]:
    """The head's lines, and the sections in the order of their numbers, gaps allowed; else a refusal."""
    lines = _numbers_with_their_headings(lines)
    start = _first(lines)
    _expect_one_paper(lines[start:])
    return lines[:start], _sections(lines[start:])


MEETING = re.compile(r"\bto the meeting of\b", re.I)


def _expect_one_paper(lines: list[Line]) -> None:
    """Another opening with a section 1 after it is another paper; without, it is a background document."""
    opened = [place for place, line in enumerate(lines) if line.gap is not Gap.NONE and _is_opening(lines, place)]
    begins = max((place for place in range(len(lines)) if _numbered_one(lines, place)), default=0) if opened else 0
    if opened and opened[0] < begins:
        line = lines[opened[0]]
        raise NotAPaper(
            f"Line {line.number}: a second paper begins here, below section 1 of line {lines[0].number} "
            f"({quoted(line.text)}); one paper at a time was expected."
        )


def _is_opening(lines: list[Line], place: int) -> bool:
    if not OPENING.match(lines[place].text):
        return False
    return MEETING.search(" ".join(each.text for each in lines[place : place + 4])) is not None


def _numbered_one(lines: list[Line], place: int) -> bool:
    found = _candidate(lines, place)
    return found is not None and found.number == 1


def _numbers_with_their_headings(lines: list[Line]) -> list[Line]:
    """A tabbed heading may come out as “1.” on one line and “SUMMARY” on the next."""
    kept: list[Line] = []
    for line in lines:
        if kept and LONE_NUMBER.fullmatch(kept[-1].text) and loud(line.text) and not mark_of(line.text):
            kept[-1] = kept[-1]._replace(text=f"{kept[-1].text} {line.text}")
        else:
            kept.append(line)
    return kept


def _first(lines: list[Line]) -> int:
    """Where section 1 begins: not at the first item of a list that stands above the head's last labels."""
    quiet: int | None = None
    labelled = False
    other: Line | None = None
    for place, line in enumerate(lines):
        labelled = labelled or (quiet is not None and label_of(line.text) in ASIDE)
        if not (found := _candidate(lines, place)):
            continue
        if found.number == 1 and quiet is None:
            quiet = place
        below = _numbered_below(lines, place, 1)
        if found.number == 1 and (found.loud or below) and (place == quiet or labelled or found.loud):
            return place
        other = other or (line if found.loud else None)
    if quiet is not None:
        return quiet
    raise _without_a_first(lines[-1], other)


def _without_a_first(last: Line, other: Line | None) -> NotAPaper:
    if other:
        return NotAPaper(
            f"Line {other.number}: {quoted(other.text)} is the first section; a section 1 was expected before it."
        )
    return NotAPaper(
        f"No section 1 was found down to line {last.number}, which reads {quoted(last.text)}; "
        "a heading such as “1. SUMMARY” was expected after the head."
    )


def _sections(lines: list[Line]) -> list[Part]:
    parts: list[Part] = []
    listed = 0
    for place, line in enumerate(lines):
        found = _candidate(lines, place)
        if found and (not parts or _opens(found, lines, place, after=parts[-1], listed=listed)):
            parts.append(Part(found.number, found.heading, line))
            listed = 0
            continue
        if item := LIST_NUMBER.match(line.text):
            listed = int(item[1]) if int(item[1]) in (1, listed + 1) else listed
        if _heading_goes_on(parts[-1], line):
            parts[-1].heading += f" {line.text}"
        else:
            parts[-1].lines.append(line)
    return parts


def _candidate(lines: list[Line], place: int) -> Candidate | None:
    line = lines[place]
    if not line.text[0].isdigit() or len(line.text) > 160 or not (found := HEADING.fullmatch(line.text)):
        return None
    heading = found[2]
    if begins_with_month(heading) or heading[0].islower() or wordless(heading):
        return None
    if loud(heading):
        return Candidate(int(found[1]), heading, True)
    apart = line.gap is not Gap.NONE or place == 0 or finished(lines[place - 1].text)
    short = len(heading) <= 90 and heading.count(" ") < 14 and not heading.endswith((".", ";", "!"))
    apart = apart and not broken_off(heading) and _stands_alone(lines, place)
    return Candidate(int(found[1]), heading, False) if apart and short else None


def _stands_alone(lines: list[Line], place: int) -> bool:
    if place + 1 == len(lines) or lines[place + 1].gap is not Gap.NONE:
        return True
    return mark_of(lines[place + 1].text) is not None


def _numbered_below(lines: list[Line], place: int, number: int) -> bool:
    if place + 1 == len(lines) or not (mark := mark_of(lines[place + 1].text)):
        return False
    return mark.parts[:1] == (number,)


def _opens(found: Candidate, lines: list[Line], place: int, *, after: Part, listed: int) -> bool:
    """Whether the line opens the next section, or is an item of a numbered list inside this one."""
    line = lines[place]
    below = _numbered_below(lines, place, found.number)
    listing = bool(_stop(line)) and not below and found.number in (1, listed + 1)
    alike = _stop(line) == _stop(after.line)
    if found.number > after.number:
        following = found.number == after.number + 1
        if found.loud:
            mid_sentence = line.gap is Gap.NONE and not finished(lines[place - 1].text)
            return following or not mid_sentence
        if listing:
            return following and alike and titled(found.heading)
        return below or found.number <= after.number + 3
    again = found.heading.casefold() == after.heading.casefold()
    misplaced = found.loud or below or (alike and _stop(line) != "" and not loud(after.heading))
    # “6) …” and then “7) …” in section 7 is the list's next item, though paragraph 7.1 follows it.
    item = listing or (not found.loud and not alike and listed > 0 and found.number == listed + 1)
    if not again and (item or not misplaced):
        return False
    raise NotAPaper(
        f"Line {line.number}: section {found.number}, {quoted(found.heading)}, stands after section "
        f"{after.number} of line {after.line.number}; section {after.number + 1} or a later one was expected."
    )


def _stop(line: Line) -> str:
    """What stands between the number and the words: a full stop, a bracket, or nothing."""
    found = re.match(r"\d+([^\w\s]?)", line.text)
    return found[1] if found else ""


def _heading_goes_on(part: Part, line: Line) -> bool:
    """A heading too long for its line goes on in capitals on the next."""
    return not part.lines and line.gap is Gap.NONE and loud(part.heading) and loud(line.text) and not mark_of(line.text)
