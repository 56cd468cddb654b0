"""A nine-page paper as a tagged PDF, against Chromium printing the very same HTML."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf
from playwright.sync_api import sync_playwright

from benchmarks.measuring import Figure, Goal, Work, percentile, timed
from benchmarks.stories import SAID, THINGS
from config import machine
from reports import html, pdf
from reports.paper import Block, Contact, Head, Kind, Paper, Section, Table

PAGES = 9
MEGABYTE = 1024 * 1024
HEADINGS = (
    "Summary", "Recommendations", "Background", "What inspectors found", "Front door", "Help and protection",
    "Children in care", "Care leavers", "Workforce", "Finance", "Risks", "Next steps",
)  # fmt: skip


def paper(*, passages: int) -> Paper:
    """A paper of twelve sections, each of so many paragraphs; every third has bullets, every fourth a table."""
    sections = tuple(
        Section(number=str(n), heading=heading, blocks=tuple(_blocks(n, passages)))
        for n, heading in enumerate(HEADINGS, 1)
    )
    head = Head(
        report_of="the Director of Children’s Services", committee="Executive", meeting_words="8 December 2026",
        letter="BH", title="Second monitoring visit", summary=SAID[:2], signatory=("Ruth Okafor", "Director"),
        contact=Contact(name="Tom Hall", email="tom.hall@northmoor.example"),
    )  # fmt: skip
    return Paper(head=head, sections=sections, reference="NM-0042", council="Northmoor Council")


def _blocks(section: int, passages: int) -> Iterator[Block]:
    for n in range(1, passages + 1):
        said = " ".join(SAID[(section + n + more) % len(SAID)] for more in range(3))
        yield Block(kind=Kind.PARAGRAPH, number=f"{section}.{n}", text=said)
    if section % 3 == 0:
        yield from (Block(kind=Kind.BULLET, text=f"How far {thing} has come") for thing in THINGS[:4])
    if section % 4 == 0:
        rows = tuple((thing.capitalize(), "12", "3", "4", "5") for thing in THINGS)
        header = ("Work", "Red", "Amber", "Green", "Blue")
        yield Block(kind=Kind.TABLE, table=Table(caption="Where the work stands", header=header, rows=rows))


def nine_pages(*, at: datetime) -> Paper:
    """The paper that comes out at nine pages."""
    for passages in range(1, 15):
        found = paper(passages=passages)
        if _pages(pdf.printed(found, at=at)) >= PAGES:
            return found
    raise AssertionError("No paper of the bench comes out at nine pages.")


def figures(*, rounds: int, now: datetime) -> Iterator[Figure]:
    """Our press and Chromium in turn, both warm; and the file of a paper that has not changed."""
    ours = nine_pages(at=now)
    name = f"Paper of {_pages(pdf.printed(ours, at=now))} pages, tagged PDF"
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        page = Path(folder) / "paper.html"
        page.write_text(html.render(ours))
        works: dict[str, Work] = {"ours": _printing(ours, now)}
        if browser:
            works |= {"open": lambda: _print(browser, page), "started": lambda: _start_and_print(page)}
        times = _in_turn(works, rounds=rounds)
    yield _compared(name, times)
    again = [timed(lambda: pdf.printed(ours, at=now).read_bytes()) for _ in range(20)]
    yield Figure(name="The same paper once more, unchanged", median=median(again), p95=percentile(again, 95))


def _printing(ours: Paper, now: datetime) -> Work:
    """Printing the paper anew each time: another reference, another instant."""
    seconds = count(1)

    def work() -> None:
        n = next(seconds)
        pdf.printed(replace(ours, reference=f"NM-{n:04}"), at=now + timedelta(seconds=n))

    return work


def _in_turn(works: dict[str, Work], *, rounds: int) -> dict[str, list[float]]:
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(timed(work))
    return times


def _compared(name: str, times: dict[str, list[float]]) -> Figure:
    process = pdf.press.process
    others = {"press, MB": resident(process.pid) / MEGABYTE} if process else {}
    if "started" in times:
        others["ratio to a Chromium started for it"] = median(times["ours"]) / median(times["started"])
    return Figure(
        name=name, median=median(times["ours"]), p95=percentile(times["ours"], 95),
        bare=median(times["open"]) if "open" in times else None, against="Chromium, kept open", others=others,
        goals=(Goal(most=1.2, of="ratio"), Goal(most=200, of="press, MB")),
    )  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser kept open, or None where there is none."""
    program = machine.browser()
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def _print(browser: Any, page: Path) -> None:
    sheet = browser.new_page()
    try:
        sheet.goto(page.as_uri())
        sheet.pdf(path=str(page.with_suffix(".pdf")), tagged=True, prefer_css_page_size=True)
    finally:
        sheet.close()


def _start_and_print(page: Path) -> None:
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    own = (f"--user-data-dir={page.parent / 'profile'}", "--no-pdf-header-footer")
    target = f"--print-to-pdf={page.with_name('started.pdf')}"
    program = machine.browser() or ""
    subprocess.run([program, *quiet, *own, target, page.as_uri()], check=True, capture_output=True, timeout=60)


def _pages(file: Path) -> int:
    with pikepdf.open(file) as found:
        return len(found.pages)


def resident(process: int) -> int:
    """Bytes that a process holds in memory."""
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=True, text=True)
    return int(said.stdout) * 1024
