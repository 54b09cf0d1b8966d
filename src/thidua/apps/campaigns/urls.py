"""Addresses of the campaigns app."""

from django.urls import path

from thidua.apps.campaigns.views import campaigns, readings

app_name = "campaigns"
urlpatterns = [
    path("ke-hoach/moi/", readings.plan_new, name="plan-new"),
    path("ke-hoach/dang-doc/<int:pk>/", readings.reading_job, name="reading-job"),
    path("ke-hoach/<int:pk>/", readings.plan, name="plan"),
    path("ke-hoach/<int:pk>/chu/<slug:key>/", readings.words, name="plan-words"),
    path("ke-hoach/<int:pk>/loi/<int:start>/", readings.passage, name="plan-passage"),
    path("ke-hoach/<int:pk>/dau-van-ban/", readings.head, name="plan-head"),
    path("ke-hoach/<int:pk>/can-cu/<int:number>/", readings.basis, name="plan-basis"),
    path("ke-hoach/<int:pk>/chi-tieu/<int:number>/", readings.target, name="plan-target"),
    path("ke-hoach/<int:pk>/chi-tieu/moi/<int:start>-<int:end>/", readings.target_new, name="plan-target-new"),
    path("ke-hoach/<int:pk>/cac-buoc/", readings.steps, name="plan-steps"),
    path("ke-hoach/<int:pk>/so-voi/<int:reading>/", readings.comparison, name="plan-comparison"),
    path("phong-trao/<int:pk>/", campaigns.campaign, name="campaign"),
    path("phong-trao/<int:pk>/giao-chi-tieu/", campaigns.allocation, name="allocation"),
    path("phong-trao/<int:pk>/quan-triet/", campaigns.briefing, name="briefing"),
    path("phong-trao/<int:pk>/quan-triet/<int:unit_pk>/", campaigns.unit_briefing, name="unit-briefing"),
    path("phong-trao/<int:pk>/quan-triet/<int:unit_pk>/danh-sach.pdf", campaigns.signing_list, name="signing-list"),
]
