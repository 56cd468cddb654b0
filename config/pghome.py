"""Where the private database lives, and what is remembered of it between runs."""

import fcntl
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from config import pgaccount
from config.pgaccount import DatabaseUnavailable

VAR = Path(os.environ.get("IMPROVEMENT_VAR") or Path(__file__).parent.parent / "var").resolve()
INSIDE = VAR / "postgres"
MEMORY = VAR / "database.json"

PORT = 5432  # only names the socket: the server listens on no address
LONGEST_SOCKET = 100  # bytes; macOS allows 103, Linux 107


@dataclass(frozen=True)
class Home:
    """One private database; `cluster` is new for each one ever made: what was noted of a lost one lapses."""

    cluster: str
    made_in: str
    folder: Path
    sockets: Path
    temporary: Path | None
    owner_password: str
    web_password: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"


def home() -> Home:
    """Return the database's home, choosing and remembering one the first time; nothing is started."""
    known = remembered()
    if known and _still_stands(known):
        return known
    with locked("home.lock"):
        known = remembered()
        if known and _still_stands(known):
            return known
        return _remember(_found_again(known) if known else _chosen())


def remembered() -> Home | None:
    """Return the home chosen by an earlier run, if any, as it was then."""
    try:
        written = json.loads(MEMORY.read_text())
    except FileNotFoundError:
        return None
    except PermissionError as refused:
        raise DatabaseUnavailable(f"{MEMORY} is another account's: run this as the account that made it.") from refused
    return Home(
        **{name: written[name] for name in ("cluster", "made_in", "owner_password", "web_password")},
        folder=Path(written["folder"]),
        sockets=Path(written["sockets"]),
        temporary=Path(written["temporary"]) if written["temporary"] else None,
    )


def forget() -> None:
    """Remove the database's folders, the temporary one too, and everything remembered of it."""
    known = remembered()
    if known and known.temporary and _made_here(known) and pgaccount.owns_privately(known.temporary):
        shutil.rmtree(known.temporary)
    if INSIDE.exists():
        shutil.rmtree(INSIDE)
    MEMORY.unlink(missing_ok=True)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock of that name for as long as the block lasts; whoever comes second waits."""
    with lock_file(name) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def lock_file(name: str) -> IO[str]:
    """Open the file that a lock of that name is taken on."""
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        return os.fdopen(os.open(VAR / name, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    except PermissionError as refused:
        raise DatabaseUnavailable(f"{VAR} is another account's: run this as the account that made it.") from refused


def _remember(home: Home) -> Home:
    """Write it whole or not at all, readable by us alone, because it holds the passwords."""
    half = MEMORY.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(asdict(home), out, indent=1, default=str)
    half.replace(MEMORY)
    return home


def _made_here(known: Home) -> bool:
    """A project that was copied remembers folders which are still the first one's."""
    return known.made_in == str(VAR)


def _still_stands(known: Home) -> bool:
    return _made_here(known) and all(map(pgaccount.owns_privately, (known.folder, known.sockets)))


def _found_again(known: Home) -> Home:
    """After a move of the project or a sweep of temporary folders, keep the data if it is still here."""
    if not INSIDE.exists():
        return _chosen()
    settled = _settled(INSIDE)
    return replace(settled, cluster=known.cluster, owner_password=known.owner_password, web_password=known.web_password)


def _chosen() -> Home:
    if INSIDE.exists():
        raise DatabaseUnavailable(f"{INSIDE} is there but {MEMORY}, with its passwords, is not: start with --fresh.")
    INSIDE.mkdir(mode=0o700)
    pgaccount.give(INSIDE)
    if pgaccount.owns_privately(INSIDE) and pgaccount.reaches(INSIDE):
        return _settled(INSIDE)
    INSIDE.rmdir()
    return _settled(_temporary_folder())


def _settled(folder: Path) -> Home:
    temporary = None if folder == INSIDE else folder
    if not _fits_a_socket(folder / "run"):
        temporary = _temporary_folder()
    sockets = (temporary or folder) / "run"
    pgaccount.run("mkdir", "-p", sockets)
    return Home(
        cluster=secrets.token_hex(8),
        made_in=str(VAR),
        folder=folder,
        sockets=sockets,
        temporary=temporary,
        owner_password=secrets.token_urlsafe(24),
        web_password=secrets.token_urlsafe(24),
    )


def _fits_a_socket(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET


def _temporary_folder() -> Path:
    # mkdtemp makes it for us alone, whatever else stands in there; TMPDIR's own path may be too long.
    for root in (tempfile.gettempdir(), "/tmp"):  # noqa: S108
        made = pgaccount.give(Path(tempfile.mkdtemp(prefix="improvement-", dir=root)))
        if pgaccount.reaches(made) and _fits_a_socket(made / "run"):
            return made
        made.rmdir()
    raise DatabaseUnavailable("No temporary folder will do for the database: set TMPDIR to a short path.")
