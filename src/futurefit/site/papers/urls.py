"""Which address leads to which page of papers? `links` writes the same addresses."""

from __future__ import annotations

from django.urls import path

from futurefit.site.papers.views import paper, reviewing, uploads

urlpatterns = [
    path("papers/", uploads.index, name="papers"),
    path("papers/upload/", uploads.upload, name="upload-paper"),
    path("papers/of/<slug:sha256>/", paper.of, name="paper-of"),
    path("papers/<int:number>/", paper.show, name="paper"),
    path("papers/<int:number>/about/", uploads.about, name="paper-about"),
    path("papers/<int:number>/source/", paper.source, name="paper-source"),
    path("papers/<int:number>/file/", paper.file, name="paper-file"),
    path("papers/<int:number>/review/<slug:part>/", reviewing.review, name="paper-review"),
    path(
        "papers/<int:number>/review/<slug:part>/line/<path:key>/",
        reviewing.decide,
        name="paper-line",
    ),
    path("papers/<int:number>/review/<slug:part>/record/", reviewing.record, name="paper-record"),
]
