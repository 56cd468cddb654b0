"""The head of a typed paper: who reports, to which meeting, on what, in short, and whom to ring."""

import re
from itertools import zip_longest

from reports.paper import Contact, Head
from reports.transcript_dates import day_in
from reports.transcript_labels import ASIDE, Entry, entries
from reports.transcript_letter import letter_in
from reports.transcript_lines import Gap, Line, NotAPaper, quoted
from reports.transcript_opening import opening_of
from reports.transcript_passages import paragraphs
from reports.transcript_prose import finished
from reports.transcript_signatory import parted_from_signatory
from reports.transcript_twice import Told, agreed, listed

COUNCIL = re.compile(r"\b(?:council|borough|authority|county|city|corporation|trust|district|mdc|mbc)\b", re.I)


def head_of(lines: list[Line]) -> tuple[str, Head]:
    """The council that the sheet names, if it does, and the head, printed once or twice."""
    found = entries(lines)
    sheet = Sheet()
    above = found.pop(0).lines if found and not found[0].label else []
    sheet.read_above(above)
    for entry, following in zip_longest(found, found[1:]):
        if following and following.label == "opening":
            entry.lines = _without_repeat(entry.lines, above)
        sheet.read(entry, before=following.label if following else "")
    return sheet.council(), sheet.head()


def _without_repeat(lines: list[Line], above: list[Line]) -> list[Line]:
    """A head printed again brings the line above it again too."""
    named = {line.text for line in above}
    end = next((place for place in range(len(lines), 0, -1) if lines[place - 1].text not in named), 0)
    return lines[:end]


class Sheet:
    """What the sheet says to each label, told as many times as it is printed."""

    def __init__(self) -> None:
        self.told: dict[str, list[Told]] = {}

    def tell(self, name: str, line: int, *words: str) -> None:
        if any(words):
            self.told.setdefault(name, []).append(Told(line, words))

    def read_above(self, lines: list[Line]) -> None:
        for line in lines:
            if letter := letter_in(line.text):
                self.tell("document letter", line.number, letter)
            elif COUNCIL.search(line.text):
                self.tell("council", line.number, line.text)
            else:
                raise NotAPaper(
                    f"Line {line.number} reads {quoted(line.text)}, above the “Report of …” with which "
                    "a committee paper begins; only the council's name was expected there."
                )

    def read(self, entry: Entry, *, before: str) -> None:
        if entry.label == "opening":
            self._read_opening(entry)
        if entry.label in {"opening", "subject", "summary"}:
            self._read_signed(entry, closing=before not in {"subject", "summary"})
        if entry.label in ASIDE:
            self._read_aside(entry)

    def _read_opening(self, entry: Entry) -> None:
        opening, line = opening_of(entry), entry.line.number
        self.tell("“Report of”", line, opening.report_of)
        self.tell("meeting", line, opening.committee)
        self.tell("date", line, opening.meeting_words)
        entry.lines = opening.rest

    def _read_signed(self, entry: Entry, *, closing: bool) -> None:
        lines, line = entry.lines, entry.line.number
        if closing:
            lines, signed = parted_from_signatory(lines, summary=entry.label == "summary")
            self.tell("signature", line, *signed)
        if entry.label == "summary":
            self.tell("summary statement", line, *paragraphs(lines))
            return
        letter = next((each for each in lines if letter_in(each.text)), None)
        if letter:
            self.tell("document letter", letter.number, letter_in(letter.text))
        self.tell("subject", line, " ".join(each.text for each in lines if each is not letter))

    def _read_aside(self, entry: Entry) -> None:
        lines = entry.lines
        if entry.label in {"phone", "email"}:
            lines, signed = parted_from_signatory(lines, summary=True)
            self.tell("signature", entry.line.number, *signed)
        if entry.label in {"portfolio", "scrutiny"}:
            _expect_short(lines)
        between = " / " if entry.label in {"phone", "email"} else " "
        self.tell(entry.label, entry.line.number, between.join(line.text for line in lines))

    def one(self, name: str) -> str:
        return next(iter(agreed(name, self.told.get(name, []))), "")

    def council(self) -> str:
        return " ".join(listed(self.told.get("council", [])))

    def head(self) -> Head:
        meeting_words = self.one("date")
        day = day_in(meeting_words)
        return Head(
            report_of=self.one("“Report of”"),
            committee=self.one("meeting"),
            meeting_on=day.on if day else None,
            meeting_words=meeting_words,
            letter=self.one("document letter"),
            title=self.one("subject"),
            summary=agreed("summary statement", self.told.get("summary statement", [])),
            signatory=agreed("signature", self.told.get("signature", [])),
            contact=Contact(**{name: " / ".join(listed(self.told.get(label, []))) for name, label in CONTACT.items()}),
            portfolio=self.one("portfolio"),
            scrutiny_area=self.one("scrutiny"),
        )


CONTACT = {"name": "contact", "phone": "phone", "email": "email"}


def _expect_short(lines: list[Line]) -> None:
    for line in lines[1:]:
        if line.gap is not Gap.NONE and len(line.text) > 60 and finished(line.text):
            raise NotAPaper(
                f"Line {line.number}: {quoted(line.text)} stands at the end of the head; "
                "a heading such as “1. SUMMARY” was expected."
            )
