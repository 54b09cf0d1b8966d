"""Addresses of the campaigns app."""

from django.urls import path

from thidua.apps.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("ke-hoach/moi/", views.plan_new, name="plan-new"),
    path("ke-hoach/<int:pk>/", views.plan, name="plan"),
    path("phong-trao/<int:pk>/", views.campaign, name="campaign"),
    path("phong-trao/<int:pk>/giao-chi-tieu/", views.allocation, name="allocation"),
    path("phong-trao/<int:pk>/quan-triet/", views.briefing, name="briefing"),
    path("phong-trao/<int:pk>/quan-triet/<int:unit_pk>/", views.unit_briefing, name="unit-briefing"),
    path("phong-trao/<int:pk>/quan-triet/<int:unit_pk>/danh-sach.pdf", views.signing_list, name="signing-list"),
]
