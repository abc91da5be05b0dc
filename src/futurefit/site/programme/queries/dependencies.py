"""What depends on what, and what hangs on it? Reads only. (rules DEP-01, DEP-02)"""

from __future__ import annotations

from futurefit.kernel.findings import Finding
from futurefit.ledger.state import Position
from futurefit.programme import dependencies
from futurefit.programme.dependencies import DependsOn, Hanging, Part
from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models
from futurefit.site.programme.queries.words import PARTS


def part_of(heading: Heading) -> Part:
    """A part of the programme as the pure library knows it."""
    return heading.dimension, heading.code


def dependency_rows() -> list[models.Dependency]:
    """Every dependency, of one part on another or on something outside the programme."""
    return list(
        models.Dependency.objects.select_related("about", "on", "source_document").order_by(
            "about__dimension", "about__order", "order", "pk"
        )
    )


def depends() -> list[DependsOn]:
    """Every dependency of one part of the programme on another."""
    return [
        DependsOn(part_of(row.about), part_of(row.on))
        for row in dependency_rows()
        if row.on is not None
    ]


def hanging(position: Position) -> list[Hanging]:
    """What hangs on each part at a position."""
    found = depends()
    if not found:
        return []
    above = {
        part_of(heading): part_of(heading.parent)
        for heading in Heading.objects.filter(dimension__in=PARTS).select_related("parent")
        if heading.parent is not None
    }
    return dependencies.hanging(found, above, position.lines)


def circle_findings() -> list[Finding]:
    """The circles of dependencies, in words."""
    found = depends()
    if not found:
        return []
    names = {
        part_of(heading): heading.name for heading in Heading.objects.filter(dimension__in=PARTS)
    }
    return dependencies.check_circles(found, names)
