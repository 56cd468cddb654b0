"""What the log leaves out: an invitation's link lets in whoever reads it."""

import logging
import re

LINK = re.compile(r"/invitation/[^/\s\"']+")


class Linkless(logging.Filter):
    """Writes an invitation's address without its token."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record stays, without the token."""
        said = record.getMessage()
        if LINK.search(said):
            record.msg, record.args = LINK.sub("/invitation/…", said), ()
        return True
