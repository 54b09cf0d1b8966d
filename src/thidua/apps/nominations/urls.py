"""Addresses of the nominations app."""

from django.urls import path

from thidua.apps.nominations import views

app_name = "nominations"
urlpatterns = [
    path("de-nghi/<int:year>/", views.table, name="table"),
    path("de-nghi/<int:year>/bang-tham-dinh.<str:form>", views.paper, name="paper"),
    path("de-nghi/<int:year>/ty-le/", views.quota, name="quota"),
    path("de-nghi/<int:year>/don-vi/<int:pk>/", views.unit, name="unit"),
    path("de-nghi/ho-so/<int:pk>/", views.dossier, name="dossier"),
]
