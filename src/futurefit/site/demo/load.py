"""How does the reference programme enter an empty installation? (through the site's own operations)

All or nothing: one transaction. Run again it finds the programme there and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from futurefit.kernel.provenance import Provenance
from futurefit.ledger.rights import Role
from futurefit.site import demo as demo_room
from futurefit.site.accounts.holders import Holder, Holding
from futurefit.site.demo import drafts, illustrations, papers
from futurefit.site.demo.papers import Demo, Paper
from futurefit.site.ledger import operations as ledger
from futurefit.site.ledger import queries as ledger_queries
from futurefit.site.ledger.models import Document, Heading
from futurefit.site.ledger.queries import LineWords
from futurefit.site.programme import models
from futurefit.site.programme import operations as programme

PAPER_TO_REVIEW = "reading-rooms.md"
WHY = "Reference programme of November 2015"
_ROLES = (Role.PROGRAMME_OFFICE, Role.FINANCE_PARTNER)
_OFFICE = Holder(post="Programme office", holdings=frozenset(map(Holding, _ROLES)))

Progress = Callable[[str], None]
Clock = Callable[[], datetime]


class HoldsAnother(Exception):
    """The installation holds data that are not the reference programme's."""


def is_loaded() -> bool:
    """True when the reference programme is there; HoldsAnother when something else is."""
    pack = papers.read().documents[0]
    there = ledger_queries.programme()
    if Document.objects.filter(sha256=pack.sha256).exists():
        return True
    if there is not None or ledger_queries.head().number:
        raise HoldsAnother(
            f"This data folder holds “{there.name if there else 'another ledger'}”, and the "
            "demonstration does not mix with it. Give another folder: FUTUREFIT_HOME=demo."
        )
    return False


def steps() -> int:
    """How often `load` reports its progress."""
    return 2 * len(papers.read().papers) + 3


def load(progress: Progress = lambda words: None, *, clock: Clock = timezone.now) -> None:
    """Load the reference programme. `progress` hears what is being done; `clock` says when the
    journals are made.
    """
    demo = papers.read()
    with transaction.atomic():
        progress("Headings, services and posts")
        documents = {
            document.sha256: ledger.keep_document(
                document.sha256,
                name=document.name,
                kind=document.kind,
                pages=document.pages,
                why=WHY,
            )
            for document in demo.documents
        }
        ledger.set_programme(
            name=demo.name,
            council=demo.council,
            first_year=demo.horizon.first,
            last_year=demo.horizon.last,
            open_from=demo.horizon.open_from,
            by=_OFFICE,
            why=WHY,
        )
        _name_codes(demo)
        # Words first: whoever may write them is settled by looking at the ledger, still empty here.
        for order, paper in enumerate(demo.papers, start=1):
            progress(f"Words: {paper.title}")
            _Words(demo, documents, paper).write(order)
        _keep_printed(demo, documents)
        for paper in demo.papers:
            progress(f"Figures: {paper.title}")
            _post(demo, paper, clock)
        progress("What savings are taken out of")
        _post_sources(demo, clock)
        ledger.name_baseline(
            demo.baseline["name"],
            by=_OFFICE,
            as_at=demo.as_at,
            why=demo.baseline["why"],
            clock=clock,
        )
        illustrations.load(_OFFICE, WHY)
        progress("A paper to review")
        _bring_paper()


def _name_codes(demo: Demo) -> None:
    """Directorates with their services, headings of the plan, posts."""
    for order, (code, name) in enumerate(demo.directorates.items(), start=1):
        directorate = _name("directorate", code, name, order=order)
        for place, service in enumerate(demo.services, start=1):
            if service.directorate == code:
                _name("service", service.code, service.name, parent=directorate, order=place)
    for order, (code, name) in enumerate(demo.mtfp_headings.items(), start=1):
        _name("mtfp_heading", code, name, order=order)
    for order, post in enumerate(demo.posts, start=1):
        _name("owner", post.code, post.title, order=order)


def _name(
    dimension: str, code: str, name: str, *, order: int, parent: Heading | None = None
) -> Heading:
    return ledger.name_heading(
        dimension, code, name, by=_OFFICE, parent=parent, order=order, why=WHY
    )


class _Words:
    """The words of one paper, on their way into the rows of the programme."""

    def __init__(self, demo: Demo, documents: Mapping[str, Document], paper: Paper) -> None:
        self.demo = demo
        self.documents = documents
        self.paper = paper
        self.headings: dict[str, Heading] = {}

    def write(self, order: int) -> None:
        """Everything that the paper says, in its order."""
        if self.paper.kind == "theme":
            self.theme(order)
        else:
            self.project()
        self.statements("milestone", models.Milestone, self.milestone)
        self.statements("risk", models.Risk, self.risk)
        self.statements("measure", models.SuccessMeasure, _picked("what", "baseline", "target"))
        self.statements(
            "support", models.SupportRequest, _picked("what", "line_ref", "when", "funding")
        )
        self.statements("dependency", models.Dependency, self.dependency)
        self.statements("fact", models.Fact, _picked("what", "printed", "note"))
        own = self.headings[self.paper.code]
        pack = self.documents[self.paper.place.sha256]
        self.add(models.DocumentLink(about=own, document=pack, **self.placed(self.paper.place)))

    def theme(self, order: int) -> None:
        """The theme and its workstreams."""
        paper, words = self.paper, self.paper.words
        heading = _name("theme", paper.code, paper.title, order=order)
        self.headings[paper.code] = heading
        self.add(
            models.Theme(
                heading=heading,
                also_called=words.get("also_called", ""),
                vision=words["vision"],
                vision_points=_lines(words["vision_points"]),
                lead_posts=_lines(map(self.demo.post, words["lead_posts"])),
                core_team=_lines(map(self.demo.post, words["core_team"])),
                supporting_programmes=_lines(words["supporting_programmes"]),
                progress=_lines(words["progress"]),
                equality_note=words["equality_note"],
                pace=words["pace"],
                **self.placed(replace(paper.place, line=words["vision_line"])),
            )
        )
        for place, row in enumerate(paper.parts.get("workstream", ()), start=1):
            part = _name(
                "workstream", row["code"], row["name"], parent=heading, order=100 * order + place
            )
            self.headings[row["code"]] = part
            self.add(
                models.Workstream(
                    heading=part,
                    lead_posts=self.demo.post(row["lead"]),
                    method=_lines(row.get("method", ())),
                    timing=_lines(row.get("timing", ())),
                    resource_estimate=_lines(row.get("resource_estimate", ())),
                    progress=_lines(row.get("progress", ())),
                    **self.placed(row["place"]),
                )
            )

    def project(self) -> None:
        """The project, every field of its concept paper, and who signed it."""
        paper, words = self.paper, self.paper.words
        leads = {
            field: self.post(words[field])
            for field in ("cmr_lead", "slt_lead", "head_of_service_lead")
        }
        project = programme.create_project(
            models.Project(
                saving_type=words["saving_type"],
                plan_area=words["plan_area"],
                **leads,
                cmr_challenge=_lines(words["cmr_challenge"]),
                description=words["description"],
                purpose=words["purpose"],
                outcomes=_lines(words["outcomes"]),
                base_budget_pence=words.get("base_budget_pence"),
                base_budget_year=words["base_budget_year"],
                base_budget_printed=words["base_budget_printed"],
                base_budget_excludes=_lines(words["base_budget_excludes"]),
                current_grid_years=" ".join(words.get("current_grid_years", ())),
                proposed_grid_years=" ".join(words.get("proposed_grid_years", ())),
                investment_note=words["investment_note"],
                rag_comment=words["rag_comment"],
                status_caveat=words["status_caveat"],
                **self.placed(paper.place),
            ),
            code=paper.code,
            name=paper.title,
            parent=None,
            by=_OFFICE,
            stage=models.Stage(words["stage"]),
            why=WHY,
        )
        self.headings[paper.code] = project.heading
        for row in paper.parts.get("sign_off", ()):
            self.add(
                models.SignOff(
                    project=project,
                    role=row["role"],
                    post_title=self.demo.post(row["post"]),
                    signed_on=row["on"],
                    **self.placed(row["place"]),
                )
            )

    def statements(
        self,
        table: str,
        model: type[models.About],
        told: Callable[[Mapping[str, Any]], dict[str, Any]],
    ) -> None:
        """Every row of a table of the file."""
        for order, row in enumerate(self.paper.parts.get(table, ()), start=1):
            about = self.headings[row.get("about", self.paper.code)]
            self.add(model(about=about, order=order, **told(row), **self.placed(row["place"])))

    def milestone(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A milestone with its date as printed and as far as that is a day."""
        return {
            "what": row["what"],
            "date_printed": row.get("printed", ""),
            "due_on": row.get("due"),
            "status": row["status"],
            "done_on": row.get("done"),
            "note": row.get("note", ""),
        }

    def risk(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A risk and what is done about it."""
        return _picked("what", "mitigation", "area")(row)

    def dependency(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What cannot be done without; another part of the programme where it is one."""
        other = Heading.objects.filter(dimension__in=("theme", "project"), code=row["on"]).first()
        return {"what": row["what"], "on": other}

    def post(self, code: str) -> str:
        """A post's title; what is no code is a title already."""
        known = {post.code for post in self.demo.posts}
        return self.demo.post(code) if code in known else code

    def placed(self, place: Provenance) -> dict[str, Any]:
        """A place in a document, as the rows of the programme keep it."""
        return {
            "source_document": self.documents[place.sha256],
            "source_page": place.page,
            "source_heading": place.heading,
            "source_line": place.line,
        }

    def add(self, row: models.Placed) -> None:
        """One row, with its history."""
        programme.add(row, by=_OFFICE, why=WHY)


def _picked(*fields: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """These fields of a row, empty where the file leaves one out."""
    return lambda row: {field: row.get(field, "") for field in fields}


def _lines(statements: Iterable[str]) -> str:
    return "\n".join(statements)


def _keep_printed(demo: Demo, documents: Mapping[str, Document]) -> None:
    """The totals that the papers print, and what they say against themselves."""

    def cell(place: Provenance) -> dict[str, Any]:
        return {
            "source_document": documents[place.sha256],
            "source_page": place.page,
            "source_heading": place.heading,
            "source_line": place.line,
            "source_table": place.table,
            "source_row": place.row,
            "source_column": place.column,
        }

    totals = [
        models.ControlTotal(
            check_code=control.check,
            what=control.what,
            lines=" ".join(control.lines),
            years=" ".join(control.years),
            ratings=" ".join(control.ratings),
            amount_pence=control.amount_pence,
            as_at=control.as_at,
            printed=control.printed,
            advice=control.advice,
            order=order,
            **cell(control.place),
        )
        for order, control in enumerate(demo.controls, start=1)
    ]
    remarks = [
        models.Remark(
            severity=remark.severity.value,
            message=remark.message,
            printed=remark.printed,
            advice=remark.advice,
            order=order,
            **cell(remark.place),
        )
        for order, remark in enumerate(demo.remarks, start=1)
    ]
    for model, rows in ((models.ControlTotal, totals), (models.Remark, remarks)):
        bulk_create_with_history(rows, model, default_change_reason=WHY)
    ledger.words_changed()


def _bring_paper() -> None:
    """A concept paper that waits for review. It is invented: nobody's figures are proposed anew."""
    # Imported here: only the first start of the demonstration reads a paper.
    from futurefit.papers import readers
    from futurefit.site.papers import operations

    operations.upload(
        PAPER_TO_REVIEW,
        resources.files(demo_room).joinpath("data", PAPER_TO_REVIEW).read_bytes(),
        by=_OFFICE,
        about="theme:operating-model",
        read=readers.read,
    )


def _post(demo: Demo, paper: Paper, clock: Clock) -> None:
    """The journal of a paper, made by the post that brought it."""
    draft = drafts.of_paper(demo, paper)
    ledger.post(
        draft,
        by=replace(_OFFICE, post=draft.by),
        expects=None,
        words={
            line.ref: LineWords(line.title, line.narrative, line.printed_note)
            for line in paper.lines
        },
        clock=clock,
    )


def _post_sources(demo: Demo, clock: Clock) -> None:
    """What each source is called, what it holds, and who claims it."""
    for source in demo.sources:
        ledger.name_source(
            source.code,
            kind=source.kind,
            title=source.title,
            reference=source.reference,
            note=source.note,
            by=_OFFICE,
            why=WHY,
        )
    draft = drafts.of_sources(demo, demo.post("head-of-finance"))
    ledger.post(draft, by=replace(_OFFICE, post=draft.by), expects=None, clock=clock)
