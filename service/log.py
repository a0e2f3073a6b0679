"""Logs: one JSON object a line, never a name, an address or a word of a mail."""

import logging
import sys
from pathlib import Path
from typing import TextIO

import structlog


def set_up(file: Path | None = None) -> None:
    """Log to standard error, and to a file when one is named."""
    stream: TextIO = sys.stderr
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = file.open("a", encoding="utf-8", buffering=1)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    # Libraries speak through the standard library; what they say may hold a stranger's words.
    logging.basicConfig(level=logging.CRITICAL, stream=sys.stderr)


def logger() -> structlog.typing.FilteringBoundLogger:
    """The service's log."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound
