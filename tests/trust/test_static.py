"""What can be seen of the product's safety without running it: its code, its templates, its settings."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_house import STOREYS
from tests.trust.code_rules import RULES, broken
from tests.trust.report import Report

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (*STOREYS, "config")
REVIEWED: dict[str, dict[str, str]] = {
    "poured_in": {
        "monitoring/sheet/as_it_is.py": "the code's own names of what is read of a plan",
        "monitoring/filters.py": "the name of a filter that the class itself declares",
        "monitoring/models/assessment.py": "a comparison of a table that the code itself declares",
        "monitoring/register_filters.py": "one of two comparisons that stand there",
        "monitoring/models/standing.py": "the code's own names of the columns that a list or the API tells",
        "reports/trail.py": "the code's own names: who, on which day, before which instant",
        "sources/reads.py": "hands on what its caller asks of a queryset, which these rules look at there",
    },
    "every_field": {"people/views/sign.py": "Django's own name for the faults of no one field"},
    "said_to_be_safe": {"monitoring/charts.py": "numbers that it has formatted itself"},
    "sql_put_together": {
        "people/audit.py": "names of tables that the code itself declares",
        "reports/search.py": "hands on the statements that stand beside it",
        "sources/management/commands/migrate.py": "the owner's command; a role's name cannot be a parameter",
        "sources/models/seal.py": "hands on the statements that stand beside it",
    },
    "raw_sql": {
        "monitoring/models/standing.py": "a text of the code's own, with a day as its parameter",
        "sources/reads.py": "a text of the code's own, with a day as its parameter",
    },
    "told_to_a_log": {
        "config/fitness.py": "one sentence of its own, before anything is served",
        "config/linkless.py": "takes links out of what others tell a log",
        "config/machine.py": "setting the machine up: there is no record yet",
        "monitoring/sheet/reader.py": "to the process that waits for it: a sheet's cells, or why it was refused",
        "people/mail.py": "that a mail server did not answer, and nothing of the mail",
        "reports/pdf_worker.py": "to forbid logging there",
        "sources/seals.py": "that the database did not stamp, record or commit, and nothing of the answer",
    },
}
"""Where a rule is broken, and why that was found to be harmless; nowhere else may it be."""
PLANTED = {
    "poured_in": "def found(request):\n    return Action.objects.filter(**request.GET.dict())",
    "every_field": 'class Meta:\n    fields = "__all__"',
    "said_to_be_safe": "def shown(letter):\n    return mark_safe(letter.words)",
    "sql_put_together": "def found(cursor, words):\n    cursor.execute(f\"SELECT * FROM t WHERE words = '{words}'\")",
    "raw_sql": "def found(words):\n    return Source.objects.extra(where=[words])",
    "kept_for_the_next": "@lru_cache(maxsize=9)\ndef seals_of(person):\n    return person.seals",
    "told_to_a_log": "import logging\nlogging.getLogger().info('read %s', letter.words)",
}
"""A line that each rule must find."""
OF_MIGRATIONS = "run by migrations, and put together from names that models declare"
BANDIT = {
    ("config/pghome.py", "B108"): "a folder made for us alone by mkdtemp",
    ("monitoring/charts.py", "B704"): "numbers that it has formatted itself",
    ("monitoring/ladder_sql.py", "B608"): OF_MIGRATIONS,
    ("monitoring/models/standing.py", "B611"): "a text of the code's own, with a day as its parameter",
    ("monitoring/position.py", "B608"): "put together from texts of the code's own; what is asked is a parameter",
    ("people/audit.py", "B608"): "put together from formulas of the code's own",
    ("monitoring/second_person_sql.py", "B608"): OF_MIGRATIONS,
    ("reports/search_sql.py", "B608"): OF_MIGRATIONS,
    ("reports/issue_sql.py", "B608"): OF_MIGRATIONS,
    ("people/audit_sql.py", "B608"): OF_MIGRATIONS,
    ("sources/guarding.py", "B608"): OF_MIGRATIONS,
    ("sources/quotation_sql.py", "B608"): OF_MIGRATIONS,
    ("sources/watching_sql.py", "B608"): OF_MIGRATIONS,
}
"""What bandit takes for a danger of medium severity or higher, and why it is none."""
SAFE_IN_TEMPLATES = {
    "reports/paper.html": "our own style sheet, in a file that is sent out whole",
    "reports/paper_body.html": "charts that the product has drawn",
}


def _modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_safe_code_is_broken_only_where_that_was_reviewed(rule: str, report: Report) -> None:
    with report.of("S16 static") as count:
        found = {str(path.relative_to(ROOT)) for path in _modules() if broken(path.read_text("utf-8"), rule)}
        count.states.add(f"bandit, check --deploy, templates and {len(RULES)} rules over {len(_modules())} modules")
        count.facts = {"faults": len(found - REVIEWED.get(rule, {}).keys())}
    assert found == REVIEWED.get(rule, {}).keys()


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_the_line_that_breaks_it(rule: str) -> None:
    assert broken(PLANTED[rule], rule) == [
        line.strip() for line in PLANTED[rule].splitlines() if _is_the_fault(line, rule)
    ]


def _is_the_fault(line: str, rule: str) -> bool:
    return bool(re.search(FAULT[rule], line))


FAULT = {
    "poured_in": r"\*\*", "every_field": "__all__", "said_to_be_safe": "mark_safe", "sql_put_together": "execute",
    "raw_sql": "extra", "kept_for_the_next": "def ", "told_to_a_log": "^import",
}  # fmt: skip


def _bandit(*paths: Path) -> set[tuple[str, str]]:
    """What bandit says, less what is of low severity; comments that hush it are not heeded."""
    words = (sys.executable, "-m", "bandit", "-q", "-r", "-ll", "--ignore-nosec", "-f", "json", *paths)
    said = json.loads(subprocess.run(words, capture_output=True, cwd=ROOT, text=True, check=False).stdout)
    assert said["errors"] == []
    return {(_here(fault["filename"]), fault["test_id"]) for fault in said["results"]}


def _here(name: str) -> str:
    path = (ROOT / name).resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def test_bandit_finds_nothing_but_what_was_reviewed() -> None:
    assert _bandit(*(ROOT / package for package in PACKAGES), ROOT / "dev.py", ROOT / "manage.py") == BANDIT.keys()


def test_bandit_finds_what_is_planted(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("import pickle, subprocess\npickle.loads(a)\nsubprocess.run(a, shell=True)\n")
    assert _bandit(tmp_path / "planted.py") == {("planted.py", "B301"), ("planted.py", "B602")}


def _unescaped(markup: str) -> bool:
    return bool(re.search(r"\|\s*safe\b|\bMarkup\(|{%-?\s*autoescape\s+(false|off)", markup))


def test_a_template_lets_text_through_unescaped_only_where_that_was_reviewed() -> None:
    folder = ROOT / "templates"
    found = {str(p.relative_to(folder)) for p in folder.rglob("*.*") if _unescaped(p.read_text("utf-8"))}
    assert found == SAFE_IN_TEMPLATES.keys()
    assert _unescaped("{{ letter.words|safe }}")
    assert _unescaped("{% autoescape false %}{{ letter.words }}{% endautoescape %}")


def _checked(**environment: str) -> tuple[int, str]:
    """`check --deploy` as production is set up; no database is asked."""
    production = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "1", "SECRET_KEY": secrets.token_urlsafe(60), "ALLOWED_HOSTS": "plans.northmoor.example",
        "DATABASE_URL": "postgres://improvement_web:a-pass-word@127.0.0.1:1/improvement",
        "DATABASE_OWNER_URL": "postgres://improvement_owner:a-pass-word@127.0.0.1:1/improvement",
    }  # fmt: skip
    words = (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env=production | environment)
    return done.returncode, done.stdout + done.stderr


def test_the_settings_of_production_are_fit_to_be_deployed() -> None:
    code, said = _checked()
    assert (said, code) == ("System check identified no issues (0 silenced).\n", 0)


def test_a_weak_setting_of_production_is_found() -> None:
    code, said = _checked(SECRET_KEY="short")
    assert code != 0
    assert "SECRET_KEY" in said
