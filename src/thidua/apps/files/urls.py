"""Addresses of the files app."""

from django.urls import path

from thidua.apps.files import views

app_name = "files"
urlpatterns = [path("tep/<int:pk>/", views.download, name="download")]
