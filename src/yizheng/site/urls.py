"""Root addresses: each room brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from yizheng.site.health import healthz, readyz


def _room(prefix: str, module: str) -> list[URLResolver]:
    parent = module.rpartition(".")[0]
    return [path(prefix, include(module))] if find_spec(parent) and find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    *_room("accounts/", "yizheng.people.urls"),
    *_room("", "yizheng.shell.urls"),
    *_room("", "yizheng.work.urls"),
    *_room("", "yizheng.documents.urls"),
    *_room("", "yizheng.licensing.urls"),
    *(_room("", "yizheng.systems.doctors.urls") if find_spec("yizheng.systems") else []),
    *_room("", "yizheng.disclosure.urls"),
]
