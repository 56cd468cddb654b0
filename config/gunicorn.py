"""How gunicorn serves the site: two processes of a few threads with lasting database connections."""

import contextlib
import ctypes
import os
import subprocess
import sys
from typing import Any

from config.fitness import UNFIT
from config.linkless import Linkless
from config.pghome import VAR

wsgi_app = "config.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = 2
# A browser opens connections that it may never use; a worker without threads would wait on each.
worker_class = "gthread"
threads = 4
preload_app = False
keepalive = 5
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
# Nobody's word is taken for who is calling or how, unless a proxy is named.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "")
control_socket_disable = True
worker_tmp_dir = str(VAR)
loglevel = "warning"
# No log of who asked for what is kept (accesslog stays unset); what goes wrong is logged without anybody's link.


def on_starting(server: Any) -> None:
    """Once, before there is a worker: two that refused to start would each say so, and end in a race."""
    server.log.error_log.addFilter(Linkless())
    _share_the_heap()
    if subprocess.run([sys.executable, "-c", "import config.wsgi"], cwd=server.cfg.chdir).returncode:
        sys.exit(UNFIT)


def _share_the_heap() -> None:
    """Threads of which one runs at a time need no heap each, which glibc would give them; workers inherit this."""
    with contextlib.suppress(AttributeError):  # on macOS and musl, which know nothing of arenas
        ctypes.CDLL(None).mallopt(_ARENAS, 1)


_ARENAS = -8
"""M_ARENA_MAX of glibc's malloc.h."""
