"""The many ways in which one paper may be set down as plain text, none of which changes a word of it."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from reports.paper import Block, Head, Kind, Paper

LABELS = {
    "subject": ("Subject:", "Subject"),
    "summary": ("Summary statement:", "Summary Statement"),
    "contact": ("Report Contact:", "Report Contact"),
    "phone": ("Phone:", "Telephone"),
    "email": ("E-mail:", "Email"),
    "portfolio": ("Portfolio:", "Portfolio"),
    "scrutiny": ("Overview & Scrutiny Area:", "Overview and Scrutiny Area"),
}
# A page ends where its sentence can be seen to go on: before a word in small letters.
MIDDLE = re.compile(r"(?<=[a-z]) (?=[a-z]+ )")
# No line of a passage begins with a lone dash, which would be a bullet there.
HANGING = re.compile(r" (?=[–&-] )")


@dataclass(frozen=True, slots=True)
class Hand:
    """How one typist works."""

    width: int = 0
    """Where lines are wrapped; 0 keeps each passage on a line of its own."""
    bullet: str = "-"
    heading: str = "{}. {}"
    dash: str = "- "
    """What a converter leaves before a numbered paragraph."""
    page_end: str = "\n\n"
    """What breaks in mid-sentence the passages whose places in their section are among `broken`."""
    broken: frozenset[int] = frozenset()
    letter: str = "{}"
    labels: str = "plain"
    apart: str = "\n\n"
    line_end: str = "\n"
    space: str = " "
    first: str = ""
    twice: bool = False
    """Whether the head is printed on a front sheet and again above section 1."""


hands = st.builds(
    Hand,
    width=st.sampled_from([0, 0, 60, 80]),
    bullet=st.sampled_from(["-", "•", "*", "–", "\uf0b7", "\uf0a7", "\uf06e", "•\n"]),
    heading=st.sampled_from(["{}. {}", "{} {}", "{}) {}"]),
    dash=st.sampled_from(["", "- "]),
    page_end=st.sampled_from(["\n\n", "\f", "\nPage 3 of 9\n", "\n\n- 3 -\n\n\f", "\n\n3\n\f", "\n\n\n"]),
    broken=st.frozensets(st.integers(0, 12), max_size=6),
    letter=st.sampled_from(["{}", "“{}”", "Document {}", "Document “{}”", '"{}"']),
    labels=st.sampled_from(["plain", "loud", "spaced", "bare"]),
    apart=st.sampled_from(["\n\n", "\n \n\n", "\n\n\f"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    space=st.sampled_from([" ", " ", "\u00a0", "  "]),
    first=st.sampled_from(["", "\ufeff", "\n\n", "\f"]),
    twice=st.booleans(),
)


def typed(paper: Paper, hand: Hand) -> str:
    """The paper as plain text in that hand."""
    head = list(_head(paper, hand))
    passages = [*head, *(head if hand.twice else []), *_sections(paper, hand)]
    text = hand.first + hand.apart.join(passages) + "\n"
    return text.replace(" ", hand.space).replace("\n", hand.line_end)


def _head(paper: Paper, hand: Hand) -> Iterator[str]:
    head = paper.head
    if paper.council:
        yield paper.council
    held = f" to be held on {head.meeting_words}" if head.meeting_words else ""
    yield _wrapped(f"Report of {head.report_of} to the meeting of {head.committee}{held}", hand)
    if head.letter or head.title:
        yield _label("subject", hand)
    if head.letter:
        yield hand.letter.format(head.letter)
    if head.title:
        yield _wrapped(head.title, hand)
    if head.summary:
        yield _label("summary", hand)
    for place, words in enumerate(head.summary):
        yield _broken(words, hand, place)
    if head.signatory:
        yield "\n".join(head.signatory)
    yield from _asides(head, hand)


def _asides(head: Head, hand: Hand) -> Iterator[str]:
    told = (("contact", head.contact.name), ("phone", head.contact.phone), ("email", head.contact.email))
    lines = [_label(name, hand, each) for name, words in told for each in words.split(" / ") if each]
    if lines:
        yield "\n".join(lines)
    for name, words in (("portfolio", head.portfolio), ("scrutiny", head.scrutiny_area)):
        if words:
            yield _label(name, hand)
            yield words


def _label(name: str, hand: Hand, words: str = "") -> str:
    """A label without its colon has a line to itself."""
    usual, bare = LABELS[name]
    label = {"plain": usual, "loud": usual.upper(), "spaced": usual.replace(":", " :"), "bare": bare}[hand.labels]
    between = "\n" if hand.labels == "bare" else " "
    return f"{label}{between}{words}" if words else label


def _sections(paper: Paper, hand: Hand) -> Iterator[str]:
    for section in paper.sections:
        yield hand.heading.format(section.number, section.heading)
        for place, block in enumerate(section.blocks):
            yield _block(block, hand, place)


def _block(block: Block, hand: Hand, place: int) -> str:
    if block.kind is Kind.HEADING:
        return f"{block.number} {block.text}"
    if block.kind is Kind.BULLET:
        lone = hand.bullet.endswith("\n")
        return hand.bullet + ("" if lone else " ") + _broken(block.text, hand, place)
    decimal = "." in block.number[:-1]
    return _broken(f"{hand.dash if decimal else ''}{block.number} {block.text}".strip(), hand, place)


def _broken(text: str, hand: Hand, place: int) -> str:
    cuts = [found.start() for found in MIDDLE.finditer(text) if found.start() > 8]
    if place not in hand.broken or not cuts:
        return _wrapped(text, hand)
    cut = cuts[place % len(cuts)]
    return _wrapped(text[:cut], hand) + hand.page_end + _wrapped(text[cut + 1 :], hand)


def _wrapped(text: str, hand: Hand) -> str:
    if not hand.width:
        return text
    held = HANGING.sub("\u2063", text)
    lines = textwrap.wrap(held, hand.width, break_on_hyphens=False, break_long_words=False)
    return "\n".join(lines).replace("\u2063", " ")
