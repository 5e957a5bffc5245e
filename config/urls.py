"""Where everything is found."""

from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", LoginView.as_view(template_name="sign_in.html"), name="sign-in"),
    path("sign-out/", LogoutView.as_view(template_name="sign_out.html"), name="sign-out"),
    # allauth's own names, which its views look up
    path("sign-in/", LoginView.as_view(template_name="sign_in.html"), name="account_login"),
    path("sign-out/", LogoutView.as_view(template_name="sign_out.html"), name="account_logout"),
    path("", include("nrm.contact.urls")),
    path("", include("nrm.letters.urls")),
    path("", include("nrm.care.urls")),
    path("", include("nrm.services.urls")),
    path("", include("nrm.crossborder.urls")),
    path("", include("nrm.closure.urls")),
    path("", include("nrm.casefile.urls")),
    path("", include("nrm.desk.urls")),
]

if settings.DEBUG or settings.DEMO:
    from config.gallery import page

    urlpatterns.append(path("components/", page))
