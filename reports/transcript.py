"""Reading a committee paper from its plain text: its head, its sections, every word, or why not."""

from reports.paper import Paper
from reports.transcript_head import head_of
from reports.transcript_labels import OPENING
from reports.transcript_lines import Line, NotAPaper, lines_of, quoted
from reports.transcript_passages import section_of
from reports.transcript_sections import parted

__all__ = ["NotAPaper", "read"]


def read(text: str) -> Paper:
    """The paper that the text is a transcript of; raises NotAPaper, with a sentence, if it is of none.

    No word is lost. Left out are only what the template prints again (the labels of the head), what belongs
    to the sheet rather than the paper (page numbers) and a head printed a second time in the same words.
    """
    lines = lines_of(text)
    _expect_an_opening(lines)
    head_lines, parts = parted(lines)
    council, head = head_of(head_lines)
    return Paper(head=head, sections=tuple(map(section_of, parts)), council=council)


def _expect_an_opening(lines: list[Line]) -> None:
    if not any(OPENING.match(line.text) for line in lines):
        first = lines[0]
        raise NotAPaper(
            f"Line {first.number} reads {quoted(first.text)}, and no line down to {lines[-1].number} begins "
            "“Report of … to the meeting of …”, as a committee paper does."
        )
