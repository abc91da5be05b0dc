"""What are the elements of a Word file called?"""

from __future__ import annotations

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

VAL = f"{W}val"
BODY, P, TBL, TR, TC = f"{W}body", f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
RUN, TEXT, SDT, SDT_CONTENT = f"{W}r", f"{W}t", f"{W}sdt", f"{W}sdtContent"
P_PR, R_PR = f"{W}pPr", f"{W}rPr"
INS, DEL, MOVE_TO, MOVE_FROM = f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"
ALTERNATE, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
CUSTOM = f"{W}customXml"
TICKED, UNTICKED = "☒", "☐"


def value(holder: Element | None, name: str, attribute: str = VAL) -> str | None:
    """What a child says: its `w:val`, or another attribute; None where it is not there."""
    child = holder.find(name) if holder is not None else None
    return None if child is None else child.get(attribute)


def switch(holder: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where it is not mentioned."""
    child = holder.find(name) if holder is not None else None
    return None if child is None else is_on(child)


def is_on(element: Element) -> bool:
    """Whether a property that is there is on: it is, unless it says that it is not."""
    return element.get(VAL, "1") not in ("0", "false", "off")


def number(said: str | None, usual: int = 0, most: int = 100_000) -> int:
    """A whole number that a file gives, kept within reason."""
    try:
        return max(-most, min(most, int(said or "")))
    except ValueError:
        return usual


def tick(control: Element) -> str:
    """The printed box of a content control that is a tick box; "" for any other control."""
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    if box is None:
        return ""
    checked = value(box, f"{W14}checked", f"{W14}val") or value(box, f"{W14}checked") or "0"
    return TICKED if checked in ("1", "true", "on") else UNTICKED


def preferred(choices: Element) -> Element | None:
    """The one form, of several that say the same, that a present-day Word shows."""
    choice = choices.find(CHOICE)
    return choice if choice is not None else choices.find(FALLBACK)
