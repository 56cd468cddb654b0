"""A whole plan loaded from a spreadsheet, over HTTP as a director does it, and the most that a worker comes to hold."""

import http.client
import re
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from benchmarks.load import Loaded
from benchmarks.measuring import Figure, Goal
from benchmarks.press import MEGABYTE, resident
from benchmarks.web import SECRET, children, cookies_of, gunicorn
from improvement.models import Finding, Plan, Theme
from monitoring.sheet.export import Value, as_workbook

ROWS = 5_000
GOALS = (Goal(most=20, of="s"), Goal(most=300, of="worker, MB"))
PATIENCE = 120
MARK = "----the-councils-own-sheet"
FORM = re.compile(r'<input type="hidden" name="(once|digest|fingerprint)" value="([^"]+)"')


def figures(loaded: Loaded) -> Iterator[Figure]:
    """An empty plan, of which every row makes an action with two milestones, an update, a lead and a finding."""
    _empty_plan(loaded)
    content = as_workbook(_rows(loaded), title="Plan")
    with gunicorn() as (server, port), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
        visit = _Visit(line, cookies_of(loaded.director))
        looked = visit.timed("/plan/load/", *_file(content))
        page = visit.ask("/plan/load/preview/")
        told = dict(FORM.findall(page[page.index("/plan/load/confirm/") :]))
        done = visit.timed("/plan/load/confirm/", "&".join(f"{name}={said}" for name, said in told.items()).encode())
        held = max(most_held(worker) for worker in children(server.pid)) / MEGABYTE
    others = {"s": done, "looked at before, s": looked, "worker, MB": held}
    yield Figure(name=f"Load of a {ROWS:,}-row sheet", others=others, goals=GOALS)


class _Visit:
    """One director’s connection."""

    def __init__(self, line: http.client.HTTPConnection, cookies: str) -> None:
        self.line, self.headers = line, {"Cookie": cookies, "X-CSRFToken": SECRET}

    def timed(self, address: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> float:
        """The seconds until what was sent has been taken."""
        began = time.perf_counter()
        self.ask(address, body, kind)
        return time.perf_counter() - began

    def ask(self, address: str, body: bytes = b"", kind: str = "") -> str:
        """The page; what is sent is answered by sending on, and refused by anything else."""
        self.line.request("POST" if body else "GET", address, body=body or None,
                          headers=self.headers | {"Content-Type": kind})  # fmt: skip
        answer = self.line.getresponse()
        said = answer.read().decode()
        if answer.status != (302 if body else 200):
            raise AssertionError(f"{address} answered {answer.status}.")
        return said


def _empty_plan(loaded: Loaded) -> None:
    old = Finding.objects.order_by("pk").select_related("source").first()
    assert old is not None
    plan = Plan.objects.create(title="From a sheet", inspection=loaded.plan.inspection, adopted_on=loaded.today)
    theme = Theme.objects.create(plan=plan, number=1, slug="from-a-sheet", title="Front door", aim="")
    Finding.objects.create(
        source=old.source, theme=theme, kind="recommendation", number="R1", words="Put this right without delay.",
        polarity="needs_improvement", position=100,
    )  # fmt: skip


def _rows(loaded: Loaded) -> Iterator[list[Value]]:
    for n in range(ROWS):
        due = loaded.today + timedelta(days=60 + n % 300)
        yield [
            f"{n % 10 + 1}.{n // 10 + 1}", f"{n % 10 + 1}. Theme {n % 10 + 1}", f"Put right the {n + 1}th thing found",
            f"We will put right the {n + 1}th thing, and tell the board of it before its next meeting.",
            "Families say so, and the next audit shows it.", f"Head of service {n % 60 + 1}", loaded.today, due,
            "In progress", "Amber", "", "", f"Rota agreed (due {due:%-d %B %Y})\nStaff told (due {due:%-d %B %Y})",
            "R1", f"Six of nine are trained, and the {n + 1}th is next.", "",
        ]  # fmt: skip


def _file(content: bytes) -> tuple[bytes, str]:
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="file"; filename="plan.xlsx"\r\n\r\n'.encode()
    return head + content + f"\r\n--{MARK}--\r\n".encode(), f"multipart/form-data; boundary={MARK}"


def most_held(process: int) -> int:
    """The most bytes that a process has held at once; where the system does not keep that, what it holds now."""
    kept = Path(f"/proc/{process}/status")
    if kept.exists() and (found := re.search(r"VmHWM:\s+(\d+)", kept.read_text())):
        return int(found[1]) * 1024
    return resident(process)
