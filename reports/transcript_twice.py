"""What a head printed twice says: its words once, the fuller where one adds, a refusal where they differ."""

import re
from typing import NamedTuple

from reports.transcript_dates import day_in
from reports.transcript_lines import NotAPaper, quoted


class Told(NamedTuple):
    """What one place of the sheet says to a label, and the line of that label."""

    line: int
    words: tuple[str, ...]


def agreed(name: str, told: list[Told]) -> tuple[str, ...]:
    """The one wording: two that differ cannot both be kept, and to drop either would be to lose words."""
    if not told:
        return ()
    kept = told[0]
    for other in told[1:]:
        fuller = _fuller(kept, other)
        if not fuller:
            here, there = " ".join(kept.words), " ".join(other.words)
            raise NotAPaper(
                f"Line {other.line}: the {name} is given a second time as {quoted(there)}, where line "
                f"{kept.line} has {quoted(here)}; the same words were expected."
            )
        kept = fuller
    return kept.words


def listed(told: list[Told]) -> list[str]:
    """Each different thing told, in order: a paper may name several people to ring."""
    return list(dict.fromkeys(each.words[0] for each in told))


def _fuller(kept: Told, other: Told) -> Told | None:
    here, there = _bare(kept), _bare(other)
    if there in here:
        return kept
    if here in there:
        return other
    day, again = day_in(" ".join(kept.words)), day_in(" ".join(other.words))
    # “Tuesday 2nd April 2019” and “2 April 2019” say the same thing in other words.
    if day and again and day.on == again.on and max(len(here), len(there)) < 60:
        return kept if len(here) >= len(there) else other
    return None


def _bare(told: Told) -> str:
    """The words alone, so that case, spacing and the shape of a quotation mark make no difference."""
    words = re.findall(r"[^\W_]+", " ".join(told.words).casefold())
    return f" {' '.join(words)} "
