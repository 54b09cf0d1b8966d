"""Addresses of the reports app."""

from django.urls import path

from thidua.apps.reports import views

app_name = "reports"
urlpatterns = [
    path("phong-trao/<int:pk>/bang-diem/", views.scoreboard, name="scoreboard"),
    path("phong-trao/<int:pk>/chi-tieu/<int:number>/", views.target, name="target"),
    path("ke-hoach/<int:pk>/thu/<int:number>/", views.target_preview, name="target-preview"),
    path("phong-trao/<int:pk>/tong-ket/", views.year_end_report, name="year-end"),
    path("phong-trao/<int:pk>/tong-ket.<str:form>", views.year_end_paper, name="year-end-paper"),
]
