"""Frozen values to JSON columns and back, whole: what was stored can be read again as it was."""

from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Value = TypeVar("Value")


def dump(value: object) -> dict[str, Any]:
    """Turn a frozen value into what a JSON column holds."""
    return cast("dict[str, Any]", _adapter(type(value)).dump_python(value, mode="json"))


def load(kind: type[Value], stored: object) -> Value:
    """Make the value again.

    Raises pydantic's `ValidationError` when the stored form is not one of this kind.
    """
    return cast("Value", _adapter(kind).validate_python(stored))


_ADAPTERS: dict[type[object], TypeAdapter[Any]] = {}


def _adapter(kind: type[object]) -> TypeAdapter[Any]:
    """Build the reader and writer of one kind, once: it costs milliseconds."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
