"""Root addresses: each room brings its own."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from yizheng.site.health import healthz, readyz


def _room(prefix: str, module: str) -> list[URLResolver]:
    installed = any(module.startswith(f"{app}.") for app in settings.INSTALLED_APPS)
    return [path(prefix, include(module))] if installed and find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    *_room("accounts/", "yizheng.people.urls"),
    *_room("", "yizheng.shell.urls"),
    *_room("", "yizheng.work.urls"),
    *_room("", "yizheng.documents.urls"),
    *_room("desk/", "yizheng.shell.desk.urls"),
    *_room("my/", "yizheng.shell.applicant.urls"),
    *_room("", "yizheng.systems.doctors.urls"),
    *_room("", "yizheng.disclosure.urls"),
]
