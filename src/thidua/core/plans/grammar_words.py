"""The words the target grammar knows, by the part they play; phrases are divided by commas.

Vocabulary of plans and reports in general, not of one plan: to teach the reader a new way of speaking,
add the phrase here and a sentence with it to tests/core/plans/sentences.yaml.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    # comparison before the number
    "ge": "từ, ít nhất, ít nhất là, tối thiểu, tối thiểu là, không thấp hơn, không dưới, không ít hơn, không kém,"
    "tối thiểu phải, thấp nhất, thấp nhất là, không kém hơn, chí ít, không nhỏ hơn, đạt và vượt,"
    "đạt hoặc vượt, tối thiếu",
    "le": "không quá, không vượt quá, không vượt, không cao hơn, tối đa, tối đa là, nhiều nhất, nhiều nhất là,"
    "cao nhất là, không nhiều hơn, không lớn hơn, chậm nhất, không trên, không hơn, cao nhất",
    "gt": "trên, hơn, vượt quá, cao hơn, lớn hơn, nhiều hơn, đạt trên, vượt trên",
    "lt": "dưới, thấp hơn, ít hơn, nhỏ hơn, chưa đến, chưa tới, không đến, không tới, xuống dưới",
    "eq": "đúng, bằng",
    "strong_op": "ít nhất, tối thiểu, không thấp hơn, không dưới, không ít hơn, không kém, không quá,"
    "không vượt quá, tối đa, không cao hơn, nhiều nhất",
    "approx": "khoảng, khoảng chừng, xấp xỉ, chừng, ước, ước khoảng, gần, vào khoảng, ước đạt",
    "glue": "đạt, là, mức, có, được, phải, tỷ lệ, tỉ lệ, thêm, còn, lên, xuống, đến, tới, khoảng, cho, về, ở mức,"
    "ở, thực hiện, hoàn thành, số, mỗi năm, bình quân, kết nạp, tổ chức, xây dựng, thành lập, giữ, tổng số",
    # comparison after the number
    "up": "trở lên",
    "down": "trở xuống, trở lại",
    "to": "đến, tới",
    "rise": "lên, lên đến, tăng lên, lên trên",
    "fall": "xuống, xuống còn, còn, còn dưới, xuống dưới, xuống thấp hơn",
    # what the sentence wants
    "scoring_rule": "thang điểm, chấm điểm, bảng điểm, điểm cộng, điểm trừ, trừ điểm, cộng điểm, điểm liệt",
    "idle_label": "thời gian, thành phần, số lượng, địa điểm, kinh phí, đối tượng, gồm, bao gồm, gồm có, hồ sơ, số bản,"
    "cơ cấu, cơ cấu giải thưởng, điện thoại, sđt, mẫu, thời hạn, danh sách, biên chế, hiện có",
    "goal": "phấn đấu, chỉ tiêu, mục tiêu, quyết tâm, đến năm, đến hết năm, đến cuối năm, đến hết, bảo đảm, đảm bảo,"
    "hàng năm, hằng năm, mỗi năm, hàng tháng, hằng tháng, hàng quý, mỗi quý, mỗi tháng, mỗi, trong năm,"
    "đăng ký, quyết tâm đạt, cam kết, yêu cầu đạt, cần đạt, kế hoạch giao, dự kiến đạt, vào năm,"
    "hướng tới, hướng đến, hoàn thành chỉ tiêu, giao chỉ tiêu, nỗ lực",
    "strive": "phấn đấu, quyết tâm, chỉ tiêu, mục tiêu, cam kết, đăng ký, hướng tới, quyết tâm đạt, nỗ lực,"
    "tiếp tục phấn đấu, đến năm, đến hết năm, đến cuối năm",
    "act": "đạt, kết nạp, thành lập, thành lập mới, mở, mở mới, xây dựng, xây dựng mới, tổ chức, trồng, trồng mới,"
    "tạo, tạo việc làm, giải quyết việc làm, đào tạo, bồi dưỡng, giúp đỡ, hỗ trợ, hiến, thu, thu hút,"
    "phát triển, phát triển mới, phát triển thêm, giảm, giảm thêm, tăng, tăng thêm, xóa, sửa chữa, hoàn thành,"
    "công nhận, giới thiệu, cấp mới, thực hiện, viết, đăng, đăng tải, ra mắt, duy trì, nâng, huy động, nộp,"
    "tiết kiệm, quyên góp, ủng hộ, giải ngân, bắt giữ, triệt phá, xử lý, khám, điều trị, tiếp nhận, tuyển,"
    "tuyển dụng, tuyển sinh, biên soạn, nghiệm thu, ứng dụng, triển khai, nhân rộng, khởi công, bê tông hóa,"
    "cứng hóa, lắp đặt, lắp đặt mới, đầu tư mới, đầu tư, chuyển đổi, nâng cấp, cải tạo, khai thác, sản xuất,"
    "thêm, còn, đỡ đầu, tặng, trao, nhận đỡ đầu, tư vấn, khai trương, cung cấp, đưa, đón, phục vụ, có, đạt giải",
    "plain_act": "gấp, đạt, kết nạp, thành lập, thành lập mới, mở, mở mới, xây dựng mới, trồng, trồng mới, tạo việc làm,"
    "giải quyết việc làm, phát triển mới, phát triển thêm, phát triển, hiến, vận động, thu, thu hút,"
    "giảm, tăng, xóa, nâng, huy động, tiết kiệm, tổ chức, xây dựng, thực hiện, hoàn thành, đào tạo,"
    "viết, bồi dưỡng, giúp đỡ, hỗ trợ, duy trì, xếp, đứng, lắp đặt mới, đầu tư mới, sửa chữa, công nhận,"
    "giới thiệu, nâng cấp, đỡ đầu, quyên góp, ra mắt, triển khai, đăng, còn, thêm, biên soạn, chuyển đổi, trao tặng, trao, tặng, đạt giải, bắt, vận động, giao, hướng dẫn",
    "less_is_better": "nghèo, hộ nghèo, cận nghèo, tử vong, tử suất, thứ hạng, xếp thứ, đứng thứ, bỏ học, lưu ban,"
    "tai nạn, tội phạm, suy dinh dưỡng, thất nghiệp, nợ xấu, nợ đọng, nợ thuế, tái nghèo,"
    "trễ hạn, quá hạn, vi phạm, mắc bệnh, tảo hôn, sinh con thứ ba, sinh con thứ 3, thất thoát,"
    "hao hụt, chết, bị thương, khiếu nại, yếu kém, học lực yếu, chưa đạt, tốp, top, thứ, hạng,"
    "nhiễm khuẩn, sai sót, tồn đọng, chậm",
    "longevity": "tuổi thọ, tuổi trung bình, tuổi thọ trung bình, độ tuổi trung bình",
    # what makes a number no quantity
    "numbered": "năm, tháng, quý, lớp, khối, số, mức, mức độ, cấp, cấp độ, đợt, điều, khoản, mục, phần, chương, bảng,"
    "biểu, phụ lục, mẫu, trung ương, khóa, lần thứ, tổ, kỳ, thế kỷ, bậc, đề án, covid, quốc lộ, giai đoạn,"
    "con thứ, loại, vòng, thời kỳ, tuần, tiêu chí, nghị quyết, quyết định, thông tư, nghị định, chỉ thị,"
    "luật, kế hoạch, công văn, hạng, nhóm, đường, khu phố, thôn, tổ dân phố, phường, quận, chi bộ,"
    "năm học, học kỳ, iso, tcvn, đối tượng, chỉ tiêu, điểm, phòng, khu, khối thi đua, cụm, cụm thi đua, hạng mục,"
    "sinh con thứ, bước, ban, vùng, gói, gói thầu, ca, đội, câu, bài, trang, dạng, type, thứ",
    "after_no_count": "tuổi, sao, bản, bộ hồ sơ, bản giấy, ngày làm việc, chương, khoản, điều, trang, phần, thành viên,"
    "nhóm, bước, mục tiêu, nhóm giải pháp, nội dung, nhiệm vụ trọng tâm, giải nhất, giờ sáng,"
    "không, sạch, rõ, tại chỗ, nhất, biết, tốt, phong trào, môn, tháng đầu năm, tháng cuối năm, năm tới, năm qua, năm tiếp theo, tháng, quý",
    "measure_unit": "ha, hecta, héc ta, m2, m3, km, km2, tấn, tạ, cm, m, kg, lít, phút, giờ, ngày, năm, tuổi, điểm,"
    "kwh, kw, mw, usd, đô la, gb, mb, mét, ki lô mét, bậc, mm, gam, tạ/ha, tiếng, giây, mét vuông,"
    "mét khối, km/h, lần/năm, phần nghìn, phần vạn, m²",
    "money": "tỷ đồng, tỉ đồng, triệu đồng, nghìn đồng, ngàn đồng, đồng, trăm triệu đồng, nghìn tỷ đồng, ngàn tỷ đồng,"
    "vnđ, đ, tỷ vnđ, triệu vnđ, nghìn tỉ đồng",
    "scale": "tỷ, tỉ, triệu, nghìn, ngàn, vạn, nghìn tỷ, ngàn tỷ",
    # contexts that turn a sentence into a report, a rule, a quota or a vote
    "past": "đã đạt, đã có, đã hoàn thành, đã được, đã thực hiện, đã tổ chức, đã kết nạp, đã giải quyết, đã tăng,"
    "đã giảm, đã triển khai, đã xây dựng, đã tiếp nhận, đã, vừa qua, năm qua, hiện có, hiện nay, hiện tại, tính đến,"
    "đến nay, đến thời điểm, kết quả năm, kết quả đạt được, tổng kết năm, chiếm, năm trước, năm ngoái, thực trạng,"
    "trong những năm qua, đạt được, nhìn lại, kết quả là, hiện đang, thời gian qua, qua kiểm tra, qua rà soát,"
    "cùng kỳ, có kết quả, theo báo cáo, theo thống kê, thống kê, năm học trước, giai đoạn trước, ước thực hiện,"
    "toàn trường có, toàn tỉnh có, toàn ngành có",
    "attribute_past": "đã đề ra, đã đăng ký, đã ban hành, đã ký, đã ký kết, đã được giao, đã được phê duyệt, đã giao,"
    "đã xây dựng, đã cam kết, đã đặt ra, đã xác định, đã được, đã đến tuổi, đã triển khai, đã qua",
    "scoring": "cộng, trừ, thang điểm, chấm điểm, điểm thưởng, điểm cộng, điểm trừ, cho điểm, tính điểm, được tính,"
    "điểm tối đa, bảng điểm, mỗi lần, bị trừ, điểm chuẩn, số điểm, điểm liệt",
    "score_goal": "điểm trung bình, điểm thi, chỉ số, điểm bình quân, trung bình, pci, par index, papi, sipas, bình quân,"
    "điểm số đạt, tổng điểm",
    "vote": "phiếu, biểu quyết, tán thành, bỏ phiếu, thành viên hội đồng, số phiếu, tỷ lệ phiếu, nhất trí, họp hội đồng,"
    "dự họp, thành viên dự, phiếu bầu, phiếu đồng ý, thành viên tham dự, số thành viên",
    "law": "theo quy định tại điều, quy định tại điều, quy định tại khoản, thì được, thì mới, mới được xét, mới được công nhận, chỉ xét,"
    "để được xét, để được công nhận, tại khoản, theo khoản, tiền thưởng, mức thưởng, lương cơ sở, kèm theo tiền, không được xét,"
    "nếu không, nếu có từ, trong trường hợp, trường hợp có, thì không, mới đủ điều kiện, đủ điều kiện xét, được xét khi, chưa xem xét,"
    "được xem xét, xem xét công nhận, thì xem xét, sẽ được xét, thì xếp, thì đánh giá, nguyên tắc xét, sẽ không được, thì trừ",
    "law_award": "xét tặng, được xét tặng, được tặng cho, tặng cho, tiêu chuẩn, điều kiện, được xét, hồ sơ, luật thi đua, nghị định,"
    "thông tư, quy định, nếu, là tập thể có, là cá nhân có, phải đạt các, có đủ, xét công nhận, đạt các",
    "quota": "đề nghị khen, đề nghị khen thưởng, số lượng khen thưởng, lựa chọn, bình chọn, bình xét, suy tôn, tổng số khen,"
    "đề nghị xét, được đề nghị, mỗi đơn vị đề nghị, xét chọn, chọn cử, giới thiệu không quá, không quá, tối đa, số lượng,"
    "không vượt quá, cơ cấu giải, giải thưởng, tỷ lệ khen thưởng, khen thưởng, xét đề nghị, được xét chọn,"
    "được chọn, chọn, cử, đề xuất khen, hạn mức, khống chế, chỉ tiêu khen thưởng, biểu dương, tôn vinh, tặng giấy khen, tặng bằng khen, trao giấy khen,"
    "trao bằng khen, trao tặng bằng khen, trao tặng giấy khen, tặng danh hiệu",
    "award_word": "danh hiệu, giấy khen, bằng khen, cờ thi đua, huân chương, khen thưởng, chiến sĩ thi đua, lao động tiên tiến,"
    "xuất sắc, khen cao, cstđ, lđtt, tập thể lao động, được khen, biểu dương, cstđcs, cá nhân tiêu biểu,"
    "hoàn thành xuất sắc nhiệm vụ, hoàn thành xuất sắc, giải nhất, giải thưởng, gương điển hình, tôn vinh",
    "support": "kinh phí, mức chi, chi phí, mức phạt, phạt tiền, trị giá, mỗi suất, hưởng, mức hưởng, tiền lương, mức lương, miễn, trích,"
    "tổng kinh phí, học phí, phụ cấp, trợ cấp, mức đóng, mức hỗ trợ, ngân sách hỗ trợ, nhà nước hỗ trợ, hệ số,"
    "lãi suất, thuế suất, tiền công, nồng độ, dung dịch, hóa chất, cồn, trọng số, tỷ trọng điểm, định mức",
    "rank": "xếp thứ, đứng thứ, xếp hạng, xếp vị trí, vị trí thứ, đứng vị trí, tốp, top, trong tốp, trong top, hạng thứ, thứ hạng,"
    "thứ, trong nhóm, nhóm",
    "rank_head": "trong nhóm, thuộc nhóm, nằm trong nhóm, vào nhóm, xếp thứ, đứng thứ, vị trí thứ, xếp hạng, tốp, top, hạng thứ, xếp vị trí thứ, đứng vị trí thứ, xếp hạng thứ",
    # deadlines
    "deadline": "đến năm, đến hết năm, đến cuối năm, vào năm, trong năm, năm học, trước năm, đến hết quý, trước ngày, đến ngày,"
    "đến hết ngày, năm, giai đoạn, đến hết tháng, đến tháng, trước tháng, trong quý, đến quý, từ ngày",
    # prohibitions
    "forbid": "không hình thành, không có, không để, không để xảy ra, không xảy ra, không còn, không để phát sinh, không phát sinh, không vi phạm,"
    "không gây, không phải, không bị, không mắc, không sử dụng, không uống, không hút, không tham gia, không lấn chiếm,"
    "không xả, không tàng trữ, không buôn bán, không tiếp tay, không bao che, không đùn đẩy, không né tránh,"
    "không sách nhiễu, không nhũng nhiễu, không hạch sách, không tụ tập, không đua xe, không bỏ học, không đi muộn,"
    "không nợ, không sinh con thứ ba, không sinh con thứ 3, không sinh con, không làm lộ, không để lộ, không tái,"
    "không làm phát sinh, không xâm phạm, không lãng phí, không tiêu cực, không tham nhũng, không truyền,"
    "không theo, không đánh bạc, không cờ bạc, không nghiện, không vứt, không đốt, không lợi dụng, không nhận,"
    "không lôi kéo, không chậm, không chây ỳ, không trốn, không tổ chức đánh bạc, không để mất, không để tồn,"
    "không làm mất, không làm thất thoát, không cho, không gian lận, không kê khai, không tự ý, không say, không chạy,"
    "không vướng, không trễ, không trễ hạn, không quá hạn, không tồn đọng, không nợ đọng, không vi phạm pháp luật, không làm,"
    "chấm dứt, chấm dứt tình trạng, không tái nghiện, không tái nghèo, không khiếu kiện, không đánh, không nói, không phát tán",
    "no_forbid": "không phải là, không có điều kiện, không có khả năng, không có nghĩa, không có nhu cầu, không có mặt,"
    "không để ai, không có gì, không phải chịu, không phải nộp, không còn phù hợp, không còn đủ, không có ý kiến,"
    "không còn là, không làm thay, không làm ảnh hưởng, không có đất, không có việc làm, không có nơi, không nhận được,"
    "không làm việc, không nhận thức, không có tính, không cho phép, không có hiệu lực, không làm được, không có thành tích, không chạy theo, không phân biệt,"
    "không nhận hồ sơ, không có trong, không theo quy định, không nói",
    "verb_only": "không hình thành, không có, không để, không để xảy ra, không xảy ra, không còn, không để phát sinh, không phát sinh, không gây,"
    "không phải, không bị, không làm phát sinh, chấm dứt tình trạng, không vi phạm, không mắc, chấm dứt",
    "event": "đào ngũ, bỏ ngũ, vi phạm, sai sót, sai phạm, tai nạn, thương tích, cháy, nổ, mất, lộ, khiếu, khiếu nại, khiếu kiện, tố cáo, tội phạm,"
    "tệ nạn, dịch bệnh, dịch, ngộ độc, bạo lực, bạo hành, đình công, lãn công, lãng phí, tham nhũng, tiêu cực, trộm, trộm cắp,"
    "thất thoát, tồn đọng, nợ, nợ đọng, gian lận, chậm, trễ, quá hạn, bỏ học, tảo hôn, ùn tắc, điểm nóng, xung đột, mê tín,"
    "xuyên tạc, bầu lại, bầu thêm, nhũng nhiễu, phiền hà, sách nhiễu, hạch sách, gây, để, để lộ, để mất, bị, mắc, phạm, phạm tội,"
    "hành vi, tình trạng, trường hợp, vụ, vụ việc, sự cố, hư hỏng, những điều, các hành vi, đùn đẩy, né tránh, đơn thư,"
    "đánh bạc, cờ bạc, ma túy, mại dâm, say rượu, xâm hại, đuối nước, lấn chiếm, tái nghèo, tái nghiện, tái phạm, bội chi,"
    "thiếu sót, mất đoàn kết, mất an toàn, mất an ninh, mất trộm, bè phái, cục bộ, quan liêu, hối lộ, chây ỳ, chậm muộn,"
    "sự vụ, dị đoan, hủ tục, truyền đạo, biểu tình, gây rối, phá rừng, cháy rừng, khai thác trái phép, buôn lậu, hàng giả,"
    "chiến tranh, đột xuất bất ngờ, oan sai, bỏ lọt, án, hủy án, thắc mắc, phàn nàn, kỷ luật, khiển trách, học sinh bỏ học,"
    "lây lan, bùng phát, nhiễm khuẩn, biến chứng, tử vong, sự việc, hiện tượng, các vụ, các trường hợp, hộ nghèo, nhà tạm,"
    "cho vay nặng lãi, tín dụng đen, đua xe, uống rượu, hút thuốc, sử dụng, xả rác, vứt rác, sinh con thứ ba, sinh con thứ 3,"
    "mua bán, tàng trữ, vận chuyển, tổ chức đánh bạc, đánh nhau, gây gổ, nói tục, trốn thuế, nợ thuế, nợ xấu, tham ô,"
    "gây thất thoát, gây mất, làm mất, làm lộ, tụ tập, theo đạo trái phép, tà đạo, nghiện, rò rỉ, tấn công mạng, trễ hẹn, suy thoái, tự diễn biến, tự chuyển hóa, phân biệt, chia rẽ, đơn thư vượt cấp, phản ánh, kiến nghị kéo dài",
    "body": "cán bộ, công chức, viên chức, người lao động, cbccvc, cbcc, cb, cá nhân, tập thể, tổ chức, học sinh, giáo viên, nhân viên,"
    "đảng viên, đoàn viên, hội viên, đơn vị, cơ quan, người, chiến sĩ, bác sĩ, điều dưỡng, y sĩ, người dân, nhân dân, công nhân,"
    "các, hộ, gia đình, hộ gia đình, sinh viên, thanh niên, phòng, trường, chi bộ, tổ, ai, những, bất kỳ, một, số, thành viên,"
    "cbgvnv, gv, hs, nv, cán bộ quản lý, sĩ quan, hạ sĩ quan, phạm nhân, bệnh nhân, doanh nghiệp, thủ trưởng, lãnh đạo, cán bộ chiến sĩ, cbcs, xã, phường, thôn, khoa, đội, ngành, địa phương, bộ phận, tổ chức đảng, tổ chức đoàn thể, các tổ chức, trẻ, trẻ em, đối tượng, công dân, cbnv, cnvclđ, cnvc, ccvc, nlđ, lđ, ccvc-lđ, cộng tác viên, nhà giáo",
    "regime": "tiết kiệm, chống lãng phí, lãng phí, tham nhũng, chống tham nhũng, tiêu cực, quan liêu, tham ô",
    "pair_second": "nổ, thương tích, tố cáo, trật tự, dị đoan, kiến nghị, tự chuyển hóa, an toàn, phản ánh, tệ nạn, bè phái",
    "preposition": "trong, về, của, tại, với, đối với, theo, do, liên quan, trên, khi, ở, từ, quy định, các quy định, vượt",
    "positive": "thực hiện, thực hiện tốt, đảm bảo, bảo đảm, giữ vững, giữ gìn, phấn đấu, chấp hành, nâng cao, hoàn thành, xây dựng,"
    "tăng cường, đẩy mạnh, tích cực, góp phần, nhằm, qua đó, kịp thời, tạo, phục vụ, tiếp tục, duy trì, phát huy, tham gia,"
    "tổ chức, quản lý, chủ động, có, 100, luôn, là, đạt, nhất là, đặc biệt là, triển khai, hướng tới, giải quyết, xử lý, từ đó,"
    "đồng thời, trong đó, chăm lo, thường xuyên, nghiêm túc, nếu, trừ, ngoại trừ, đáp ứng",
    "cut": "nhằm, góp phần, qua đó, từ đó, để từ đó, đồng thời, nhưng, mà, song, trừ, ngoại trừ",
    "hypothetical": "nếu, khi, trường hợp, nơi, mặc dù, do, vì, bởi, tuy nhiên, những nơi, đối với những, nhưng, thì, hoặc, dù",
    # standing titles and ratings
    "keep": "giữ vững, tiếp tục giữ vững, tiếp tục giữ, duy trì, duy trì và giữ vững, bảo vệ, giữ, bảo vệ vững chắc, giữ được, tiếp tục duy trì",
    "title_word": "danh hiệu, danh hiệu thi đua, tiêu chuẩn, đạt chuẩn",
    "wish": "phấn đấu, đạt, quyết tâm, đăng ký, được tặng, được công nhận, được nhận, đề nghị tặng, giành, được ubnd tỉnh tặng,"
    "được xếp loại, được tặng thưởng, đón nhận, phấn đấu đạt, xây dựng, trở thành, được chủ tịch, được thủ tướng, được bộ,"
    "được nhà nước, xứng đáng, đề nghị",
    "standing": "đơn vị văn hóa, cơ quan văn hóa, gia đình văn hóa, làng văn hóa, khu dân cư văn hóa, trường chuẩn quốc gia,"
    "trường tiên tiến, tập thể tiên tiến, trong sạch vững mạnh, vững mạnh xuất sắc, trong sạch vững mạnh tiêu biểu,"
    "trong sạch, lá cờ đầu, đơn vị dẫn đầu, đơn vị quyết thắng, đơn vị tiên tiến, chiến sĩ tiên tiến, vững mạnh,"
    "xã đạt chuẩn nông thôn mới, chuẩn quốc gia, vững mạnh toàn diện, liên đội mạnh, tiên tiến xuất sắc,"
    "cơ quan đạt chuẩn văn hóa, trường học hạnh phúc, trường học thân thiện, an toàn về an ninh trật tự, an toàn về an ninh,"
    "chi bộ bốn tốt, bốn tốt, đơn vị tiên tiến xuất sắc, liên đội xuất sắc, liên đội mạnh xuất sắc",
    "owner": "tổ chức đảng, tổ chức đoàn thể, đoàn thể, chi bộ, đảng bộ, công đoàn, công đoàn cơ sở, đoàn thanh niên, chi đoàn, đoàn trường,"
    "hội phụ nữ, chi hội, hội cựu chiến binh, hội nông dân, liên đội, nhà trường, trường, đơn vị, cơ quan, tập thể, phòng, sở,"
    "ban, trung tâm, chi cục, cục, bệnh viện, xã, phường, công an, ủy ban nhân dân, ubnd, mặt trận tổ quốc, hội, đoàn, đảng ủy,"
    "chính quyền, khoa, tổ, lớp, ngành, huyện, tỉnh, thành phố, mttq, công ty, kho bạc, chi nhánh, hội chữ thập đỏ, đội",
    "generic_title": "thi đua, thi đua và, thi đua các, thi đua năm, cao quý, thi đua và hình thức",
    "rated": "được đánh giá, được xếp loại, xếp loại, được phân loại, đánh giá, đạt loại, đạt mức, được đánh giá xếp loại, phân loại,"
    "đạt, được công nhận, được đánh giá và xếp loại, đạt danh hiệu, xếp loại chất lượng, được xếp loại chất lượng",
    "rated_strict": "được đánh giá, được xếp loại, xếp loại, được phân loại, đánh giá, đạt loại, đạt mức, phân loại, xếp loại chất lượng",
    "HTXS": "hoàn thành xuất sắc nhiệm vụ, hoàn thành xuất sắc chức trách, htxsnv, htxs, hoàn thành xuất sắc chức trách nhiệm vụ",
    "HTT": "hoàn thành tốt nhiệm vụ, hoàn thành tốt chức trách, httnv, htt, hoàn thành tốt chức trách nhiệm vụ",
    "HT": "hoàn thành nhiệm vụ, hoàn thành chức trách, htnv, hoàn thành chức trách nhiệm vụ",
    # titles by code
    "TTLDXS": "tập thể lao động xuất sắc, tập thể lđxs, ttlđxs, tt lđxs, lao động xuất sắc, ttldxs, tập thể lao động xuất xắc",
    "TTLDTT": "tập thể lao động tiên tiến, tập thể lđtt, ttlđtt, tt lđtt, ttldtt",
    "LDTT": "lao động tiên tiến, lđtt, ldtt",
    "CSTDCS": "chiến sĩ thi đua cơ sở, chiến sỹ thi đua cơ sở, chiến sĩ thi đua cấp cơ sở, chiến sỹ thi đua cấp cơ sở,"
    "chiến sĩ thi đua, chiến sỹ thi đua, cstđcs, cstđ cơ sở, cstđ cấp cơ sở, cstđ cs, cstđ, cstdcs, cstđ cấp trường, cstđ cấp huyện,"
    "chiến sĩ thi đua cấp huyện, chiến sỹ thi đua cấp huyện",
    "CSTDT": "chiến sĩ thi đua cấp tỉnh, chiến sỹ thi đua cấp tỉnh, chiến sĩ thi đua tỉnh, chiến sỹ thi đua tỉnh, cstđ cấp tỉnh, cstđ tỉnh,"
    "chiến sĩ thi đua cấp bộ, chiến sỹ thi đua cấp bộ, chiến sĩ thi đua bộ, cstđ cấp bộ, chiến sĩ thi đua cấp thành phố,"
    "chiến sỹ thi đua cấp thành phố, chiến sĩ thi đua thành phố, chiến sỹ thi đua thành phố, cstđ cấp thành phố, cstđ thành phố,"
    "chiến sĩ thi đua ngành, chiến sỹ thi đua ngành, chiến sĩ thi đua cấp ngành, chiến sỹ thi đua cấp ngành, cstđ ngành,"
    "cstđ cấp ngành, cstđt, chiến sĩ thi đua cấp bộ ngành, chiến sĩ thi đua toàn ngành",
    "CSTDTQ": "chiến sĩ thi đua toàn quốc, chiến sỹ thi đua toàn quốc, cstđ toàn quốc, cstđtq",
    "CO_CP": "cờ thi đua của chính phủ, cờ thi đua chính phủ, cờ của chính phủ, cờ thi đua xuất sắc của chính phủ, cờ chính phủ",
    "CO_TINH": "cờ thi đua, cờ thi đua của ubnd tỉnh, cờ thi đua của ủy ban nhân dân tỉnh, cờ thi đua xuất sắc, cờ thi đua cấp tỉnh,"
    "cờ của ubnd tỉnh, cờ đơn vị dẫn đầu, cờ thi đua cấp bộ, cờ đơn vị xuất sắc",
    "BK_TTG": "bằng khen của thủ tướng, bằng khen thủ tướng, bằng khen của thủ tướng chính phủ, bằng khen của ttcp,"
    "thủ tướng chính phủ tặng bằng khen, thủ tướng tặng bằng khen, bk thủ tướng, bk của thủ tướng, thủ tướng chính phủ tặng thưởng bằng khen",
    "BK_TINH": "bằng khen, bằng khen của ubnd tỉnh, bằng khen của chủ tịch, bằng khen của bộ, bằng khen cấp tỉnh, bk",
    "GK": "giấy khen",
    "HCLD": "huân chương lao động, hclđ",
}

WORDS["predicate"] = (
    "đạt, được, có, hoàn thành, tham gia, thực hiện, chấp hành, không, xếp loại, đăng ký, ứng dụng, sử dụng, biết, là, đủ,"
    "phải, đưa, xây dựng, tổ chức, triển khai, tiếp nhận, cam kết, ký, ký cam kết, đều, học tập, nghiêm túc, giữ vững,"
    "tốt nghiệp, lên lớp, đỗ, trúng tuyển, hoạt động, nộp, gửi, báo cáo, giải quyết, chuyển, mắc, bỏ học, vào, tại, so với, trên"
)
WORDS["quota_verb"] = (
    "xét chọn, lựa chọn, bình chọn, bình xét, suy tôn, việc xét, khi xét, xét tặng, xét đề nghị, xem xét"
)
