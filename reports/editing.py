"""The words of one section changed by hand: its numbers and seals kept, and no other editor's words lost."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from improvement.models import Refused
from people.models import Person
from reports.keeping import APART
from reports.models import Paper, Passage, Section
from reports.models.paper import BY_HAND
from reports.paper import Kind
from sources.models import Seal
from sources.seals import OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Words put in: blank lines part paragraphs, and a line begun with a dash or a dot is a bullet."""

    words: str = ""
    after: int | None = None
    """The place, among the passages shown, of the one that they follow; none for the end."""
    seal: int = OPEN


class Behind(Exception):
    """Somebody else changed the section after it was opened for writing."""


def passages_of(section: Section) -> list[Passage]:
    """Those that whoever is stamped may see, in order."""
    return list(section.passages.select_related("own_seal").order_by("position", "id"))


def mark_of(passages: Sequence[Passage]) -> str:
    """What tells the section as it was opened from the section as it is now."""
    said = [(p.kind, p.number, p.text, p.own_seal_id) for p in passages]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]


def seals_in(paper: Paper) -> list[Seal]:
    """The seals, still holding, of passages that whoever is stamped may see."""
    sealed = set(Passage.objects.filter(section__paper=paper).values_list("own_seal_id", flat=True))
    return list(Seal.objects.holding().filter(pk__in=sealed).order_by("made_at"))


@transaction.atomic
def revise(section: Section, *, words: Mapping[int, str], added: Added, opened: str, by: Person, at: datetime) -> None:
    """Change words by their places; empty ones go. Raises Behind, or Refused where the paper has been issued."""
    paper = Paper.objects.select_for_update(no_key=True).get(pk=section.paper_id)
    if sentence := paper.change_objection():
        raise Refused(sentence)
    passages = passages_of(section)
    if mark_of(passages) != opened:
        raise Behind
    touched = {added.seal} if _put_in(section, passages, added) else set()
    touched |= {
        passages[place].own_seal_id or OPEN for place, text in words.items() if _reword(passages[place], text.strip())
    }
    # Whoever may not see the words that changed is not told that any did.
    for seal in {OPEN} & touched or touched:
        paper.count_change(says=f"edited section {section.number}", by=by, at=at, own_seal=seal)


def _reword(passage: Passage, text: str) -> bool:
    """Whether there was anything to change."""
    if text == passage.text:
        return False
    if text:
        Passage.objects.filter(pk=passage.pk).update(text=text)
    else:
        passage.delete()
    return True


def _put_in(section: Section, passages: Sequence[Passage], added: Added) -> bool:
    """Whether there was anything to put in."""
    new = [_passage(section, words, seal=added.seal) for words in parted(added.words)]
    if not new:
        return False
    at_end = added.after is None or added.after == len(passages) - 1
    if at_end:
        _number(section, passages, new)
    last = passages[-1] if at_end and passages else passages[added.after] if added.after is not None else None
    start = last.position if last else 0
    if any(start < p.position <= start + len(new) for p in passages):
        section.passages.filter(position__gt=start).update(position=F("position") + APART)
    for place, passage in enumerate(new, start=1):
        passage.position = start + place
    Passage.objects.bulk_create(new)
    return True


BULLET = re.compile(r"[-*•–]\s+")


def parted(words: str) -> list[str]:
    """The paragraphs and bullets of what was typed; a bullet keeps its mark."""
    lines = re.sub(r"\r\n?", "\n", words).split("\n")
    parts: list[str] = [""]
    for line in map(str.strip, lines):
        if not line or BULLET.match(line):
            parts.append(line)
        else:
            parts[-1] = f"{parts[-1]} {line}".strip()
    return [part for part in parts if part]


def _passage(section: Section, words: str, *, seal: int) -> Passage:
    mark = BULLET.match(words)
    return Passage(
        section=section, seal_id=section.seal_id, own_seal_id=seal, text=words[mark.end() :] if mark else words,
        kind=Kind.BULLET.value if mark else Kind.PARAGRAPH.value, origin=BY_HAND,
    )  # fmt: skip


def _number(section: Section, passages: Sequence[Passage], new: Sequence[Passage]) -> None:
    """Paragraphs at the end go on from the last number, where the section has any; words under seal take none."""
    given = [int(m[1]) for p in passages if (m := re.fullmatch(rf"{re.escape(section.number)}\.(\d+)", p.number))]
    following = max(given, default=0)
    for passage in new:
        if given and passage.kind == Kind.PARAGRAPH.value and passage.own_seal_id == OPEN:
            following += 1
            passage.number = f"{section.number}.{following}"
