"""Who signs a typed paper: the name and the post that stand without a label above the contact."""

import re

from reports.transcript_lines import Gap, Line
from reports.transcript_prose import finished, wordless

POST = re.compile(
    r"\b(?:director|officer|head|chief|manager|solicitor|assistant|deputy|leader|councillor|chair|commissioner|principal"
    r"|adviser|lead|secretary|treasurer|surveyor|portfolio holder|mayor)\b",
    re.I,
)
PARTICLES = {"de", "van", "der", "von", "la", "le", "du", "bin", "al", "ap", "and"}


def parted_from_signatory(lines: list[Line], *, summary: bool) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without the signature at their end, and the signature; a title alone is never one."""
    chunks = _chunks(lines)
    if not chunks or not _signs(chunks[-1], summary=summary, alone=len(chunks) == 1):
        return lines, ()
    signed = chunks.pop()
    if chunks and _is_name_above_a_post(chunks[-1], signed) and (summary or len(chunks) > 1):
        signed = chunks.pop() + signed
    return [line for chunk in chunks for line in chunk], tuple(line.text for line in signed)


def _chunks(lines: list[Line]) -> list[list[Line]]:
    chunks: list[list[Line]] = []
    for line in lines:
        if not chunks or line.gap is not Gap.NONE:
            chunks.append([])
        chunks[-1].append(line)
    return chunks


def _signs(chunk: list[Line], *, summary: bool, alone: bool) -> bool:
    if len(chunk) > 4 or not all(map(_fits, chunk)):
        return False
    post = any(POST.search(line.text) for line in chunk)
    named = _is_name(chunk[0].text)
    if summary:
        return post or named
    # Beneath a title, which looks much like a name, only a name with its post is a signature.
    return post and (not alone or (named and len(chunk) > 1))


def _fits(line: Line) -> bool:
    text = line.text
    return len(text) <= 90 and text[0].isupper() and not finished(text) and not wordless(text) and text.count(" ") < 12


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() or word.lower() in PARTICLES for word in words)


def _is_name_above_a_post(chunk: list[Line], signed: list[Line]) -> bool:
    named = len(chunk) == 1 and _fits(chunk[0]) and _is_name(chunk[0].text) and not POST.search(chunk[0].text)
    return named and bool(POST.search(signed[0].text))
