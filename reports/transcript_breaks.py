"""Where one passage of a section ends and the next begins, whatever lines and pages have done to it."""

from dataclasses import dataclass

from reports.transcript_lines import Gap, Line
from reports.transcript_marks import Mark, Sequence, mark_of
from reports.transcript_prose import broken_off, finished, goes_on, joined, loud, titled

ASIDES = {"of", "above", "below", "and", "or"}


@dataclass(slots=True)
class Passage:
    """One block while its lines are still coming in."""

    mark: Mark | None
    parts: list[str]
    heading: bool = False
    """Set in capitals: known for a heading before what follows is read."""

    @property
    def bullet(self) -> bool:
        return self.mark is not None and not self.mark.number

    @property
    def number(self) -> str:
        return self.mark.number if self.mark else ""

    @property
    def open(self) -> bool:
        """Whether its last line breaks off before the end of a sentence."""
        return not self.heading and not (self.parts and finished(self.parts[-1]))


def mark_that_opens(line: Line, last: Passage | None, sequence: Sequence, section: int) -> Mark | None:
    mark = mark_of(line.text)
    if not mark or opens(mark, line, last, sequence, section):
        return mark
    if mark.bullet and mark.number:  # “- 4.2 million was spent”: a bullet that begins with a figure
        mark = Mark(mark.bullet, "", f"{mark.number} {mark.rest}".rstrip())
        return mark if opens(mark, line, last, sequence, section) else None
    return None


def opens(mark: Mark, line: Line, last: Passage | None, sequence: Sequence, section: int) -> bool:
    """Whether the mark begins a passage, or is a dash or a figure that a line happens to begin with."""
    if last is None or not last.open:
        return not mark.parts or not _is_figure(mark, sequence, section)
    held, glued = broken_off(joined(last.parts[-1:])), line.gap is Gap.NONE
    if not mark.number:
        return not glued or _bullet_opens(mark, last)
    if mark.parts:
        known = mark.bullet != "" or (mark.parts[0] == section and sequence.allows(mark))
        running = held or (glued and not mark.bullet)
        return not _is_figure(mark, sequence, section, running=running) and (not glued or (known and not held))
    if mark.rest.split(" ", 1)[0] in ASIDES:
        return False
    return sequence.expects(mark) or not (glued or held)


def _is_figure(mark: Mark, sequence: Sequence, section: int, *, running: bool = False) -> bool:
    """“4.2 million” is a figure; “4.2 The board”, or “4.2 that it be noted” when 4.1 stands above, is a paragraph."""
    if not mark.rest or not goes_on(mark.rest):
        return False
    return running or mark.parts[0] != section or not sequence.expects(mark)


def _bullet_opens(mark: Mark, last: Passage | None) -> bool:
    if mark.bullet not in "-–—" or (last and last.bullet):
        return True
    return mark.bullet == "-" and not goes_on(mark.rest or "a")


def continues(last: Passage, line: Line, width: int) -> bool:
    if last.heading:
        return line.gap is Gap.NONE and loud(line.text) and mark_of(line.text) is None
    if not last.parts:
        return True
    if line.gap is Gap.NONE and _heads(last, line, width):
        return False
    if line.gap is Gap.NONE and loud(line.text) and not last.open:
        return False
    return plainly_continues(last, line)


def _heads(last: Passage, line: Line, width: int) -> bool:
    """A numbered title well short of the line's end, above a line that begins anew, was not wrapped there."""
    short = len(last.parts[0]) + len(line.text.split(" ", 1)[0]) < width * 0.75
    return _titled_decimal(last) and short and not broken_off(last.parts[0]) and line.text[0].isupper()


def _titled_decimal(passage: Passage) -> bool:
    """“2.1 What the Inspectors Looked At”: a title may end with a word that no sentence ends with."""
    decimal = passage.mark is not None and bool(passage.mark.parts)
    return decimal and len(passage.parts) == 1 and titled(passage.parts[0]) and passage.open


def plainly_continues(last: Passage, line: Line) -> bool:
    """Whether an unmarked line belongs to the passage before it, even across a page end in mid-sentence."""
    if line.gap is Gap.NONE:
        return True
    text = last.parts[-1]
    if not last.open:
        return False
    if goes_on(line.text) or (broken_off(text) and not _titled_decimal(last)):
        return True
    return line.gap is Gap.PAGE_END and not last.bullet and sum(map(len, last.parts)) >= 60
