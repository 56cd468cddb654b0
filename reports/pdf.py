"""The door to the press: a paper in, a tagged PDF out, printed once and kept.

No PDF is made in a web worker. Each worker owns one press at most, a process started when it is first needed and
kept warm, so there are as many presses as workers and never more papers at work than cores; there is no broker to
run and none to fail, and a worker that ends takes its press with it. Everything a press can do wrong, it does in
its own process: it is given twenty seconds and 768 MB for a paper, is killed when it overruns, and the next paper
starts another. WeasyPrint is imported in `pdf_worker` alone, or every web worker would carry its 60 MB.
"""

import atexit
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reports import html, shelf, typeface
from reports.paper import Paper

CLOCK = 20.0
"""Seconds of wall clock for one paper."""

QUEUE = 45.0
"""Seconds that a reader waits for a press that is printing for others."""

PAPERS_BEFORE_REST = 50
"""A press is replaced after so many papers, whatever small thing each of them left behind."""

TOO_LONG = "This paper took longer than 20 seconds to print, so printing was stopped; shorten it, or print it in parts."
TOO_BUSY = "Other papers are being printed; try again in a minute."
BROKE_DOWN = "This paper broke the press, most likely by needing too much memory; shorten it, or print it in parts."


class TooHard(Exception):
    """Why a paper could not be printed, in one sentence for the person who asked."""


def render(paper: Paper, *, at: datetime) -> bytes:
    """The paper as a PDF/UA-1 file, the same bytes for the same paper and instant; raises TooHard."""
    return printed(paper, at=at).read_bytes()


def printed(paper: Paper, *, at: datetime) -> Path:
    """The PDF's file, so that a view can send a paper that has not changed without printing it again.

    `at` is the paper's own instant, of its issue or its last edit: it becomes the file's date of creation.
    """
    page = {
        "html": html.bare(paper),
        "title": html.title(paper),
        "author": paper.council,
        "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    key = hashlib.sha256(json.dumps([page, _recipe()]).encode()).hexdigest()
    return shelf.kept(f"{key}.pdf", make=lambda: _press.print({**page, "key": key}))


def warm() -> None:
    """Start this worker's press before anybody waits for it."""
    _press.warm()


def _recipe() -> list[str]:
    """What makes a paper come out differently though its words are the same."""
    own = (html.STYLE, Path(__file__).with_name("pdf_worker.py"), Path(__file__).with_name("tags.py"))
    return [version("weasyprint"), version("fontpkg-source-sans-3"), *(file.read_text() for file in own)]


class Press:
    """This worker's end of a press: one paper at a time, started when needed, replaced when worn or broken."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.papers = 0
        self.turn = threading.Lock()

    def print(self, page: dict[str, str]) -> bytes:
        if not self.turn.acquire(timeout=QUEUE):
            raise TooHard(TOO_BUSY)
        try:
            self._start()
            letter, content = self._ask(page)
        finally:
            self.turn.release()
        if letter != b"P":
            raise TooHard(content.decode())
        return content

    def warm(self) -> None:
        with self.turn:
            self._start()

    def stop(self) -> None:
        process, self.process = self.process, None
        if process and self.owner == os.getpid():
            process.kill()
            process.communicate()
            self.room.cleanup()

    def _start(self) -> None:
        if self.process and self.owner == os.getpid() and self.papers < PAPERS_BEFORE_REST and self.process.poll() is None:
            return
        self.stop()
        self.owner, self.papers = os.getpid(), 0
        # What a killed press leaves behind, it leaves here.
        self.room = tempfile.TemporaryDirectory(prefix=".press-", dir=shelf.folder())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reports.pdf_worker"],
            cwd=html.HOME,
            env=_environment(self.room.name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        fonts = {"regular": typeface.cut(400), "bold": typeface.cut(700), "whole": typeface.WHOLE}
        self._ask({"style": html.STYLE.read_text(), "fonts": {name: str(file) for name, file in fonts.items()}})

    def _ask(self, page: dict[str, Any]) -> tuple[bytes, bytes]:
        process = self.process
        assert process and process.stdin and process.stdout
        overran = threading.Event()
        clock = threading.Timer(CLOCK, lambda: (overran.set(), process.kill()))
        clock.start()
        try:
            frame = json.dumps(page).encode()
            process.stdin.write(len(frame).to_bytes(8, "big") + frame)
            process.stdin.flush()
            length, letter = process.stdout.read(8), process.stdout.read(1)
            content = process.stdout.read(int.from_bytes(length, "big"))
        except BrokenPipeError:
            letter, content = b"", b""
        finally:
            clock.cancel()
        self.papers += 1
        if not letter or len(content) != int.from_bytes(length, "big"):
            self.stop()
            raise TooHard(TOO_LONG if overran.is_set() else BROKE_DOWN)
        return letter, content


def _environment(room: str) -> dict[str, str]:
    """No secret and no database; a fixed instant for the font files; nothing written outside our own folder."""
    return {
        "SOURCE_DATE_EPOCH": "0",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "TMPDIR": room,
        "XDG_CACHE_HOME": str(shelf.folder()),
        # On macOS the libraries under the press are found through this, where it is set.
        **{name: os.environ[name] for name in ("DYLD_FALLBACK_LIBRARY_PATH",) if name in os.environ},
    }


_press = Press()
atexit.register(_press.stop)
