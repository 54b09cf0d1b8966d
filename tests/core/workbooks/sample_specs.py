"""The sheets of the sample workbook as a reader would describe them: what a department's own book is held to."""

from thidua.core.workbooks.spec import Choice, Column, Kind, TableSpec

GRADE = (
    Choice("HTXS", ("Hoàn thành xuất sắc nhiệm vụ", "HTXSNV")),
    Choice("HTT", ("Hoàn thành tốt nhiệm vụ", "HTTNV")),
    Choice("HT", ("Hoàn thành nhiệm vụ", "HTNV")),
    Choice("KHT", ("Không hoàn thành nhiệm vụ", "KHTNV")),
    Choice("KXL", ("Không xếp loại",)),
)
UNIT_KIND = (
    Choice("lanh_dao", ("Lãnh đạo",)),
    Choice("phong", ("Phòng",)),
    Choice("trung_tam", ("Trung tâm",)),
    Choice("van_phong", ("Văn phòng",)),
    Choice("thanh_tra", ("Thanh tra",)),
)
CATEGORY = (
    Choice("can_bo", ("Cán bộ",)),
    Choice("cong_chuc", ("Công chức",)),
    Choice("vien_chuc", ("Viên chức",)),
    Choice("nguoi_lao_dong", ("Người lao động",)),
)
ORGANISATION = (
    Choice("dang", ("Tổ chức đảng", "Đảng bộ", "Chi bộ")),
    Choice("cong_doan", ("Công đoàn",)),
    Choice("thanh_nien", ("Đoàn thanh niên",)),
    Choice("phu_nu", ("Phụ nữ",)),
)
DISCIPLINE = (
    Choice("khien_trach", ("Khiển trách",)),
    Choice("canh_cao", ("Cảnh cáo",)),
    Choice("ha_bac_luong", ("Hạ bậc lương",)),
    Choice("giang_chuc", ("Giáng chức",)),
    Choice("cach_chuc", ("Cách chức",)),
    Choice("buoc_thoi_viec", ("Buộc thôi việc",)),
)
LEAVE = (
    Choice("thai_san", ("Thai sản",)),
    Choice("om", ("Ốm",)),
    Choice("khong_luong", ("Không lương",)),
    Choice("dao_tao", ("Đào tạo",)),
)
SEX = (Choice("nam", ("Nam",)), Choice("nu", ("Nữ",)))
SCOPE = (Choice("co_so", ("Cơ sở",)), Choice("tinh", ("Tỉnh",)), Choice("toan_quoc", ("Toàn quốc",)))
PETITION = (
    Choice("to_cao", ("Tố cáo",)),
    Choice("khieu_nai", ("Khiếu nại",)),
    Choice("kiem_tra", ("Kiểm tra",)),
    Choice("dieu_tra", ("Điều tra",)),
    Choice("ky_luat", ("Xem xét kỷ luật",)),
)
AWARD = (
    Choice("LDTT", ("Lao động tiên tiến",)),
    Choice("CSTDCS", ("Chiến sĩ thi đua cơ sở",)),
    Choice("CSTDT", ("Chiến sĩ thi đua cấp tỉnh",)),
    Choice("TTLDTT", ("Tập thể lao động tiên tiến",)),
    Choice("TTLDXS", ("Tập thể lao động xuất sắc",)),
    Choice("GK", ("Giấy khen",)),
    Choice("BK_TINH", ("Bằng khen của Chủ tịch UBND tỉnh",)),
)
INCIDENT = (
    Choice("khieu_kien_dong_nguoi", ("Khiếu kiện đông người",)),
    Choice("mat_trom_tai_san", ("Mất trộm tài sản",)),
    Choice("lo_bi_mat_nha_nuoc", ("Lộ bí mật nhà nước",)),
    Choice("chay_no", ("Cháy, nổ",)),
    Choice("tai_nan_lao_dong", ("Tai nạn lao động nghiêm trọng",)),
    Choice("pham_toi", ("CBCCVC phạm tội",)),
    Choice("te_nan_xa_hoi", ("CBCCVC mắc tệ nạn xã hội",)),
    Choice(
        "vi_pham_tiet_kiem_lang_phi_tham_nhung",
        ("Vi phạm quy định về thực hành tiết kiệm, chống lãng phí, tham nhũng",),
    ),
    Choice("vi_pham_dieu_khong_duoc_lam", ("Vi phạm những điều CBCCVC không được làm",)),
)
POST_KIND = (Choice("chinh_thuc", ("Chính thức",)), Choice("biet_phai", ("Biệt phái",)))
INITIATIVE_KIND = (Choice("sang_kien", ("Sáng kiến",)), Choice("de_tai", ("Đề tài",)))
PERSON, UNIT = ("people", "code"), ("units", "code")


def _needed(key: str, header: str, kind: Kind = Kind.TEXT, **more: object) -> Column:
    return Column(key, (header,), kind, required=True, **more)  # type: ignore[arg-type]  # passed on as given


def _optional(key: str, header: str, kind: Kind = Kind.TEXT, **more: object) -> Column:
    return Column(key, (header,), kind, **more)  # type: ignore[arg-type]  # passed on as given


def _subject() -> Column:
    return _needed("subject", "Đối tượng", Kind.CODE, refers_to=(PERSON, UNIT))


def _person() -> Column:
    return _needed("person", "Mã CBCCVC", Kind.CODE, refers_to=PERSON)


YEAR = _needed("year", "Năm", Kind.INT)
SPECS = (
    TableSpec(
        "units",
        ("Đơn vị",),
        (
            _needed("code", "Mã đơn vị", Kind.CODE),
            _needed("name", "Tên đơn vị"),
            _needed("kind", "Loại", Kind.CHOICE, choices=UNIT_KIND),
            _optional("parent", "Đơn vị cấp trên", Kind.CODE, refers_to=UNIT),
            _optional("from", "Ngày thành lập", Kind.DATE),
        ),
        unique=("code",),
    ),
    TableSpec(
        "people",
        ("Nhân sự",),
        (
            _needed("code", "Mã CBCCVC", Kind.CODE),
            _needed("full_name", "Họ và tên"),
            _needed("birth_date", "Ngày sinh", Kind.DATE),
            _needed("sex", "Giới tính", Kind.CHOICE, choices=SEX),
            _needed("category", "Loại", Kind.CHOICE, choices=CATEGORY),
            _needed("recruited_on", "Ngày tuyển dụng", Kind.DATE),
        ),
        unique=("code",),
    ),
    TableSpec(
        "posts",
        ("Quá trình công tác",),
        (
            _person(),
            _needed("unit", "Mã đơn vị", Kind.CODE, refers_to=UNIT),
            _needed("title", "Chức vụ"),
            _needed("kind", "Hình thức", Kind.CHOICE, choices=POST_KIND),
            _optional("elsewhere", "Nơi đến (nếu biệt phái)"),
            _needed("from", "Từ ngày", Kind.DATE),
            _optional("to", "Đến ngày", Kind.DATE),
        ),
    ),
    TableSpec(
        "ratings",
        ("Xếp loại",),
        (
            _subject(),
            YEAR,
            _needed("grade", "Xếp loại", Kind.CHOICE, choices=GRADE, may_be_blank=True),
            _optional("document", "Số văn bản"),
            _optional("dated", "Ngày văn bản", Kind.DATE),
        ),
        unique=("subject", "year"),
    ),
    TableSpec(
        "judgements",
        ("Đăng ký, nhận xét",),
        (
            _subject(),
            YEAR,
            _optional("registered", "Đăng ký thi đua", Kind.YES_NO),
            _optional("takes_part", "Tham gia phong trào, đoàn kết", Kind.YES_NO),
            _optional("studies", "Tích cực học tập", Kind.YES_NO),
            _optional("ethics", "Đạo đức, lối sống", Kind.YES_NO),
            _optional("unity", "Nội bộ đoàn kết", Kind.YES_NO),
        ),
        unique=("subject", "year"),
    ),
    TableSpec(
        "mass_organisations",
        ("Đảng, đoàn thể",),
        (
            _needed("unit", "Mã đơn vị", Kind.CODE, refers_to=UNIT, also_known=("STC",)),
            _needed("kind", "Tổ chức", Kind.CHOICE, choices=ORGANISATION),
            YEAR,
            _needed("grade", "Xếp loại", Kind.CHOICE, choices=(*GRADE, Choice("khong_co", ("Không có",)))),
        ),
        unique=("unit", "kind", "year"),
    ),
    TableSpec(
        "discipline",
        ("Kỷ luật",),
        (
            _person(),
            _needed("form", "Hình thức kỷ luật", Kind.CHOICE, choices=DISCIPLINE),
            _needed("document", "Số quyết định"),
            _needed("dated", "Ngày quyết định", Kind.DATE),
            _optional("reason", "Lý do"),
        ),
    ),
    TableSpec(
        "leave",
        ("Nghỉ",),
        (
            _person(),
            _needed("kind", "Loại nghỉ", Kind.CHOICE, choices=LEAVE),
            _needed("from", "Từ ngày", Kind.DATE),
            _optional("to", "Đến ngày", Kind.DATE),
            _optional("document", "Số quyết định"),
        ),
    ),
    TableSpec(
        "initiatives",
        ("Sáng kiến, đề tài",),
        (
            _person(),
            _needed("name", "Tên sáng kiến, đề tài"),
            _needed("kind", "Loại", Kind.CHOICE, choices=INITIATIVE_KIND),
            _needed("scope", "Phạm vi", Kind.CHOICE, choices=SCOPE),
            YEAR,
            _needed("decision", "Số quyết định công nhận"),
            _needed("dated", "Ngày công nhận", Kind.DATE),
        ),
        unique=("person", "decision"),
    ),
    TableSpec(
        "petitions",
        ("Đơn thư, kiểm tra",),
        (
            _subject(),
            _needed("kind", "Loại", Kind.CHOICE, choices=PETITION),
            _needed("received", "Ngày thụ lý", Kind.DATE),
            _optional("concluded", "Ngày kết luận", Kind.DATE),
            _optional("finding", "Kết luận"),
        ),
    ),
    TableSpec(
        "awards",
        ("Danh hiệu đã đạt",),
        (
            _subject(),
            YEAR,
            _needed("title", "Danh hiệu", Kind.CHOICE, choices=AWARD),
            _needed("decision", "Số quyết định"),
            _needed("dated", "Ngày quyết định", Kind.DATE),
        ),
        unique=("subject", "year", "title"),
    ),
    TableSpec(
        "tasks",
        ("Nhiệm vụ được giao",),
        (
            _needed("code", "Mã nhiệm vụ", Kind.CODE),
            _needed("content", "Nội dung"),
            _needed("unit", "Đơn vị chủ trì", Kind.CODE, refers_to=UNIT),
            _needed("assigned_by", "Cơ quan giao"),
            _needed("assigned_on", "Ngày giao", Kind.DATE),
            _needed("due", "Hạn", Kind.DATE),
            YEAR,
            _optional("carried_from", "Chuyển từ năm", Kind.INT),
            _optional("completed_on", "Ngày hoàn thành", Kind.DATE),
            _optional("product", "Sản phẩm"),
        ),
        unique=("code",),
    ),
    TableSpec(
        "incidents",
        ("Vụ việc",),
        (
            _needed("kind", "Loại vụ việc", Kind.CHOICE, choices=INCIDENT),
            YEAR,
            _needed("count", "Số vụ (0 = đã rà soát, không có)", Kind.INT),
            _optional("source", "Nguồn"),
            _optional("dated", "Ngày", Kind.DATE),
        ),
        unique=("kind", "year"),
    ),
    TableSpec(
        "standing_titles",
        ("Danh hiệu giữ vững",),
        (
            _needed("title", "Tên danh hiệu"),
            YEAR,
            _needed("kept", "Kết quả giữ vững", Kind.YES_NO, may_be_blank=True),
            _optional("document", "Số văn bản"),
            _optional("dated", "Ngày", Kind.DATE),
        ),
        unique=("title", "year"),
    ),
)
