"""Where is each page of the desk?"""

from __future__ import annotations

from django.urls import path

from futurefit.site.desk.views import calendars, comments, desk, saved

urlpatterns = [
    path("desk/", desk.show, name="desk"),
    path("desk/seen/", desk.seen, name="seen"),
    path("desk/views/save/", saved.save, name="save-view"),
    path("desk/views/<int:number>/forget/", saved.forget, name="forget-view"),
    path("desk/calendar/", calendars.mine, name="calendar"),
    path("desk/calendar/<str:key>.ics", calendars.feed, name="calendar-feed"),
    path("desk/about/", comments.about, name="about-page"),
    path("desk/comments/<int:number>/take-back/", comments.take_back, name="take-back"),
    path("desk/<slug:kind>/<str:code>/", comments.show, name="comments"),
    path("desk/<slug:kind>/<str:code>/watch/", comments.watch, name="watch"),
    path("keys/", desk.keys, name="keys"),
]
