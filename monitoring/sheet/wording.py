"""What the words of a cell mean in the trade: numbers, themes, leads, statuses, ratings, milestones, findings."""

import colorsys
import re
from dataclasses import dataclass
from datetime import date

from improvement.lifecycle import Status
from improvement.timing import written
from monitoring.sheet.cells import Cell, line, plain, said
from monitoring.sheet.dates import Day, day

MOST_NUMBER, MOST_TITLE, MOST_STEP, MOST_NAME, MOST_THEME = 10, 200, 300, 160, 120
_STATUSES = {
    Status.NOT_STARTED: "not started|not yet started|to do|not begun|planned|0%|not due",
    Status.IN_PROGRESS: "in progress|started|underway|under way|ongoing|on going|on track|at risk|delayed|overdue|"
    "off track|open|slipped|working",
    Status.DELIVERED: "delivered|complete|completed|done|finished|achieved|100%|yes",
    Status.CLOSED: "closed|signed off|embedded",
    Status.WITHDRAWN: "withdrawn|cancelled|no longer required|superseded|not needed",
}
STATUSES = {name: status for status, names in _STATUSES.items() for name in names.split("|")}
RATINGS = {
    "red": "Red", "r": "Red", "amber": "Amber", "a": "Amber", "yellow": "Amber", "orange": "Amber", "green": "Green",
    "g": "Green", "blue": "Blue", "b": "Blue",
}  # fmt: skip


_LED = re.compile(
    r"(?:(?:theme|priority|ambition|workstream|strand|area|objective)\s*)?(\d{1,3})(?:\s*[-–—:.)]\s*|\s+|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as a cell gives it."""

    words: str
    due_on: date | None = None
    done_on: date | None = None


def short(words: str, *, most: int = MOST_TITLE) -> str:
    """A title for words that are too long to be one: their first sentence, or as much of it as fits."""
    first = line(words)
    if len(first) <= most:
        return first
    sentence = re.match(rf".{{20,{most - 1}}}?[.;:](?= )", first)
    return sentence[0][:-1] if sentence else first[: most - 1].rsplit(" ", 1)[0] + "…"


def in_full(title: str, words: str) -> str:
    """What will be done: the words, after a title that is too long to stand alone; the title where there are none."""
    if not words:
        return title
    return words if len(line(title)) <= MOST_TITLE else f"{title}\n{words}"


def number(cell: Cell) -> str:
    """An action's number: “Action 1.2:” is 1.2."""
    words = re.sub(r"^(action|ref|no)\.? +", "", line(said(cell)), flags=re.IGNORECASE)
    return words.rstrip(".:" if "(" in words else ".:)").replace(" ", "")


def number_objection(wanted: str) -> str | None:
    """Why this cannot be an action's number, or None if it can."""
    if len(wanted) > MOST_NUMBER or not re.fullmatch(r"[\w.-]+", wanted):
        return (
            f"says “{wanted[:40]}”, and a number has up to {MOST_NUMBER} letters, digits, points and dashes, like 1.4."
        )
    return None


def parts_of(wanted: str) -> tuple[int, ...]:
    """The figures in a number: 1 and 4 of “1.4”."""
    return tuple(int(figures) for figures in re.findall(r"\d{1,4}", wanted))


def theme(words: str) -> tuple[int | None, str]:
    """A theme's number, where it gives one, and its title: “Priority 2: Workforce” is 2 and “Workforce”."""
    tidy = line(words)
    led = _LED.match(tidy)
    return (int(led[1]), tidy[led.end() :]) if led else (None, tidy)


def names(words: str) -> list[str]:
    """The people or posts of one cell, the lead first; “and” and commas belong to the names of posts."""
    parts = [line(part) for part in re.split(r"\s/\s|/(?=[A-Z])|;|\n|\|", plain(words))]
    bare = [_PART_PLAYED.sub("", part).strip("() ") if _PART_PLAYED.match(part) else part for part in parts]
    return [name for name in bare if name and not says_nothing(name)]


_PART_PLAYED = re.compile(
    r"^\(?(lead|led by|support|supported by|supporting|owner|deputy|accountable|responsible|sponsor)"
    r"( officer)?s?\s*[:–-]\s*",
    re.IGNORECASE,
)
_NOTHING = frozenset(("tbc", "tba", "tbd", "to be confirmed", "n/a", "na", "none", "vacant", "-", "–", "?", "??"))


def says_nothing(words: str) -> bool:
    """Whether a cell is only filled in for form’s sake."""
    return line(words).casefold() in {"", *_NOTHING}


def status(words: str) -> Status | None:
    """The status that words mean, or the first of their parts that means one (“Amber – on track”); else None."""
    whole = line(words).casefold()
    parts = re.split(r"\s*[-–—:;,/(]\s*", whole) if len(whole) <= MOST_THEME else []
    return next((STATUSES[tidy] for part in (whole, *parts) if (tidy := part.strip(" .)")) in STATUSES), None)


def is_plainly(words: str) -> bool:
    """Whether words are a status and nothing else."""
    return line(words).casefold().rstrip(".") in STATUSES


def rating(cell: Cell) -> str:
    """The council's own rating by its word or, where there is none, by its colour; else nothing."""
    words = line(cell.text)
    if words:
        return RATINGS.get(words.casefold(), words)
    return colour(cell.fill)


def colour(fill: str) -> str:
    """The rating that a fill (RRGGBB) stands for; white, grey and black stand for none."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return ""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.2 or value < 0.25:
        return ""
    bounds = ((18, "Red"), (68, "Amber"), (170, "Green"), (265, "Blue"), (330, ""), (361, "Red"))
    return next(name for until, name in bounds if hue * 360 < until)


_DATED = re.compile(r"^(?P<words>.+?)\s*\((?:due )?(?P<due>[^()]+?)(?:, done (?P<done>[^()]+))?\)$")
_AFTER = re.compile(r"^(?P<words>.+?)(?:\s+[-–—]\s+|\s*:\s*|\s+by\s+)(?P<due>[^:]*\d[^:]*)$")
_BEFORE = re.compile(r"^(?P<due>[^:–—]*\d[^:–—]*?)\s*(?::|\s[-–—]\s)\s*(?P<words>.+)$")


def steps(words: str) -> list[Step]:
    """The milestones of a cell, one a line (or apart by semicolons, where it is one line without our own marks)."""
    lines = [line(each).lstrip("•*·▪- ") for each in plain(words).split("\n")]
    if len(lines) == 1 and not _dated(_DATED, lines[0]):
        lines = [line(each) for each in lines[0].split(";")]
    return [_step(each) for each in lines if each]


def step_words(words: str, *, due_on: date, done_on: date | None) -> str:
    """A milestone as a line of a cell, so that `steps` reads it back."""
    done = f", done {written(done_on)}" if done_on else ""
    return f"{step_line(words)} (due {written(due_on)}{done})"


def step_line(words: str) -> str:
    """The words of a milestone as a cell can hold them."""
    return line(line(words).lstrip("•*·▪- "))


def _step(words: str) -> Step:
    for form in (_DATED, _AFTER, _BEFORE):
        if found := _dated(form, words):
            return found
    return Step(words)


def _dated(form: re.Pattern[str], words: str) -> Step | None:
    if not (found := form.match(words)):
        return None
    given = found.groupdict()
    due = day(Cell(given["due"]), ends=True)
    done = day(Cell(given["done"]), ends=True) if given.get("done") else None
    if not isinstance(due, Day) or isinstance(done, str):
        return None
    return Step(line(given["words"]), due.on, done.on if done else None)


_LETTERS = {"rec": "R", "area": "A", "req": "N", "notice": "N"}
_NUMBERED = re.compile(r"(?:\b([A-Za-z]+)[ .-]*)?(?<!\d)(\d{1,3})\b")


_PROSE = 6
"""Words between numbers that make a sentence of them."""
_SAID_SO = re.compile(
    r"(?:^|\b)(R|A|N|rec(?:ommendation)?s?|areas?|req(?:uirement)?s?|notice)[ .-]*(\d{1,3})\b|^(\d{1,3})[.:)]\s",
    re.IGNORECASE | re.MULTILINE,
)


def findings(words: str) -> list[str]:
    """The numbers of the findings that a cell names: “R1, R3 and A2”, “Recs 1 & 3”, “Requirement 4”.

    Of a sentence, only numbers that are said to be one: “within 15 days” names none.
    """
    if len(re.findall(r"[^\W\d_]{3,}", words)) > _PROSE:
        said_so = _SAID_SO.findall(plain(words))
        return list(dict.fromkeys(f"{_letter(kind) or 'R'}{int(n or leading)}" for kind, n, leading in said_so))
    letter, found = "R", []
    for kind, figures in _NUMBERED.findall(plain(words)):
        letter = _letter(kind) or letter
        found.append(f"{letter}{int(figures)}")
    return list(dict.fromkeys(found))


def _letter(kind: str) -> str:
    """The letter of a kind: its own where it is one, else that of the word; “and” is no kind."""
    if len(kind) == 1:
        return kind.upper()
    return next((letter for word, letter in _LETTERS.items() if kind.casefold().startswith(word)), "")
