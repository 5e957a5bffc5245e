"""Where everything is found."""

from django.urls import URLPattern, URLResolver

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = []
