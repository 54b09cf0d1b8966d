"""Addresses of the records app."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from thidua.apps.records import views
from thidua.apps.records.views import imports


class YearConverter(IntConverter):
    """A year of four figures; other numbers are no address."""

    regex = "(?:19|20|21)[0-9]{2}"


register_converter(YearConverter, "year_of_records")
app_name = "records"
urlpatterns = [
    path("ho-so/<year_of_records:year>/", views.year, name="year"),
    path("ho-so/<year_of_records:year>/nhap/", views.take_in, name="import"),
    path("ho-so/<year_of_records:year>/so.xlsx", views.workbook, name="workbook"),
    path("ho-so/<year_of_records:year>/bang/", imports.imports, name="imports"),
    path("ho-so/<year_of_records:year>/bang/nop/", imports.new_import, name="import-new"),
    path("ho-so/bang/<int:pk>/", imports.show_import, name="import-show"),
    path("ho-so/bang/<int:pk>/cot/", imports.columns, name="import-columns"),
    path("ho-so/bang/<int:pk>/nguoi/", imports.questions, name="import-questions"),
    path("ho-so/bang/<int:pk>/nhap/", imports.take_in_rows, name="import-take-in"),
    path("ho-so/bang/<int:pk>/tep/", imports.mended, name="import-mended"),
    path("ho-so/bang/<int:pk>/huy/", imports.undo, name="import-undo"),
    path("ho-so/bang/<int:pk>/dung/", imports.stop, name="import-stop"),
    path("ho-so/bang/<int:pk>/bo/", imports.drop, name="import-drop"),
    path("ho-so/<year_of_records:year>/day-du/", views.complete, name="complete"),
    path("ho-so/<year_of_records:year>/loai/<slug:slug>/", views.kind, name="kind"),
    path("ho-so/<year_of_records:year>/loai/<slug:slug>/them/", views.add, name="add"),
    path("ho-so/<year_of_records:year>/loai/<slug:slug>/xac-nhan/", views.verify, name="verify"),
    path("ho-so/<year_of_records:year>/nguoi/<int:pk>/", views.person, name="person"),
    path("ho-so/<year_of_records:year>/nguoi/<int:pk>/ky-luat-don-thu/", views.sensitive, name="sensitive"),
    path("ho-so/<year_of_records:year>/don-vi/<int:pk>/", views.unit, name="unit"),
    path("ho-so/<year_of_records:year>/don-vi/<int:pk>/hoc-tap/", views.study, name="study"),
    path("ho-so/<year_of_records:year>/phan-anh/", views.objections, name="objections"),
    path("ho-so/phan-anh/<int:pk>/", views.objection, name="objection"),
    path("ho-so/nhiem-vu/<int:pk>/ket-qua/", views.finish, name="finish"),
    path("ho-so/du-kien/<str:address>/sua/", views.correct, name="correct"),
    path("ho-so/du-kien/<str:address>/bao-sai/", views.object_to, name="object"),
]
