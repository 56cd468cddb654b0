"""The commands that a newcomer types: what they understand, what they do once only, and what CI lets pass."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from config import machine

ROOT = Path(__file__).resolve().parent.parent
USAGE = "Type python3 dev.py demo [--port N] [--no-serve] [--fresh], python3 dev.py test or python3 dev.py bench."


def typed(*words: str, script: str = "dev.py", **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, ROOT / script, *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield other.server_address[1]
        other.shutdown()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dmeo"], f"There is no command “dmeo”. {USAGE}\n"),
        (["demo", "--prot", "1"], f"Not understood: unrecognized arguments: --prot 1. {USAGE}\n"),
        (
            ["demo", "--port", "many"],
            f"Not understood: argument --port: invalid int value: 'many'. {USAGE}\n",
        ),
        (["demo", "--port", "99999"], "99999 is no port: they go from 1 to 65535.\n"),
    ],
)
def test_what_is_not_understood_is_answered_with_a_sentence(words: list[str], said: str) -> None:
    assert typed(*words) == (1, "", said)


def test_without_a_word_the_commands_are_named() -> None:
    assert typed() == (2, f"{USAGE}\n", "")


def test_a_port_in_use_is_told_before_anything_is_done(taken_port: int) -> None:
    said = f"Port {taken_port} cannot be had (Address already in use): name another with --port.\n"
    assert typed("demo", "--port", str(taken_port)) == (1, "", said)


def test_what_was_made_is_made_again_only_when_its_sources_change(tmp_path: Path) -> None:
    source, stamp = tmp_path / "lock", tmp_path / "product" / ".made"
    source.write_text("one")
    before = machine.is_made(stamp, source)
    machine.note(stamp, source)
    after = machine.is_made(stamp, source)
    source.write_text("two")
    assert (before, after, machine.is_made(stamp, source)) == (False, True, False)


def test_a_program_that_fails_is_told_with_the_last_it_said() -> None:
    with pytest.raises(machine.Missing, match=r"ended with 3:\nthe disk is full\Z"):
        machine.run(sys.executable, "-c", "print('the disk is full'); raise SystemExit(3)")


def test_programs_remember_nothing_outside_the_project() -> None:
    assert machine.environment()["npm_config_cache"].startswith(str(machine.VAR))


@pytest.mark.parametrize("lock", [machine.RUNTIME, machine.DEVELOPMENT])
def test_a_lock_file_holds_a_hash_for_every_package_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = [line for line in text.splitlines() if line and line[0].isalnum()]
    hashed = [first for first, second in pairwise(text.splitlines()) if "--hash=" in second]
    assert packages == [line for line in hashed if line[0].isalnum()]
    assert [word for word in ("://", "--index", "--find-links", "file:") if word in text] == []


def test_everything_that_runs_is_locked_alike_for_development() -> None:
    runtime, development = (
        {line.split()[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line and line[0] != " "}
        for lock in (machine.RUNTIME, machine.DEVELOPMENT)
    )
    assert runtime - development == set()


@pytest.mark.parametrize(
    ("case", "passes"),
    [
        ('<testcase classname="a" name="b"/>', True),
        ('<testcase classname="a" name="b"><skipped message="needs ../shared"/></testcase>', True),
        (
            """<testcase classname="" name="a"><skipped message="collection skipped">
            ('a.py', 3, 'Skipped: needs ../shared')</skipped></testcase>""",
            True,
        ),
        ('<testcase classname="a" name="b"><skipped message="no Chromium"/></testcase>', False),
        ('<testcase classname="a" name="b"><skipped type="pytest.xfail" message=""/></testcase>', False),
        ("", False),
    ],
)
def test_ci_passes_only_if_every_test_ran_or_needs_the_shared_folder(tmp_path: Path, case: str, passes: bool) -> None:
    results = tmp_path / "results.xml"
    results.write_text(f"<testsuites><testsuite>{case}</testsuite></testsuites>")
    code, _, _ = typed(str(results), script=".ci/left_out.py")
    assert (code == 0) == passes


def test_a_command_that_needs_no_database_makes_none(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    elsewhere = {"IMPROVEMENT_VAR": str(tmp_path)}
    code, out, err = typed("version", script="manage.py", **elsewhere)
    made = list(tmp_path.rglob("PG_VERSION"))
    destroy = [sys.executable, "-c", "from config import localpg; localpg.destroy()"]
    subprocess.run(destroy, cwd=ROOT, env={**os.environ, **elsewhere}, check=True)
    assert (code, err, out[:2], made) == (0, "", "5.", [])


def test_where_another_database_is_named_ours_is_neither_made_nor_remembered(tmp_path: Path) -> None:
    named = {"IMPROVEMENT_VAR": str(tmp_path), "DATABASE_URL": "postgres://web@127.0.0.1:1/elsewhere"}
    code, _, said = typed("showmigrations", script="manage.py", **named)
    assert (code, "connection refused" in said.lower()) == (1, True)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(("postgres", "database"))] == []
