"""What stands in a Word file, as Word would print it? (rule AUD-25)

The parts of the zip are read one after the other: styles and numbering first, since they say what a
paragraph is; then the text, a block at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from futurefit.papers.document import AsideKind, Document, Unreadable
from futurefit.papers.readers.docx.body import Body
from futurefit.papers.readers.docx.names import BODY, W
from futurefit.papers.readers.docx.numbering import Numbering
from futurefit.papers.readers.docx.seen import Seen, findings
from futurefit.papers.readers.docx.styles import Styles
from futurefit.papers.readers.zipped import Package, Relation, without_collecting

_NOTES = ("footnote", "endnote", "comment")


@without_collecting()
def read(name: str, sha256: str, data: bytes) -> Document:
    """Read a .docx or .docm file into a Document."""
    package = Package(name, data, "Word")
    main = package.main_part("word/document.xml")
    if main not in package:
        raise Unreadable(f"{name} is a zip file without a Word document in it.")
    relations = package.relations(main)
    styles = Styles(_related(package, relations, "styles"))
    numbering = Numbering(
        _related(package, relations, "numbering"), lambda style: styles.look(style).list_number
    )
    seen = Seen()
    body = Body(styles, numbering, seen, _notes(package, relations))
    try:
        headers = list(_repeated(package, relations, "header"))
        for header in headers:
            body.aside(AsideKind.HEADER, header)
        for element in package.children(main, BODY):
            body.take(element)
        body.finish()
        for footer in _repeated(package, relations, "footer"):
            body.aside(AsideKind.FOOTER, footer)
    except RecursionError:
        raise Unreadable(f"{name} is nested too deep to be a paper.") from None
    except Unreadable as error:
        said = str(error)
        raise Unreadable(said if name in said else f"{name} cannot be read. {said}") from None
    found = tuple(findings(name, seen, package, main))
    return Document(name, sha256, tuple(body.blocks), found, has_lines=False)


def _related(package: Package, relations: dict[str, Relation], kind: str) -> Element | None:
    """The one part of a kind that the text points to."""
    for relation in relations.values():
        if relation.kind == kind and not relation.outside:
            return package.tree(relation.target)
    return None


def _notes(package: Package, relations: dict[str, Relation]) -> dict[tuple[str, str], Element]:
    """Every footnote, endnote and comment, by its kind and id."""
    found: dict[tuple[str, str], Element] = {}
    for kind in _NOTES:
        root = _related(package, relations, f"{kind}s")
        for note in root.iterfind(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                found[kind, note.get(f"{W}id", "")] = note
    return found


def _repeated(package: Package, relations: dict[str, Relation], kind: str) -> Iterator[Element]:
    """The headers or footers, those that say the same told once."""
    said = set()
    for relation in relations.values():
        if relation.kind != kind or relation.outside:
            continue
        root = package.tree(relation.target)
        if root is None:
            continue
        text = "".join(root.itertext())
        if text not in said:
            said.add(text)
            yield root
