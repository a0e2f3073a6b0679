"""Frozen values to JSON columns and back, whole: what was stored can be read again as it was."""

from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Value = TypeVar("Value")
_NO_SIGN = "\N{REPLACEMENT CHARACTER}"


def dump(value: object) -> dict[str, Any]:
    """Turn a frozen value into what a JSON column holds."""
    dumped = _adapter(type(value)).dump_python(value, mode="json")
    return cast("dict[str, Any]", _storable(dumped))


def text(words: str) -> str:
    """Words as every database keeps them: PostgreSQL knows no NUL and no half of a surrogate pair.

    Such a sign comes from a stranger's broken mail, and stands for nothing.
    """
    if words.isascii():
        return words.replace("\0", _NO_SIGN)
    return (
        words.replace("\0", _NO_SIGN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def _storable(dumped: object) -> object:
    match dumped:
        case str():
            return text(dumped)
        case list():
            return [_storable(one) for one in dumped]
        case dict():
            return {text(key): _storable(one) for key, one in dumped.items()}
        case _:
            return dumped


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
