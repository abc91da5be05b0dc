"""Which character is this sign of a symbol font? (rule AUD-25)

Word writes ticks, boxes and arrows as places in fonts such as Wingdings, which mean nothing outside
them. A tick box reads ☒ or ☐, whatever its drawing.
"""

from __future__ import annotations

import re

UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x74: "⧫",
    0x75: "◆", 0x76: "❖", 0x78: "☒", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☒", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xAB: "★", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☒", 0x53: "☒", 0x54: "☒", 0x2A: "☐", 0xA3: "☐",
    0x97: "●", 0xA2: "■",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗", 0x3D: "•"}
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0x44: "Δ",
    0x53: "Σ", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x70: "π", 0xA5: "∞", 0xD6: "√", 0xE5: "∑",
    0x25: "%", 0x2B: "+", 0x3D: "=", 0x3C: "<", 0x3E: ">",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
# Word keeps the signs of these fonts in a range that Unicode leaves to whoever wants it.
_PRIVATE = range(0xF000, 0xF100)
_PRIVATELY = re.compile("[\uf000-\uf0ff]")
BOXES = str.maketrans({"☑": "☒", "🗹": "☒", "🗷": "☒", "🗵": "☒"})


def is_symbolic(font: str | None) -> bool:
    """Whether the letters of this font are signs."""
    return font is not None and font.lower() in _FONTS


def sign(font: str | None, code: int) -> str:
    """The character for a place in a symbol font; `UNKNOWN` where it has none.

    >>> sign("Wingdings", 0xF0FE), sign("Symbol", 0xB3), sign("Wingdings", 0x01)
    ('☒', '≥', '�')
    """
    private = code in _PRIVATE
    signs = _FONTS.get((font or "").lower())
    if signs is None:
        if private:
            return _SYMBOL.get(code - 0xF000, UNKNOWN)
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN
    return signs.get(code - 0xF000 if private else code, UNKNOWN)


def signs(font: str | None, text: str) -> str:
    """Text in a symbol font as characters; spaces stay."""
    return "".join(one if one.isspace() else sign(font, ord(one)) for one in text)


def has_private(text: str) -> bool:
    """Whether text holds signs that only a symbol font could show."""
    return _PRIVATELY.search(text) is not None
