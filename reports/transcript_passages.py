"""How the lines of one section fall into headings, numbered paragraphs and bullets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from reports.paper import Block, Kind, Section
from reports.transcript_lines import Gap, Line
from reports.transcript_marks import Mark, Sequence, mark_of
from reports.transcript_prose import broken_off, finished, goes_on, joined, loud, sentence, titled, wordless
from reports.transcript_sections import Part

PRIVATE_GLYPH = re.compile(r"^[\ue000-\uf8ff]")
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


def section_of(part: Part) -> Section:
    """The section with its blocks, each under the number that is printed beside it."""
    passages = _passages(part)
    return Section(number=str(part.number), heading=part.heading, blocks=tuple(_blocks(passages)))


def paragraphs(lines: list[Line]) -> tuple[str, ...]:
    """Plain paragraphs, as a summary has them; one that a page end broke is whole again."""
    found: list[Passage] = []
    for line in lines:
        last = found[-1] if found else None
        mark = mark_of(line.text)
        opens = mark is not None and _opens(mark, line, last, Sequence(), 0)
        if last and not opens and _plain_goes_on(last, line):
            last.parts.append(line.text)
        else:
            # A summary is plain paragraphs in a paper's value, so a bullet stays among its words.
            text = PRIVATE_GLYPH.sub("•", line.text)
            found.append(Passage(mark if opens else None, [text]))
    return tuple(joined(passage.parts) for passage in found)


def _passages(part: Part) -> list[Passage]:
    found: list[Passage] = []
    sequence = Sequence()
    width = min(max((len(line.text) for line in part.lines), default=0), 200)
    for line in part.lines:
        last = found[-1] if found else None
        mark = _mark_that_opens(line, last, sequence, part.number)
        if mark:
            sequence.meet(mark)
            found.append(_opened(mark, mark.rest))
        elif last and _goes_on(last, line, width):
            last.parts.append(line.text)
        else:
            found.append(_opened(None, line.text))
    return found


def _opened(mark: Mark | None, text: str) -> Passage:
    numbered = mark is None or bool(mark.parts)
    return Passage(mark, [text] if text else [], heading=numbered and bool(text) and loud(text))


def _mark_that_opens(line: Line, last: Passage | None, sequence: Sequence, section: int) -> Mark | None:
    mark = mark_of(line.text)
    if not mark or _opens(mark, line, last, sequence, section):
        return mark
    if mark.bullet and mark.number:  # “- 4.2 million was spent”: a bullet that begins with a figure
        mark = Mark(mark.bullet, "", f"{mark.number} {mark.rest}".rstrip())
        return mark if _opens(mark, line, last, sequence, section) else None
    return None


def _opens(mark: Mark, line: Line, last: Passage | None, sequence: Sequence, section: int) -> bool:
    """Whether the mark begins a passage, or is a dash or a figure that a line happens to begin with."""
    if last is None or not last.open:
        held = glued = False
    else:
        held, glued = broken_off(joined(last.parts[-1:])), line.gap is Gap.NONE
    if not mark.number:
        return not glued or _bullet_opens(mark, last)
    expected = sequence.expects(mark)
    if mark.parts:
        ours = mark.parts[0] == section
        if mark.rest and goes_on(mark.rest):
            # “4.2 million” is a figure, “4.2 that the plan be noted” a paragraph.
            return ours and expected and not held and (not glued or mark.bullet != "")
        return not glued or (not held and (mark.bullet != "" or (ours and (expected or sequence.allows(mark)))))
    if last is None or not last.open:
        return True
    if mark.rest.split(" ", 1)[0] in ASIDES:
        return False
    return expected or not (glued or held)


def _bullet_opens(mark: Mark, last: Passage | None) -> bool:
    if mark.bullet not in "-–—" or (last and last.bullet):
        return True
    return mark.bullet == "-" and not goes_on(mark.rest or "a")


def _goes_on(last: Passage, line: Line, width: int) -> bool:
    if last.heading:
        return line.gap is Gap.NONE and loud(line.text) and mark_of(line.text) is None
    if not last.parts:
        return True
    if line.gap is Gap.NONE and _heads(last, line, width):
        return False
    if line.gap is Gap.NONE and loud(line.text) and not last.open:
        return False
    return _plain_goes_on(last, line)


def _heads(last: Passage, line: Line, width: int) -> bool:
    """A numbered title well short of the line's end, above a line that begins anew, was not wrapped there."""
    short = len(last.parts[0]) + len(line.text.split(" ", 1)[0]) < width * 0.75
    return _titled_decimal(last) and short and not broken_off(last.parts[0]) and line.text[0].isupper()


def _titled_decimal(passage: Passage) -> bool:
    """“2.1 What the Inspectors Looked At”: a title may end with a word that no sentence ends with."""
    decimal = passage.mark is not None and bool(passage.mark.parts)
    return decimal and len(passage.parts) == 1 and titled(passage.parts[0]) and passage.open


def _plain_goes_on(last: Passage, line: Line) -> bool:
    """Whether an unmarked line belongs to the passage before it, even across a page end in mid-sentence."""
    if line.gap is Gap.NONE:
        return True
    text = last.parts[-1]
    if not last.open:
        return False
    if goes_on(line.text) or (broken_off(text) and not _titled_decimal(last)):
        return True
    return line.gap is Gap.PAGE_END and not last.bullet and sum(map(len, last.parts)) >= 60


def _blocks(passages: list[Passage]) -> Iterator[Block]:
    before: Passage | None = None
    for passage, after in zip_longest(passages, passages[1:]):
        heading = passage.heading or _is_title(passage, before, after)
        kind = Kind.HEADING if heading else Kind.BULLET if passage.bullet else Kind.PARAGRAPH
        yield Block(kind=kind, number=passage.number, text=joined(passage.parts))
        before = Passage(passage.mark, passage.parts, heading=heading)


def _is_title(passage: Passage, before: Passage | None, after: Passage | None) -> bool:
    """Whether a short line in ordinary letters heads what follows: “2.1 Areas Covered in the Visit”."""
    text = joined(passage.parts)
    if not after or not _could_head(text) or not _could_be_headed(after):
        return False
    if passage.mark is None:
        first = before is None or not before.open
        return first and titled(text) and len(text) < min(80, len(joined(after.parts)))
    plain = text.count(" ") < 8 and not finished(text) and not sentence(text)
    return bool(passage.mark.parts) and (titled(text) or plain)


def _could_head(text: str) -> bool:
    if not text or not text[0].isupper() or len(text) > 100 or wordless(text):
        return False
    return not text.startswith(("Appendix", "Annex")) and (text.endswith("?") or not finished(text))


def _could_be_headed(passage: Passage) -> bool:
    """Prose or bullets; titles beneath one another are a list of documents."""
    prose = joined(passage.parts)
    return not passage.number and not passage.heading and (passage.bullet or finished(prose) or wordless(prose))
