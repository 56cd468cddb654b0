"""The door to the press: a paper in, a tagged PDF out, printed once and kept.

No PDF is made in a web worker. Each worker owns one press at most, a process started when it is first
needed and kept warm, so there are as many presses as workers and never more papers at work than cores;
there is no broker to run and none to fail, and a worker that ends takes its press with it. Everything a
press can do wrong, it does in its own process: it is given twenty seconds and 768 MB for a paper, is
killed when it overruns, and the next paper starts another. WeasyPrint is imported in `pdf_worker` alone,
or every web worker would carry its 60 MB.
"""

import atexit
import hashlib
import json
import os
import shutil
import socket
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

MEMORY = 768 * 1024 * 1024
"""Bytes that a press may have, the papers before this one included."""

QUEUE = 8.0
"""Seconds that a reader waits for a press that prints for others. With the clock they stay below the
thirty after which the database closes a transaction that does nothing."""

PAPERS_BEFORE_REST = 50
"""A press is replaced after so many papers, whatever small thing each of them left behind."""

LONGEST = 2_000_000
"""Characters of words and drawings. A longer paper could not be printed by the clock, and is not begun."""

MOST_PASSAGES = 15_000
"""Passages and cells, for the same reason."""

TOO_LARGE = "This paper is too long to print in one piece; print it in parts."
TOO_LONG = "This paper took too long to print and was stopped; shorten it, or print it in parts."
TOO_BUSY = "Other papers are being printed; try again in a minute."
BROKE_DOWN = "The press broke down on this paper, which may need too much memory; shorten it, or print it in parts."


class TooHard(Exception):
    """Why a paper could not be printed, in one sentence for the person who asked."""


def render(paper: Paper, *, at: datetime) -> bytes:
    """The paper as a PDF/UA-1 file, the same bytes for the same paper and instant; raises TooHard."""
    return printed(paper, at=at).read_bytes()


def printed(paper: Paper, *, at: datetime) -> Path:
    """The PDF's file, so that a view can send a paper that has not changed without printing it again.

    `at` is the paper's own instant, of its issue or its last edit: it becomes the file's date of creation.
    """
    _refuse_the_endless(paper)
    page = {
        "html": html.bare(paper),
        "title": html.title(paper),
        "author": paper.council,
        "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    key = hashlib.sha256(json.dumps([page, _recipe()]).encode()).hexdigest()
    return shelf.kept(f"{key}.pdf", make=lambda: press.print({**page, "key": key}))


def _refuse_the_endless(paper: Paper) -> None:
    # Before the page is made: that is done in the web worker, which has no clock of its own.
    drawings = sum(len(block.svg) for section in paper.sections for block in section.blocks)
    lengths = [len(words) for words in paper.words()]
    if sum(lengths) + drawings > LONGEST or len(lengths) > MOST_PASSAGES:
        raise TooHard(TOO_LARGE)


def _recipe() -> list[str]:
    """What makes a paper come out differently though its words are the same."""
    own = (
        html.STYLE,
        *(Path(__file__).with_name(name) for name in ("pdf_worker.py", "tags.py", "typeface.py")),
    )
    return [version("weasyprint"), version("fontpkg-source-sans-3"), *(file.read_text() for file in own)]


class Press:
    """This worker's end of a press: one paper at a time; started when needed, replaced when worn."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.papers = 0
        self.turn = threading.Lock()

    def print(self, page: dict[str, str]) -> bytes:
        """The PDF of a page; raises TooHard."""
        if not self.turn.acquire(timeout=QUEUE):
            raise TooHard(TOO_BUSY)
        try:
            self._be_ready()
            letter, content = self._ask(page)
            if letter != b"P":
                self.stop()
                raise TooHard(content.decode())
            return content
        finally:
            self.turn.release()

    def warm(self) -> None:
        """Start before anybody waits."""
        with self.turn:
            self._be_ready()

    def stop(self) -> None:
        """End the process, and take away what it left behind."""
        process, self.process = self.process, None
        if process and self.owner == os.getpid():
            process.kill()
            process.wait()
            self.wire.close()
            self.line.close()
            shutil.rmtree(self.room, ignore_errors=True)

    def _be_ready(self) -> None:
        # A worker that was forked from one with a press must not talk into its parent's conversation.
        if not self.process or self.owner != os.getpid():
            self._start()
        elif self.papers >= PAPERS_BEFORE_REST or self.process.poll() is not None:
            self.stop()
            self._start()

    def _start(self) -> None:
        fonts = {"regular": typeface.cut(400), "bold": typeface.cut(700), "whole": typeface.WHOLE}
        self.owner, self.papers = os.getpid(), 0
        self.room = tempfile.mkdtemp(prefix=".press-", dir=shelf.folder())
        self.line, theirs = socket.socketpair()
        self.wire = self.line.makefile("rwb")
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "reports.pdf_worker", str(MEMORY), str(int(CLOCK) + 5)],
                cwd=html.HOME,
                env=environment(self.room),
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                start_new_session=True,  # Ctrl-C is for the server, which ends us in its own time
            )
        self._ask({"style": html.STYLE.read_text(), "fonts": {name: str(file) for name, file in fonts.items()}})

    def _ask(self, page: dict[str, Any]) -> tuple[bytes, bytes]:
        frame = json.dumps(page).encode()
        self.papers += 1
        self.line.settimeout(CLOCK)
        try:
            self.wire.write(len(frame).to_bytes(8, "big") + frame)
            self.wire.flush()
            head = self.wire.read(9)
            length = int.from_bytes(head[:8], "big")
            content = self.wire.read(length) if len(head) == 9 else b""
        except TimeoutError:
            self.stop()
            raise TooHard(TOO_LONG) from None
        except ConnectionError:
            head, content, length = b"", b"", 0
        if len(head) < 9 or len(content) < length:
            self.stop()
            raise TooHard(BROKE_DOWN)
        return head[8:], content


def environment(room: str) -> dict[str, str]:
    """All that a press knows of the world: no secret and no database; it writes in its own room alone."""
    return {
        "SOURCE_DATE_EPOCH": "0",  # or a font file would hold the time of its making
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "TMPDIR": room,
        "XDG_CACHE_HOME": str(shelf.folder()),
        # On macOS the libraries under the press are found through this, where it is set.
        **{name: os.environ[name] for name in ("DYLD_FALLBACK_LIBRARY_PATH",) if name in os.environ},
    }


press = Press()
atexit.register(press.stop)
