"""Addresses of the campaigns app."""

from django.urls import path

from thidua.apps.campaigns import views

app_name = "campaigns"
urlpatterns = [path("phong-trao/<int:pk>/", views.campaign, name="campaign")]
