"""Pages of a selection, below /e/SLUG/."""

from django.urls import path

from sqcuola.admissions.views import applying, asking, filing, reading, result, rubric, setting, testday

app_name = "admissions"
urlpatterns = [
    path("apply/", applying.apply, name="apply"),
    path("apply/check/", applying.check, name="check"),
    path("apply/withdraw/", applying.withdraw, name="withdraw"),
    path("apply/again/", applying.again, name="again"),
    path("apply/files/<slug:place>/", filing.pieces, name="pieces"),
    path("evidence/<slug:code>/", filing.evidence, name="evidence"),
    path("papers/<slug:code>/", filing.paper, name="paper"),
    path("apply/<slug:section>/", applying.section, name="section"),
    path("apply/<slug:section>/aside/", applying.aside, name="aside"),
    path("asked/", asking.asked, name="asked"),
    path("asked/<slug:kind>/add/", asking.add, name="add_asked"),
    path("asked/<slug:kind>/<int:number>/", asking.change, name="change_asked"),
    path("asked/<slug:kind>/<int:number>/move/", asking.move, name="move_asked"),
    path("asked/<slug:kind>/<int:number>/away/", asking.take_away, name="take_asked_away"),
    path("test/", testday.test, name="test"),
    path("test/set/", setting.set_test, name="set_test"),
    path("helps/", testday.helps, name="helps"),
    path("helps/<slug:code>/", testday.decide, name="decide"),
    path("reading/", reading.reading, name="reading"),
    path("reading/weights/", rubric.weigh, name="weigh"),
    path("reading/criteria/add/", rubric.add, name="add_criterion"),
    path("reading/criteria/<int:number>/", rubric.change, name="change_criterion"),
    path("reading/criteria/<int:number>/away/", rubric.take_away, name="take_criterion_away"),
    path("ranking/", result.ranking, name="ranking"),
    path("ranking/file/", result.ranking_file, name="ranking_file"),
    path("ranking/<slug:code>/", result.claims, name="claims"),
    path("admitted/", result.admitted, name="admitted"),
    path("result/", result.result, name="result"),
    path("result/accept/", result.accept, name="accept"),
    path("result/decline/", result.decline, name="decline"),
]
