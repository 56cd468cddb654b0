"""The documents others have given us, and on what terms."""

from sources.models.line import Line
from sources.models.seal import Clearance, Proposal, Seal, Sealed
from sources.models.source import Source, reference
from sources.models.stampkey import StampKey

__all__ = ["Clearance", "Line", "Proposal", "Seal", "Sealed", "Source", "StampKey", "reference"]
