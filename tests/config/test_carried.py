"""What a web worker carries of other people's libraries."""

import os
import subprocess
import sys

from tests.database import ROOT

WORDS = """
import sys, django
django.setup()
import config.urls
dear = {"docx", "lxml", "numpy", "openpyxl", "pikepdf", "pydyf", "pypdf", "weasyprint"}
print(*sorted(sys.modules.keys() & (dear | {"monitoring.sheet.export"})))
"""


def test_a_web_worker_writes_spreadsheets_and_papers_but_carries_nothing_that_makes_them() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    words = (sys.executable, "-c", WORDS)
    said = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["monitoring.sheet.export"]
