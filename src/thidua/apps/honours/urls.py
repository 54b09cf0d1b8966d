"""Addresses of the honours app: the public pages, and the standing secretary's page of postings."""

from django.urls import path

from thidua.apps.honours import views

app_name = "honours"
urlpatterns = [
    path("niem-yet/", views.postings, name="postings"),
    path("niem-yet/<int:pk>/", views.posting, name="posting"),
    path("niem-yet/kien-nghi/<int:pk>/", views.objection, name="objection"),
    path("cong-khai/<slug:code>/", views.public_front, name="public"),
    path("cong-khai/<slug:code>/niem-yet/<slug:slug>/", views.public_posting, name="public-posting"),
    path("cong-khai/<slug:code>/vinh-danh/<int:year>/", views.public_roll, name="public-roll"),
    path("cong-khai/<slug:code>/quyet-dinh/<int:pk>/", views.public_decision, name="public-decision"),
]
