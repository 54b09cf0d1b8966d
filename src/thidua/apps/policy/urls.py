"""Addresses of the policy app: founding, the packs, and the law browser, which is open to everybody."""

from django.urls import path, register_converter

from thidua.apps.policy.views import law, packs


class KindConverter:
    """Whether a title is for people or for collectives, as an address says it."""

    regex = "ca-nhan|tap-the"

    def to_python(self, value: str) -> str:
        """The kind as the law hall names it."""
        return "person" if value == "ca-nhan" else "unit"

    def to_url(self, value: str) -> str:
        """The word of the address."""
        return "ca-nhan" if value == "person" else "tap-the"


register_converter(KindConverter, "kind")
app_name = "policy"
urlpatterns = [
    path("thiet-lap/<str:token>/", packs.set_up, name="set-up"),
    path("bo-luat/", packs.packs, name="packs"),
    path("luat/", law.law, name="law"),
    path("luat/nguon/", law.sources, name="sources"),
    path("luat/so-sanh/", law.compare, name="compare"),
    path("luat/tham-so/", law.parameters, name="parameters"),
    path("luat/tham-so/<str:name>/", law.parameter, name="parameter"),
    path("luat/<kind:kind>/<slug:title>/", law.title, name="title"),
]
