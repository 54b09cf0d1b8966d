"""An agency with units, people and namesakes, its secretary and its director; run as a program before the site is."""

import datetime
import os
import sys

from thidua.project.manage import site_database

PASSWORD = "mat-khau-de-thu-nghiem"
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Trần Thị Bình", "Đặng Thị Ứng", "Lê Hoàng Tú", "Phạm Văn Quyết")
DAY = datetime.date(2010, 1, 1)


def found() -> None:
    from django_scopes import scope

    from thidua.apps.accounts.actions import grant_role, open_account
    from thidua.apps.accounts.queries import operator
    from thidua.apps.accounts.states import Role
    from thidua.apps.units.actions import add_person, add_post, add_unit, found_agency

    agency = found_agency(actor="test", code="thu", name="Cơ quan thử", is_demo=True)
    with scope(agency=agency.pk):
        office = add_unit(agency=agency, code="VP", name="Văn phòng", kind="van_phong", since=DAY)
        for number in range(300):
            name = NAMES[number] if number < len(NAMES) else f"Nguyễn Văn {number}"
            person = add_person(agency=agency, code=f"C{number:03}", full_name=name, category="vien_chuc")
            add_post(agency=agency, person=person, unit=office, title="Chuyên viên", since=DAY)
        setter = operator(agency)
        user = open_account(actor=setter, username="thuong-truc", password=PASSWORD, person=None)
        grant_role(actor=setter, user=user, role=Role.SECRETARY, since=DAY, unit=None)


if __name__ == "__main__":
    os.environ["THIDUA_DATA"] = sys.argv[1]
    with site_database():
        found()
