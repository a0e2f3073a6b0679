"""The desk's pages."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("", views.dossiers, name="dossiers"),
    path("ho-so/<str:code>/", views.dossier, name="dossier"),
    path("ho-so/<str:code>/bo-qua/<int:finding>/", views.waive, name="waive"),
    path("ho-so/<str:code>/rut-bo-qua/<int:waiver>/", views.withdraw, name="withdraw"),
    path("ho-so/<str:code>/tong-hop/", views.include, name="include"),
    path("thu/", views.letters, name="letters"),
    path("thu/<int:letter>/", views.letter, name="letter"),
    path("thu/<int:letter>/noi-dung.html", views.letter_html, name="letter_html"),
    path("thu/<int:letter>/nguyen-ban.eml", views.letter_raw, name="letter_raw"),
    path("thu/<int:letter>/quyet-dinh/", views.decide, name="decide"),
    path("thu-den/", views.mails, name="mails"),
    path("thu-den/<int:mail>/nguyen-ban.eml", views.mail_raw, name="mail_raw"),
    path("thu-den/tep/<int:file>/", views.file_raw, name="file_raw"),
    path("tong-hop/", views.packages, name="packages"),
    path("tong-hop/lap/", views.make_package, name="make_package"),
    path("tong-hop/<int:package>/<str:name>", views.package_raw, name="package_raw"),
    path("su-co/", views.troubles, name="troubles"),
    path("su-co/lam-lai/<str:stage>/<int:row>/", views.retry, name="retry"),
    path(
        "dang-nhap/",
        login_not_required(auth.LoginView.as_view(template_name="desk/login.html")),
        name="login",
    ),
    path("dang-xuat/", auth.LogoutView.as_view(), name="logout"),
]
