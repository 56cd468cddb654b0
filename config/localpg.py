"""The project's own private PostgreSQL: started for whoever needs it first, stopped by the last to leave."""

import fcntl
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from config import pgaccount, pghome, pgprograms
from config.pgaccount import DatabaseUnavailable
from config.pghome import PORT, Home

DATABASE = "improvement"
OWNER = "improvement_owner"
WEB = "improvement_web"  # made by `manage.py migrate`; only its password is ours
PATIENCE = 60  # seconds; recovering from a crash may take some

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "cluster_name": DATABASE,
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # The log must never hold the words of a sealed row: no statement, no parameter, no DETAIL.
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True)
class Urls:
    """The database's address for each of its two sign-ins."""

    owner: str
    web: str


_held: list[IO[str]] = []


def start() -> Urls:
    """Start the server unless it is running, and hold it until `stop` or the end of this process."""
    with pghome.locked("database.lock"):
        home, use = pghome.home(), pghome.lock_file("database.use")
        fcntl.flock(use, fcntl.LOCK_SH)
        try:
            _see_to_it_that_it_runs(home)
        except BaseException:  # Ctrl-C too: what was begun is not left behind
            _leave(home, use)
            raise
    _held.append(use)
    return urls()


def stop() -> None:
    """Let go of the server; the last of all the processes that hold it stops it."""
    if _held:
        with pghome.locked("database.lock"):
            _leave(pghome.home(), _held.pop())


@contextmanager
def server() -> Iterator[Urls]:
    """Hold a running server for as long as the block lasts."""
    addresses = start()
    try:
        yield addresses
    finally:
        stop()


def running() -> bool:
    """Say whether the server is up and taking connections; nothing is started or made."""
    known = pghome.remembered()
    return known is not None and _status(known) == "ready"


def destroy() -> None:
    """Remove the database and all that it holds, unless a command is using it."""
    with pghome.locked("database.lock"), pghome.lock_file("database.use") as use:
        if not _is_last(use):
            raise DatabaseUnavailable("Another command is using the database: stop that one first.")
        known = pghome.remembered()
        if known:
            _shut_down(known)
        pghome.forget()


def databases() -> dict[str, dict[str, str]]:
    """Return what DATABASES needs for the sign-ins `owner` and `web`; nothing is started."""
    home = pghome.home()
    place = {"NAME": DATABASE, "HOST": str(home.sockets), "PORT": str(PORT)}
    return {
        "owner": {**place, "USER": OWNER, "PASSWORD": home.owner_password},
        "web": {**place, "USER": WEB, "PASSWORD": home.web_password},
    }


def urls() -> Urls:
    """Return the same as addresses, for a program that takes one; nothing is started."""
    known = databases()
    return Urls(owner=_url(known["owner"]), web=_url(known["web"]))


def _url(of: dict[str, str]) -> str:
    host, password = quote(of["HOST"], safe=""), quote(of["PASSWORD"], safe="")
    return f"postgres://{of['USER']}:{password}@{host}:{of['PORT']}/{of['NAME']}"


def _leave(home: Home, use: IO[str]) -> None:
    with use:
        if _is_last(use):
            _shut_down(home)


def _is_last(use: IO[str]) -> bool:
    try:
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _see_to_it_that_it_runs(home: Home) -> None:
    deadline = time.monotonic() + PATIENCE
    while (status := _status(home)) != "ready":
        if time.monotonic() > deadline:
            raise DatabaseUnavailable(f"The database did not start within {PATIENCE} s. {_last_words(home)}")
        if status is None:
            _try_to_start(home)
        time.sleep(0.05)


def _try_to_start(home: Home) -> None:
    programs = pgprograms.folder_for(home)
    if not home.data.exists():
        _create(home, programs)
    _clear_a_number_now_borne_by_another(home)
    settings = {**SETTINGS, "unix_socket_directories": str(home.sockets)}
    words = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
    waiting = ("-s", "-w", "-t", str(PATIENCE))
    done = pgaccount.run(programs / "pg_ctl", "start", *waiting, "-D", home.data, "-l", home.log, "-o", words)
    # After a kill -9 the server's children need a moment to notice and leave, and its own number a moment to be
    # given back; then the next try succeeds.
    if done.returncode and not any(
        sign in _last_words(home) for sign in ("pre-existing shared memory", "already exists")
    ):
        said = done.stderr.decode(errors="replace").strip()
        raise DatabaseUnavailable(f"The database did not start: {said} {_last_words(home)}")


def _create(home: Home, programs: Path) -> None:
    """Make the database beside its place and move it there whole, so that none is ever half made."""
    new = home.folder / "new"
    if new.exists():
        shutil.rmtree(new)
    # The superuser gets no password, so nobody can sign in as it; the owner is made without signing in.
    _carry_out(programs / "initdb", "-D", new, "-U", "postgres", "-A", "reject", *_initial(programs))
    _carry_out("/bin/sh", "-c", 'cat > "$0"', new / "pg_hba.conf", given="local all all scram-sha-256\n")
    single = ("--single", "-D", new, "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic")
    _carry_out(programs / "postgres", *single, "postgres", given=_first_words(home))
    _carry_out("mv", new, home.data)


def _initial(programs: Path) -> list[str]:
    """Sort by code point and know upper and lower case beyond ASCII, alike on every system that can."""
    everywhere = ["--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"]
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return everywhere + (builtin if pgprograms.major(programs) >= 17 else [])


def _first_words(home: Home) -> str:
    rights = "LOGIN NOSUPERUSER CREATEROLE CREATEDB NOBYPASSRLS"
    return f"CREATE ROLE {OWNER} {rights} PASSWORD '{home.owner_password}'\nCREATE DATABASE {DATABASE} OWNER {OWNER}\n"


def _carry_out(*command: str | Path, given: str = "") -> None:
    done = pgaccount.run(*command, given=given.encode())
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise DatabaseUnavailable(f"The database could not be made: {Path(command[0]).name} said: {said}")


def _shut_down(home: Home) -> None:
    if _status(home) is None:
        return
    programs = pgprograms.folder_for(home)
    for manner in ("fast", "immediate"):
        done = pgaccount.run(programs / "pg_ctl", "stop", "-s", "-w", "-t", "30", "-m", manner, "-D", home.data)
        if done.returncode == 0 or _status(home) is None:
            return


def _status(home: Home) -> str | None:
    """Return what the server last wrote of itself (starting, ready, stopping), or None if none runs."""
    number, words = _noted(home)
    return words if number and _is_our_server(number, home) else None


def _noted(home: Home) -> tuple[int, str]:
    try:
        lines = (home.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return 0, ""
    return (int(lines[0]) if lines else 0), (lines[7].strip() if len(lines) > 7 else "starting")


def _is_our_server(number: int, home: Home) -> bool:
    words = Path(f"/proc/{number}/cmdline")
    if Path("/proc/self").exists():
        command = words.read_bytes().replace(b"\0", b" ") if words.exists() else b""
    else:
        command = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(number)], capture_output=True).stdout
    return os.fsencode(f"unix_socket_directories={home.sockets}") in command


def _clear_a_number_now_borne_by_another(home: Home) -> None:
    """After a power cut the noted process number may be another program's, and PostgreSQL would not start.

    A number that nobody bears is left alone: by it the server makes sure that no child of the old one
    still lives.
    """
    number, _ = _noted(home)
    if number and _is_alive(number):
        (home.data / "postmaster.pid").unlink()


def _is_alive(number: int) -> bool:
    """Whether a program bears the number; one that was killed and still waits to be noticed by its parent is none."""
    stat = Path(f"/proc/{number}/stat")
    if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_words(home: Home) -> str:
    try:
        lines = home.log.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "Its log ends: " + " / ".join(lines[-6:])
