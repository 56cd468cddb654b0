"""Every answer, whoever asks and whatever comes of it, carries the headers that keep it private."""

from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings as ours
from django.test import Client

from tests.trust.addresses import addresses
from tests.trust.asking import Answer, Stage, ask, held_still
from tests.trust.report import Report
from tests.trust.scene import CLEARED, UNCLEARED

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
WANTED = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
METHODS = ("GET", "POST", "DELETE", "OPTIONS")
STATUSES = {200, 302, 400, 401, 403, 404, 405}


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer's headers."""
    wrong = [f"{name}: {answer.header(name)}" for name, value in WANTED.items() if not _says(answer, name, value)]
    policy = {part.strip() for part in answer.header("Content-Security-Policy").split(";") if part.strip()}
    return wrong + ([] if policy == POLICY else [f"policy {sorted(policy)}"]) + _cookies(answer.cookies)


def _says(answer: Answer, name: str, value: str) -> bool:
    if name == "Cache-Control":
        directives = {part.strip() for part in answer.header(name).split(",")}
        return value in directives and "public" not in directives
    return answer.header(name) == value


def _cookies(output: str) -> list[str]:
    wrong = []
    for line in output.splitlines():
        jar: Any = SimpleCookie(line.partition(":")[2].strip())
        for name, cookie in jar.items():
            # The browser's own jar repeats what it sent, which is no cookie of an answer.
            if (
                cookie["path"]
                and name not in _taken_away(output)
                and not (cookie["httponly"] and cookie["samesite"] == "Lax")
            ):
                wrong.append(f"cookie {name}")
    return wrong


def _taken_away(output: str) -> set[str]:
    """Cookies that the answer tells the browser to forget, which therefore hold nothing."""
    return {line.partition(":")[2].partition("=")[0].strip() for line in output.splitlines() if "Max-Age=0" in line}


def test_every_answer_carries_the_headers_that_keep_it_private(worlds: tuple[Stage, Stage], report: Report) -> None:
    stage, statuses, wrong = worlds[0], set(), []
    assert stage.planted is not None
    with stage.lit():
        places = [place for place in addresses(stage.scene, stage.planted) if place.sight != "absent"]
        places = list({(place.pattern, place.sight): place for place in places}.values())
    with report.of("S13 headers") as count:
        for place in places:
            for part in (*UNCLEARED, *CLEARED):
                for method in METHODS if part in ("nobody", "second_director") else ("GET",):
                    with held_still():
                        answer = ask(stage, part, method, place.path, form=place.row.form, json=place.row.json)
                    statuses.add(answer.status)
                    wrong += [(part, method, place.path, answer.status, fault) for fault in faults(answer)]
                    count.requests += 1
                    count.roles.add(part)
        count.states.add(f"answers of {', '.join(map(str, sorted(statuses)))}")
    assert wrong == []
    assert statuses >= STATUSES


def test_a_page_that_was_never_there_and_a_static_file_are_guarded_too(
    worlds: tuple[Stage, Stage], settings: Any
) -> None:
    with held_still():
        answer = ask(worlds[0], "nobody", "GET", "/no/such/page/")
    assert (answer.status, faults(answer)) in [(404, []), (302, [])]


def test_a_static_file_sets_no_cookie(settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    response = Client().get("/static/mark.svg")
    assert response.status_code == 200
    assert (response.headers.get("Set-Cookie"), response.cookies.output()) == (None, "")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert ours.SESSION_COOKIE_HTTPONLY
