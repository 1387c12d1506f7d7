"""Django settings, all from the environment; every value is safe by default and the launcher sets the rest.

| variable | meaning | default |
|---|---|---|
| YIZHENG_DATA | directory of database, attachments, secrets, logs | `var` beside the checkout |
| YIZHENG_HOSTS | host names served, comma separated | this machine only |
| YIZHENG_HTTPS | `1`: behind TLS; secure cookies, HSTS, redirect | off |
| YIZHENG_DEMO | `1`: the demonstration city; shows its accounts and the gallery of components, documents say 样张 | off |
| YIZHENG_PUBLIC_BASE | address of the public site, printed in QR codes | this machine, port 8000 |
| YIZHENG_LOOKUPS_PER_MINUTE | public lookups an address may make in the long run; twice as many at once | 30 |
| DATABASE_URL, DATABASE_OWNER_URL, YIZHENG_DB_ROLE | see `yizheng.site.database` | |
"""

import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from yizheng.site.database import databases
from yizheng.site.logs import configuration

CODE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = Path(os.environ.get("YIZHENG_DATA") or CODE_DIR.parents[1] / "var").absolute()
SECRETS_DIR = DATA_DIR / "secrets"
ATTACHMENTS_DIR = DATA_DIR / "attachments"
ATTACHMENTS_ON_SHELF = DATA_DIR / "backups" / "attachments"
WITNESS_DIR = DATA_DIR / "witness"
SLICES_DIR = DATA_DIR / "slices"
HTTPS = os.environ.get("YIZHENG_HTTPS") == "1"
PUBLIC_BASE = os.environ.get("YIZHENG_PUBLIC_BASE") or "http://127.0.0.1:8000"
EXCHANGE_CODE = os.environ.get("YIZHENG_EXCHANGE_CODE") or "beijing-health"
DEMO = os.environ.get("YIZHENG_DEMO") == "1"
LOOKUPS_PER_MINUTE = int(os.environ.get("YIZHENG_LOOKUPS_PER_MINUTE") or 30)
HOSTS = [name for name in os.environ.get("YIZHENG_HOSTS", "").split(",") if name]

_kept_key = SECRETS_DIR / "django-secret-key"
SECRET_KEY = _kept_key.read_text("ascii") if _kept_key.exists() else secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = HOSTS or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in HOSTS] if HTTPS else []


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "yizheng.registry",
    "yizheng.people",
    "yizheng.work",
    "yizheng.documents",
    "yizheng.licensing",
    "yizheng.intake",
    "yizheng.exchange",
    "yizheng.slices",
    "yizheng.disclosure",
    "yizheng.analysis",
    "yizheng.shell",
    "yizheng.gateway",
    "yizheng.systems.institutions",
    "yizheng.systems.practitioners",
    "yizheng.systems.doctors",
    "yizheng.systems.nurses",
    "yizheng.systems.adverts",
    "yizheng.systems.infection",
    "yizheng.systems.sequelae",
    "yizheng.systems.supervision",
    "yizheng.systems.service",
]
MIDDLEWARE = [
    "yizheng.site.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yizheng.site.readable.ReadableRequest",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yizheng.people.signing_in.middleware.SessionTimes",
    "yizheng.people.signing_in.middleware.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yizheng.shell.reentering.ReenteredAddress",
]
FORM_RENDERER = "yizheng.shell.forms.ShellRenderer"
ROOT_URLCONF = "yizheng.site.urls"
WSGI_APPLICATION = "yizheng.site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "yizheng.shell.context.shell",
            ]
        },
    }
]

DATABASES = databases(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["yizheng.people.signing_in.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"yizheng.people.signing_in.passwords.{rule}"}
    for rule in ("Length", "Mixture", "NotCommon", "NotPersonal")
]
LOGIN_URL = "/accounts/sign-in/"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the case page shows a material beside the form, in a frame of ours
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
"""Our own files only, scripts and styles never inline except by nonce (GB/T 22239 安全计算环境)."""

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
"""A sheet of infection control has up to two hundred rows of two dozen cells."""

LOGGING = configuration()
LOGGING_CONFIG = "yizheng.site.logs.configure"
