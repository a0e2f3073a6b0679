"""TCVN 5712:1993, as the `.VnTime` fonts have it (TCVN3): which letter stands at which code."""

from collections.abc import Mapping
from types import MappingProxyType

_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
"""The published chart, run by run: the first code and the letters that follow from it."""

TCVN3: Mapping[int, str] = MappingProxyType(
    {
        first + offset: letter
        for first, letters in _RUNS.items()
        for offset, letter in enumerate(letters)
    }
)
"""Letters beyond ASCII by code, A1 to FE; codes without a letter are left out."""
