"""Rows of messages from other States, which have no case, as the walls let them through."""

from nrm.crossborder.models import IncomingMessage, OurAcknowledgement, OurReply


def incoming(key: int | None) -> IncomingMessage | None:
    """A message from another State."""
    return IncomingMessage.objects.filter(pk=key).first() if key is not None else None


def is_acknowledged(key: int) -> bool:
    """Whether we told the other State that we have its message."""
    return OurAcknowledgement.objects.filter(message=key).exists()


def receipts(key: int) -> list[int]:
    """Keys of our receipts of a message."""
    return list(OurAcknowledgement.objects.filter(message=key).values_list("pk", flat=True))


def replies(key: int) -> list[int]:
    """Keys of our answers to a message."""
    return list(OurReply.objects.filter(message=key).values_list("pk", flat=True))
