"""Facts of care: who is at her side, what is best for her, how she is kept safe, where she lives, time to recover."""

from nrm.care.models.adulthood import TransitionPlan
from nrm.care.models.assessing import Assessment, Determination, DeterminationConfirmed, Element, Option
from nrm.care.models.guardians import Guarded, GuardianObjection, Guardianship, GuardianshipEnd
from nrm.care.models.placing import BedConfirmed, Placement, PlacementEnd, Stay
from nrm.care.models.reflecting import (
    ExceptionConfirmed,
    Permit,
    ReflectionCertificate,
    ReflectionException,
    ReflectionExtension,
)
from nrm.care.models.safety import (
    DangerSeen,
    Found,
    MissingAlert,
    PoliceInformed,
    ReturnInterview,
    SafetyPlan,
)

__all__ = [
    "Assessment",
    "BedConfirmed",
    "DangerSeen",
    "Determination",
    "DeterminationConfirmed",
    "Element",
    "ExceptionConfirmed",
    "Found",
    "Guarded",
    "GuardianObjection",
    "Guardianship",
    "GuardianshipEnd",
    "MissingAlert",
    "Option",
    "Permit",
    "Placement",
    "PlacementEnd",
    "PoliceInformed",
    "ReflectionCertificate",
    "ReflectionException",
    "ReflectionExtension",
    "ReturnInterview",
    "SafetyPlan",
    "Stay",
    "TransitionPlan",
]
