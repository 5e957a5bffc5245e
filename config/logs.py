"""Log lines without what people said: exception texts hold SQL literals and form values."""

import logging
import traceback


class NoTexts(logging.Filter):
    """Replaces an exception's text by its type and the places it passed through."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
            ]
            record.exc_text = kind.__name__ + "\n  " + "\n  ".join(places)
            record.exc_info = None
        if record.name.startswith("django.request"):
            record.msg, record.args = "request answered with %s", (getattr(record, "status_code", "?"),)
        return True
