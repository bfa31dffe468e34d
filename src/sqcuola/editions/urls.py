"""Addresses of the room: a new edition, its settings, what is public of it beside its page."""

from django.urls import path

from sqcuola.editions.views import beginning, entrusting, school, settings, telling, timing

app_name = "editions"
EDITION = "e/<slug:slug>/"
SET = f"{EDITION}settings/"

urlpatterns = [
    path("school/", school.change, name="school"),
    path("school/mark-<slug:digest>.png", school.mark, name="mark"),
    path("editions/new/", beginning.beginnings, name="beginnings"),
    path("editions/new/copy-of/<slug:slug>/", beginning.copy, name="copy"),
    path("editions/new/<slug:key>/", beginning.begin, name="begin"),
    path("invitations/<slug:code>/", entrusting.invitation, name="invitation"),
    path("invitations/<slug:code>/answer/", entrusting.answer_invitation, name="answer_invitation"),
    path(SET, settings.settings, name="settings"),
    path(f"{SET}publish/", settings.publish, name="publish"),
    path(f"{SET}words/", settings.words, name="words"),
    path(f"{SET}seats/", settings.seats, name="seats"),
    path(f"{SET}cancel/", settings.cancel, name="cancel"),
    path(f"{SET}postpone/", timing.postpone, name="postpone"),
    path(f"{SET}extend/", timing.extend, name="extend"),
    path(f"{SET}phases/<slug:kind>/", timing.move, name="phase"),
    path(f"{SET}phases/<slug:kind>/add/", timing.add, name="add_phase"),
    path(f"{SET}phases/<slug:kind>/leave-out/", timing.leave_out, name="leave_out"),
    path(f"{SET}people/", entrusting.people, name="people"),
    path(f"{SET}people/<int:number>/end/", entrusting.end, name="end_role"),
    path(f"{SET}people/<int:number>/hand-over/", entrusting.hand_over, name="hand_over"),
    path(f"{SET}invitations/<int:number>/withdraw/", entrusting.withdraw, name="withdraw"),
    path(f"{SET}voices/", telling.voices, name="voices"),
    path(f"{SET}voices/<slug:kind>/<int:number>/drop/", telling.drop, name="drop"),
    path(f"{SET}questions/file/", telling.questions_file, name="questions_file"),
    path(f"{SET}questions/", telling.to_answer, name="to_answer"),
    path(f"{SET}questions/<int:number>/", telling.answer, name="answer"),
]
