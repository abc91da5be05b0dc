"""Which characters do these bytes stand for? (rule AUD-02)

UTF-8 is taken as read. Anything else is a note: a wrong guess changes names and pound signs.
"""

from __future__ import annotations

import codecs
import re

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import Unreadable

CODE = "AUD-02"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# Control characters that no text holds, and that a terminal would obey: all but tab, line feed,
# vertical tab, form feed and return.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_UNKNOWN = 0.001  # share of bytes that may stand for nothing in Windows-1252


def decode(name: str, data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text with plain line ends, and a note where it is not UTF-8; Unreadable if not text."""
    text, said = _decode(name, data)
    if _CONTROL.search(text):
        raise Unreadable(
            f"{name} is not text: it holds characters that only programs write. "
            "Save it again as Markdown or CSV."
        )
    if not text.strip():
        raise Unreadable(f"{name} is empty.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    if not said:
        return text, ()
    note = Finding(
        code=CODE,
        severity=Severity.NOTE,
        message=f"The file is not in UTF-8; it was read as {said}.",
        place=Provenance(file=name),
        expected="UTF-8",
        printed=said,
        advice="Check that pound signs and names are right, or save the file again as UTF-8.",
    )
    return text, (note,)


def _decode(name: str, data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding when it is worth telling."""
    for mark, encoding, said in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), said
            except UnicodeDecodeError:
                raise Unreadable(
                    f"{name} starts as {said or 'UTF-8'} text but does not go on so: it is damaged "
                    "or cut short. Save it again."
                ) from None
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    text = data.decode("cp1252", "replace")
    if text.count("\N{REPLACEMENT CHARACTER}") > len(data) * _MOST_UNKNOWN:
        raise Unreadable(
            f"{name} is not text in UTF-8, UTF-16 or Windows-1252. Save it again as UTF-8."
        )
    return text, "Windows-1252"
