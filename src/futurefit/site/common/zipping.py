"""How does a page travel zipped when its gaps are filled anew each time?

A zipped stream can be put together from pieces that were compressed apart. The kept parts of a page
are compressed once, and only what fills the gaps each time. So nothing in a gap, such as the token
of a form, is ever compressed together with words that an address can put on the page: how well two
texts compress together would give one away to whoever chooses the other.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

# RFC 1952: the two bytes of gzip, deflate, no flags, no time, nothing said of speed or system.
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_END = b"\x03\0"
"""An empty last block."""


def piece(content: bytes) -> bytes:
    """A piece of a stream that refers to nothing outside itself."""
    press = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(content) + press.flush(zlib.Z_FULL_FLUSH)


def joined(contents: Sequence[bytes], pieces: Sequence[bytes]) -> bytes:
    """The pieces as one gzip file; `contents` are what they hold, for its checksum."""
    checksum = 0
    for content in contents:
        checksum = zlib.crc32(content, checksum)
    length = sum(map(len, contents)) % 2**32
    return b"".join((_HEAD, *pieces, _END, struct.pack("<LL", checksum, length)))
