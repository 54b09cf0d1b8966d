"""The faults a pack may have, each with the sentence that refuses it: what `test_broken_packs.py` runs.

In a `Broken`, `says` is how the sentence starts; what follows is the hint, which may not be empty.
"""

from dataclasses import dataclass

LDTT, CSTDCS = "nation/rules/LDTT.yaml", "nation/rules/CSTDCS.yaml"
NUMBERS, FACTS, SOURCES = "nation/parameters/all.yaml", "nation/facts.yaml", "nation/sources.yaml"
CASES = "nation/cases/LDTT.yaml"
SETTINGS, TIGHTER, AGENCY = "agency/parameters/all.yaml", "agency/rules/LDTT.yaml", "agency/pack.yaml"
EITHER = "any:\n            - {fact: initiatives, at_least: 1}\n            - {fact: combat, is: true}"
SECOND_RULE = """versions:
  - {from: 2020-06-01, cite: "LUAT, Điều 4", grade: text, require: {fact: rating, at_least: HTT}}
"""
SECOND_NUMBER = """    versions:
      - {from: 2020-06-01, value: 6, cite: "LUAT, Điều 1", grade: text}
"""
LIMIT = """limits:
  - title: CSTDCS
    base: LDTT
    share: limits.shares
    rounding: limits.share
    scope: limits.share
    rank_by: [rating]
    from: 2020-01-01
    to: 2025-12-31
    cite: LUAT, Điều 2
    grade: text
"""
TIE = """ties:
  - subject: person
    first: {fact: registered, is: true}
    from: 2020-01-01
    to: 2025-12-31
    cite: LUAT, Điều 2
    grade: text
"""
OWN_LIMIT = LIMIT.replace("limits.shares", "limits.share").replace("LUAT, Điều 2", "{cite}")
AMENDMENT = "agency/amendments/siet.yaml"
AMENDED = """amendment: siet
label: Siết thêm (thử)
status: adopted
from: 2021-01-01
to: 2025-12-31
cite: QUY-CHE, Điều 2
grade: memory
rules:
  - {{tighten: {which}, of: person, cite: "QUY-CHE, Điều 2", grade: memory,
     require: {{fact: initiatives, at_least: 2}}}}
"""
VOTE = """votes:
  - titles: [LDTT]
    council: Hội đồng
    level: agency
    share: "{share}"
    of: all_members
    from: 2020-01-01
    to: 2025-12-31
    cite: {cite}
    grade: text
"""
DECIDER = """deciders:
  - {{titles: [LDTT], by: {by}, name: Thủ trưởng, from: 2020-01-01, to: 2025-12-31, cite: "{cite}", grade: text}}
"""
MONEY = """awards:
  - {{title: LDTT, multiplier: {{person: "{times}"}}, from: 2020-01-01, to: 2025-12-31, cite: "{cite}", grade: text}}
"""
TENFOLD = "".join(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 5))


@dataclass(frozen=True)
class Broken:
    """One fault: in `file`, `old` becomes `new` (without `old` the whole file does)."""

    name: str
    file: str
    old: str
    new: str
    place: str
    says: str


STRICT_YAML = [
    Broken("unknown_key", LDTT, "exclude:", "exlude:", f"{LDTT}:13", "Không có khóa “exlude”."),
    Broken(
        "duplicate_key", LDTT, "grade: text\n", "grade: text\n    grade: text\n", f"{LDTT}:9", "Khóa “grade” lặp lại."
    ),
    Broken("float", NUMBERS, "value: 10", "value: 10.5", f"{NUMBERS}:6", "Số thập phân 10.5 không chính xác."),
    Broken("no_such_day", LDTT, "2025-12-31", "2025-02-31", f"{LDTT}:6", "Ngày sai: 2025-02-31."),
    Broken("date_as_text", LDTT, "2025-12-31", "31/02/2025", f"{LDTT}:6", "“to” phải là ngày có thật,"),
    Broken("ends_before_start", LDTT, "2025-12-31", "2019-12-31", f"{LDTT}:6", "“to” trước “from”."),
    Broken("empty_file", LDTT, "", "", LDTT, "Tệp trống."),
    Broken("only_a_comment", LDTT, "", "# chưa viết\n", LDTT, "Tệp trống."),
    Broken("wrong_indent", LDTT, "    require:", "   require:", f"{LDTT}:9", "Không phải YAML:"),
    Broken("open_bracket", LDTT, "", "title: [1, 2\n", f"{LDTT}:2", "Không phải YAML:"),
    Broken("two_documents", LDTT, "of: person", "---\nof: person", f"{LDTT}:2", "Không phải YAML:"),
    Broken("control_character", LDTT, "Lao", "\x01Lao", LDTT, "Không phải YAML."),
    Broken("python_tag", LDTT, "HTT}", "!!python/object:os.system HTT}", f"{LDTT}:11", "Không dùng thẻ"),
    Broken("binary_tag", LDTT, "HTT}", "!!binary aGk=}", f"{LDTT}:11", "Không dùng thẻ"),
    Broken("list_on_top", LDTT, "", "- title\n", f"{LDTT}:1", "Đầu tệp phải là"),
    Broken("number_as_key", LDTT, "exclude:", "1:", f"{LDTT}:13", "Khóa phải là chữ."),
    Broken("merged_keys", LDTT, "    require:", "    <<: {note: x}\n    require:", f"{LDTT}:9", "Khóa phải là chữ."),
    Broken("yes_is_not_true", LDTT, "is: true", "is: yes", f"{LDTT}:12", "“yes” có thể hiểu là có hoặc không."),
    Broken("capital_true", LDTT, "is: true", "is: TRUE", f"{LDTT}:12", "“TRUE” có thể hiểu là có hoặc không."),
    Broken("hexadecimal", NUMBERS, "value: 10", "value: 0x10", f"{NUMBERS}:6", "Số sai: 0x10."),
    Broken("too_deep", LDTT, "", "title: " + "[" * 3000 + "]" * 3000, LDTT, "Tệp lồng quá sâu."),
    Broken("aliases_unfold", LDTT, "", f"a0: &a0 [x]\n{TENFOLD}", f"{LDTT}:1", "Không dùng neo (&) và bí danh (*)."),
    Broken("huge_file", LDTT, "", "# " + "x" * 1_000_000, LDTT, "Tệp quá lớn."),
]
CITATIONS = [
    Broken("unknown_source", LDTT, "LUAT, Điều 5", "LUAT-X, Điều 5", f"{LDTT}:14", "Không có nguồn “LUAT-X”."),
    Broken("rule_outlives_source", LDTT, "2025-12-31", "2026-12-31", f"{LDTT}:5", "Luật thử không có hiệu lực suốt"),
    Broken("rule_before_source", LDTT, "2020-01-01", "2019-12-31", f"{LDTT}:5", "Luật thử không có hiệu lực suốt"),
    Broken("number_outlives_source", NUMBERS, "2025-", "2026-", f"{NUMBERS}:6", "Luật thử không có hiệu lực suốt"),
    Broken("no_place", LDTT, "LUAT, Điều 5", "LUAT", f"{LDTT}:14", "Trích dẫn “LUAT” thiếu điều, khoản."),
    Broken("no_citation", LDTT, "    cite: LUAT, Điều 4\n", "", f"{LDTT}:5", "Thiếu khóa “cite”."),
    Broken("no_grade", LDTT, "    grade: text\n", "", f"{LDTT}:5", "Thiếu khóa “grade”."),
    Broken("unknown_grade", LDTT, "grade: text\n", "grade: sure\n", f"{LDTT}:8", "“grade” không có mức này."),
    Broken("secondary_without_page", CSTDCS, "    page: trang 12\n", "", f"{CSTDCS}:8", "Nguồn thứ cấp"),
]
CONDITIONS = [
    Broken("unknown_fact", LDTT, "fact: rating", "fact: ratng", f"{LDTT}:11", "Không có dữ kiện “ratng”."),
    Broken("unknown_whole", LDTT, "HTT}", "HTT, of: staff}", f"{LDTT}:11", "Không có dữ kiện “staff”."),
    Broken("unknown_word", LDTT, "HTT}", "TOT}", f"{LDTT}:11", "“TOT” không phải từ của rating."),
    Broken("two_tests", LDTT, "at_least: HTT", "at_least: HT, is: HTT", f"{LDTT}:11", "Điều kiện về “rating” phải có"),
    Broken("no_test", LDTT, ", at_least: HTT", "", f"{LDTT}:11", "Điều kiện về “rating” phải có đúng một phép thử."),
    Broken(
        "word_for_yes_no", LDTT, "is: true", "is: HTT", f"{LDTT}:12", "Phép thử “is” không hợp với dữ kiện registered."
    ),
    Broken("number_for_yes_no", CSTDCS, "is: true", "at_least: 1", f"{CSTDCS}:15", "Phép thử “at_least” không hợp"),
    Broken("word_for_number", CSTDCS, "at_least: 1", "at_least: một", f"{CSTDCS}:14", "Phép thử “at_least” không hợp"),
    Broken("number_for_word", LDTT, "at_least: HTT", "at_least: 3", f"{LDTT}:11", "Phép thử “at_least” không hợp"),
    Broken(
        "tested_twice", CSTDCS, "fact: combat, is: true", "fact: initiatives, at_most: 9", f"{CSTDCS}:15", "“CSTDCS.in"
    ),
    Broken(
        "second_test_unnamed",
        CSTDCS,
        "fact: combat, is: true",
        "fact: combat, is: true, as: A B",
        f"{CSTDCS}:15",
        "“as”",
    ),
    Broken("second_test_empty", CSTDCS, "combat, is: true", 'combat, is: true, as: ""', f"{CSTDCS}:15", "“as” phải là"),
    Broken("empty_any", CSTDCS, EITHER, "any: []", f"{CSTDCS}:13", "“any” phải có ít nhất một điều kiện."),
    Broken(
        "unknown_number",
        LDTT,
        "{param: ldtt.min_months}",
        "{param: ldtt.months}",
        f"{LDTT}:14",
        "Tham số “ldtt.months”",
    ),
    Broken("not_a_fraction", NUMBERS, '"15/100"', '"15/0"', f"{NUMBERS}:12", "“value” không phải phân số: 15/0."),
    Broken(
        "when_is_no_yes_no", LDTT, "registration.required", "limits.share", f"{LDTT}:12", "Tham số “limits.share” phải"
    ),
    Broken(
        "circle", LDTT, "{fact: rating, at_least: HTT}", "{holds: CSTDCS}", f"{LDTT}:11", "Vòng tròn: CSTDCS → LDTT"
    ),
    Broken("holds_itself", LDTT, "{fact: rating, at_least: HTT}", "{holds: LDTT}", f"{LDTT}:11", "Vòng tròn:"),
    Broken(
        "holds_in_any", CSTDCS, "{fact: initiatives, at_least: 1}", "{holds: LDTT}", f"{CSTDCS}:14", "“holds” chỉ đứng"
    ),
    Broken("holds_in_not", CSTDCS, EITHER, "not: {holds: LDTT}", f"{CSTDCS}:13", "“holds” chỉ đứng trong “all”."),
    Broken("holds_unknown", CSTDCS, "holds: LDTT", "holds: LDTTT", f"{CSTDCS}:12", "Không có danh hiệu “LDTTT”."),
    Broken(
        "excludes_as_unknown", LDTT, "    excl", "    exclude_as: X\n    excl", f"{LDTT}:5", "Không có danh hiệu “X”."
    ),
    Broken(
        "unknown_pending",
        LDTT,
        "    excl",
        "    pending: {fact: case, by: registration.required}\n    excl",
        f"{LDTT}:5",
        "Không có dữ kiện “case”.",
    ),
    Broken("unknown_limit", "nation/limits.yaml", "", LIMIT, "nation/limits.yaml:2", "Tham số “limits.shares”"),
    Broken(
        "sums_what_is_no_count",
        "nation/limits.yaml",
        "",
        LIMIT.replace("limits.shares", "limits.share").replace("[rating]", "[rating + months]"),
        "nation/limits.yaml:2",
        "rank_by “rating + months”: chỉ cộng được dữ kiện kiểu count",
    ),
    *(
        Broken(f"tie_{name}", "nation/limits.yaml", "", TIE.replace(*words), f"nation/limits.yaml:{line}", says)
        for name, words, line, says in (
            ("of_an_unknown_fact", ("registered", "registred"), 3, "Không có dữ kiện “registred”."),
            ("of_an_unknown_subject", ("person", "people"), 2, "“subject” không có mức “people”."),
            ("with_a_test_that_does_not_suit", ("is: true", "at_least: 1"), 3, "Phép thử “at_least” không hợp"),
            ("that_a_setting_switches_off", ("is: true", "is: true, when: x"), 3, "“first” không dùng “when”"),
            ("without_an_article", ("LUAT, Điều 2", "LUAT"), 6, "Trích dẫn “LUAT” thiếu điều, khoản."),
            ("twice", ("ties:\n", TIE), 9, "Thứ tự khi bằng nhau khai hai lần"),
        )
    ),
]
VERSIONS_AND_LAYERS = [
    Broken("rules_overlap", LDTT, "versions:\n", SECOND_RULE, f"{LDTT}:6", "Hai phiên bản chồng ngày lên nhau."),
    Broken(
        "numbers_overlap",
        NUMBERS,
        "    versions:\n",
        SECOND_NUMBER,
        f"{NUMBERS}:7",
        "Hai phiên bản chồng ngày lên nhau.",
    ),
    Broken("no_version", LDTT, "versions:\n", "versions: []\nother:\n", f"{LDTT}:4", "Phải có ít nhất một phiên bản."),
    Broken("rule_twice", CSTDCS, "title: CSTDCS", "title: LDTT", f"{LDTT}:5", "Danh hiệu LDTT khai hai lần."),
    Broken("unknown_kind", LDTT, "of: person", "of: team", f"{LDTT}:2", "“of” phải là"),
    Broken("unknown_fact_kind", FACTS, "kind: bool", "kind: flag", f"{FACTS}:7", "Không có kiểu dữ kiện “flag”."),
    Broken("source_ends_early", SOURCES, "to: 2025-12-31", "to: 2019-12-31", f"{SOURCES}:5", "“to” trước “from”."),
    Broken("unknown_layer", AGENCY, "layer: agency", "layer: town", f"{AGENCY}:3", "Tầng “town” không có."),
    Broken("settable_by_nobody_known", NUMBERS, "[province]", "[town]", f"{NUMBERS}:4", "Tầng “town” không có."),
    Broken(
        "agency_may_not_set",
        SETTINGS,
        "limits.share",
        "ldtt.min_months",
        f"{SETTINGS}:4",
        "Tầng agency không được đặt tham số “ldtt.min_months”.",
    ),
    Broken(
        "province_may_not_set",
        AGENCY,
        "layer: agency",
        "layer: province",
        f"{SETTINGS}:4",
        "Tầng province không được đặt tham số “limits.share”.",
    ),
    Broken(
        "sets_unknown_number", SETTINGS, "limits.share", "limits.none", f"{SETTINGS}:4", "Tầng agency không được đặt"
    ),
    Broken(
        "agency_loosens_number",
        SETTINGS,
        "10/100",
        "16/100",
        f"{SETTINGS}:4",
        "Tham số “limits.share” chỉ được đặt bằng hoặc thấp hơn 3/20, không phải 4/25.",
    ),
    Broken(
        "agency_hides_number", SETTINGS, 'value: "10/100"', "unread: true", f"{SETTINGS}:4", "Tham số “limits.share”"
    ),
    Broken(
        "word_for_bounded_number", SETTINGS, '"10/100"', "nhiều", f"{SETTINGS}:4", "Tham số “limits.share” chỉ được"
    ),
    Broken("unknown_direction", NUMBERS, "only: lower", "only: less", f"{NUMBERS}:10", "“only” không có hướng “less”."),
    Broken(
        "agency_rewrites_rule", TIGHTER, "tighten: LDTT", "name: A\ntitle: LDTT", f"{TIGHTER}:5", "Danh hiệu LDTT khai"
    ),
    Broken(
        "tightening_tests_again",
        TIGHTER,
        "fact: initiatives, at_least: 1",
        "fact: rating, at_least: HT",
        f"{TIGHTER}:8",
        "“LDTT.rating” được thử hai lần.",
    ),
    Broken(
        "tightens_nothing", TIGHTER, "tighten: LDTT", "tighten: CSTDT", f"{TIGHTER}:4", "Không có quy tắc CSTDT ở tầng"
    ),
    Broken(
        "amends_no_tightening",
        AMENDMENT,
        "",
        AMENDED.format(which="CSTDCS"),
        f"{AMENDMENT}:9",
        "Không có phần siết thêm CSTDCS để sửa.",
    ),
    Broken(
        "amends_tightening_with_another_fact",
        AMENDMENT,
        "",
        AMENDED.format(which="LDTT").replace("initiatives", "initiative"),
        f"{AMENDMENT}:10",
        "Không có dữ kiện “initiative”",
    ),
    Broken(
        "missing_parent", AGENCY, "extends: nation", "extends: kingdom", AGENCY, "Bộ luật agency đặt trên kingdom nhưng"
    ),
]
EXAMPLES = [
    Broken("unknown_base", CASES, "like: đủ", "like: thiếu", f"{CASES}:4", "Không có bộ dữ kiện gốc"),
    Broken("case_without_date", CASES, "as_of: 2020-12-31, ", "", f"{CASES}:4", "Thiếu khóa “as_of”."),
    Broken("unknown_title", CASES, "title: LDTT", "title: LDT", f"{CASES}:4", "Không có danh hiệu “LDT”"),
    Broken("date_without_law", CASES, "2020-12-31", "2019-12-31", f"{CASES}:4", "Không có danh hiệu “LDTT”"),
    Broken("case_fact_unknown", CASES, "combat: true", "combats: true", f"{CASES}:6", "Không có dữ kiện “combats”."),
    Broken(
        "case_fact_of_wrong_kind", CASES, "initiatives: 0,", "initiatives: ít,", f"{CASES}:6", "“ít” không phải giá trị"
    ),
    Broken("case_word_unknown", CASES, "rating: HTT", "rating: TOT", f"{CASES}:4", "“TOT” không phải giá trị"),
    Broken("unknown_outcome", CASES, "outcome: met", "outcome: good", f"{CASES}:4", "Không có kết quả “good”."),
]
EVERY = [*STRICT_YAML, *CITATIONS, *CONDITIONS, *VERSIONS_AND_LAYERS, *EXAMPLES]
