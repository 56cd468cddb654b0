"""The documents others have given us, and on what terms."""

from sources.models.history import Correction, SealLine
from sources.models.line import Line
from sources.models.quotation import Quotation, Run, Spelling
from sources.models.read import SealRead
from sources.models.seal import Clearance, Proposal, Refused, Seal, Sealed
from sources.models.source import Source, SourceLine, reference
from sources.models.stampkey import StampKey

__all__ = [
    "Clearance",
    "Correction",
    "Line",
    "Proposal",
    "Quotation",
    "Refused",
    "Run",
    "Seal",
    "SealLine",
    "SealRead",
    "Sealed",
    "Source",
    "SourceLine",
    "Spelling",
    "StampKey",
    "reference",
]
