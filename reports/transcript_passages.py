"""How the lines of one section fall into headings, numbered paragraphs and bullets."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from reports.paper import Block, Kind, Section
from reports.transcript_breaks import Passage, continues, mark_that_opens, opens, plainly_continues
from reports.transcript_lines import Line
from reports.transcript_marks import Mark, Sequence, mark_of
from reports.transcript_prose import finished, joined, loud, sentence, titled, wordless
from reports.transcript_sections import Part

PRIVATE_GLYPH = re.compile(r"^[\ue000-\uf8ff]")


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
        begins = mark is not None and opens(mark, line, last, Sequence(), 0)
        if last and not begins and plainly_continues(last, line):
            last.parts.append(line.text)
        else:
            # A summary is plain paragraphs in a paper's value, so a bullet stays among its words.
            text = PRIVATE_GLYPH.sub("•", line.text)
            found.append(Passage(mark if begins else None, [text]))
    return tuple(joined(passage.parts) for passage in found)


def _passages(part: Part) -> list[Passage]:
    found: list[Passage] = []
    sequence = Sequence()
    width = min(max((len(line.text) for line in part.lines), default=0), 200)
    for line in part.lines:
        last = found[-1] if found else None
        mark = mark_that_opens(line, last, sequence, part.number)
        if mark:
            sequence.meet(mark)
            found.append(_opened(mark, mark.rest))
        elif last and continues(last, line, width):
            last.parts.append(line.text)
        else:
            found.append(_opened(None, line.text))
    return found


def _opened(mark: Mark | None, text: str) -> Passage:
    numbered = mark is None or bool(mark.parts)
    return Passage(mark, [text] if text else [], heading=numbered and bool(text) and loud(text))


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
