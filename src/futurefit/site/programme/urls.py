"""Where is each page of the programme?"""

from __future__ import annotations

from django.urls import path, register_converter

from futurefit.site.programme.views import (
    challenges,
    decisions,
    dependencies,
    editing,
    equality,
    following,
    fund,
    histories,
    lifecycle,
    month,
    overview,
    parts,
    reports,
    round_trips,
    submissions,
    updating,
    year_end,
)


class PartConverter:
    """`themes`, `workstreams` or `projects` in an address: the dimension of a part."""

    regex = "themes|workstreams|projects"

    def to_python(self, value: str) -> str:
        return value.removesuffix("s")

    def to_url(self, value: str) -> str:
        return f"{value}s"


register_converter(PartConverter, "part")
register_converter(month.MonthConverter, "month")

urlpatterns = [
    path("", overview.home, name="home"),
    path("themes/", overview.themes, name="themes"),
    path("projects/", overview.projects, name="projects"),
    path("milestones/", following.milestones, name="milestones"),
    path("milestones/<int:number>/slip/", following.slip, name="slip"),
    path("measures/", following.measures, name="measures"),
    path("measures/<int:number>/", following.measure, name="measure"),
    path("risks/", following.risks, name="risks"),
    path("reports/", reports.index, name="reports"),
    path("reports/programme/", reports.programme, name="report-programme"),
    path("reports/tracker/", reports.tracker, name="report-tracker"),
    path("reports/themes/<str:code>/", reports.theme, name="report-theme"),
    path("reports/projects/<str:code>/", reports.project, name="report-project"),
    path("dependencies/", dependencies.index, name="dependencies"),
    path("dependencies/lines/", dependencies.lines, name="dependencies-lines"),
    path("findings/", overview.findings, name="findings"),
    path("search/", overview.search, name="search"),
    path("month/", month.index, name="months"),
    path("month/<month:month>/", month.show, name="month"),
    path("month/year-end/<slug:year>/", year_end.settle, name="year-end"),
    path("month/<month:month>/update/", updating.update, name="update-month"),
    path("projects/new/", editing.new_project, name="new-project"),
    path("themes/<str:code>/", parts.theme, name="theme"),
    path("workstreams/<str:code>/", parts.workstream, name="workstream"),
    path("projects/<str:code>/", parts.project, name="project"),
    path("projects/<str:code>/form.docx", round_trips.project_form, name="project-form"),
    path("returns/", round_trips.index, name="returns"),
    path("returns/bring/", round_trips.bring, name="bring-back"),
    path("returns/paste/", round_trips.paste, name="paste-block"),
    path("returns/workbook.xlsx", round_trips.workbook, name="data-return"),
    path("returns/<int:number>/", round_trips.one, name="return"),
    path("projects/<str:code>/sign-off/", lifecycle.sign_off, name="sign-off"),
    path("projects/<str:code>/move/<slug:to>/", lifecycle.move, name="move-project"),
    path("equality/", equality.register, name="equality"),
    path("<part:dimension>/<str:code>/equality/", equality.of_part, name="part-equality"),
    path("<part:dimension>/<str:code>/equality/screen/", equality.screen, name="screen"),
    path("<part:dimension>/<str:code>/equality/sign/", equality.sign, name="sign-equality"),
    path(
        "<part:dimension>/<str:code>/equality/<slug:group>/",
        equality.effect,
        name="equality-effect",
    ),
    path("statements/consultation/<int:number>/consider/", equality.consider, name="consider"),
    path("challenges/", challenges.index, name="challenges"),
    path("challenges/<int:number>/", challenges.show, name="challenge"),
    path("<part:dimension>/<str:code>/challenge/", challenges.ask, name="ask-challenge"),
    path("fund/", fund.show, name="fund"),
    path("fund/record/", fund.record, name="record-fund"),
    path("fund/<int:number>/", fund.strike, name="strike-fund"),
    path("projects/<str:code>/submit/", submissions.submit, name="submit"),
    path("projects/<str:code>/submissions/<int:number>/", submissions.file, name="submission"),
    path("adopt/", decisions.adopt, name="adopt"),
    path("sign-offs/", lifecycle.sign_offs, name="sign-offs"),
    path("<part:dimension>/<str:code>/change/", editing.edit_part, name="edit-part"),
    path("<part:dimension>/<str:code>/history/", histories.of_part, name="part-history"),
    path(
        "<part:dimension>/<str:code>/add/<slug:kind>/", editing.add_statement, name="add-statement"
    ),
    path("statements/<slug:kind>/<int:number>/", editing.edit_statement, name="edit-statement"),
    path(
        "statements/<slug:kind>/<int:number>/history/",
        histories.of_statement,
        name="statement-history",
    ),
]
