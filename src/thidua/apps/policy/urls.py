"""Addresses of the policy app."""

from django.urls import path

from thidua.apps.policy import views

app_name = "policy"
urlpatterns = [
    path("thiet-lap/<str:token>/", views.set_up, name="set-up"),
    path("bo-luat/", views.packs, name="packs"),
]
