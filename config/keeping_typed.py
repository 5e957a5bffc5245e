"""A session that ended while somebody was typing: the answers wait on the server for the same person.

Each form carries a signed word for its person. When the form arrives without a session, its answers are
kept as her draft for 24 hours; after signing in the same page shows them again. A lost form loses a child.
"""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from nrm.casefile import drafts
from nrm.kernel.actor import Actor
from nrm.kernel.signature import bind

SALT = "nrm.typed"
FIELD = "typed_by"
KEPT = timedelta(hours=24)


def word_for(person_id: int) -> str:
    """The signed word that a form of this person carries."""
    return signing.dumps(person_id, salt=SALT)


def keep(request: HttpRequest) -> None:
    """Keep the posted answers as a draft of the person the form names, if the word is genuine and a day young."""
    try:
        person_id = int(signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=KEPT))
    except (signing.BadSignature, ValueError):
        return
    now = timezone.now()
    with transaction.atomic():
        bind(Actor(person_id=person_id, agency_id=0), now=now)
        drafts.save(person_id, request.path, request.POST, now=now)
