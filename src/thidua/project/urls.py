"""Every address of the site; ``tests/house/routes.py`` has a line for each."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language


def health(request: HttpRequest) -> HttpResponse:
    """The server answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", include("thidua.apps.desk.urls")),
    path("", include("thidua.apps.accounts.urls")),
    path("", include("thidua.apps.files.urls")),
    path("", include("thidua.apps.policy.urls")),
    path("", include("thidua.apps.campaigns.urls")),
    path("", include("thidua.apps.registrations.urls")),
    path("", include("thidua.apps.records.urls")),
    path("", include("thidua.apps.evaluations.urls")),
    path("", include("thidua.apps.councils.urls")),
    path("", include("thidua.apps.initiatives.urls")),
    path("", include("thidua.apps.nominations.urls")),
    path("", include("thidua.apps.decisions.urls")),
    path("", include("thidua.apps.honours.urls")),
    path("", include("thidua.apps.reports.urls")),
    path("ngon-ngu/", set_language, name="language"),
    path("suc-khoe/", health, name="health"),
]
