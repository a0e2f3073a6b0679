"""The desk's pages."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from desk.views import (
    deciding,
    dossiers,
    letters,
    mails,
    metrics,
    packages,
    pages,
    rules,
    troubles,
    units,
)

app_name = "desk"
urlpatterns = [
    path("", dossiers.dossiers, name="dossiers"),
    path("ho-so/<str:code>/", dossiers.dossier, name="dossier"),
    path("ho-so/<str:code>/bo-qua/<int:finding>/", dossiers.waive, name="waive"),
    path("ho-so/<str:code>/rut-bo-qua/<int:waiver>/", dossiers.withdraw, name="withdraw"),
    path("ho-so/<str:code>/dung-la-thieu/<int:finding>/", deciding.gap, name="gap"),
    path("ho-so/<str:code>/rut-thieu/<int:confirmed>/", deciding.no_gap, name="no_gap"),
    path("ho-so/<str:code>/xac-nhan/", dossiers.confirm, name="confirm"),
    path("ho-so/<str:code>/kiem-tra-lai/", dossiers.judge_now, name="judge_now"),
    path("ho-so/<str:code>/tong-hop/", dossiers.include, name="include"),
    path("thu/", letters.letters, name="letters"),
    path("thu/<int:letter>/", letters.letter, name="letter"),
    path("thu/<int:letter>/noi-dung.html", letters.letter_html, name="letter_html"),
    path("thu/<int:letter>/nguyen-ban.eml", letters.letter_raw, name="letter_raw"),
    path("thu/<int:letter>/quyet-dinh/", letters.decide, name="decide"),
    path("thu-den/", mails.mails, name="mails"),
    path("thu-den/<int:mail>/", mails.mail, name="mail"),
    path("thu-den/<int:mail>/nguyen-ban.eml", mails.mail_raw, name="mail_raw"),
    path("thu-den/<int:mail>/lay-nguyen-ban/", mails.take_out, name="take_out"),
    path("thu-den/<int:mail>/da-giai-quyet/", mails.settle, name="settle"),
    path("thu-den/<int:mail>/doc-lai/", mails.read_again, name="read_again"),
    path("thu-den/<int:mail>/chuyen/", deciding.move, name="move"),
    path("thu-den/<int:mail>/gui-nham/", deciding.astray, name="astray"),
    path("thu-den/tep/<int:file>/", mails.file_raw, name="file_raw"),
    path("thu-den/tep/<int:file>/trang/", pages.paper, name="paper"),
    path("thu-den/tep/<int:file>/trang/<int:number>", pages.page_picture, name="page_picture"),
    path("ho-so/<str:code>/anh/<int:finding>/", pages.excerpt, name="excerpt"),
    path("ho-so/<str:code>/anh/<int:finding>/hinh", pages.excerpt_picture, name="excerpt_picture"),
    path("tong-hop/", packages.packages, name="packages"),
    path("tong-hop/lap/", packages.make_package, name="make_package"),
    path("tong-hop/<int:package>/<str:name>", packages.package_raw, name="package_raw"),
    path(
        "tong-hop/<int:package>/noi-bo/<str:name>",
        packages.package_internal,
        name="package_internal",
    ),
    path("don-vi/", units.units, name="units"),
    path("don-vi/<str:call_id>/don-vi.xlsx", units.workbook, name="units_workbook"),
    path("don-vi/<str:call_id>/nhap/", units.put_workbook, name="put_units"),
    path("don-vi/<str:call_id>/<str:register_id>/dia-chi/", units.add_address, name="add_address"),
    path("quy-tac/", rules.rules, name="rules"),
    path("quy-tac/<str:rule>/", rules.rule, name="rule"),
    path("quy-tac/tam-dung/<int:pause>/", rules.resume, name="resume"),
    path("metrics", login_not_required(metrics.metrics), name="metrics"),
    path("su-co/", troubles.troubles, name="troubles"),
    path("su-co/lam-lai/<str:stage>/<int:row>/", troubles.retry, name="retry"),
    path(
        "dang-nhap/",
        login_not_required(
            auth.LoginView.as_view(
                template_name="desk/login.html", redirect_authenticated_user=True
            )
        ),
        name="login",
    ),
    path("dang-xuat/", auth.LogoutView.as_view(), name="logout"),
    path(
        "mat-khau/",
        auth.PasswordChangeView.as_view(
            template_name="desk/password.html", success_url=reverse_lazy("desk:dossiers")
        ),
        name="password",
    ),
]
