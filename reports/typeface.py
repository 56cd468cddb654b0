"""The typeface that papers are set in: cut once to the letters and weights we print, and kept."""

import base64
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from fontpkg_source_sans_3 import ROOT

from reports import shelf

WHOLE = ROOT / "files" / "SourceSans3[wght].ttf"
"""Every letter in every weight; the press falls back on it for a letter outside the cut."""

# English, Welsh and the names of Europe; money and figures; arrows and shapes.
LETTERS = (
    "U+20-7E,U+A0-17F,U+1E80-1E85,U+1EF2-1EF3,U+2010-2044,U+20AC,U+2122,"
    "U+2190-2193,U+2212,U+2248,U+2260-2265,U+25A0-25FF,U+2713-2718"
)
FEATURES = "kern,mark,mkmk,ccmp,locl,tnum"


def cut(weight: int) -> Path:
    """The file of one weight: one of many weights would be cut anew for every paper, a third of the work."""
    return shelf.kept(_name(f"{weight}.ttf"), make=lambda: _cut(weight))


def travelling() -> str:
    """The rule that carries a small copy inside a page, so that a file on its own looks as it should."""
    copy = shelf.kept(_name("woff2"), make=lambda: _letters(flavour="woff2"))
    content = base64.b64encode(copy.read_bytes()).decode()
    return (
        '@font-face { font-family: "Source Sans 3"; font-weight: 200 900; '
        f'src: url("data:font/woff2;base64,{content}") format("woff2"); }}'
    )


def _name(ending: str) -> str:
    recipe = f"{WHOLE.stat().st_size} {LETTERS} {FEATURES}"
    return f"{hashlib.sha256(recipe.encode()).hexdigest()[:32]}.{ending}"


def _cut(weight: int) -> bytes:
    with tempfile.NamedTemporaryFile(dir=shelf.folder(), suffix=".ttf") as every_weight:
        every_weight.write(_letters())
        every_weight.flush()
        only = (every_weight.name, f"wght={weight}", "--static")
        return _made_by("fontTools.varLib.instancer", *only, "--output")


def _letters(*, flavour: str = "") -> bytes:
    options = [f"--unicodes={LETTERS}", f"--layout-features={FEATURES}"]
    options += [f"--flavor={flavour}"] if flavour else []
    return _made_by("fontTools.subset", str(WHOLE), *options, "--output-file")


def _made_by(tool: str, *words: str) -> bytes:
    # In a process of its own: the font tools would stay in the web worker's memory for a thing done once.
    with tempfile.NamedTemporaryFile(dir=shelf.folder(), suffix=".font") as made:
        command = [sys.executable, "-m", tool, *words[:-1], f"{words[-1]}={made.name}"]
        # A font file holds the time of its making, and papers must come out alike: the instant is fixed.
        subprocess.run(command, env={"SOURCE_DATE_EPOCH": "0"}, capture_output=True, check=True, timeout=60)
        return Path(made.name).read_bytes()
