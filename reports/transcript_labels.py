"""The labels of a paper's head, however they are typed, and the lines that stand beneath each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.transcript_lines import Gap, Line, NotAPaper, quoted

# The house style's own words, not the paper's: the template prints them again.
LABELS = {
    "subject": r"subject",
    "summary": r"summary(?: statement)?",
    "contact": r"(?:report )?contacts?(?: officers?)?|report authors?",
    "phone": r"(?:tele)?phone(?: (?:no|number))?\.?|tel(?: no)?\.?",
    "email": r"e ?[-–]? ?mail(?: address)?",
    "portfolio": r"portfolios?(?: holders?)?",
    "scrutiny": r"overview (?:&|and) scrutiny(?: area| committee(?= ?:))?|scrutiny area",
}
LABEL = re.compile("|".join(rf"(?P<{name}>(?:{form})(?:\(s\))? ?(?::|$))" for name, form in LABELS.items()), re.I)
# Labels that no sentence begins with are known without their colon.
BARE_LABEL = re.compile(
    r"(?P<phone>(?:tele)?phone )(?=[(+\d])|(?P<email>e-?mail )(?=\S+@\S+$)"
    r"|(?P<contact>report contacts? )(?=\S)|(?P<scrutiny>overview (?:&|and) scrutiny area )(?=\S)",
    re.I,
)
INLINE = re.compile(r" (?=(?:(?:tele)?phone|tel|e-?mail|portfolio|overview (?:&|and) scrutiny(?: area)?) ?:)", re.I)
# The labels that stand beneath the signature.
ASIDE = frozenset({"contact", "phone", "email", "portfolio", "scrutiny"})
OPENING = re.compile(r"report(?: of\b|$)", re.I)
UNKNOWN = re.compile(r"[A-Z][^:.@]{1,40}:(?: |$)")


@dataclass(slots=True)
class Entry:
    """One label of the head and the lines up to the next label; the first has no label."""

    label: str
    line: Line
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def entries(lines: list[Line]) -> list[Entry]:
    """What stands above section 1, label by label, in the order of the sheet."""
    found: list[Entry] = []
    for line in _split(_mended(lines)):
        label, value = _label(line.text)
        # “… of Children's” / “Overview & Scrutiny” / “Committee” is still the name of the committee.
        told = found and found[-1].label == "opening" and line.gap is Gap.NONE and ":" not in line.text
        if label and not told:
            found.append(Entry(label, line, [line._replace(text=value)] if value else []))
        elif found:
            _expect_known(found[-1], line)
            found[-1].lines.append(line)
        else:
            found.append(Entry("", line, [line]))
    return found


def label_of(text: str) -> str:
    """Which label the line begins with, or nothing."""
    return _label(text)[0]


def _label(text: str) -> tuple[str, str]:
    if OPENING.match(text):
        return "opening", text
    found = LABEL.match(text) or BARE_LABEL.match(text)
    if not found or not found.lastgroup:
        return "", text
    return found.lastgroup, text[found.end() :].strip()


def _mended(lines: list[Line]) -> Iterator[Line]:
    """A narrow column breaks the longest label: “Overview & Scrutiny” / “Area:”."""
    held: Line | None = None
    for line in lines:
        if held and re.match(r"area ?:", line.text, re.I):
            line, held = held._replace(text=f"{held.text} {line.text}"), None
        if held:
            yield held
        held = line if re.fullmatch(r"overview (?:&|and) scrutiny", line.text, re.I) else None
        if not held:
            yield line
    if held:
        yield held


def _split(lines: Iterator[Line]) -> Iterator[Line]:
    """Beneath the contact two labels may share a line: “Phone: … E-mail: …”."""
    sharing = False
    for line in lines:
        sharing = sharing or _label(line.text)[0] in ASIDE
        first, *others = INLINE.split(line.text) if sharing else [line.text]
        yield line._replace(text=first)
        for other in others:
            yield line._replace(text=other, gap=Gap.NONE)


def _expect_known(entry: Entry, line: Line) -> None:
    if entry.label in {"portfolio", "scrutiny"} and UNKNOWN.match(line.text):
        raise NotAPaper(
            f"Line {line.number}: {quoted(line.text)} has a label that the head of such "
            "a paper does not have; a heading such as “1. SUMMARY” was expected."
        )
