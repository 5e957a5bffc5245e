"""Facts of care: who is at her side, what is best for her, how she is kept safe, when she is missing."""

from nrm.care.models.assessing import Assessment, Determination, DeterminationConfirmed, Element, Option
from nrm.care.models.guardians import GuardianObjection, Guardianship, GuardianshipEnd
from nrm.care.models.placing import BedConfirmed, Placement, PlacementEnd, Stay
from nrm.care.models.safety import DangerSeen, Found, MissingAlert, PoliceInformed, SafetyPlan

__all__ = [
    "Assessment",
    "BedConfirmed",
    "DangerSeen",
    "Determination",
    "DeterminationConfirmed",
    "Element",
    "Found",
    "GuardianObjection",
    "Guardianship",
    "GuardianshipEnd",
    "MissingAlert",
    "Option",
    "Placement",
    "PlacementEnd",
    "PoliceInformed",
    "SafetyPlan",
    "Stay",
]
