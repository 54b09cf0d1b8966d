"""Addresses of the desk app."""

from django.urls import path

from thidua.apps.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
