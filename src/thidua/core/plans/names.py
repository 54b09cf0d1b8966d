"""Names of offices: put together from the lines of a head, and spelled as Vietnamese offices are."""

from __future__ import annotations

import re

from thidua.core.vietnamese import fold, place_tones, plain_fold, same_text

_OFFICES = (
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "ubnd",
    "hđnd",
    "sở",
    "phòng",
    "trường",
    "ban",
    "cục",
    "chi cục",
    "tổng cục",
    "công ty",
    "bệnh viện",
    "trung tâm",
    "huyện ủy",
    "tỉnh ủy",
    "thành ủy",
    "đảng ủy",
    "đảng bộ",
    "công an",
    "hội",
    "đoàn",
    "liên đoàn",
    "công đoàn",
    "bộ",
    "viện",
    "ngân hàng",
    "kho bạc",
    "bảo hiểm xã hội",
    "khối",
    "cụm",
    "chi bộ",
    "văn phòng",
    "thanh tra",
    "tòa án",
    "học viện",
    "tổng công ty",
    "tập đoàn",
    "chi đoàn",
    "liên đội",
    "mặt trận",
    "ủy ban mặt trận",
    "quân khu",
    "sư đoàn",
    "trạm",
    "vụ",
    "đài",
    "báo",
    "kiểm toán",
    "hạt",
    "đội",
    "nhà",
    "hợp tác xã",
)
OFFICE = "|".join(sorted((re.escape(fold(office)) for office in set(_OFFICES)), key=len, reverse=True))
_PLACES = ("tinh", "thanh pho", "huyen", "thi xa", "quan", "xa", "phuong", "thi tran", "dac khu")
# Offices that take the place of the office above them into their name; others have names of their own.
_PLACED = (
    "so",
    "phong",
    "ban",
    "chi cuc",
    "cuc",
    "van phong",
    "thanh tra",
    "cong an",
    "uy ban",
    "hoi dong",
    "huyen",
    "hoi",
    "doan",
    "lien doan",
    "mat tran",
    "kho bac",
    "bao hiem",
    "toa an",
    "vien",
    "dai",
    "dang bo",
    "khoi",
    "trung tam",
)
_FIELDS = (
    "giáo dục",
    "đào tạo",
    "tài chính",
    "nội vụ",
    "y tế",
    "tư pháp",
    "công thương",
    "xây dựng",
    "giao thông",
    "nông nghiệp",
    "môi trường",
    "khoa học",
    "công nghệ",
    "văn hóa",
    "thể thao",
    "du lịch",
    "thông tin",
    "truyền thông",
    "tài nguyên",
    "kế hoạch",
    "đầu tư",
    "lao động",
    "ngoại vụ",
    "phát triển",
    "thi đua",
    "khen thưởng",
    "thanh niên",
    "phụ nữ",
    "nông dân",
    "cựu chiến binh",
    "quân sự",
    "mầm non",
    "tiểu học",
    "trung học",
    "đại học",
    "thuế",
    "hải quan",
    "thống kê",
    "kho bạc",
    "thể dục",
    "dân tộc",
    "tôn giáo",
    "đảng",
    "nhà nước",
    "xã hội",
    "việt nam",
    "tổ quốc",
)


def full_name(offices: list[str], rest: str) -> str | None:
    """Put the office's lines together; one without a place takes it from the office above it."""
    joined: list[str] = []
    for name in offices:
        starts = re.match(rf"(?:{OFFICE})\b", fold(name))
        if joined and (not starts or (joined[-1].split()[-1:] and fold(joined[-1]).endswith(("nhan", "uy ban")))):
            joined[-1] += " " + name
        else:
            joined.append(name)
    own = _spelled(joined[-1], rest)
    parent = joined[-2] if len(joined) > 1 else ""
    bodies = re.match(r"(?:ban chap hanh|bch)\s+(?=(?:tinh|thanh pho|huyen|xa|phuong)\b)", plain_fold(own))
    if bodies and re.match(r"(?:hoi|doan)\b.* viet nam\Z", fold(parent)):  # BAN CHẤP HÀNH TỈNH … of HỘI … VIỆT NAM
        whole = _spelled(parent, rest).rsplit(" ", 2)[0]
        return f"{own[: bodies.end()].strip()} {whole} {own[bodies.end() :]}"
    if re.match(r"ban thuong truc\Z", fold(own)) and re.match(r"uy ban (?:mttq|mat tran)", fold(parent)):
        return f"{own} {_spelled(parent, rest)}"
    place = re.search(rf"\b(?:{'|'.join(_PLACES)})\s+\S.*", plain_fold(parent))
    placed = fold(own).startswith(_PLACED)
    if place and placed and not re.search(rf"\b(?:{'|'.join(_PLACES)}|khu vuc)\b", fold(own)):
        own += " " + _spelled(parent[place.start() :], rest, first=False)
    return own


def _spelled(name: str, rest: str, *, first: bool = True) -> str:
    """Return a name in capitals as the text itself spells it, else by the rules for names of offices."""
    name = re.sub(r"(?i)^ubnd\b", "Ủy ban nhân dân", " ".join(name.split()))
    if name.upper() != name and not name.startswith("Ủy ban nhân dân"):
        return name
    found = re.search(re.escape(plain_fold(name)), plain_fold(rest))
    for match in re.finditer(re.escape(plain_fold(name)), plain_fold(rest)) if found else ():
        words = rest[match.start() : match.end()]
        if words.upper() != words and (words[0].isupper() or not first) and same_text(words, name):
            return words
    return _capitalised(name, first=first)


def _capitalised(name: str, *, first: bool) -> str:
    words = place_tones(name).lower().split()
    proper = False
    result: list[str] = []
    index = 0
    while index < len(words):
        pair = " ".join(words[index : index + 2]).strip(",")
        single = fold(words[index])
        if proper and words[index] not in ("và", "-"):
            result.append(words[index].capitalize())
        elif pair in _FIELDS and index:
            result += [words[index].capitalize(), *words[index + 1 : index + 2]]
            index += 1
        elif words[index] in _FIELDS and index:
            result.append(words[index].capitalize())
        else:
            result.append(words[index])
        proper = (
            proper
            or (single in ("tinh", "huyen", "xa", "phuong", "quan") and bool(index or not first))
            or " ".join(fold(word) for word in words[max(index - 1, 0) : index + 1])
            in ("thanh pho", "thi xa", "thi tran", "dac khu")
        )
        index += 1
    text = " ".join(result)
    return text[0].upper() + text[1:] if first else text
