"""Takes the README's pictures of a running demonstration: `.venv/bin/python docs/take_pictures.py [ADDRESS]`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
VAR = HERE.parent / "var" / "demo"
ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
SHOTS = {"dashboard": ("member", "/dashboard/"), "my-actions": ("officer", "/my-actions/")}


def main() -> None:
    """Two pages in Chromium and the first sheet of the paper."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (part, path) in SHOTS.items():
            _take(browser, name, part=part, path=path)
    _take_paper()


def _take(browser: Browser, name: str, *, part: str, path: str) -> None:
    people = (line.split("\t") for line in (VAR / "people.txt").read_text("utf-8").splitlines())
    passwords = {email.split("@")[0]: password for email, _, password in people}
    page = browser.new_page(viewport={"width": 1180, "height": 940}, base_url=ADDRESS)
    page.goto("/")
    page.get_by_label("E-mail address").fill(f"{part}@northmoor.example")
    page.get_by_label("Password", exact=True).fill(passwords[part])
    page.get_by_role("button", name="Sign in").click()
    page.goto(path)
    page.screenshot(path=HERE / "pictures" / f"{name}.png")


def _take_paper() -> None:
    """The first sheet, by pdftoppm (Debian's poppler-utils)."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet"
        subprocess.run(
            ["pdftoppm", "-png", "-r", "80", "-l", "1", "-singlefile", VAR / "executive-paper.pdf", sheet], check=True
        )
        shutil.copyfile(sheet.with_suffix(".png"), HERE / "pictures" / "paper.png")


if __name__ == "__main__":
    main()
