"""When a mail goes out, when it is tried again, when it is given up. House rules."""

from datetime import datetime, timedelta

URGENT = "U"
GIVE_UP_AFTER = timedelta(days=2)
LONGEST_WAIT = timedelta(hours=1)


def goes_out_at(sentence: str, *, now: datetime, last_sent_at: datetime | None, quiet: timedelta) -> datetime:
    """Urgent at once; any other sentence not before `quiet` has passed since the same person last had it."""
    if sentence == URGENT or last_sent_at is None:
        return now
    return max(now, last_sent_at + quiet)


def tried_again_at(tries: int, *, now: datetime, made_at: datetime) -> datetime | None:
    """After one minute, two, four and so on, at most an hour; None after two days: somebody must look.

    tries: how often it was tried, this time included.
    """
    if now - made_at >= GIVE_UP_AFTER:
        return None
    return now + min(timedelta(minutes=2 ** min(tries - 1, 10)), LONGEST_WAIT)
