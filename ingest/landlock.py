"""Landlock: let this process give up the file system and the network, for ever (Linux ≥ 5.13)."""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
_RULE_PATH = 1
_ASK_VERSION = 1
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_MAKE_AND_REMOVE_SOCKETS = 1 << 9 | 1 << 5
_FILES_V1 = (1 << 13) - 1
_ADDED = ((2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""Rights over files that later versions know: refer, truncate, ioctl."""
_OF_A_FILE = _EXECUTE | 1 << 1 | _READ_FILE | 1 << 14 | 1 << 15
"""Of all rights, those that mean something for a path that is no folder."""
_NETWORK_SINCE = 4
_SCOPES_SINCE = 6
_BIND_AND_CONNECT = 3
_SIGNALS_AND_ABSTRACT_SOCKETS = 3


def version() -> int:
    """Which Landlock the kernel offers; 0 for none."""
    found = _kernel().syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)
    return max(0, int(found))


def enter(
    readable: Iterable[Path], writable: Iterable[Path] = (), sockets: Iterable[Path] = ()
) -> bool:
    """Leave only reading, writing, making sockets below these paths; no TCP.

    False where Landlock is missing.

    Raises:
        OSError: the kernel knows Landlock but would not apply it.

    """
    offered = version()
    if not offered:
        return False
    kernel = _kernel()
    files = _FILES_V1 | sum(right for since, right in _ADDED if offered >= since)
    ruleset = struct.pack("<Q", files)
    if offered >= _NETWORK_SINCE:
        ruleset += struct.pack("<Q", _BIND_AND_CONNECT)
    if offered >= _SCOPES_SINCE:
        ruleset += struct.pack("<Q", _SIGNALS_AND_ABSTRACT_SOCKETS)
    rules = _checked(kernel.syscall(_CREATE, ruleset, ctypes.c_size_t(len(ruleset)), 0))
    for path in readable:
        _allow(kernel, rules, path, _EXECUTE | _READ_FILE | _READ_DIR)
    for path in writable:
        _allow(kernel, rules, path, files)
    for path in sockets:
        _allow(kernel, rules, path, _MAKE_AND_REMOVE_SOCKETS)
    _checked(kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(kernel.syscall(_RESTRICT, rules, 0))
    os.close(rules)
    return True


def _allow(kernel: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        rights &= _OF_A_FILE
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = struct.pack("<Qi", rights, handle)
    _checked(kernel.syscall(_ADD, rules, _RULE_PATH, rule, 0))
    os.close(handle)


def _kernel() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
