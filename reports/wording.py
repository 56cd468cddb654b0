"""How a council writes things in its papers: spans of days, ordinals, sentences begun in the middle, titles."""

from improvement.timing import written
from people.days import days
from reports.facts import Facts

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def title(facts: Facts) -> str:
    """What the paper is called."""
    if facts.visit:
        return f"Ofsted Monitoring Visit {facts.visit.ordinal} – {days(facts.visit.starts_on, facts.visit.ends_on)}"
    return f"{facts.plan.title} – progress to {written(facts.on)}"


def ordinal(n: int) -> str:
    """First to tenth in words, then 11th."""
    if n < len(ORDINALS):
        return ORDINALS[n]
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def within(sentence: str) -> str:
    """A sentence as it goes on after others: without its capital, unless its first word keeps it, or its full stop."""
    words = sentence.strip().rstrip(".")
    first = words.split(" ", 1)[0]
    return words if first[1:] != first[1:].lower() or first in KEEP_CAPITALS else words[:1].lower() + words[1:]


KEEP_CAPITALS = {"I", "Ofsted", "Ofsted’s", "HMI", "His", "Her", "Council", "Councillors"}


def number(n: int) -> str:
    """Up to nine in words, as a council writes it; larger ones in figures."""
    small = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return small[n] if n < len(small) else f"{n:,}"


def begun(sentence: str) -> str:
    """With its first letter a capital."""
    return sentence[:1].upper() + sentence[1:]
