"""What parts does a zipped Office file hold, and can they be opened safely? (rule AUD-29)

Word and Excel files are zip files of XML. What a part would swell to is known and limited before
any of it is opened; XML that declares a document type, and with it every entity, is refused;
nothing outside the file is ever fetched, and nothing in it is ever run.
"""

from __future__ import annotations

import gc
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pyexpat import ExpatError, ParserCreate
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from futurefit.papers.document import Unreadable

MOST_PARTS = 10_000
LARGEST_PART = 250_000_000  # bytes, opened
LARGEST_WHOLE = 500_000_000  # bytes, all parts opened
DEEPEST_XML = 250  # elements within elements
MOST_AT_ONCE = 3_000_000  # elements held in memory at one time
MOST_MARKS = 1_500_000  # tags of a part that is read in one go

_OLE = b"\xd0\xcf\x11\xe0"
_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PROLOGUE = 65_536  # bytes in which the first element must start
_STEP = 2_048
_CHUNK = 1_048_576

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
)
"""What ISO's strict form calls the namespaces, and what everybody else calls them."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep Python from looking for rings of objects while a file is read.

    Neither trees nor documents hold any, and looking, again and again, takes a fifth of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: `kind` is the last word of its type; outside targets stay unopened."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts of a zipped Office file, by their path in it."""

    def __init__(self, name: str, data: bytes, program: str) -> None:
        """Open it; raise Unreadable when it is no zip, protected, damaged or a bomb."""
        self.name = name
        self.program = program
        if data.startswith(_OLE):
            raise Unreadable(self._wrapped(data))
        if data.count(_ENTRY) > MOST_PARTS:
            raise Unreadable(f"{name} holds more than {MOST_PARTS:,} parts: it is no paper.")
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise self.damaged(error) from None
        found = self._file.infolist()
        if len(found) > MOST_PARTS:
            raise Unreadable(f"{name} holds more than {MOST_PARTS:,} parts: it is no paper.")
        if sum(part.file_size for part in found) > LARGEST_WHOLE:
            raise Unreadable(
                f"{name} would swell to more than {LARGEST_WHOLE // 1_000_000} MB when opened: "
                "it is no paper. Save the part that holds the tables as a file of its own."
            )
        if any(part.flag_bits & 1 for part in found):
            raise Unreadable(f"{name} is protected by a password. Save a copy without it.")
        self._parts = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in found}

    def _wrapped(self, data: bytes) -> str:
        """What to say of a file that is no zip but the older kind of container."""
        if "EncryptedPackage".encode("utf-16-le") in data:
            return (
                f"{self.name} is protected by a password. Open it in {self.program}, take the "
                "password off (File, Info, Protect), and save it again."
            )
        return (
            f"{self.name} is in an older format, whatever its name says. Open it in "
            f"{self.program} and save it in today's."
        )

    def damaged(self, error: object = "") -> Unreadable:
        """What is raised when something in the file is not what it should be."""
        said = f" ({error})" if str(error) else ""
        return Unreadable(
            f"{self.name} is damaged or cut short{said}. Open it in {self.program}, let it be "
            "repaired, and save it again."
        )

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all parts, in small letters."""
        return tuple(self._parts)

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._parts

    def part(self, path: str) -> bytes:
        """The bytes of a part; Unreadable when it is missing, too large or damaged."""
        part = self._parts.get(path.lower())
        if part is None:
            raise self.damaged(f"{path} is missing")
        if part.file_size > LARGEST_PART:
            raise Unreadable(
                f"{self.name}: {path} would swell to more than {LARGEST_PART // 1_000_000} MB. "
                "Save the part that holds the tables as a file of its own."
            )
        if part.compress_type not in _METHODS:
            raise self.damaged(f"{path} is packed in a way that {self.program} does not use")
        pieces = []
        size = 0
        try:
            with self._file.open(part) as file:
                while piece := file.read(_CHUNK):
                    size += len(piece)
                    if size > part.file_size:
                        raise self.damaged(f"{path} is larger than it says")
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise self.damaged(error) from None
        except (RuntimeError, ValueError, OverflowError) as error:
            raise self.damaged(error) from None
        data = b"".join(pieces)
        if b"http://purl.oclc.org/ooxml/" in data[:_PROLOGUE]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def tree(self, path: str) -> Element | None:
        """A part as a whole; None when the file has no such part."""
        if path not in self:
            return None
        data = self.part(path)
        if data.count(b"<") > MOST_AT_ONCE:
            raise Unreadable(f"{self.name}: {path} holds too much to be part of a paper.")
        return self._whole(path, data)

    def children(self, path: str, *holders: str) -> Iterator[Element]:
        """Every child of the elements of these names, each forgotten once the next is asked for.

        Of a large part only one is ever in memory, so that memory does not grow with the file.
        """
        data = self.part(path)
        if data.count(b"<") > MOST_MARKS:
            yield from self._streamed(path, data, holders)
            return
        root = self._whole(path, data)
        for one in (root,) if root.tag in holders else root:
            if one.tag not in holders:
                continue
            while len(one):
                yield one[0]
                del one[0]

    def _whole(self, path: str, data: bytes) -> Element:
        self.check_prologue(path, data)
        try:
            # No document type can follow the first element, and the prologue has none.
            return fromstring(data)  # noqa: S314
        except (ParseError, LookupError, ValueError) as error:
            raise self.damaged(f"{path}: {error}") from None

    def _streamed(self, path: str, data: bytes, holders: tuple[str, ...]) -> Iterator[Element]:
        self.check_prologue(path, data)
        depth = held = held_at = 0
        holding: Element | None = None
        try:
            for event, element in iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314
                if event == "start":
                    depth += 1
                    held += 1
                    if held > MOST_AT_ONCE or depth > DEEPEST_XML:
                        raise Unreadable(
                            f"{self.name}: {path} holds too much in one place to be a paper."
                        )
                    if holding is None and element.tag in holders:
                        holding, held_at = element, depth
                    continue
                depth -= 1
                if holding is not None:
                    if depth == held_at:
                        yield element
                        holding.clear()
                        held = 0
                    elif element is holding:
                        holding = None
        except (ParseError, LookupError, ValueError) as error:
            raise self.damaged(f"{path}: {error}") from None

    def check_prologue(self, path: str, data: bytes) -> None:
        """Refuse a document type, which is where entities are declared."""

        def refuse(*_: object) -> None:
            raise Unreadable(
                f"{self.name}: {path} declares XML entities, which no {self.program} file does. "
                "It may be an attack; do not open it."
            )

        started = []
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = lambda *_: started.append(True)
        try:
            for start in range(0, min(len(data), _PROLOGUE), _STEP):
                parser.Parse(data[start : start + _STEP], False)
                if started:
                    break
        except (ExpatError, LookupError, ValueError) as error:
            if not started:
                raise self.damaged(f"{path}: {error}") from None
        if not started:
            raise self.damaged(f"{path}: there is no element at its start")

    def relations(self, path: str) -> dict[str, Relation]:
        """What a part points to, by the name that it uses for each."""
        folder, _, file = path.rpartition("/")
        root = self.tree(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, Relation] = {}
        for one in root if root is not None else ():
            if one.tag != f"{{{_RELATIONS}}}Relationship":
                continue
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = Relation(kind, target, outside)
        return found

    def main_part(self, usual: str) -> str:
        """The part that the file is about; `usual` where it does not say."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        return usual
