"""Write so-tai-chinh-2020.xlsx: one year of a made-up department of finance, as its office would keep it.

Run it from anywhere: ``python sample/make_department.py``. The same code always writes the same cells. Nobody
in it is real; every sheet says so. README.md beside it tells the stories in it and what should come out.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

OUT = Path(__file__).with_name("so-tai-chinh-2020.xlsx")
DEMO = "DỮ LIỆU MINH HỌA – không phải người thật, cơ quan thật"
AGENCY = "STC"
FONT = "Times New Roman"
GRADES = {
    "X": "Hoàn thành xuất sắc nhiệm vụ",
    "T": "Hoàn thành tốt nhiệm vụ",
    "H": "Hoàn thành nhiệm vụ",
    "?": None,
    "0": "Không có",
}
TITLES = {
    "LDTT": "Lao động tiên tiến",
    "CSTDCS": "Chiến sĩ thi đua cơ sở",
    "CSTDT": "Chiến sĩ thi đua cấp tỉnh",
    "TTLDTT": "Tập thể lao động tiên tiến",
    "TTLDXS": "Tập thể lao động xuất sắc",
    "GK": "Giấy khen",
    "BK_TINH": "Bằng khen của Chủ tịch UBND tỉnh",
}
DECIDERS = {"CSTDT": "UBND", "TTLDXS": "UBND", "BK_TINH": "UBND"}

# code | name | kind | set up | head | rated 2019, 2020 | Party, union, youth, women in 2020 (0: has none)
UNITS = """
VP|Văn phòng Sở (gồm Ban Giám đốc)|Văn phòng|1992-04-01|TC005|TT|TTTT
TTR|Thanh tra Sở|Thanh tra|1992-04-01|TC011|TX|TX00
QLNS|Phòng Quản lý ngân sách|Phòng|1992-04-01|TC016|XX|XXXX
HCSN|Phòng Tài chính hành chính sự nghiệp|Phòng|1992-04-01|TC024|TX|XX0X
TCDT|Phòng Tài chính đầu tư|Phòng|1996-07-15|TC032|XX|XXX0
GCS|Phòng Quản lý giá và công sản|Phòng|1992-04-01|TC040|TT|TTT0
TCDN|Phòng Tài chính doanh nghiệp|Phòng|1995-10-01|TC047|TH|TT00
THTK|Phòng Tin học và Thống kê|Phòng|2004-03-01|TC052|TT|0TT0
TTTV|Trung tâm Tư vấn và Dịch vụ tài chính|Trung tâm|2011-06-01|TC057|TT|TT00
"""

# code | name | sex (M, F) | born | category (C official, V public employee, L worker) | recruited | unit
# | post since | post | ratings 2015–2020 (X, T, H as in GRADES, - none yet, ? not yet in)
# | years of CSTĐCS | further awards
PEOPLE = """
TC001|Lê Nguyễn Minh Khôi|M|1964-05-12|C|1988-09-01|VP|2016-03-01|Giám đốc Sở|TXTXT?|13,15|BK_TINH 14
TC002|Trần Thị Bích Vân|F|1970-11-03|C|1993-08-16|VP|2014-05-01|Phó Giám đốc Sở|TTTTTT|12|BK_TINH 16
TC003|Phạm Đình Quốc Thái|M|1968-02-27|C|1991-10-01|VP|2017-09-01|Phó Giám đốc Sở|TTXTTT|14|BK_TINH 17
TC004|Huỳnh Công Hậu|M|1972-07-19|C|1996-03-01|VP|2019-01-02|Phó Giám đốc Sở|TTTXTT|16|
TC005|Võ Thị Mỹ Duyên|F|1976-01-30|C|1999-12-01|VP|2015-07-01|Chánh Văn phòng|TTTTTT|17|GK 16
TC006|Nguyễn Hữu Phước|M|1980-09-08|C|2004-05-04|VP|2018-04-02|Phó Chánh Văn phòng|TTTTTT||GK 18
TC007|Đặng Thị Ứng|F|1987-04-21|C|2011-08-01|VP|2011-08-01|Chuyên viên|TTTTTT|19|
TC008|Bùi Ngọc Ánh Tuyết|F|1991-06-15|C|2015-01-05|VP|2015-01-05|Kế toán|TTTTTT||
TC009|Lý Văn Tám|M|1974-12-02|L|2001-02-01|VP|2001-02-01|Lái xe|TTTTTT||GK 15
TC010|Thạch Thị Sa Rây|F|1979-03-14|L|2006-07-03|VP|2006-07-03|Nhân viên phục vụ|TTTTTT||
TC011|Trương Hoàng Nam|M|1971-08-25|C|1995-09-05|TTR|2013-06-03|Chánh Thanh tra|TTTTTT|11|BK_TINH 13
TC012|Nguyễn Thị Kim Loan|F|1978-10-11|C|2002-04-01|TTR|2016-10-03|Phó Chánh Thanh tra|TTTTTT||
TC013|Mai Xuân Trường|M|1985-05-06|C|2009-11-02|TTR|2012-01-02|Thanh tra viên|TTTTTX||GK 17
TC014|Cao Thị Hồng Nhung|F|1989-02-18|C|2013-03-01|TTR|2013-03-01|Thanh tra viên|TTTTTT||
TC015|Lâm Quốc Việt|M|1992-09-29|C|2016-06-01|TTR|2016-06-01|Chuyên viên|-TTTTT||
TC016|Phan Thị Thanh Thủy|F|1974-06-07|C|1997-10-15|QLNS|2012-08-01|Trưởng phòng|XTTXXX|12,15,18,19|BK_TINH 18
TC017|Nguyễn Phước Hoàng Bảo Trân|F|1982-12-24|C|2006-01-03|QLNS|2017-02-01|Phó Trưởng phòng|TTXTTX|17,19|
TC018|Đỗ Mạnh Thường|M|1979-03-03|C|2003-09-01|QLNS|2019-06-03|Phó Trưởng phòng|TTTTTT|16|
TC019|Hồ Ngọc Diễm|F|1988-07-17|C|2012-05-02|QLNS|2012-05-02|Chuyên viên|TTTTTX||GK 18
TC020|Trần Quang Huy|M|1990-01-09|C|2014-09-01|QLNS|2014-09-01|Chuyên viên|TTTTTT||
TC021|Lê Thị Cẩm Tiên|F|1991-10-26|C|2015-12-01|QLNS|2015-12-01|Chuyên viên|-TTTTT||
TC022|Ngô Đức Thuận|M|1986-08-13|C|2010-03-01|QLNS|2010-03-01|Chuyên viên chính|TTTTTT||
TC023|Phùng Thị Yến Nhi|F|1993-05-31|C|2017-07-03|QLNS|2017-07-03|Chuyên viên|--TTTT||
TC024|Nguyễn Viết Thành|M|1973-04-04|C|1996-11-01|HCSN|2014-01-02|Trưởng phòng|TTTTTT|13|BK_TINH 15
TC025|Dương Thị Ngọc Hạnh|F|1980-09-22|C|2004-10-01|HCSN|2016-05-03|Phó Trưởng phòng|TTTTTX|18,19|GK 17
TC026|Nguyễn Thị Hương|F|1984-11-20|C|2008-12-01|HCSN|2008-12-01|Chuyên viên|TTTTTT||
TC027|Võ Minh Trí|M|1987-02-05|C|2011-04-01|HCSN|2011-04-01|Chuyên viên|TTTTTX|17|
TC028|Trần Lê Khánh Linh|F|1991-03-23|C|2015-08-03|HCSN|2015-08-03|Chuyên viên|-TTTTT||
TC029|Hoàng Trọng Nghĩa|M|1983-12-12|C|2007-06-01|HCSN|2007-06-01|Chuyên viên|TTTHTT||GK 15
TC030|Đinh Thị Thu Hà|F|1986-06-28|C|2010-09-01|HCSN|2010-09-01|Chuyên viên|TTTTTX||
TC031|Kiều Anh Tuấn|M|1994-01-16|C|2018-05-02|HCSN|2018-05-02|Chuyên viên|---TTT||
TC032|Bạch Văn Sơn|M|1969-09-09|C|1992-10-01|TCDT|2010-04-01|Trưởng phòng|TXTXXX|11-19|CSTDT 16,CSTDT 19
TC033|Nguyễn Thị Phương Thảo|F|1979-05-18|C|2003-02-03|TCDT|2015-11-02|Phó Trưởng phòng|TTTTTX|16,18,19|
TC034|Trịnh Công Danh|M|1977-07-07|C|2001-12-03|TCDT|2001-12-03|Chuyên viên chính|TTTTTT||GK 16
TC035|Lưu Thị Mai Phương|F|1989-10-02|C|2013-10-01|TCDT|2013-10-01|Chuyên viên|TTTTTX||
TC036|Phan Văn Lộc|M|1960-10-14|C|1989-03-01|TCDT|1996-07-15|Chuyên viên chính|TTTTTT|10|GK 13
TC037|Tạ Quốc Bảo|M|1985-01-27|C|2009-05-04|TCDT|2009-05-04|Chuyên viên|TTTTTT||
TC038|Vũ Hoàng Lan Anh|F|1992-08-08|C|2016-11-01|TCDT|2016-11-01|Chuyên viên|-TTTTT||
TC039|Châu Thanh Tùng|M|1988-04-30|C|2012-12-03|TCDT|2012-12-03|Chuyên viên|TTTTTT||
TC040|Đoàn Thị Lệ Hằng|F|1975-02-14|C|1998-07-01|GCS|2013-09-03|Trưởng phòng|TTTTTT|10,14|BK_TINH 16
TC041|Nguyễn Tấn Đăng|M|1981-11-11|C|2005-08-01|GCS|2018-08-01|Phó Trưởng phòng|TTTTTX|18,19|GK 17
TC042|Lê Hoài Thương|F|1986-12-05|C|2010-10-01|GCS|2020-04-01|Chuyên viên|TTTTTT||GK 19
TC043|Trần Văn Khánh|M|1984-03-08|C|2008-06-02|GCS|2008-06-02|Chuyên viên|TTTTTT||
TC044|Phạm Thị Tuyết Mai|F|1990-09-19|C|2014-04-01|GCS|2014-04-01|Chuyên viên|TTTTTT||
TC045|Giang Minh Đạt|M|1993-07-25|C|2017-10-02|GCS|2017-10-02|Chuyên viên|--TTTT||
TC046|Huỳnh Ngọc Thảo Uyên|F|1995-05-05|C|2019-03-01|GCS|2019-03-01|Chuyên viên|----TT||
TC047|Lê Quang Vinh|M|1973-10-30|C|1997-01-02|TCDN|2015-04-01|Trưởng phòng|TTTTTH|14|GK 14
TC048|Nguyễn Thị Bảo Ngọc|F|1983-08-16|C|2007-03-01|TCDN|2017-12-01|Phó Trưởng phòng|TTTTTT||
TC049|Trần Đăng Phúc|M|1986-05-23|C|2010-07-01|TCDN|2010-07-01|Chuyên viên|TTTTTT||
TC050|Hà Thị Minh Tâm|F|1990-12-31|C|2014-11-03|TCDN|2014-11-03|Chuyên viên|TTTTTT||
TC051|Phan Hữu Bằng|M|1988-03-29|C|2012-08-01|TCDN|2012-08-01|Chuyên viên|TTTTTT||GK 17
TC052|Ngô Nhật Minh|M|1978-06-06|C|2002-09-03|THTK|2014-10-01|Trưởng phòng|TTTTTT|15|
TC053|Võ Thị Trúc Ly|F|1985-10-18|C|2009-08-03|THTK|2018-03-01|Phó Trưởng phòng|TTTTTT||GK 18
TC054|Đào Duy Anh Quân|M|1989-01-21|C|2013-06-03|THTK|2013-06-03|Chuyên viên|TTTTTT|17|
TC055|Nguyễn Khắc Hiếu|M|1991-11-27|C|2016-02-01|THTK|2016-02-01|Chuyên viên|-TTTTT||
TC056|Trần Ngọc Như Quỳnh|F|1997-04-12|C|2020-05-18|THTK|2020-05-18|Chuyên viên (tập sự)|-----T||
TC057|Lương Chí Thiện|M|1974-07-15|V|2000-04-03|TTTV|2011-06-01|Giám đốc Trung tâm|TTTTTT|11|GK 12
TC058|Tôn Nữ Hoàng Bảo Quyên|F|1981-02-02|V|2005-11-01|TTTV|2016-01-04|Phó Giám đốc Trung tâm|TTTTTX|16|
TC059|Nguyễn Thị Hương|F|1988-08-28|V|2012-03-01|TTTV|2012-03-01|Viên chức thẩm định giá|TTTTTT||GK 19
TC060|Lại Văn Hòa|M|1986-09-13|V|2011-10-03|TTTV|2011-10-03|Viên chức tư vấn|TTTTTT||
TC061|Phạm Gia Hân|F|1992-12-20|V|2016-09-01|TTTV|2016-09-01|Viên chức tư vấn|-TTTTT||
TC062|Thái Bá Duy|M|1990-06-10|V|2015-04-01|TTTV|2015-04-01|Kế toán|TTTTTT||
"""

# year | S initiative, D research topic | B base, P province | authors | name
INITIATIVES = """
2015|S|B|TC001|Quy trình một đầu mối tiếp nhận, xử lý văn bản đến của Sở
2015|S|B|TC016|Bảng tính tự động cân đối dự toán thu, chi ngân sách huyện
2015|S|B|TC032|Mẫu báo cáo nhanh tình hình tạm ứng vốn đầu tư theo dự án
2015|S|B|TC052|Kho số liệu dùng chung thay cho gửi tệp qua thư điện tử
2016|S|B|TC004|Lịch công khai theo dõi tiến độ nhiệm vụ UBND tỉnh giao
2016|S|B|TC018|Rút ngắn thời gian thẩm tra nguồn cải cách tiền lương
2016|D|P|TC032|Giải pháp đẩy nhanh quyết toán dự án hoàn thành trên địa bàn tỉnh
2016|S|B|TC033|Bộ câu hỏi kiểm tra hồ sơ quyết toán trước khi tiếp nhận
2016|S|B|TC058|Cơ sở dữ liệu giá vật tư, thiết bị phục vụ thẩm định giá
2017|S|B|TC005|Số hóa sổ theo dõi tài sản, công cụ của cơ quan
2017|S|B|TC017|Cảnh báo sớm huyện, xã hụt thu so với dự toán
2017|S|B|TC027|Mẫu thuyết minh dự toán thống nhất cho đơn vị sự nghiệp
2017|S|P|TC032|Liên thông số liệu vốn đầu tư công giữa Sở, Kho bạc và chủ đầu tư
2017|S|B|TC054|Công cụ đối chiếu mã đơn vị quan hệ ngân sách
2018|S|B|TC016|Quy trình điều hành ngân sách theo quý gắn với tồn quỹ
2018|S|B|TC025|Bộ tiêu chí chấm điểm báo cáo quyết toán của đơn vị dự toán
2018|S|B|TC032|Rà soát dự án chậm quyết toán bằng danh mục phân loại
2018|S|B|TC033|Sổ tay hướng dẫn chủ đầu tư lập hồ sơ quyết toán
2018|S|B|TC041|Bản đồ nhà, đất công phục vụ sắp xếp, xử lý tài sản
2019|S|B|TC007|Nhắc hạn xử lý văn bản qua tin nhắn
2019|S|P|TC016,TC017|Mô hình dự báo thu ngân sách tỉnh theo tháng
2019|S|B|TC025|Hướng dẫn tự chủ tài chính qua tình huống cho trường học
2019|S|B|TC032|Cẩm nang xử lý vướng mắc quyết toán dự án nhóm C
2019|S|B|TC033|Phân luồng hồ sơ quyết toán theo mức độ rủi ro
2019|S|B|TC041|Kiểm kê tài sản công bằng mã QR
2020|S|B|TC001,TC007|Họp không giấy tại Sở Tài chính
2020|S|B|TC016|Rút ngắn thời gian phân bổ kinh phí phòng, chống dịch còn hai ngày
2020|D|P|TC017|Nghiên cứu tiêu chí phân bổ chi thường xuyên thời kỳ ổn định ngân sách mới
2020|S|B|TC019|Bảng theo dõi nguồn tăng thu, tiết kiệm chi của từng huyện
2020|S|B|TC025,TC030|Thẩm định dự toán đơn vị sự nghiệp theo nhóm có cùng định mức
2020|S|B|TC027|Danh mục lỗi thường gặp khi quyết toán kinh phí chương trình mục tiêu
2020|S|B|TC032|Giao ban trực tuyến hằng tuần với chủ đầu tư giải ngân chậm
2020|S|P|TC033|Hệ thống theo dõi công nợ vốn đầu tư công toàn tỉnh
2020|S|B|TC035|Mẫu kiểm tra nhanh giá trị đề nghị quyết toán
2020|S|B|TC041|Đấu giá tài sản thanh lý theo lô
2020|D|B|TC058|Hoàn thiện phương pháp thẩm định giá thiết bị y tế
"""

# lead unit | given | due | done | product | what; a task due in 2019 and done in 2020 was carried over
TASKS = """
QLNS|2019-06-03|2019-11-30|2020-02-14|Báo cáo|Thu hồi các khoản tạm ứng ngân sách kéo dài nhiều năm
TCDT|2019-04-15|2019-12-20|2020-03-20|Báo cáo|Xử lý dự án chậm quyết toán trên 24 tháng
GCS|2019-05-10|2019-12-15|2020-04-24|Tờ trình|Phương án sắp xếp lại nhà, đất của các sở, ngành (đợt 2)
TCDN|2019-03-20|2019-12-25|2020-05-29|Tờ trình|Xử lý công nợ khi cổ phần hóa doanh nghiệp cấp nước
HCSN|2019-08-05|2019-12-31|2020-01-31|Tờ trình|Danh mục dịch vụ sự nghiệp công dùng ngân sách tỉnh
VP|2020-01-06|2020-01-31|2020-01-22|Kế hoạch|Kế hoạch cải cách hành chính năm 2020 của ngành tài chính tỉnh
VP|2020-01-14|2020-02-28|2020-02-26|Kế hoạch|Kế hoạch thực hành tiết kiệm, chống lãng phí năm 2020 của tỉnh
VP|2020-03-02|2020-04-15|2020-04-10|Báo cáo|Báo cáo kết quả thực hiện quy chế dân chủ và văn hóa công sở
VP|2020-04-20|2020-06-30|2020-06-25|Quyết định|Công bố, niêm yết thủ tục hành chính đã sửa đổi
VP|2020-07-01|2020-08-31|2020-08-27|Báo cáo|Rà soát vị trí việc làm và tinh giản biên chế của Sở
VP|2020-08-17|2020-10-31|2020-10-29|Kế hoạch|Chuyển đổi vị trí công tác của công chức quản lý ngân sách
VP|2020-10-05|2020-12-15|2020-12-11|Báo cáo|Báo cáo kết quả cải cách hành chính năm 2020
TTR|2020-01-08|2020-02-10|2020-02-07|Quyết định|Công khai kế hoạch thanh tra năm 2020
TTR|2020-02-17|2020-05-30|2020-05-28|Kết luận|Thanh tra việc quản lý, sử dụng ngân sách tại một huyện
TTR|2020-03-09|2020-06-30|2020-06-19|Kết luận|Thanh tra việc mua sắm tài sản công tại hai đơn vị y tế
TTR|2020-05-11|2020-08-31|2020-08-21|Báo cáo|Kiểm tra việc thực hiện kết luận thanh tra 2017 – 2019
TTR|2020-06-15|2020-07-31|2020-07-30|Báo cáo|Báo cáo công tác phòng, chống tham nhũng 6 tháng đầu năm
TTR|2020-07-13|2020-11-15|2020-11-13|Kết luận|Thanh tra việc quản lý các quỹ tài chính ngoài ngân sách
TTR|2020-09-14|2020-12-10|2020-12-09|Báo cáo|Báo cáo việc kê khai, công khai tài sản, thu nhập năm 2020
QLNS|2020-01-06|2020-01-20|2020-01-17|Quyết định|Công khai dự toán ngân sách tỉnh năm 2020
QLNS|2020-02-10|2020-03-15|2020-03-12|Tờ trình|Bổ sung kinh phí phòng, chống dịch COVID-19 đợt 1
QLNS|2020-04-13|2020-05-15|2020-05-12|Tờ trình|Kinh phí hỗ trợ người dân gặp khó khăn do dịch COVID-19
QLNS|2020-03-16|2020-06-15|2020-06-12|Báo cáo|Tổng hợp quyết toán thu, chi ngân sách địa phương năm 2019
QLNS|2020-05-18|2020-07-15|2020-07-10|Báo cáo|Đánh giá thực hiện dự toán ngân sách 6 tháng đầu năm
QLNS|2020-06-08|2020-08-20|2020-08-18|Báo cáo|Phương án điều hành ngân sách khi hụt thu do dịch bệnh
QLNS|2020-06-22|2020-09-30|2020-09-25|Tờ trình|Dự thảo nghị quyết định mức phân bổ chi thường xuyên
QLNS|2020-07-20|2020-10-15|2020-10-09|Báo cáo|Thảo luận dự toán ngân sách năm 2021 với các huyện, thành phố
QLNS|2020-09-07|2020-11-20|2020-11-18|Tờ trình|Trình dự toán, phương án phân bổ ngân sách tỉnh năm 2021
QLNS|2020-10-12|2020-12-10|2020-12-08|Quyết định|Giao dự toán thu, chi ngân sách năm 2021 cho các đơn vị
HCSN|2020-01-13|2020-02-28|2020-02-21|Thông báo|Thẩm tra phân bổ dự toán năm 2020 của các đơn vị cấp tỉnh
HCSN|2020-02-24|2020-04-30|2020-04-28|Tờ trình|Giao quyền tự chủ tài chính cho các đơn vị sự nghiệp công lập
HCSN|2020-03-23|2020-07-31|2020-07-24|Thông báo|Xét duyệt quyết toán năm 2019 của các đơn vị dự toán cấp tỉnh
HCSN|2020-04-06|2020-05-31|2020-05-27|Tờ trình|Chế độ phụ cấp cho người tham gia phòng, chống dịch
HCSN|2020-05-25|2020-08-15|2020-08-12|Tờ trình|Mức chi bồi dưỡng cán bộ, công chức của tỉnh
HCSN|2020-06-29|2020-09-15|2020-09-11|Báo cáo|Cắt giảm, tiết kiệm thêm chi thường xuyên còn lại của năm 2020
HCSN|2020-08-03|2020-10-30|2020-10-27|Tờ trình|Giá dịch vụ giáo dục nghề nghiệp sử dụng ngân sách
HCSN|2020-09-21|2020-12-05|2020-12-04|Báo cáo|Kinh phí tổ chức đại hội đảng bộ các cấp
TCDT|2020-01-06|2020-01-31|2020-01-30|Thông báo|Nhập, phê duyệt kế hoạch vốn đầu tư công năm 2020
TCDT|2020-02-03|2020-04-30|2020-04-24|Báo cáo|Quyết toán vốn đầu tư theo niên độ ngân sách năm 2019
TCDT|2020-03-09|2020-06-30|2020-06-29|Quyết định|Thẩm tra quyết toán 40 dự án hoàn thành (đợt 1)
TCDT|2020-05-04|2020-07-20|2020-07-16|Báo cáo|Đôn đốc giải ngân vốn đầu tư công, đề xuất điều chuyển vốn
TCDT|2020-06-15|2020-09-15|2020-09-10|Tờ trình|Phương án tài chính các khu tái định cư
TCDT|2020-07-06|2020-11-30|2020-11-27|Quyết định|Thẩm tra quyết toán 45 dự án hoàn thành (đợt 2)
TCDT|2020-08-10|2020-10-20|2020-10-15|Báo cáo|Khả năng cân đối vốn đầu tư công trung hạn 2021 – 2025
TCDT|2020-10-19|2020-12-20|2020-12-18|Báo cáo|Công khai dự án vi phạm thời gian quyết toán năm 2020
GCS|2020-01-20|2020-03-31|2020-03-27|Quyết định|Hệ số điều chỉnh giá đất năm 2020
GCS|2020-02-17|2020-05-15|2020-05-14|Báo cáo|Báo cáo tình hình quản lý, sử dụng tài sản công năm 2019
GCS|2020-04-27|2020-07-31|2020-08-07|Tờ trình|Định mức máy móc, thiết bị chuyên dùng ngành giáo dục
GCS|2020-06-01|2020-09-30|2020-09-24|Thông báo|Mua sắm tập trung máy tính, máy in năm 2020
GCS|2020-08-24|2020-11-30|2020-11-25|Tờ trình|Bảng giá tính thuế tài nguyên năm 2021
GCS|2020-11-02|2020-12-25|2020-12-23|Kế hoạch|Bình ổn giá dịp Tết Nguyên đán Tân Sửu
TCDN|2020-02-10|2020-04-30|2020-05-20|Báo cáo|Giám sát tài chính doanh nghiệp có vốn nhà nước năm 2019
TCDN|2020-05-11|2020-08-31|2020-09-18|Tờ trình|Thoái vốn nhà nước tại công ty cổ phần môi trường đô thị
TCDN|2020-09-28|2020-12-15|2020-12-15|Báo cáo|Xếp loại doanh nghiệp do tỉnh làm chủ sở hữu
THTK|2020-01-13|2020-03-31|2020-03-30|Kế hoạch|Ứng dụng công nghệ thông tin ngành tài chính năm 2020
THTK|2020-04-20|2020-09-30|2020-09-29|Báo cáo|Dịch vụ công trực tuyến mức độ 4 cấp mã số ngân sách
THTK|2020-07-27|2020-12-20|2020-12-16|Báo cáo|Bảo đảm an toàn thông tin hệ thống quản lý ngân sách và kho bạc
TTTV|2020-02-24|2020-06-30|2020-06-26|Báo cáo|Thẩm định giá gói thiết bị y tế phòng, chống dịch
TTTV|2020-05-04|2020-08-31|2020-08-28|Báo cáo|Tư vấn đấu giá tài sản thanh lý của các đơn vị cấp tỉnh
TTTV|2020-06-22|2020-11-15|2020-11-12|Báo cáo|Xác định giá trị tài sản trên đất khi thu hồi các khu đất công
"""

DISCIPLINE = """
TC051|Khiển trách|318/QĐ-STC|2020-08-14|Chậm tham mưu nhiệm vụ được giao, để quá hạn hai báo cáo
"""
LEAVES = """
TC044|Thai sản|2017-05-08|2017-11-07|88/QĐ-STC
TC046|Đào tạo|2020-09-07|2020-11-27|352/QĐ-STC
TC028|Thai sản|2020-03-02|2020-09-01|41/QĐ-STC
TC034|Ốm|2020-05-04|2020-07-03|147/QĐ-STC
TC061|Không lương|2019-02-11|2019-03-15|33/QĐ-STC
"""
PETITIONS = """
TC040|Khiếu nại|2020-03-16|2020-04-20|Khiếu nại không đúng, đã giải quyết xong
GCS|Kiểm tra|2020-06-08|2020-07-03|Không có dấu hiệu vi phạm
TC051|Xem xét kỷ luật|2020-07-20|2020-08-14|Khiển trách
TC043|Tố cáo|2020-11-12||
"""
INCIDENTS = """
Khiếu kiện đông người|142/BC-TTr
Mất trộm tài sản|96/BC-VP
Lộ bí mật nhà nước|97/BC-VP
Cháy, nổ|98/BC-VP
Tai nạn lao động nghiêm trọng|98/BC-VP
CBCCVC phạm tội|143/BC-TTr
Vi phạm quy định về thực hành tiết kiệm, chống lãng phí, tham nhũng|144/BC-TTr
Vi phạm những điều CBCCVC không được làm|144/BC-TTr
"""
EXCELLENT_UNITS = {"TTR": (2015,), "QLNS": (2016, 2018, 2019), "HCSN": (2017,), "TCDT": (2017, 2019)}
TRANSFERRED = {"TC042": "HCSN"}
RETIRED = {"TC036": "2020-11-01"}
SECONDED = {"TC022": ("Văn phòng UBND tỉnh", "2020-06-01", "2021-05-31")}

Cells = list[object]


def write(path: Path = OUT) -> None:
    """Write the workbook; the same bytes every time with one version of the writer."""
    book = Workbook()
    _cover(book.active)
    for name, title, headers, rows in tables():
        _fill(book.create_sheet(name), title, headers, [list(row) for row in rows])
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_undated(buffer.getvalue()))


def tables() -> Iterator[tuple[str, str, str, Iterable[Cells]]]:
    """Each sheet: its name, title, headers with | between, and rows."""
    yield "Đơn vị", "Danh sách đơn vị", "Mã đơn vị|Tên đơn vị|Loại|Đơn vị cấp trên|Ngày thành lập", units()
    header = "Mã CBCCVC|Họ và tên|Ngày sinh|Giới tính|Loại|Ngày tuyển dụng"
    yield "Nhân sự", "Danh sách cán bộ, công chức, viên chức, người lao động", header, people()
    header = "Mã CBCCVC|Mã đơn vị|Chức vụ|Hình thức|Nơi đến (nếu biệt phái)|Từ ngày|Đến ngày"
    yield "Quá trình công tác", "Quá trình công tác tại Sở", header, posts()
    header = "Đối tượng|Năm|Xếp loại|Số văn bản|Ngày văn bản"
    yield "Xếp loại", "Kết quả đánh giá, xếp loại chất lượng hằng năm", header, ratings()
    header = "Đối tượng|Năm|Đăng ký thi đua|Tham gia phong trào, đoàn kết|Tích cực học tập"
    header += "|Đạo đức, lối sống|Nội bộ đoàn kết"
    yield "Đăng ký, nhận xét", "Đăng ký thi đua và nhận xét năm 2020", header, judgements()
    header = "Mã đơn vị|Tổ chức|Năm|Xếp loại"
    yield "Đảng, đoàn thể", "Xếp loại tổ chức đảng, đoàn thể", header, mass_organisations()
    header = "Mã CBCCVC|Hình thức kỷ luật|Số quyết định|Ngày quyết định|Lý do"
    yield "Kỷ luật", "Kỷ luật trong năm 2020", header, _lines(DISCIPLINE)
    header = "Mã CBCCVC|Loại nghỉ|Từ ngày|Đến ngày|Số quyết định"
    yield "Nghỉ", "Nghỉ thai sản, ốm, không lương và đi đào tạo", header, _lines(LEAVES)
    header = "Mã CBCCVC|Tên sáng kiến, đề tài|Loại|Phạm vi|Năm|Số quyết định công nhận|Ngày công nhận"
    yield "Sáng kiến, đề tài", "Sáng kiến, đề tài được công nhận", header, initiatives()
    header = "Đối tượng|Loại|Ngày thụ lý|Ngày kết luận|Kết luận"
    yield "Đơn thư, kiểm tra", "Đơn thư, kiểm tra, xem xét kỷ luật", header, _lines(PETITIONS)
    header = "Đối tượng|Năm|Danh hiệu|Số quyết định|Ngày quyết định"
    yield "Danh hiệu đã đạt", "Danh hiệu, hình thức khen thưởng đã đạt", header, awards()
    header = "Mã nhiệm vụ|Nội dung|Đơn vị chủ trì|Cơ quan giao|Ngày giao|Hạn|Năm|Chuyển từ năm"
    header += "|Ngày hoàn thành|Sản phẩm"
    yield "Nhiệm vụ được giao", "Nhiệm vụ UBND tỉnh giao năm 2020", header, tasks()
    header = "Loại vụ việc|Năm|Số vụ (0 = đã rà soát, không có)|Nguồn|Ngày"
    rows = [[kind, 2020, 0, source, _day("2020-12-21")] for kind, source in _lines(INCIDENTS)]
    yield "Vụ việc", "Kết quả rà soát vụ việc năm 2020", header, rows
    header = "Tên danh hiệu|Năm|Kết quả giữ vững|Số văn bản|Ngày"
    yield "Danh hiệu giữ vững", "Danh hiệu giữ vững", header, standing_titles()


def units() -> Iterator[Cells]:
    """Code, name, kind, parent (empty: the agency), set up."""
    for code, name, kind, since, *_ in _lines(UNITS):
        yield [code, name, kind, None, since]


def people() -> Iterator[Cells]:
    """Code, name, born, sex, category, recruited."""
    categories = {"C": "Công chức", "V": "Viên chức", "L": "Người lao động"}
    for code, name, sex, born, category, recruited, *_ in _lines(PEOPLE):
        yield [code, name, born, "Nam" if sex == "M" else "Nữ", categories[category], recruited]


def posts() -> Iterator[Cells]:
    """Person, unit, post, form, elsewhere, from, to (the last day)."""
    since_by_unit = {line[0]: line[3] for line in _lines(UNITS)}
    for code, _, _, _, category, recruited, unit, since, post, *_ in _lines(PEOPLE):
        earlier = TRANSFERRED.get(code, unit)
        start = max(recruited, since_by_unit[earlier])
        if start < since:
            first = "Viên chức" if category == "V" else "Chuyên viên"
            yield [code, earlier, first, "Chính thức", None, start, since - datetime.timedelta(days=1)]
        end = RETIRED.get(code)
        yield [code, unit, post, "Chính thức", None, since, _day(end) if end else None]
        if code in SECONDED:
            place, begin, end = SECONDED[code]
            yield [code, unit, post, "Biệt phái", place, _day(begin), _day(end)]


def ratings() -> Iterator[Cells]:
    """Subject, year, grade, document, dated: people 2015–2020, units 2019–2020."""
    for code, *_, post, grades, _, _ in _lines(PEOPLE):
        for year, grade in zip(range(2015, 2021), grades, strict=True):
            by = "UBND" if post == "Giám đốc Sở" else "STC"
            document, day = (
                f"{470 + (year - 2015) * 23}/QĐ-{by}",
                _workday(datetime.date(year, 12, 18 + year % 5)),
            )
            if code in RETIRED and year == 2020:
                document, day = "497/QĐ-STC", datetime.date(2020, 10, 26)
            if grade == "?":
                yield [code, year, None, None, None]
            elif grade != "-":
                yield [code, year, GRADES[grade], document, day]
    for code, _, _, _, _, grades, _ in _lines(UNITS):
        for year, grade in zip((2019, 2020), grades, strict=True):
            document = f"{471 + (year - 2015) * 23}/QĐ-STC"
            yield [code, year, GRADES[grade], document, _workday(datetime.date(year, 12, 22))]


def judgements() -> Iterator[Cells]:
    """Subject, year, registered, takes part, studies, ethics, unity."""
    for code, *_ in _lines(PEOPLE):
        yield [code, 2020, "Có", "Có", "Có", "Có", None]
    for code, *_ in _lines(UNITS):
        yield [code, 2020, "Có", "Có", None, None, "Có"]


def mass_organisations() -> Iterator[Cells]:
    """Unit (or the agency), organisation, year, grade."""
    kinds = ("Tổ chức đảng", "Công đoàn", "Đoàn thanh niên", "Phụ nữ")
    for year, grades in ((2019, "TTT"), (2020, "TXT")):
        for kind, grade in zip(kinds, grades, strict=False):
            yield [AGENCY, kind, year, GRADES[grade]]
    for code, *_, grades in _lines(UNITS):
        for kind, grade in zip(kinds, grades, strict=True):
            yield [code, kind, 2020, GRADES[grade]]


def initiatives() -> Iterator[Cells]:
    """Person, name, kind, scope, year, decision, dated: one row an author."""
    kinds, scopes = {"S": "Sáng kiến", "D": "Đề tài"}, {"B": "Cơ sở", "P": "Tỉnh"}
    for number, (year, kind, scope, authors, name) in enumerate(_lines(INITIATIVES)):
        by, day = ("UBND", (11, 20)) if scope == "P" else ("STC", (12, 4))
        decision, dated = f"{390 + number * 3}/QĐ-{by}", _workday(datetime.date(int(year), *day))
        for author in authors.split(","):
            yield [author, name, kinds[kind], scopes[scope], int(year), decision, dated]


def awards() -> Iterator[Cells]:
    """Subject, year, title, decision, dated: people 2010–2019 by their careers, units 2015–2019."""
    for code, *_, recruited, _, _, _, grades, fighter, further in _lines(PEOPLE):
        extra = [item.split() for item in (further or "").split(",") if item]
        for year in range(2010, 2020):
            worked = (year - recruited.year) * 12 + 12 - recruited.month >= 10
            rated = year < 2015 or grades[year - 2015] in "XT"
            won = year in _years(fighter)
            if worked and rated and (won or year >= 2015 or (int(code[2:]) + year) % 11):
                yield _award(code, year, "LDTT")
            yield from [_award(code, year, "CSTDCS")] if won else []
            yield from (_award(code, year, title) for title, when in extra if int(when) + 2000 == year)
    for number, (code, *_) in enumerate(_lines(UNITS)):
        for year in range(2015, 2020):
            excellent = year in EXCELLENT_UNITS.get(code, ())
            if excellent or (number + year) % 9:
                yield _award(code, year, "TTLDTT")
            yield from [_award(code, year, "TTLDXS")] if excellent else []


def _award(subject: object, year: int, title: str) -> Cells:
    order = list(TITLES).index(title)
    by = DECIDERS.get(title, "STC")
    dated = _workday(datetime.date(year + 1, *((3, 10 + order) if by == "UBND" else (1, 12 + order))))
    return [subject, year, TITLES[title], f"{15 + (year - 2010) * 4 + order}/QĐ-{by}", dated]


def tasks() -> Iterator[Cells]:
    """Code, what, lead unit, given by, given, due, year, carried from, done, product."""
    for number, (unit, given, due, done, product, what) in enumerate(_lines(TASKS), start=1):
        carried = due.year if due.year < 2020 else None
        code = f"NV{carried or 2020}-{number:02d}"
        made = f"{product} số {100 + number * 7}/STC-{unit}"
        yield [code, what, unit, "UBND tỉnh", given, due, 2020, carried, done, made]


def standing_titles() -> Iterator[Cells]:
    """Title, year, kept, document, dated; the last is not yet known."""
    culture, security = "Đơn vị văn hóa", "An toàn về an ninh, trật tự"
    yield [culture, 2019, "Có", "1188/QĐ-LĐLĐ", datetime.date(2019, 12, 20)]
    yield [security, 2019, "Có", "2045/QĐ-UBND", datetime.date(2020, 1, 15)]
    yield [culture, 2020, "Có", "1236/QĐ-LĐLĐ", datetime.date(2020, 12, 23)]
    yield [security, 2020, None, None, None]


def _years(text: str | None) -> set[int]:
    """Years of "11-13,15": 2011, 2012, 2013 and 2015."""
    spans = [part.split("-") for part in (text or "").split(",") if part]
    return {year + 2000 for span in spans for year in range(int(span[0]), int(span[-1]) + 1)}


def _workday(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _lines(text: str) -> Iterator[list[Any]]:
    """Fields of each line: ISO dates as dates, empty as None."""
    for line in text.strip().splitlines():
        parts = line.split("|")
        yield [_day(part) if re.fullmatch(r"\d{4}-\d\d-\d\d", part) else part or None for part in parts]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _cover(sheet: Worksheet) -> None:
    sheet.title = "Đọc trước"
    sheet.column_dimensions["A"].width = 110
    lines = (
        DEMO,
        "Mọi tên người, mã, số văn bản đều đặt ra để minh họa; trùng với thực tế là ngẫu nhiên.",
        "Sở Tài chính (ví dụ), năm 2020: 9 đơn vị, 62 người. Mã cơ quan: STC.",
        "Mỗi trang có một bảng. Ô để trống nghĩa là chưa có hoặc chưa biết, không phải là 0 hay là Không.",
        "“Đơn vị cấp trên” để trống: trực thuộc Sở. “Đến ngày” là ngày cuối cùng; để trống: đang giữ.",
        "Đối tượng là mã CBCCVC (TC…) hoặc mã đơn vị.",
    )
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(name=FONT, size=14, bold=True, color="C00000")


def _fill(sheet: Worksheet, title: str, headers: str, rows: list[Cells]) -> None:
    """Title in row 1, the demo notice in row 2, headers in row 4, data below."""
    names = headers.split("|")
    for row, text, font in ((1, f"{title.upper()} – DỮ LIỆU MINH HỌA", 14), (2, DEMO, 11)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(names))
        sheet.cell(row, 1, text).font = Font(name=FONT, size=font, bold=row == 1, italic=row == 2)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    thin = Side(style="thin", color="808080")
    for number, row in enumerate([names, *rows], start=4):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.font = Font(name=FONT, size=12, bold=number == 4)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if number == 4 else "top")
            if number == 4:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
            if isinstance(value, datetime.date):
                cell.number_format = "dd/mm/yyyy"
    for column, values in enumerate(zip(names, *rows, strict=True), start=1):
        longest = max(10 if isinstance(value, datetime.date) else len(str(value or "")) for value in values)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 3, 9), 60)
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _undated(data: bytes) -> bytes:
    """The package without the time of writing."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2020-12-31T00:00:00Z", content)
            undated = zipfile.ZipInfo(info.filename, (2020, 12, 31, 0, 0, 0))
            new.writestr(undated, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    write()
    print(f"Đã ghi {OUT.name}.")
