"""What the district makes and which tools it wants: the matter proposals are written from."""

# ruff: noqa: E501 -- a sentence of a letter stays whole, to be read and searched as one

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A branch of local industry and what ails it."""

    company: str
    """As company names have it: “May”."""
    branch: str
    """As titles have it: “may mặc”."""
    short: str
    ails: tuple[str, ...]
    food: bool = False
    """Whether tools for food safety and tracing suit it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A standard, a management system or an improvement tool."""

    name: str
    short: str
    gains: tuple[str, ...]
    steps: tuple[str, ...]
    proofs: tuple[str, ...]
    food: bool = False
    """Whether it suits trades of food only."""


TRADES = (
    Trade(
        company="May",
        branch="may mặc",
        short="may",
        ails=(
            "Chuyền may phải dừng chờ bán thành phẩm trung bình 47 phút mỗi ca, tỷ lệ hàng sửa lại từ 6 đến 8%.",
            "Khách hàng Châu Âu yêu cầu công bố phát thải và chứng minh điều kiện lao động từ năm 2025.",
            "Năng suất bình quân mới đạt 11 sản phẩm/người/ca, thấp hơn các doanh nghiệp cùng quy mô tại Thái Bình.",
        ),
    ),
    Trade(
        company="Dệt khăn",
        branch="dệt khăn",
        short="det",
        ails=(
            "Máy dệt thế hệ cũ dừng ngoài kế hoạch 14% thời gian, chi phí phụ tùng mỗi năm trên 900 triệu đồng.",
            "Nước thải tẩy nhuộm chưa được tuần hoàn, tiêu hao 78 lít nước cho một kg khăn.",
            "Đơn hàng xuất khẩu sang Nhật Bản đòi hỏi truy vết từng lô sợi nhưng sổ sách vẫn ghi tay.",
        ),
    ),
    Trade(
        company="Cơ khí",
        branch="cơ khí",
        short="co khi",
        ails=(
            "Xưởng chật, phôi và phế liệu để lẫn lộn; năm 2023 trên địa bàn xảy ra 07 vụ tai nạn lao động.",
            "Dung sai không ổn định, 9% chi tiết gia công phải làm lại, thời gian thay khuôn kéo dài 95 phút.",
            "Phần lớn cơ sở chưa có quy trình kiểm soát chất lượng thành văn, khó vào chuỗi cung ứng của các hãng lớn.",
        ),
    ),
    Trade(
        company="Chế biến gỗ",
        branch="chế biến gỗ",
        short="go",
        ails=(
            "Tỷ lệ sử dụng gỗ nguyên liệu mới đạt 61%, phần còn lại bỏ đi hoặc làm chất đốt.",
            "Chi phí điện chiếm 14 - 18% giá thành nhưng chưa cơ sở nào có hệ thống quản lý năng lượng.",
            "Bụi gỗ và tiếng ồn vượt ngưỡng ở 5/12 điểm đo, công nhân nghỉ việc nhiều.",
        ),
    ),
    Trade(
        company="Nhựa",
        branch="nhựa tái sinh",
        short="nhua",
        ails=(
            "Hạt nhựa tái sinh không đồng đều, hàng trả về chiếm 4,5% doanh thu.",
            "Máy ép phun tiêu thụ điện cao gấp 1,3 lần mức khuyến cáo của nhà sản xuất.",
            "Việc phân loại đầu vào dựa vào kinh nghiệm của thợ, không có tiêu chuẩn cơ sở.",
        ),
    ),
    Trade(
        company="Bao bì",
        branch="bao bì",
        short="bao bi",
        ails=(
            "Phế phẩm cắt biên chiếm 11%, chưa được tính vào giá thành từng đơn hàng.",
            "Thời gian chuyển đổi đơn hàng dài, trung bình 2 giờ 20 phút, máy chạy chưa đến 60% công suất.",
            "Khách hàng thực phẩm yêu cầu hồ sơ an toàn vật liệu tiếp xúc mà doanh nghiệp chưa lập được.",
        ),
    ),
    Trade(
        company="Nông sản",
        branch="sơ chế rau củ quả",
        short="rau qua",
        food=True,
        ails=(
            "Mỗi vụ đông thu khoảng 4.800 tấn khoai tây, bí xanh, cà chua nhưng hao hụt sau thu hoạch tới 16%.",
            "Mới có 11 sản phẩm dán tem truy xuất, dữ liệu không liên thông với Cổng thông tin quốc gia.",
            "Siêu thị yêu cầu nhà cung cấp có chứng nhận an toàn thực phẩm trước năm 2026.",
        ),
    ),
    Trade(
        company="Thủy sản",
        branch="chế biến thủy sản",
        short="thuy san",
        food=True,
        ails=(
            "Định mức phi lê giữa các tổ chênh nhau 5 - 7%, cân kiểm tra thủ công gây ùn tắc trước khâu cấp đông.",
            "Nguồn cá nguyên liệu từ 60 hộ nuôi chưa có nhật ký điện tử, khó chứng minh nguồn gốc khi xuất khẩu.",
            "Điện cho kho lạnh chiếm 23% chi phí sản xuất.",
        ),
    ),
    Trade(
        company="Vật liệu xây dựng",
        branch="sản xuất vật liệu xây dựng",
        short="vlxd",
        ails=(
            "Gạch không nung có cường độ dao động lớn giữa các mẻ, tỷ lệ loại 7%.",
            "Bụi và tiêu hao than chưa được theo dõi theo ca nên không xác định được chỗ lãng phí.",
            "Doanh nghiệp nhỏ khó đáp ứng yêu cầu hợp quy khi tham gia công trình dùng vốn nhà nước.",
        ),
    ),
    Trade(
        company="Dược liệu",
        branch="trồng và chế biến dược liệu",
        short="duoc lieu",
        food=True,
        ails=(
            "Vùng trồng đinh lăng, cúc hoa 42 ha manh mún, hàm lượng hoạt chất không đồng đều giữa các lô.",
            "Sấy thủ công làm mất 20% tinh dầu, chưa có quy trình chuẩn.",
            "Doanh nghiệp dược đòi hồ sơ theo GACP-WHO nhưng hộ trồng chưa ghi chép.",
        ),
    ),
    Trade(
        company="Thức ăn chăn nuôi",
        branch="sản xuất thức ăn chăn nuôi",
        short="tacn",
        food=True,
        ails=(
            "Độ ẩm thành phẩm dao động 2,1%, ảnh hưởng thời hạn bảo quản; hàng trả lại tăng 18% trong năm 2023.",
            "Nguyên liệu nhập nhiều nguồn, phòng kiểm nghiệm chưa được công nhận.",
            "Kho nguyên liệu sắp xếp chưa hợp lý, xe nâng di chuyển thừa 35% quãng đường.",
        ),
    ),
    Trade(
        company="Giày da",
        branch="da giày",
        short="giay da",
        ails=(
            "Khâu gò ráp mất cân bằng chuyền, chênh lệch giữa trạm nhanh nhất và chậm nhất tới 2,4 lần.",
            "Keo dán dung môi phát thải VOC, các nhãn hàng yêu cầu lộ trình thay thế.",
            "Tỷ lệ biến động lao động 31%/năm, đào tạo lại tốn kém.",
        ),
    ),
    Trade(
        company="Thực phẩm",
        branch="chế biến thực phẩm",
        short="thuc pham",
        food=True,
        ails=(
            "Sản phẩm kẹo lạc, bánh nhãn đạt OCOP 3 sao nhưng hạn dùng ngắn, chưa kiểm soát được độ ẩm đóng gói.",
            "Nhà xưởng chưa bố trí một chiều, nguy cơ nhiễm chéo ở khâu làm nguội.",
            "Thị trường Trung Đông có nhu cầu song doanh nghiệp chưa có chứng nhận phù hợp.",
        ),
    ),
    Trade(
        company="Đúc đồng",
        branch="đúc và gia công kim loại làng nghề",
        short="duc dong",
        ails=(
            "Tỷ lệ rỗ khí ở vật đúc lớn tới 12%, mỗi năm phải nấu lại gần 40 tấn.",
            "Lò nấu thủ công phát thải khói, tiêu hao than gấp rưỡi lò điện trung tần.",
            "Bí quyết truyền miệng, chưa có tiêu chuẩn cơ sở nên khó ký hợp đồng lớn.",
        ),
    ),
    Trade(
        company="In ấn",
        branch="in ấn, nhãn mác",
        short="in an",
        ails=(
            "Sai lệch màu giữa các lần in khiến 5% đơn hàng phải in lại.",
            "Mực và dung môi dùng vượt định mức 13%.",
            "Lịch sản xuất thay đổi liên tục, giao hàng đúng hạn chỉ đạt 78%.",
        ),
    ),
    Trade(
        company="Điện tử",
        branch="lắp ráp linh kiện điện tử",
        short="dien tu",
        ails=(
            "Tỷ lệ lỗi hàn 3.800 ppm, cao gấp ba yêu cầu của khách hàng cấp 1.",
            "Thiếu dữ liệu thời gian thực, quản đốc tổng hợp báo cáo bằng tay cuối ca.",
            "Doanh nghiệp muốn tham gia chuỗi cung ứng bán dẫn nhưng chưa có hệ thống quản lý phù hợp.",
        ),
    ),
)

TOOLS = (
    Tool(
        name="hệ thống quản lý chất lượng ISO 9001:2015",
        short="ISO 9001",
        gains=("giảm 40% số khiếu nại của khách hàng", "đưa tỷ lệ hàng đạt ngay lần đầu lên trên 97%"),
        steps=("đánh giá thực trạng theo ISO 9001:2015", "xây dựng bộ quy trình và biểu mẫu", "đánh giá nội bộ hai vòng"),
        proofs=("giấy chứng nhận ISO 9001:2015 của từng doanh nghiệp", "bộ tài liệu mẫu dùng chung cho ngành"),
    ),
    Tool(
        name="hệ thống quản lý môi trường ISO 14001:2015",
        short="ISO 14001",
        gains=("giảm 15% lượng chất thải phải xử lý", "giảm 10% nước tiêu thụ trên một đơn vị sản phẩm"),
        steps=("nhận diện khía cạnh môi trường", "lập chương trình kiểm soát chất thải", "diễn tập ứng phó sự cố"),
        proofs=("giấy chứng nhận ISO 14001:2015", "báo cáo cân bằng vật chất trước và sau"),
    ),
    Tool(
        name="công cụ 5S và quản lý trực quan",
        short="5S",
        gains=("giải phóng 25% diện tích mặt bằng", "giảm một nửa thời gian tìm dụng cụ"),
        steps=("chụp ảnh hiện trạng từng khu vực", "sàng lọc, sắp xếp và kẻ vạch", "chấm điểm chéo hằng tháng"),
        proofs=("từ 75 điểm 5S trở lên tại mọi khu vực", "sổ tay hình ảnh trước - sau"),
    ),
    Tool(
        name="phương pháp Kaizen",
        short="Kaizen",
        gains=("mỗi tổ có ít nhất 6 cải tiến được áp dụng mỗi năm", "tiết kiệm 380 triệu đồng chi phí mỗi năm"),
        steps=("lập nhóm cải tiến tại từng tổ", "hướng dẫn cách nêu vấn đề và thử nghiệm", "hội thi sáng kiến quý"),
        proofs=("kho 120 sáng kiến đã áp dụng", "quy chế khen thưởng cải tiến"),
    ),
    Tool(
        name="sản xuất tinh gọn (Lean)",
        short="Lean",
        gains=("rút ngắn 40% thời gian lưu trình", "tăng 20% năng suất lao động trực tiếp"),
        steps=("vẽ sơ đồ chuỗi giá trị hiện tại và tương lai", "cân bằng chuyền", "chuẩn hóa thao tác"),
        proofs=("sơ đồ chuỗi giá trị và bộ tiêu chuẩn thao tác", "số liệu năng suất 12 tháng liên tục"),
    ),
    Tool(
        name="bảo trì năng suất toàn diện (TPM)",
        short="TPM",
        gains=("nâng hiệu suất thiết bị tổng thể từ 58% lên 72%", "giảm 30% thời gian dừng máy ngoài kế hoạch"),
        steps=("đo hiệu suất thiết bị ban đầu", "lập lịch tự bảo dưỡng cho thợ đứng máy", "phân tích hỏng hóc lặp lại"),
        proofs=("hồ sơ thiết bị và lịch bảo dưỡng", "báo cáo hiệu suất thiết bị hằng tuần"),
    ),
    Tool(
        name="hạch toán dòng nguyên liệu (MFCA)",
        short="MFCA",
        gains=("chỉ ra và cắt được 8% chi phí nguyên liệu thất thoát", "giảm 12% phế liệu"),
        steps=("vẽ sơ đồ dòng vật liệu", "tính chi phí tổn thất theo trung tâm khối lượng", "chọn và làm các cải tiến"),
        proofs=("mô hình tính MFCA bằng bảng tính", "báo cáo tiết kiệm có xác nhận của kế toán"),
    ),
    Tool(
        name="hệ thống quản lý năng lượng ISO 50001:2018",
        short="ISO 50001",
        gains=("tiết kiệm ít nhất 8% điện năng", "giảm 210 tấn CO2 tương đương mỗi năm"),
        steps=("đo đạc, lập đường cơ sở năng lượng", "thiết lập chỉ số hiệu quả", "cải tạo hệ thống khí nén, chiếu sáng"),
        proofs=("hệ thống quản lý năng lượng vận hành đủ 12 tháng", "báo cáo tiết kiệm năng lượng"),
    ),
    Tool(
        name="hệ thống HACCP và ISO 22000:2018",
        short="ISO 22000",
        food=True,
        gains=("không còn lô hàng bị trả vì an toàn thực phẩm", "giảm hao hụt xuống dưới 8%"),
        steps=("xây dựng chương trình tiên quyết", "phân tích mối nguy, xác định điểm kiểm soát tới hạn", "thẩm tra hệ thống"),
        proofs=("giấy chứng nhận HACCP hoặc ISO 22000", "bộ hồ sơ giám sát điểm tới hạn"),
    ),
    Tool(
        name="hệ thống an toàn, sức khỏe nghề nghiệp ISO 45001:2018",
        short="ISO 45001",
        gains=("giảm một nửa số vụ tai nạn lao động", "100% vị trí nguy hiểm có hướng dẫn an toàn"),
        steps=("nhận diện mối nguy tại từng vị trí", "cải thiện che chắn, thông gió", "huấn luyện và diễn tập"),
        proofs=("giấy chứng nhận ISO 45001:2018", "sổ theo dõi sự cố và hành động khắc phục"),
    ),
    Tool(
        name="hệ thống chỉ số đánh giá hiệu suất (KPI)",
        short="KPI",
        gains=("tăng 15% năng suất bình quân đầu người", "giao hàng đúng hạn đạt 95%"),
        steps=("xây dựng cây chỉ số từ mục tiêu của doanh nghiệp", "lắp bảng theo dõi tại xưởng", "gắn chỉ số với lương thưởng"),
        proofs=("bộ chỉ số KPI mẫu cho ngành", "báo cáo kết quả sau 4 quý"),
    ),
    Tool(
        name="truy xuất nguồn gốc điện tử theo TCVN 12850:2019",
        short="TXNG",
        food=True,
        gains=("rút ngắn 50% thời gian truy xuất khi có sự cố", "30 sản phẩm có mã truy vết"),
        steps=("khảo sát chuỗi và xác định điểm dữ liệu", "xây dựng quy trình, mã định danh", "kết nối Cổng thông tin quốc gia"),
        proofs=("hệ thống chạy ổn định tối thiểu 12 tháng", "bộ quy trình thu thập dữ liệu cho từng tác nhân"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A task that is not the use of a tool by enterprises."""

    kind: str
    titles: tuple[str, ...]
    short: str
    sort: str
    urgent: tuple[str, ...]
    goal: str
    result: str
    content: str
    users: str


IDEAS = (
    Idea(
        kind="policy",
        titles=(
            "Nghiên cứu, đề xuất cơ chế hỗ trợ hộ kinh doanh chuyển đổi thành doanh nghiệp gắn với nâng cao năng suất lao động",
            "Nghiên cứu cơ chế, chính sách khuyến khích hộ kinh doanh ở {place} lên doanh nghiệp, nâng cao năng suất",
        ),
        short="co che HKD",
        sort="Đề tài",
        urgent=(
            "Cả nước có trên 5 triệu hộ kinh doanh, năng suất lao động chỉ bằng khoảng một phần tư doanh nghiệp.",
            "Năm năm qua toàn xã chỉ có 6 hộ chuyển thành doanh nghiệp do ngại thủ tục, kế toán, thuế.",
        ),
        goal="Làm rõ rào cản và đề xuất gói chính sách về thuế, kế toán, tín dụng; góp phần nâng tỷ trọng đóng góp của TFP.",
        result="Báo cáo tổng hợp; báo cáo kiến nghị chính sách gửi Bộ; 02 bài báo khoa học.",
        content="Tổng quan kinh nghiệm; điều tra 600 hộ ở 4 tỉnh; phân tích định lượng; tọa đàm chính sách; hoàn thiện kiến nghị.",
        users="Bộ Kế hoạch và Đầu tư, Bộ Khoa học và Công nghệ, UBND các cấp.",
    ),
    Idea(
        kind="policy",
        titles=(
            "Nghiên cứu, đề xuất chính sách thúc đẩy đổi mới công nghệ để nâng cao năng suất các nhân tố tổng hợp (TFP) ở cấp huyện",
            "Nghiên cứu cơ chế, chính sách thúc đẩy năng suất của khu vực kinh tế hợp tác vùng đồng bằng sông Hồng",
        ),
        short="chinh sach TFP",
        sort="Đề án",
        urgent=(
            "Đóng góp của TFP vào tăng trưởng ở khu vực nông thôn chưa được đo lường, chính sách hỗ trợ dàn trải.",
            "Các địa phương cần công cụ đánh giá thống nhất để bố trí nguồn lực đúng chỗ.",
        ),
        goal="Xây dựng phương pháp đo và đề xuất nhóm chính sách nâng năng suất cho cấp huyện giai đoạn 2026 - 2030.",
        result="Bộ chỉ tiêu năng suất cấp huyện; báo cáo đo lường cho 3 huyện; dự thảo chính sách.",
        content="Xây dựng khung đo lường; thu thập số liệu 10 năm; ước lượng TFP; tham vấn chuyên gia; đề xuất chính sách.",
        users="Bộ Khoa học và Công nghệ; UBND tỉnh; các huyện vùng đồng bằng sông Hồng.",
    ),
    Idea(
        kind="training",
        titles=(
            "Đào tạo chuyên gia năng suất chất lượng theo tiêu chuẩn quốc tế cho các cụm công nghiệp tỉnh Nam Định",
            "Đào tạo, bồi dưỡng kiến thức, kỹ năng về năng suất chất lượng cho quản đốc và tổ trưởng ngành {branch}",
        ),
        short="dao tao",
        sort="Đề án",
        urgent=(
            "Quản đốc, tổ trưởng phần lớn lên từ thợ giỏi, chưa từng học về quản lý sản xuất.",
            "Cả tỉnh mới có 9 chuyên gia năng suất được công nhận, doanh nghiệp phải thuê từ Hà Nội.",
        ),
        goal="Đào tạo {n} học viên, trong đó ít nhất 12 người đạt trình độ chuyên gia năng suất chất lượng.",
        result="{n} học viên có chứng chỉ; bộ giáo trình 8 chuyên đề; mạng lưới giảng viên tại doanh nghiệp.",
        content="Khảo sát nhu cầu; biên soạn tài liệu; tổ chức 10 khóa học; thực hành tại nhà máy; sát hạch, công nhận.",
        users="Các doanh nghiệp trong cụm công nghiệp; Chi cục Tiêu chuẩn Đo lường Chất lượng.",
    ),
    Idea(
        kind="training",
        titles=(
            "Bồi dưỡng kỹ năng cải tiến năng suất cho cán bộ quản lý hợp tác xã trên địa bàn {where}",
            "Đào tạo nguồn nhân lực về năng suất xanh cho doanh nghiệp nhỏ và vừa {where}",
        ),
        short="boi duong",
        sort="Đề tài",
        urgent=(
            "Giám đốc hợp tác xã bình quân 54 tuổi, chỉ 11% qua đào tạo về quản trị.",
            "Yêu cầu giảm phát thải đặt ra kỹ năng mới mà các lớp tập huấn ngắn ngày không đáp ứng được.",
        ),
        goal="Hình thành chương trình bồi dưỡng gắn với dự án cải tiến thật tại đơn vị cho {n} người.",
        result="Khung năng lực; chương trình bồi dưỡng; {n} dự án cải tiến nhỏ được nghiệm thu tại đơn vị.",
        content="Xây dựng khung năng lực; biên soạn học liệu số; tổ chức lớp; kèm cặp tại chỗ; đánh giá tác động.",
        users="Liên minh Hợp tác xã tỉnh; các hợp tác xã; hội doanh nghiệp huyện.",
    ),
    Idea(
        kind="tcvn",
        titles=(
            "Xây dựng tiêu chuẩn quốc gia (TCVN) về yêu cầu chất lượng và phân hạng hoa, cây cảnh phục vụ sản phẩm OCOP",
            "Xây dựng bộ TCVN về cây cảnh trồng chậu: thuật ngữ, phân hạng và bao gói phục vụ nâng cao chất lượng",
        ),
        short="TCVN hoa",
        sort="Đề tài",
        urgent=(
            "Toàn huyện có 148 ha hoa, cây cảnh nhưng chưa có TCVN nào quy định dáng thế, bao gói và phân hạng.",
            "Người mua, người bán tự thỏa thuận nên hay tranh chấp, khó thế chấp và khó xuất khẩu.",
        ),
        goal="Xây dựng 03 dự thảo TCVN phục vụ trực tiếp việc nâng cao năng suất, chất lượng của các cơ sở sinh vật cảnh.",
        result="03 dự thảo TCVN kèm thuyết minh; 01 sổ tay áp dụng; áp dụng thử tại 10 nhà vườn.",
        content="Điều tra tại 5 tỉnh; nghiên cứu tiêu chuẩn nước ngoài; dự thảo; khảo nghiệm; hội thảo; hoàn thiện hồ sơ.",
        users="Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia; nhà vườn; Hội đồng OCOP các cấp.",
    ),
    Idea(
        kind="tcvn",
        titles=(
            "Xây dựng tiêu chuẩn quốc gia (TCVN) về sản phẩm khăn bông tái chế đáp ứng yêu cầu kinh tế tuần hoàn",
            "Xây dựng TCVN về gạch không nung sử dụng phế thải công nghiệp phục vụ kinh tế tuần hoàn",
        ),
        short="TCVN KTTH",
        sort="Đề tài",
        urgent=(
            "Sản phẩm tái chế chưa có tiêu chuẩn nên không vào được hệ thống mua sắm công xanh.",
            "Mỗi doanh nghiệp công bố một tiêu chuẩn cơ sở, người dùng không có căn cứ so sánh.",
        ),
        goal="Xây dựng 02 dự thảo TCVN làm căn cứ đánh giá, chứng nhận sản phẩm tái chế.",
        result="02 dự thảo TCVN được thẩm định; phương pháp thử được liên phòng xác nhận.",
        content="Khảo sát sản phẩm; thử nghiệm 60 mẫu; xây dựng dự thảo; lấy ý kiến; áp dụng thử tại 3 doanh nghiệp.",
        users="Bộ Khoa học và Công nghệ; các doanh nghiệp sản xuất; tổ chức chứng nhận.",
    ),
    Idea(
        kind="capacity",
        titles=(
            "Nâng cao năng lực đánh giá, chứng nhận sản phẩm và dịch vụ Halal cho nông sản, thực phẩm vùng Nam đồng bằng sông Hồng",
            "Nâng cao năng lực chứng nhận chất lượng sản phẩm xanh cho các tổ chức đánh giá sự phù hợp tại Nam Định",
        ),
        short="nang luc chung nhan",
        sort="Đề tài",
        urgent=(
            "Chưa có tổ chức nào trong vùng đánh giá được sản phẩm xanh và Halal, doanh nghiệp phải mời từ xa, chi phí gấp ba.",
            "Nhu cầu xuất khẩu tăng nhanh nhưng năng lực đánh giá sự phù hợp chưa theo kịp.",
        ),
        goal="Hình thành năng lực đánh giá, chứng nhận tại chỗ với 10 chuyên gia và bộ tài liệu kỹ thuật.",
        result="10 chuyên gia đánh giá; bộ hướng dẫn đánh giá; 06 sản phẩm được đánh giá thử.",
        content="Đào tạo chuyên gia đánh giá; xây dựng tài liệu; đánh giá thử; thừa nhận lẫn nhau; tổng kết.",
        users="Trung tâm Kỹ thuật Tiêu chuẩn Đo lường Chất lượng; doanh nghiệp xuất khẩu.",
    ),
    Idea(
        kind="capacity",
        titles=(
            "Nâng cao năng lực kiểm toán carbon và xác nhận giảm phát thải khí nhà kính cho tổ chức đánh giá sự phù hợp",
            "Tăng cường năng lực đánh giá sự phù hợp đối với vật liệu {branch} theo quy chuẩn mới",
        ),
        short="nang luc danh gia",
        sort="Đề tài",
        urgent=(
            "Từ năm 2026 doanh nghiệp xuất khẩu phải khai báo phát thải trong khi trong tỉnh chưa có đơn vị xác nhận.",
            "Thiết bị thử nghiệm đã có nhưng thiếu quy trình và người được công nhận.",
        ),
        goal="Có 01 tổ chức trong tỉnh đủ năng lực đánh giá theo tiêu chuẩn quốc tế trước năm 2027.",
        result="Hồ sơ công nhận năng lực; 08 đánh giá viên; 05 báo cáo xác nhận thử.",
        content="Đánh giá khoảng trống; xây dựng hệ thống theo ISO/IEC 17029; đào tạo; đánh giá thử; đăng ký công nhận.",
        users="Tổ chức đánh giá sự phù hợp trên địa bàn; các doanh nghiệp thuộc diện kiểm kê.",
    ),
)  # fmt: skip

UNIVERSITIES = (
    "Trường Đại học Kinh tế - Kỹ thuật Công nghiệp",
    "Trường Đại học Sư phạm Kỹ thuật Nam Định",
    "Trường Đại học Lương Thế Vinh",
    "Trường Đại học Hoa Lư",
    "Trường Đại học Thái Bình",
    "Trường Cao đẳng Công nghiệp Nam Định",
    "Trường Cao đẳng Xây dựng Nam Định",
    "Trường Đại học Hải Dương",
    "Trường Đại học Hà Nam",
    "Trường Cao đẳng Kinh tế và Công nghệ Nam Định",
)
"""Names for the curriculum tasks; some are real, some are not."""

GROUNDS = (
    "Điều 3 Thông tư số 03/2017/TT-BKHCN; Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ; Công văn của UBND huyện Mỹ Lộc về việc đề xuất nhiệm vụ KH&CN.",
    "Quyết định số 1322/QĐ-TTg (nhóm nhiệm vụ hỗ trợ doanh nghiệp nâng cao năng suất, chất lượng); Nghị quyết Đại hội Đảng bộ huyện nhiệm kỳ 2020 - 2025; đề nghị của các doanh nghiệp.",
    "Thông tư số 15/2022/TT-BKHCN; kết quả khảo sát {n} cơ sở sản xuất trên địa bàn do đơn vị thực hiện tháng 01/2024; nhu cầu của doanh nghiệp.",
    "Văn bản số 369/SKHCN-TĐC ngày 14/3/2024 của Sở Khoa học và Công nghệ; Quyết định số 1322/QĐ-TTg; quy hoạch phát triển công nghiệp của tỉnh.",
    "Chiến lược phát triển KH&CN và đổi mới sáng tạo đến năm 2030; Quyết định số 36/QĐ-TTg ngày 11/01/2021 về Kế hoạch tổng thể nâng cao năng suất dựa trên nền tảng KH&CN; Quyết định số 1322/QĐ-TTg.",
    "Chương trình phát triển công nghiệp hỗ trợ; Quyết định 1322/QĐ-TTg; biên bản làm việc với Hội Doanh nghiệp huyện ngày 20/02/2024.",
)  # fmt: skip

NATIONWIDE = (
    "Đây là vấn đề chung của các huyện đồng bằng sông Hồng, cần một cách làm thống nhất để nhân rộng.",
    "Kết quả có ý nghĩa với hàng nghìn doanh nghiệp nhỏ và vừa cùng ngành trong cả nước.",
    "Nếu không thay đổi, doanh nghiệp khó giữ được đơn hàng khi các thị trường siết tiêu chuẩn từ năm 2026.",
    "Nhiệm vụ liên quan nhiều ngành, nhiều lĩnh vực, từng đơn vị không tự giải quyết được.",
    "Việc áp dụng góp phần tăng năng suất lao động xã hội, giảm chi phí và bảo vệ môi trường.",
    "Hiện chưa có mô hình hoàn chỉnh nào được tổng kết cho quy mô này ở khu vực phía Bắc.",
)
