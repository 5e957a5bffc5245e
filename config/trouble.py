"""Everything the commands can say no to, in one sentence and what to do next."""


class Trouble(Exception):
    """What is wrong and what to do about it: one sentence for the person at the keyboard, no traceback."""
