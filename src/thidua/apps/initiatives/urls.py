"""Addresses of the initiatives app."""

from django.urls import path

from thidua.apps.initiatives import views

app_name = "initiatives"
urlpatterns = [
    path("sang-kien/", views.initiatives, name="initiatives"),
    path("sang-kien/moi/", views.draft_one, name="draft"),
    path("sang-kien/cong-nhan/", views.recognise_some, name="recognise"),
    path("sang-kien/so-theo-doi/<int:year>/", views.register, name="register"),
    path("sang-kien/<int:pk>/", views.initiative, name="initiative"),
    path("sang-kien/<int:pk>/sua/", views.redraft_one, name="redraft"),
    path("sang-kien/<int:pk>/danh-gia/", views.assess_one, name="assess"),
    path("sang-kien/<int:pk>/quyet-dinh/", views.decision, name="decision"),
    path("sang-kien/<int:pk>/giay-chung-nhan/", views.certificate, name="certificate"),
    path("sang-kien/<int:pk>/<slug:verb>/", views.act, name="act"),
]
