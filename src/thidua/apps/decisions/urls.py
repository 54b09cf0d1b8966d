"""Addresses of the decisions app."""

from django.urls import path

from thidua.apps.decisions.views import decisions, documents, drafts, proposals, templates

app_name = "decisions"
urlpatterns = [
    path("quyet-dinh/", decisions.decisions, name="decisions"),
    path("quyet-dinh/moi/<int:year>/", drafts.new_decision, name="new-decision"),
    path("quyet-dinh/mau/", templates.templates, name="templates"),
    path("quyet-dinh/mau/<slug:kind>/khoi-dau.docx", documents.starter_document, name="starter-document"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/van-ban/<slug:kind>.<slug:form>", documents.decision_document, name="decision-document"),
    path("to-trinh/moi/<int:year>/", drafts.new_proposal, name="new-proposal"),
    path("to-trinh/<int:pk>/", proposals.proposal, name="proposal"),
    path("to-trinh/<int:pk>/van-ban/to-trinh.<slug:form>", documents.proposal_document, name="proposal-document"),
]
