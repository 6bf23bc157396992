"""Logs: one JSON object a line on standard error, from our code and from every library alike.

Code writes through the standard library's logging; facts go into `extra`. structlog turns records into JSON.
"""

from __future__ import annotations

import functools
import logging
from typing import Any


class JsonFormatter(logging.Formatter):
    """One JSON object a record. structlog is loaded by the first record: a command that logs nothing starts faster."""

    def format(self, record: logging.LogRecord) -> str:
        return _formatter().format(record)


@functools.cache
def _formatter() -> logging.Formatter:
    import structlog  # noqa: PLC0415 - 100 ms, see JsonFormatter
    from structlog.tracebacks import ExceptionDictTransformer  # noqa: PLC0415 - as above

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ExtraAdder(),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Without the frames' locals: those are request bodies, passwords and uploaded policies.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(default=str),
        ],
    )


def logging_settings(*, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to one handler, a library no louder than it needs to be."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},  # a 404 is in the request log already
            "axes": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }
