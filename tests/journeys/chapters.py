"""Who and what the journeys of one width are about: the acts of one width stand beside those of the other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chapter:
    """Who and what the journeys of one width are about."""

    head: str
    unit: str
    people: tuple[str, ...]
    wrong: tuple[str, str]
    session: str
    days: tuple[str, str, str]


CHAPTERS = {
    1280: Chapter(
        head="truong-tcdn",
        unit="Phòng Tài chính doanh nghiệp",
        people=("Phan Hữu Bằng", "Lê Quang Vinh"),
        wrong=("Lao động tiên tiến năm 2010", "Lao động tiên tiến năm 2011"),
        session="Họp xét bổ sung lần hai năm 2020",
        days=("01/03/2021", "04/03/2021", "12/03/2021"),
    ),
    360: Chapter(
        head="truong-thtk",
        unit="Phòng Tin học và Thống kê",
        people=("Trần Ngọc Như Quỳnh",),
        wrong=("Lao động tiên tiến năm 2012", "Lao động tiên tiến năm 2013"),
        session="Họp xét bổ sung lần ba năm 2020",
        days=("15/03/2021", "18/03/2021", "26/03/2021"),
    ),
}
