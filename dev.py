#!/usr/bin/env python3
"""The project's commands: `demo` shows the product, `test` tries it, `bench` measures it."""

import sys

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or later: install one, then type its name in python3's place.")

import argparse
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from config import localpg, machine, pghome
from config.machine import DEVELOPMENT, PROJECT, PYTHON, RUNTIME, VENV, Missing, step
from config.pgaccount import DatabaseUnavailable

DEMO = pghome.VAR / "demo"
APPS = ("people", "sources", "improvement", "monitoring", "reports", "demonstration")
PATIENCE = 60  # seconds for the site to answer, or to end
USAGE = "Type python3 dev.py demo [--port N] [--no-serve] [--fresh], python3 dev.py test or python3 dev.py bench."
CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "templates": ("-m", "djlint", "templates", "--lint", "--quiet"),
    "import contracts": ("-c", "from importlinter.cli import lint_imports_command as go; go()"),
    "types": ("-m", "mypy"),
    "missing migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
}


def main(words: list[str]) -> int:
    if not words or words[0] in ("help", "-h", "--help"):
        print(USAGE)
        return 0 if words else 2
    if words[0] not in COMMANDS:
        return _refuse(f"There is no command “{words[0]}”. {USAGE}")
    for number in STOPPING:
        signal.signal(number, _stop)
    try:
        return COMMANDS[words[0]](words[1:])
    except (Missing, DatabaseUnavailable) as why:
        return _refuse(str(why))
    except KeyboardInterrupt:
        return 130


def demo(words: list[str]) -> int:
    """Set up, fill and serve the demonstration council."""
    asked = _asked_of_demo(words)
    if asked.serve and (why := _objection_to(asked.port)):
        return _refuse(why)
    _set_up(RUNTIME)
    if asked.fresh:
        _begin_anew()
    with _database():
        _fill()
        _tell_of_papers_and_people()
        return _serve(asked.port) if asked.serve else 0


def test(words: list[str]) -> int:
    """Run the tests that the words name to pytest, or all of them."""
    _set_up(DEVELOPMENT)
    browser = machine.browser()
    with _database():
        return _call("-m", "pytest", *_side_by_side(words), *words, **({"CHROMIUM": browser} if browser else {}))


def bench(words: list[str]) -> int:
    """Measure the product beside the bare views."""
    _set_up(DEVELOPMENT)
    with _database():
        return _call("-m", "benchmarks", *words)


def check(_: list[str]) -> int:
    """Do what .ci/run does besides the tests: format, lint, types, contracts, missing migrations."""
    _set_up(DEVELOPMENT)
    with _database():
        failed = [name for name, command in CHECKS.items() if _fails(name, command)]
    return _refuse(f"Put right: {', '.join(failed)}.") if failed else 0


COMMANDS = {"demo": demo, "test": test, "bench": bench, "check": check}
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _side_by_side(words: list[str]) -> tuple[str, ...]:
    """Two processes, unless the words say how many, or want to talk to the terminal."""
    otherwise = ("-n", "--numprocesses", "--pdb", "-s", "--capture=no", "--collect-only", "--co")
    return () if any(word.startswith(otherwise) for word in words) else ("-n", "2", "--dist", "worksteal")


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        sys.exit(_refuse(f"Not understood: {message}. {USAGE}"))


def _asked_of_demo(words: list[str]) -> argparse.Namespace:
    parser = _Words(prog="dev.py demo", allow_abbrev=False, description=demo.__doc__)
    parser.add_argument("--port", type=int, default=8000, help="serve on this port of 127.0.0.1 (8000)")
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="stop when the papers are written")
    parser.add_argument("--fresh", action="store_true", help="throw the demonstration's database away first")
    return parser.parse_args(words)


def _set_up(lock: str) -> None:
    """Make what is missing, going on in .venv's Python as soon as there is one."""
    with pghome.locked("setup.lock"):
        machine.python_environment()
        machine.python_packages(lock)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execve(PYTHON, [str(PYTHON), str(PROJECT / "dev.py"), *sys.argv[1:]], machine.environment())
    with pghome.locked("setup.lock"):
        machine.libraries()
        machine.styles()


@contextmanager
def _database() -> Iterator[None]:
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with step("Starting the database"):
        localpg.start()
    try:
        if temporary := pghome.home().temporary:
            print(f"The database needs a temporary folder, {temporary}, which demo --fresh removes.", flush=True)
        yield
    finally:
        localpg.stop()


def _begin_anew() -> None:
    with step("Throwing the old demonstration away"):
        localpg.destroy()
        shutil.rmtree(DEMO, ignore_errors=True)


def _fill() -> None:
    """Migrate, load and write, unless all was done today with this very code on this very database."""
    kept_in = os.environ.get("DATABASE_URL") or pghome.home().cluster
    code = machine.files(*APPS, "config", "templates", "static/built", suffixes=(".py", ".html", ".txt", ".css"))
    sources = (kept_in, str(date.today()), *code)  # noqa: DTZ011 (the newcomer's own day)
    if machine.is_made(DEMO / ".made", *sources):
        return
    for words, command in (
        ("Bringing the tables up to date", "migrate"),
        ("Loading the demonstration council", "load_demonstration"),
        ("Writing its latest Executive paper", "write_demonstration_paper"),
    ):
        with step(words):
            machine.run(PYTHON, PROJECT / "manage.py", command)
    machine.note(DEMO / ".made", *sources)


def _tell_of_papers_and_people() -> None:
    print("The latest Executive paper:")
    for paper in sorted([*DEMO.glob("*.html"), *DEMO.glob("*.pdf")]):
        print(f"  {paper}")
    people = DEMO / "people.txt"
    if not people.exists():
        raise Missing(f"The council is loaded but {people}, with its passwords, is gone: start with --fresh.")
    print("Who can sign in, in which role, with which password:")
    for line in people.read_text().splitlines():
        email, role, password = line.split("\t")
        print(f"  {email:<32}{role:<24}{password}")
    loaded = date.fromtimestamp(people.stat().st_mtime)  # noqa: DTZ012 (the newcomer's own days, here and below)
    if loaded < date.today():  # noqa: DTZ011
        print(f"The council's story ends on {loaded:%-d %B %Y}; --fresh tells it up to today.")
    sys.stdout.flush()


def _serve(port: int) -> int:
    address = f"127.0.0.1:{port}"
    # In a session of its own, so that the terminal's Ctrl-C comes to us alone and we stop things in order.
    site = subprocess.Popen(
        [PYTHON, "-m", "gunicorn", "-c", "config/gunicorn.py", "--bind", address],
        cwd=PROJECT,
        env=machine.environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if not _answers(f"http://{address}/healthz/", site):
            return _refuse("The site did not start; what it said stands above.")
        print(f"Serving on http://{address}/ until Ctrl-C.", flush=True)
        site.wait()
        return _refuse("The site has stopped by itself; what it said stands above.")
    except KeyboardInterrupt:
        print("Stopping the site and the database.", flush=True)
        return 0
    finally:
        _end(site)


def _answers(address: str, site: "subprocess.Popen[bytes]") -> bool:
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while site.poll() is None and time.monotonic() < deadline:
        try:
            with ask.open(address, timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    return False


def _end(site: "subprocess.Popen[bytes]") -> None:
    site.terminate()
    try:
        site.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        site.kill()


def _objection_to(port: int) -> str | None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OverflowError:
            return f"{port} is no port: they go from 1 to 65535."
        except OSError as why:
            return f"Port {port} cannot be had ({why.strerror}): name another with --port."
    return None


def _call(*command: str, **also: str) -> int:
    return subprocess.call([PYTHON, *command], cwd=PROJECT, env={**machine.environment(), **also})


def _fails(name: str, command: tuple[str, ...]) -> bool:
    print(f"Checking {name} ...", flush=True)
    return _call(*command) != 0


def _refuse(why: str) -> int:
    print(why, file=sys.stderr, flush=True)
    return 1


def _stop(*_: object) -> None:
    """Begin to stop, once: whoever asks twice would otherwise leave the database running."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
