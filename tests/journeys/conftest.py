"""Northmoor served by gunicorn to a real Chromium, with axe to say what a screen reader's user would trip over."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import database

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Northmoor:
    """The served demonstration: its address, and the password of each part."""

    address: str
    passwords: dict[str, str]
    var: Path


def chromium() -> str | None:
    """A Chromium of the machine's, or None for playwright's own."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
        None,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(name: str, var: Path) -> dict[str, str]:
    urls = {
        "DATABASE_URL": database.address("default", name),
        "DATABASE_OWNER_URL": database.address("owner", name),
    }
    return os.environ | urls | {"IMPROVEMENT_VAR": str(var), "SECRET_KEY": settings.SECRET_KEY}


@pytest.fixture(scope="session")
def northmoor(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Northmoor]:
    """The demonstration council in a database of its own, behind the server that the product uses."""
    name, var, port = f"test_journeys_{os.getpid()}", tmp_path_factory.mktemp("var"), _free_port()
    database.clone(name, of=database.template())
    environment = _environment(name, var)
    for command in (["collectstatic", "--noinput"], ["load_demonstration"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    serve = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    with (var / "server.log").open("wb") as log:
        server = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/healthz/", log=var / "server.log")
            rows = (line.split("\t") for line in (var / "demo" / "people.txt").read_text("utf-8").splitlines())
            yield Northmoor(address, {email.split("@")[0]: password for email, _, password in rows}, var)
        finally:
            server.terminate()
            server.wait(timeout=40)
            database.drop(name)


def _wait_for(address: str, *, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5)
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server did not answer: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        found = chromium()
        if found is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("No Chromium was found: install one (apt-get install chromium) and run the tests again.")
        yield playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )


@pytest.fixture
def sign_in(northmoor: Northmoor, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Sign a part in as a person would; whatever the browser complains of on the way fails the test."""
    complaints: list[str] = []
    contexts = []

    def as_part(part: str, *, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            base_url=northmoor.address,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/")
        page.get_by_label("E-mail address").fill(f"{part}@northmoor.example")
        page.get_by_label("Password", exact=True).fill(northmoor.passwords[part])
        page.get_by_role("button", name="Sign in").click()
        return page

    yield as_part
    for context in contexts:
        context.close()
    assert [said for said in complaints if "status of 4" not in said] == []


@pytest.fixture
def violations() -> Callable[[Page], list[Any]]:
    """What axe finds wrong with a page, each with the elements that it is about."""

    def look(page: Page) -> list[Any]:
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", WCAG)
        return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]]

    return look
