"""The pages over HTTP: gunicorn with its two workers, eight connections kept open, on this machine alone."""

import http.client
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from statistics import median
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from benchmarks.load import Loaded
from benchmarks.measuring import Figure, Goal, percentile
from benchmarks.pages import LIST, form, versions_of
from benchmarks.press import MEGABYTE, resident

CONNECTIONS = 8
PATIENCE = 30
SECRET = "b" * 32
"""What a browser's cookie and its form both hold, so that the form is known to be ours."""

Ask = Callable[[http.client.HTTPConnection], None]


def figures(loaded: Loaded, *, asks: int) -> Iterator[Figure]:
    """The list and the update, each beside its bare view; then what the workers have come to hold."""
    director, officer = (cookies_of(person) for person in (loaded.director, loaded.officer))
    steady = (Goal(most=4, of="ratio"), Goal(most=3, of="p99/p50"))
    with gunicorn() as (server, port):
        _all(port, _getting(f"/{LIST}", director), asks=asks // 4)
        ours, bare = _in_turn(port, *(_getting(f"/{way}{LIST}", director) for way in ("", "bare/")), asks=asks)
        yield _figure("List over HTTP, 8 connections", ours, bare, goals=steady)
        day = loaded.today - timedelta(days=100)
        _all(port, _getting(f"/dashboard/?on={day}", director), asks=asks // 4)
        forms = Forms(versions_of(loaded.officer), officer)
        posts = [forms.sending(f"/{way}actions/{{}}/update/") for way in ("", "bare/")]
        ours, bare = _in_turn(port, *posts, asks=asks)
        yield _figure("Update over HTTP, 8 connections", ours, bare, goals=(Goal(most=2, of="ratio"),))
        held = max(resident(worker) for worker in children(server.pid)) / MEGABYTE
        yield Figure(
            name="Web worker after all that", others={"worker, MB": held}, goals=(Goal(most=110, of="worker, MB"),)
        )


def _figure(name: str, ours: list[float], bare: list[float], *, goals: tuple[Goal, ...]) -> Figure:
    others = {"p99": percentile(ours, 99), "p99/p50": percentile(ours, 99) / median(ours)}
    others["bare view’s p99/p50"] = percentile(bare, 99) / median(bare)
    return Figure(
        name=name, median=median(ours), p95=percentile(ours, 95), bare=median(bare), others=others, goals=goals
    )


@contextmanager
def gunicorn() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The server as the product starts it, on a free port of this machine's own; ended with the block."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "BIND": f"127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        _wait(port)
        yield server, port
    finally:
        server.terminate()
        try:
            server.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
            try:
                line.request("GET", "/healthz/")
                if line.getresponse().status == 200:
                    return
            except ConnectionError:
                time.sleep(0.1)
    raise TimeoutError("The server did not answer in time.")


def cookies_of(person: object) -> str:
    """What the browser of a person who has signed in sends."""
    browser = Client()
    browser.force_login(person)  # type: ignore[arg-type]
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={SECRET}"


def _getting(address: str, cookies: str) -> Ask:
    def ask(line: http.client.HTTPConnection) -> None:
        line.request("GET", address, headers={"Cookie": cookies})
        _expect(line, 200)

    return ask


class Forms:
    """An officer's actions, each held by one connection at a time, so that no form is overtaken."""

    def __init__(self, versions: dict[str, int], cookies: str) -> None:
        self.free: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        for held in versions.items():
            self.free.put(held)
        self.headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": SECRET}

    def sending(self, address: str) -> Ask:
        """Sending an update there."""

        def ask(line: http.client.HTTPConnection) -> None:
            number, version = self.free.get()
            line.request("POST", address.format(number), body=urlencode(form(version)), headers=self.headers)
            _expect(line, 302)
            self.free.put((number, version + 1))

        return ask


def _expect(line: http.client.HTTPConnection, status: int) -> None:
    answer = line.getresponse()
    answer.read()
    if answer.status != status:
        raise AssertionError(f"The server answered {answer.status}, not {status}.")


def _in_turn(port: int, ours: Ask, bare: Ask, *, asks: int) -> tuple[list[float], list[float]]:
    """A quarter of each at a time, so that what the machine does besides falls on both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(4):
        for ask, found in zip((ours, bare), times, strict=True):
            found.extend(_all(port, ask, asks=asks // 4))
    return times


def _all(port: int, ask: Ask, *, asks: int) -> list[float]:
    """The milliseconds of so many, shared by eight connections."""
    times: list[float] = []
    failed: list[BaseException] = []
    turns = iter(range(asks))
    lock = threading.Lock()

    def connection() -> None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
                while _another(turns, lock):
                    began = time.perf_counter()
                    ask(line)
                    times.append((time.perf_counter() - began) * 1000)
        except (AssertionError, OSError, http.client.HTTPException) as why:
            failed.append(why)

    threads = [threading.Thread(target=connection) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return times


def _another(turns: Iterator[int], lock: threading.Lock) -> bool:
    with lock:
        return next(turns, None) is not None


def children(process: int) -> list[int]:
    """The processes that it has started."""
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, check=True, text=True).stdout
    pairs = (line.split() for line in said.splitlines())
    return [int(pid) for pid, parent in pairs if int(parent) == process]
