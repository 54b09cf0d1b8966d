"""Addresses of the accounts app."""

from django.urls import path

from thidua.apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignInView.as_view(), name="sign-in"),
    path("dang-xuat/", views.SignOutView.as_view(), name="sign-out"),
    path("mat-khau/", views.own_password, name="own-password"),
    path("quan-tri/don-vi/", views.units, name="units"),
    path("quan-tri/don-vi/<int:pk>/", views.unit, name="unit"),
    path("quan-tri/nguoi/", views.people, name="people"),
    path("quan-tri/nguoi/<int:pk>/", views.person, name="person"),
    path("quan-tri/vi-tri/<int:pk>/", views.post, name="post"),
    path("quan-tri/tai-khoan/", views.users, name="users"),
    path("quan-tri/tai-khoan/<int:pk>/", views.user, name="user"),
]
