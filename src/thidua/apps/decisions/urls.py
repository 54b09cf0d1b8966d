"""Addresses of the decisions app."""

from django.urls import path

from thidua.apps.decisions import views

app_name = "decisions"
urlpatterns = [
    path("quyet-dinh/", views.decisions, name="decisions"),
    path("quyet-dinh/moi/<int:year>/", views.new_decision, name="new-decision"),
    path("quyet-dinh/mau/", views.templates, name="templates"),
    path("quyet-dinh/mau/<slug:kind>/khoi-dau.docx", views.starter_document, name="starter-document"),
    path("quyet-dinh/<int:pk>/", views.decision, name="decision"),
    path("quyet-dinh/<int:pk>/van-ban/<slug:kind>.<slug:form>", views.decision_document, name="decision-document"),
    path("to-trinh/moi/<int:year>/", views.new_proposal, name="new-proposal"),
    path("to-trinh/<int:pk>/", views.proposal, name="proposal"),
    path("to-trinh/<int:pk>/van-ban/to-trinh.<slug:form>", views.proposal_document, name="proposal-document"),
]
