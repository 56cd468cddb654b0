"""A section while it is being written: each block numbered as it comes, with the terms that it is kept on."""

from dataclasses import dataclass, field

from reports.keeping import NO_TERMS, Terms
from reports.paper import Block, Kind, Section, Table
from sources.seals import OPEN


@dataclass
class Draft:
    """What stands under one heading so far.

    Words under seal carry no number: the copy without them must show no gap where they were.
    """

    number: str
    heading: str
    blocks: list[tuple[Block, Terms]] = field(default_factory=list)
    numbered: int = 0

    def head(self, text: str, *, number: str = "", terms: Terms = NO_TERMS) -> None:
        """A heading within the section."""
        self.blocks.append((Block(kind=Kind.HEADING, text=text, number=number), terms))

    def say(self, text: str, *, origin: str = "", terms: Terms = NO_TERMS) -> None:
        """A paragraph, numbered unless it is under seal."""
        number = self.next_number() if terms.seal == OPEN else ""
        self.blocks.append((Block(kind=Kind.PARAGRAPH, text=text, number=number, origin=origin), terms))

    def add(self, text: str, *, origin: str = "", terms: Terms = NO_TERMS) -> None:
        """A paragraph without a number."""
        self.blocks.append((Block(kind=Kind.PARAGRAPH, text=text, origin=origin), terms))

    def point(self, text: str, *, origin: str = "", terms: Terms = NO_TERMS) -> None:
        """A bullet."""
        self.blocks.append((Block(kind=Kind.BULLET, text=text, origin=origin), terms))

    def show(self, table: Table, *, origin: str = "", terms: Terms = NO_TERMS) -> None:
        """A table."""
        self.blocks.append((Block(kind=Kind.TABLE, table=table, origin=origin), terms))

    def draw(self, table: Table, *, finding: str, origin: str, terms: Terms) -> None:
        """A chart of the table, and the table; its finding is said as its paragraph."""
        number = self.next_number()
        self.blocks.append((Block(kind=Kind.CHART, text=finding, number=number, table=table, origin=origin), terms))

    def next_number(self) -> str:
        """The number of the paragraph to come."""
        self.numbered += 1
        return f"{self.number}.{self.numbered}"

    @property
    def section(self) -> Section:
        """As the paper holds it."""
        return Section(number=self.number, heading=self.heading, blocks=tuple(block for block, _ in self.blocks))
