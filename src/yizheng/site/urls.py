"""Root addresses: each room brings its own."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from yizheng.site.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("accounts/", include("yizheng.people.urls")),
    path("", include("yizheng.shell.urls")),
    path("", include("yizheng.work.urls")),
    path("", include("yizheng.documents.urls")),
    path("", include("yizheng.disclosure.urls")),
    path("", include("yizheng.gateway.urls")),
    *(
        path("", include(f"yizheng.systems.{system}.urls"))
        for system in (
            "institutions",
            "doctors",
            "nurses",
            "adverts",
            "infection",
            "sequelae",
            "supervision",
            "service",
        )
        if apps.is_installed(f"yizheng.systems.{system}")
    ),
]
handler400 = "yizheng.shell.errors.bad_request"
handler403 = "yizheng.shell.errors.forbidden"
handler404 = "yizheng.shell.errors.not_found"
handler500 = "yizheng.shell.errors.failed"
