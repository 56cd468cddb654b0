"""How far a finding is answered: by nothing, by a recorded reason, by promises, or by what has been shown (R7)."""

from collections.abc import Collection

from django.db.models import TextChoices

from improvement.lifecycle import VERIFIED_OR_HIGHER
from monitoring.ladder import Rung


class Cover(TextChoices):
    """From nothing to what somebody independent has checked."""

    NOTHING = "nothing", "Answered by nothing"
    DECLINED = "declined", "Declined for now"
    PROMISED = "promised", "Answered, nothing shown"
    SHOWN = "shown", "Evidence put forward"
    VERIFIED = "verified", "Verified"


MEANINGS = {
    Cover.NOTHING: "No action answers it, and no reason that still holds has been recorded.",
    Cover.DECLINED: "No action answers it; why not is recorded, until a day on which it is looked at again.",
    Cover.PROMISED: "At least one action answers it, and none of them has any evidence yet.",
    Cover.SHOWN: "An action that answers it has evidence, which nobody independent has verified.",
    Cover.VERIFIED: "The impact of an action that answers it is verified, or higher.",
}


def cover(rungs: Collection[str], *, has_evidence: bool, is_declined: bool) -> Cover:
    """By the rungs on which the actions that answer it stand today, withdrawn ones left out."""
    if any(rung in VERIFIED_OR_HIGHER for rung in rungs):
        return Cover.VERIFIED
    if has_evidence or any(rung != Rung.NONE for rung in rungs):
        return Cover.SHOWN
    if rungs:
        return Cover.PROMISED
    return Cover.DECLINED if is_declined else Cover.NOTHING
