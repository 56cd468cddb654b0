"""An invented monitoring letter, fifty ways of repeating it, and fifty texts that only sound like it."""

import random
import re

LETTER = """
Thank you for the welcome that you and your staff gave us when we came back to Northmoor on two wet days in May.
Since the last inspection leaders have brought some energy to the work, but few children have yet felt the good of it.
At the well-known front door, contacts from the police still wait in a tray that nobody in particular is asked to empty.
In nine of forty records that we read, the wish of the child was written down by someone who had never met that child.
Plans for children in need are long, hopeful and undated; a parent could not tell from them what must change by when.
Managers sign decisions in batches on a Friday afternoon, and the reasons that they give are word for word the same.
Where an experienced social worker has stayed with a family for a year, the difference is plain for all to see.
Supervision happens on time-scales that look right, yet half of the notes we saw were copied from the month before.
Senior leaders rely on a dash-board whose figures could not be matched to what the case files themselves say.
The improvement board has met six times without once asking to hear from a foster carer, a young person or a school.
""".strip()


def _runs() -> list[str]:
    """A run of each sentence of the letter, of eight to thirteen words."""
    dice = random.Random(8)
    sentences = [sentence.split() for sentence in LETTER.splitlines()]
    starts = [dice.randrange(len(words) - 13) for words in sentences]
    return [" ".join(words[at : at + dice.randint(8, 13)]) for words, at in zip(sentences, starts, strict=True)]


def _respaced(said: str) -> str:
    return "  \n".join(said.split(" ")[:4]) + "\t" + "\u00a0".join(said.split(" ")[4:])


def _hyphenated(said: str) -> str:
    return re.sub(r"\b(\w{3})(\w{4,})", "\\1-\n\\2", said).replace("time-scales", "timescales")


FIFTY = [
    telling
    for run in _runs()
    for telling in (
        f"The letter says this: {run}.",
        f"We hear that {_respaced(run)}, and we agree.",
        f"Inspectors’ words were “{run.replace(' the ', ' ‘the’ ')}”.",
        f"NOTE: {run.upper()}!",
        f"In short, {_hyphenated(run)}, or so it seems.",
    )
]
"""Verbatim, re-spaced, curly-quoted, re-cased and hyphenated."""

REPORT = (
    "Social workers know the children whom they visit and speak of them with warmth and in detail. "
    "Managers sign decisions in batches on a Friday afternoon, as they did when we first inspected this service."
)
"""An open report: its second sentence stands, in part, in the letter too."""


def _shared() -> list[str]:
    """Phrases of seven words, which is as many as anybody may share, with our own words about them."""
    dice = random.Random(7)
    words = LETTER.split()
    starts = [dice.randrange(len(words) - 7) for _ in range(20)]
    return [f"Officers report {' '.join(words[at : at + 7])} which our audit does not bear out." for at in starts]


TRADE = (
    "The rota for the front door was agreed with the police and begins on Monday.",
    "Contacts are now sorted within an hour and the tray is empty by the end of each day.",
    "Every child in need has a plan with dates, agreed with the parent and checked by a manager.",
    "Supervision took place for all social workers this month, and notes were sampled by the principal one.",
    "Nine of the forty records audited were judged to be good, and two were inadequate.",
    "The dashboard has been rebuilt so that figures for visits match what the case files say.",
    "The improvement board heard from two foster carers and a head teacher at its meeting in June.",
    "An experienced social worker has joined the team and will stay with families for at least a year.",
    "No change, because the post has been advertised twice without an appointment.",
    "Managers record the reasons for each decision on the day that it is made.",
    "The wishes of the child are written down by the person who met the child.",
    "We have asked the police to say who empties the tray on weekdays and at weekends.",
    "Leaders have brought in a practice lead, whose first audit is due by the end of July.",
    "Audit of time-scales for visits: 82% within ten working days, against a target of 90%.",
    "A young person chaired the second half of the board, and the minutes record what was asked.",
    "Since the last inspection we have halved the number of children who wait for a first visit.",
    "Plans are shorter, and a parent can tell from them what must change and by when.",
    "The letter is awaited; until it comes we go by what inspectors told us as they left.",
    "Thank you to the staff who made time for inspectors on two busy days.",
    "Senior leaders rely less on figures and more on reading case files for themselves.",
    "Decisions are signed one at a time, never in batches.",
    "Half of the notes sampled last month were good enough; this month it was two thirds.",
    "The head of service now reads every record that an auditor calls inadequate.",
    "Foster carers, schools and health visitors have each been asked what would help them most.",
    "All strategy discussions last week had the police and a health professional present.",
)
OPEN = (
    "Social workers know the children whom they visit and speak of them with warmth and in detail.",
    "As the report says, managers sign decisions in batches on a Friday afternoon; we have stopped that.",
    "The report found that “Managers sign decisions in batches on a Friday afternoon”.",
    "Managers sign decisions in batches on a Friday afternoon, as they did when we first inspected this service.",
    "SOCIAL WORKERS KNOW THE CHILDREN WHOM THEY VISIT AND SPEAK OF THEM WITH WARMTH.",
)
INNOCENT = [*_shared(), *TRADE, *OPEN]
