"""Addresses of the councils app."""

from django.urls import path

from thidua.apps.councils import views

app_name = "councils"
urlpatterns = [
    path("hoi-dong/", views.councils, name="councils"),
    path("hoi-dong/<int:pk>/", views.council, name="council"),
    path("hoi-dong/phien/<int:pk>/", views.session, name="session"),
    path("hoi-dong/phien/<int:pk>/dieu-hanh/", views.run, name="run"),
    path("hoi-dong/phien/<int:pk>/diem-danh/", views.attendance, name="attendance"),
    path("hoi-dong/phien/<int:pk>/gio-tay/", views.hands, name="hands"),
    path("hoi-dong/phien/<int:pk>/kiem-phieu/", views.count, name="count"),
    path("hoi-dong/phien/<int:pk>/bien-ban/<str:kind>.<str:form>", views.minutes, name="minutes"),
    path("hoi-dong/muc/<int:pk>/", views.item, name="item"),
]
