"""The law browser: read by anybody, on any day, in the agency's own packs."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.evaluations.models import Judged
from thidua.apps.policy.actions import confirm_activation, propose_activation
from thidua.apps.policy.models import InstalledPack
from thidua.apps.policy.queries import changed_days, law_on, resting, title_rows
from thidua.apps.units.models import Agency

END_OF_2020 = datetime.date(2020, 12, 31)
UNCHECKED = "chưa đối chiếu với văn bản gốc"


@pytest.fixture
def reader(client: Client) -> Client:
    """The standing secretary's browser."""
    client.force_login(User.objects.get(username="thuong-truc"))
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"policy:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_agency_reads_its_own_packs_and_since_when(world: Any, reader: Client) -> None:
    found = page(reader, "law", ngay="31/12/2020")
    assert "Sở Tài chính làm theo các bộ luật dưới đây từ ngày 01/01/2020." in found
    for pack in InstalledPack.objects.all():
        assert pack.digest in found
        assert f"{pack.name} {pack.version}" in found
    assert UNCHECKED in found


def test_a_visitor_of_several_agencies_reads_the_nations_law(world: Any, client: Client) -> None:
    found = page(client, "law", ngay="31/12/2020")
    assert InstalledPack.objects.get(name="vn.national").digest in found
    assert InstalledPack.objects.get(name="vn.example-department").digest not in found
    assert "từng cơ quan có thể có quy định riêng" in found


def test_a_visitor_of_the_only_agency_reads_its_law(world: Any, client: Client) -> None:
    with scope(agency=world.other.pk):
        RoleGrant.objects.all().delete()
    User.objects.filter(agency=world.other).delete()
    Agency.objects.filter(pk=world.other.pk).delete()
    found = page(client, "law", ngay="31/12/2020")
    assert InstalledPack.objects.get(name="vn.example-department").digest in found


def test_an_agency_that_chose_nothing_reads_the_nations_law_and_is_told_so(world: Any) -> None:
    law = law_on(END_OF_2020, agency=world.other)
    assert (law.activation, [pack.name for pack in law.packs]) == (None, ["vn.national"])


def test_each_day_has_the_packs_that_were_active_then(world: Any, actors: dict[str, Any]) -> None:
    only = InstalledPack.objects.get(name="vn.national")
    proposal = propose_activation(
        actor=actors["director"], packs=[only], since=datetime.date(2021, 1, 1), because="Thử"
    )
    confirm_activation(actor=actors["secretary"], proposal=proposal)
    days = (END_OF_2020, datetime.date(2021, 1, 1))
    assert [len(law_on(day, agency=world.agency).packs) for day in days] == [2, 1]


def test_a_day_beyond_the_data_says_that_nothing_is_known(world: Any, reader: Client) -> None:
    for day in ("01/01/2030", "31/12/2019"):
        found = page(reader, "law", ngay=day)
        assert "Chưa có quy định trong bộ dữ liệu" in found
    assert "chưa có quy định trong bộ dữ liệu" in page(reader, "title", "person", "CSTDCS", ngay="01/01/2030")


def test_a_day_whose_law_is_amended_and_unread_says_so(world: Any, reader: Client) -> None:
    assert "Luật đã sửa đổi, chưa đọc:" in page(reader, "law", ngay="01/10/2026")
    assert "Luật đã sửa đổi, chưa đọc:" not in page(reader, "law", ngay="30/09/2026")


def test_what_is_no_day_is_named_and_today_is_shown(world: Any, reader: Client) -> None:
    found = page(reader, "law", ngay="31/02/2020")
    assert "“31/02/2020” không phải một ngày. Viết dd/mm/yyyy" in found


def test_a_title_is_read_whole_and_leads_to_the_title_within(world: Any, reader: Client) -> None:
    found = page(reader, "title", "person", "CSTDCS", ngay="31/12/2020")
    for words in (
        "Đủ tất cả các điều kiện:",
        "Có ít nhất một trong các điều kiện:",
        "Đạt tiêu chuẩn Lao động tiên tiến",
        "không quá 15% số người đủ tiêu chuẩn Lao động tiên tiến; làm tròn xuống; tính trên toàn cơ quan",
        "bằng 1.490.000 đồng",
        "Giám đốc Sở",
        "Biên bản bình xét thi đua",
        "Trả lời kiến nghị",
        UNCHECKED,
    ):
        assert words in found, words
    assert f"{reverse('policy:title', args=['person', 'LDTT'])}?ngay=2020-12-31" in found


def test_a_title_without_money_or_papers_in_the_data_says_so(world: Any, reader: Client) -> None:
    found = page(reader, "title", "person", "CSTDCS", ngay="30/06/2024")
    for part in ("money", "dossier"):
        heading = found.index(f'id="p-{part}"')
        assert "chưa có quy định trong bộ dữ liệu" in found[heading : found.index("</section>", heading)]


def test_history_says_what_changed_from_when(world: Any, reader: Client) -> None:
    found = page(reader, "title", "person", "LDTT", ngay="31/12/2020")
    history = found[found.index("Lịch sử") :]
    assert "từ 15/04/2024 đến hết 30/06/2025" in history
    assert "<ins>Số tháng kể từ khi tuyển dụng: dưới 6</ins>" in history


def test_two_days_side_by_side(world: Any, reader: Client) -> None:
    found = page(reader, "compare", tu="31/12/2020", den="30/06/2024")
    assert "20 danh hiệu, hình thức khác nhau" in found
    assert "<del>Hình thức kỷ luật nặng nhất trong năm: từ Khiển trách trở lên</del>" in found
    same = page(reader, "compare", tu="30/06/2024", den="30/06/2024")
    assert "Hai ngày nói như nhau về mọi danh hiệu, hình thức." in same
    assert "Hai ngày nói như nhau về mọi tham số." in same


def test_the_widest_comparison_is_light(world: Any, reader: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(15):
        found = page(reader, "compare", tu="31/12/2020", den="01/03/2027")
    assert len(found.encode()) < 170 * 1024


def test_every_page_of_every_title_is_light(world: Any, reader: Client) -> None:
    rows = title_rows(law_on(END_OF_2020, agency=world.agency))
    assert len(rows) == 20
    sizes = {row.key: len(page(reader, "title", *row.key, ngay="31/12/2020").encode()) for row in rows}
    assert {key: size for key, size in sizes.items() if size > 170 * 1024} == {}


def test_each_instrument_names_what_rests_on_it(world: Any) -> None:
    found = {item.source.key: item for item in resting(law_on(END_OF_2020, agency=world.agency))}
    decree = found["ND91-2017"]
    assert ("person", "CSTDCS") in [row.key for row in decree.titles]
    assert "ldtt.min_months" in [parameter.name for parameter in decree.parameters]
    assert sorted(found["TT15-2025"].grades) == [("memory", 1), ("secondary", 1)]
    assert found["QC-SO"].pack.name == "vn.example-department"


def test_titles_stand_before_forms_and_name_their_layer(world: Any) -> None:
    rows = title_rows(law_on(END_OF_2020, agency=world.agency))
    people = [row for row in rows if row.key[0] == "person"]
    assert [row.key[1] for row in people[:4]] == ["LDTT", "CSTDCS", "CSTDT", "CSTDTQ"]
    assert [row.is_form for row in people] == [False] * 4 + [True] * 6
    assert {row.layer for row in rows} == {"nation"}


def test_the_days_of_change_count_what_says_something_else(world: Any) -> None:
    days = {item.day: item for item in changed_days(law_on(END_OF_2020, agency=world.agency))}
    assert (days[datetime.date(2020, 8, 20)].titles, days[datetime.date(2020, 8, 20)].parameters) == (0, 16)
    assert days[datetime.date(2024, 1, 1)].titles == 20


def test_a_reason_tree_leads_to_the_law_of_its_day(world: Any, actors: dict[str, Any], reader: Client) -> None:
    judged = Judged.objects.get(person_id=actors["member"].person_id)
    found = reader.get(reverse("evaluations:person", args=[2020, judged.person_id])).content.decode()
    assert f"{reverse('policy:title', args=['person', 'CSTDCS'])}?ngay=2020-12-31" in found


def test_every_page_leads_to_the_law(world: Any, client: Client) -> None:
    assert f'href="{reverse("policy:law")}"' in client.get(reverse("accounts:sign-in")).content.decode()


def test_a_draft_is_shown_as_a_draft_and_apart_from_what_is_in_force(world: Any, client: Client) -> None:
    place = reverse("policy:title", args=["person", "CSTDCS"])
    page = client.get(place, {"ngay": "31/12/2026"}).content.decode()
    in_force, draft = page.split("Dự thảo, không áp dụng")
    assert "Đạt tiêu chuẩn Lao động tiên tiến" in in_force
    assert "không ai được xét theo dự thảo" in draft
    assert "Đạt tiêu chuẩn Lao động tiên tiến" not in draft.partition("Lịch sử")[0]
    assert "Dự thảo, không áp dụng" not in client.get(place, {"ngay": "30/09/2026"}).content.decode()
    assert "dự thảo, không áp dụng" in client.get(reverse("policy:law"), {"ngay": "31/12/2026"}).content.decode()


def test_what_is_gone_from_the_data_is_not_called_repealed(world: Any, client: Client) -> None:
    page = client.get(reverse("policy:compare"), {"tu": "31/12/2023", "den": "01/01/2024"}).content.decode()
    lines = [line for line in page.split("<li>") if "<del>" in line and "<ins>" not in line]
    gone = {part: [line for line in lines if f"<b>{part}</b>" in line] for part in ("Tiền thưởng", "Điều kiện")}
    assert all("chưa có trong bộ dữ liệu</span>" in line for line in gone["Tiền thưởng"])
    assert all(">bỏ</span>" in line for line in gone["Điều kiện"])
    assert all(gone.values())


def test_the_page_of_a_limited_title_tells_what_a_unit_can_have(world: Any, client: Client) -> None:
    place = reverse("policy:title", args=["person", "CSTDCS"])
    told = client.get(place, {"ngay": "2020-12-31"}).content.decode()
    part = told[told.index('id="don-vi"') :]
    part = part[: part.index("</section>")]
    assert '<th scope="row">1–6</th><td data-label="Số suất nhiều nhất"><span>0</span>' in part
    assert '<th scope="row">7–13</th><td data-label="Số suất nhiều nhất"><span>1</span>' in part
    assert "Điều 9 khoản 3" in part
    assert "chưa đối chiếu với văn bản gốc" in part


def test_a_title_without_a_limit_says_so_and_gives_no_number(world: Any, client: Client) -> None:
    told = client.get(reverse("policy:title", args=["person", "LDTT"]), {"ngay": "2020-12-31"}).content.decode()
    part = told[told.index('id="don-vi"') :]
    part = part[: part.index("</section>")]
    assert "chưa có quy định trong bộ dữ liệu" in part
    assert "<table" not in part
    collective = client.get(reverse("policy:title", args=["unit", "TTLDTT"]), {"ngay": "2020-12-31"})
    assert 'id="don-vi"' not in collective.content.decode()
