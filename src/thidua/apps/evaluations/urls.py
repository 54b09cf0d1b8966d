"""Addresses of the evaluations app."""

from django.urls import path

from thidua.apps.evaluations import views

app_name = "evaluations"
urlpatterns = [
    path("xet/<int:year>/", views.people, name="people"),
    path("xet/<int:year>/xet-lai/", views.judge_year, name="judge"),
    path("xet/<int:year>/neu-doi-luat/", views.other_law, name="other-law"),
    path("xet/<int:year>/nguoi/<int:pk>/", views.person, name="person"),
    path("xet/<int:year>/don-vi/<int:pk>/", views.unit, name="unit"),
]
