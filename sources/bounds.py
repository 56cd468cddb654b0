"""What a process that works on other people's files may use: so much memory and time, and no network."""

import contextlib
import ctypes
import resource


def keep_within_bounds(memory: int, *, seconds: int = 0) -> None:
    """So many bytes (and, where given, so many seconds of work) and no network, whatever a file asks for."""
    # macOS knows neither limit; there the clock of whoever started the process stands alone.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if seconds:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with contextlib.suppress(AttributeError, OSError):
        new_network, new_user = 0x40000000, 0x10000000
        own = ctypes.CDLL(None)
        # Root may leave the network at once; anybody else must become the root of nothing first.
        if own.unshare(new_network) != 0:
            own.unshare(new_user | new_network)
