"""The account that runs the private database: our own, or an unprivileged one when we are root."""

import os
import pwd
import stat
import subprocess
from functools import cache
from pathlib import Path

UNPRIVILEGED = ("postgres", "_postgres", "nobody")
# PostgreSQL's programs pass paths to a shell between double quotes, and end a host's name at a comma.
AWKWARD = frozenset(",\"'`$\\\n")


class DatabaseUnavailable(RuntimeError):
    """The private database cannot be had; the message is for whoever typed the command."""


def run(*command: str | Path, given: bytes = b"", folder: Path = Path("/")) -> subprocess.CompletedProcess[bytes]:
    """Run a program as the account, in a bare environment without our secrets and away from the terminal."""
    try:
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            cwd=folder,
            umask=0o077,
            start_new_session=True,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            user=_account().pw_uid if _is_root() else None,
            group=_account().pw_gid if _is_root() else None,
            extra_groups=[] if _is_root() else None,
        )
    except PermissionError as refused:
        raise DatabaseUnavailable(f"The database's programs could not be run: {refused}.") from refused


def reaches(path: Path) -> bool:
    """Say whether the account may enter this folder, or run this program, and can spell its name."""
    if AWKWARD & set(str(path)):
        return False
    return run("/bin/sh", "-c", 'test -r "$0" && test -x "$0"', path).returncode == 0


def owns_privately(folder: Path) -> bool:
    """Say whether this is a real folder of the account's (no link to one) that nobody else can enter."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    ours = found.st_uid == (_account().pw_uid if _is_root() else os.geteuid())
    return ours and stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700


def give(folder: Path) -> Path:
    """Hand a folder that we have just made to the account."""
    if _is_root():
        os.chown(folder, _account().pw_uid, _account().pw_gid)
    return folder


def _is_root() -> bool:
    return os.geteuid() == 0


@cache
def _account() -> pwd.struct_passwd:
    """Return the account to use in root's place, because PostgreSQL refuses to run as root."""
    known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    for name in UNPRIVILEGED:
        if name in known:
            return known[name]
    names = " or ".join(UNPRIVILEGED)
    raise DatabaseUnavailable(f"PostgreSQL will not run as root, and there is no account named {names}.")
