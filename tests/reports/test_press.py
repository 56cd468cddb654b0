"""How the press behaves: alike twice, closed to the world, replaced when it dies."""

import os
import re
import signal
import stat
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from reports import pdf, shelf
from tests.reports import papers
from tests.reports.printing import with_sections


def test_the_same_paper_is_the_same_bytes_from_any_press(own_press):
    first = pdf.render(papers.short(), at=papers.AT)
    pdf.render(papers.nine_pages(), at=papers.AT)
    own_press.stop()
    for printed in shelf.folder().glob("*.pdf"):
        printed.unlink()
    pdf.render(papers.nine_pages(), at=papers.AT)
    assert pdf.render(papers.short(), at=papers.AT) == first
    assert pdf.render(papers.short(), at=papers.AT + timedelta(seconds=1)) != first


def test_an_unchanged_paper_is_a_file_that_only_we_may_read(own_press):
    printed = pdf.printed(papers.short(), at=papers.AT)
    own_press.stop()
    assert pdf.printed(papers.short(), at=papers.AT) == printed
    assert own_press.process is None
    assert stat.S_IMODE(printed.stat().st_mode) == 0o600
    assert stat.S_IMODE(printed.parent.stat().st_mode) == 0o700
    assert list(shelf.folder().glob(".draft-*")) == []


def test_a_changed_word_is_printed_anew(own_press):
    changed = replace(papers.short(), head=replace(papers.HEAD, portfolio="Education"))
    assert pdf.printed(changed, at=papers.AT) != pdf.printed(papers.short(), at=papers.AT)


def test_a_press_that_dies_is_replaced(own_press):
    pdf.render(papers.short(), at=papers.AT)
    first = own_press.process.pid
    os.kill(first, signal.SIGKILL)
    own_press.process.wait()
    pdf.render(papers.nine_pages(), at=papers.AT)
    assert own_press.process.pid != first


def test_a_press_that_dies_over_a_paper_leaves_a_sentence_and_no_file(own_press):
    own_press.warm()
    threading.Timer(0.2, own_press.process.kill).start()
    with pytest.raises(pdf.TooHard, match="The press broke down on this paper"):
        pdf.render(papers.nine_pages(), at=papers.AT)
    assert list(shelf.folder().glob("*.pdf")) == []
    assert pdf.render(papers.nine_pages(), at=papers.AT).startswith(b"%PDF-1.7")


def test_a_press_rests_after_so_many_papers(own_press, monkeypatch):
    monkeypatch.setattr(pdf, "PAPERS_BEFORE_REST", 2)
    own_press.warm()
    first = own_press.process.pid
    pdf.render(papers.short(), at=papers.AT)
    pdf.render(with_sections(), at=papers.AT)
    assert own_press.process.pid != first


def test_a_press_knows_no_secret_and_leaves_nothing_behind(own_press, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-the-council")
    monkeypatch.setenv("DATABASE_URL", "postgres://web:password@localhost/council")
    known = pdf.environment("room")
    assert set(known) - {"DYLD_FALLBACK_LIBRARY_PATH"} == {
        "SOURCE_DATE_EPOCH",
        "PYTHONUTF8",
        "LC_ALL",
        "PATH",
        "TMPDIR",
        "XDG_CACHE_HOME",
    }
    assert not any("council" in value for value in known.values())
    own_press.warm()
    room = own_press.room
    assert os.path.isdir(room)
    own_press.stop()
    assert not os.path.exists(room)


def test_others_wait_for_a_press_and_are_told_if_it_takes_too_long(own_press, monkeypatch):
    monkeypatch.setattr(pdf, "QUEUE", 0.05)
    with (
        own_press.turn,
        pytest.raises(pdf.TooHard, match=re.escape(pdf.TOO_BUSY)),
    ):
        pdf.render(papers.short(), at=papers.AT)
