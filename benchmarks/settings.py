"""The product's own settings, pointed at a scratch database and at folders of the run's own."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, DATABASES, TEMPLATES, VAR

FOLDER = Path(os.environ.get("BENCH_FOLDER") or VAR / "bench")
for _database in DATABASES.values():
    _database["NAME"] = os.environ.get("BENCH_DATABASE") or _database["NAME"]
ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "benchmarks" / "templates"]  # type: ignore[misc]
PAPERS_CACHE = FOLDER / "papers"
