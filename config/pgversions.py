"""Which PostgreSQL has every repair of row-level security that we rely on."""

SAFE = {15: 14, 16: 10, 17: 6, 18: 0}
"""The first release of each series without CVE-2025-8713, the latest of them; older series have none."""
SAFE_ONES = "15.14, 16.10, 17.6 or 18, or a later release of one of these"


def is_safe(version: int) -> bool:
    """Whether a server of the version (180006 is 18.6) has the repairs."""
    series, release = divmod(version, 10_000)
    return series > max(SAFE) or (series in SAFE and release >= SAFE[series])
