"""Addresses of the councils app."""

from django.urls import URLPattern

app_name = "councils"
urlpatterns: list[URLPattern] = []
