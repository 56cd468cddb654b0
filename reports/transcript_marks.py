"""What stands before a passage: a bullet, “7.10”, “(a)”, “iv.”."""

import re
from typing import NamedTuple

from reports.letters import number as place_of

# A word processor's glyphs, some from a font's private area, need no space after them; a dash or an o does.
BULLET = re.compile(r"([•●▪■◦○·‣⁃➢➤►✓❖\ue000-\uf8ff]|o(?=\s\S)|[-–—*](?=\s|$))\s*(.*)")
NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,3})+[.):]?"
    r"|\((?:\d{1,2}|[a-z]|[ivxl]{1,6}|[A-Z]|[IVXL]{1,6})\)"
    r"|(?:\d{1,2}|[a-z]|[ivx]{1,5}|[A-Z]|[IVX]{1,5})[.)])(?:\s(.*))?"
)
MARKISH = re.compile(r"[^\w\s]|_|o |\w{1,5}[.)]")


class Mark(NamedTuple):
    """A bullet, or a number as it is printed, and the words after it."""

    bullet: str
    number: str
    rest: str

    @property
    def parts(self) -> tuple[int, ...]:
        """A decimal number's parts, 7.10 → (7, 10); nothing for a letter."""
        bare = self.number.rstrip(".):")
        return tuple(map(int, bare.split("."))) if "." in bare and bare[0].isdigit() else ()


def mark_of(text: str) -> Mark | None:
    """The mark that the line may begin with; whether it is one depends on what stands before it."""
    if not MARKISH.match(text):
        return None
    bullet, rest = "", text
    if found := BULLET.fullmatch(text):
        bullet, rest = found[1], found[2]
    if found := NUMBER.fullmatch(rest):
        return Mark(bullet, found[1], found[2] or "")
    return Mark(bullet, "", rest) if bullet else None


class Sequence:
    """The numbers met so far in a section, to tell the next of a list from a figure in a sentence."""

    def __init__(self) -> None:
        self.met: set[tuple[str, str, int]] = set()
        self.furthest: dict[tuple[int, ...], int] = {}

    def expects(self, mark: Mark) -> bool:
        """Whether the number is a list's first or follows one already met."""
        if parts := mark.parts:
            return parts[-1] <= 1 or self.furthest.get(parts[:-1]) == parts[-1] - 1
        return any(place == 1 or (shape, kind, place - 1) in self.met for shape, kind, place in _readings(mark.number))

    def allows(self, mark: Mark) -> bool:
        """Whether a decimal number begins a series or comes further on in it, be it after a gap."""
        return self.expects(mark) or self.furthest.get(mark.parts[:-1], mark.parts[-1]) < mark.parts[-1]

    def meet(self, mark: Mark) -> None:
        """Remember that the number has been used; a bullet has none."""
        if parts := mark.parts:
            self.furthest[parts[:-1]] = parts[-1]
        elif mark.number:
            self.met.update(_readings(mark.number))


def _readings(number: str) -> list[tuple[str, str, int]]:
    """A lone (i) may be the first Roman or the ninth letter: every way to read the number."""
    core = number.strip("().:")
    shape = number.replace(core, "x")
    if core.isdigit():
        return [(shape, "figure", int(core))]
    case = "capital" if core.isupper() else "small"
    found = [(shape, case, place_of(core.upper()))] if len(core) == 1 else []
    if not set(core.lower()) - set("ivxl"):
        found.append((shape, f"{case} Roman", _roman(core.lower())))
    return found


def _roman(core: str) -> int:
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50}[each] for each in core]
    return sum(-one if one < after else one for one, after in zip(worth, [*worth[1:], 0], strict=True))
