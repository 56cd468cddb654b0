"""Makes the web fonts in static/built/ from the font package: Latin letters, every weight."""

from pathlib import Path

from fontpkg_source_sans_3 import ROOT
from fontTools.subset import main as subset

BUILT = Path(__file__).resolve().parent / "built"
FONTS = {
    "source-sans-3.woff2": "SourceSans3[wght].ttf",
    "source-sans-3-italic.woff2": "SourceSans3-Italic[wght].ttf",
}
# English, Welsh and the names of Europe; then dashes, quotation marks and spaces, the euro, arrows, signs.
LETTERS = "20-17F,218-21B,2C6,2DA,2DC,1E80-1E85,1EF2-1EF3,2000-206F,20AC,2190-2193,2212,2260-2265"


def build() -> None:
    BUILT.mkdir(exist_ok=True)
    for name, full in FONTS.items():
        source, made = str(ROOT / "files" / full), f"--output-file={BUILT / name}"
        subset([source, made, "--flavor=woff2", f"--unicodes={LETTERS}", "--layout-features=*"])


if __name__ == "__main__":
    build()
