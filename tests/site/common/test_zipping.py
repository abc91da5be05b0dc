"""Pieces that were compressed apart are read back as one file."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from futurefit.site.common import zipping


@given(st.lists(st.binary(max_size=300) | st.binary(min_size=1, max_size=3).map(lambda b: b * 900)))
def test_pieces_are_read_back_as_what_they_were_made_of(contents: list[bytes]) -> None:
    pieces = [zipping.piece(content) for content in contents]
    assert gzip.decompress(zipping.joined(contents, pieces)) == b"".join(contents)


@given(st.binary(max_size=300))
def test_a_piece_needs_no_other_to_be_read(content: bytes) -> None:
    """So a token in a gap was never compressed together with what stands around it."""
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    assert reader.decompress(zipping.piece(content)) == content
