"""Pages of tests below /test/, and of the bank below /questions/."""

from django.urls import path

from sqcuola.questions.views import bank, blueprints, entering, taking

app_name = "questions"
urlpatterns = [
    path("questions/", bank.index, name="bank"),
    path("questions/bring/", bank.bring, name="bring"),
    path("questions/files/<int:pk>/", bank.run, name="run"),
    path("questions/tests/new/", blueprints.new, name="new_blueprint"),
    path("questions/tests/<int:pk>/", blueprints.blueprint, name="blueprint"),
    path("test/", entering.code, name="code"),
    path("test/trial/", entering.try_it, name="trial"),
    path("test/<str:code>/", taking.test, name="test"),
    path("test/<str:code>/save/", taking.save, name="save"),
    path("test/<str:code>/all/", taking.overview, name="all"),
    path("test/<str:code>/hand-in/", taking.hand_in, name="hand_in"),
    path("test/<str:code>/<int:page>/", taking.page, name="page"),
]
