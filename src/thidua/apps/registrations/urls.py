"""Addresses of the registrations app."""

from django.urls import path

from thidua.apps.registrations import views

app_name = "registrations"
urlpatterns = [
    path("phong-trao/<int:pk>/dang-ky/", views.own, name="own"),
    path("phong-trao/<int:pk>/dang-ky/nguoi/<int:person_pk>/", views.person, name="person"),
    path("phong-trao/<int:pk>/dang-ky/don-vi/<int:unit_pk>/", views.unit, name="unit"),
    path("phong-trao/<int:pk>/dang-ky/tong-hop/", views.summary, name="summary"),
    path("phong-trao/<int:pk>/dang-ky/tong-hop.pdf", views.summary_paper, name="summary-paper"),
]
