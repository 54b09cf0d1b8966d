"""Any table of any page as an .xlsx: the page is asked for as its reader asks, whole, and its table is written out.

So a file has the rows, the columns and the words of the page with its filters, and nothing that its reader may not
see. A page takes part by giving its table an id and putting ``table.html`` below it.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from thidua.apps.accounts.actions import note_table_taken
from thidua.apps.accounts.queries import TABLE_ASKED, WHOLE_LIST
from thidua.core.workbooks.page import table_of_page
from thidua.core.workbooks.write import WORKBOOK_TYPE, write_workbook


class TableMiddleware:
    """Answers ``?tai=<id of a table>`` with the table instead of the page; who is signed in is recorded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        table = request.GET.get(TABLE_ASKED, "")
        if request.method != "GET" or not table:
            return self.get_response(request)
        asked = request.GET.copy()
        asked["trang"] = WHOLE_LIST
        request.GET = asked  # type: ignore[assignment]  # a changed copy, as mutable as the page will treat it
        answer = self.get_response(request)
        if answer.status_code != 200 or answer.streaming or "text/html" not in answer["Content-Type"]:
            return answer
        found = table_of_page(answer.content.decode(), table=f"bang-{table}", more=_("chi tiết"))
        if found is None:
            raise Http404(_("Trang này không có bảng ấy, hoặc bảng đang trống."))
        if actor := getattr(request, "actor", None):
            note_table_taken(actor=actor, page=request.path, table=table, rows=len(found.rows))
        named = {"Content-Disposition": f'attachment; filename="{_name(request, table)}.xlsx"'}
        return HttpResponse(write_workbook([found]), content_type=WORKBOOK_TYPE, headers=named)


def _name(request: HttpRequest, table: str) -> str:
    """The table's id, with the numbers of the page's address: a year, which unit."""
    parts = [str(value) for value in (request.resolver_match.kwargs if request.resolver_match else {}).values()]
    return "-".join([table, *(part for part in parts if part.isdecimal())])
