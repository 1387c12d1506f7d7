import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from yizheng.kernel.private_files import write_once
from yizheng.site.logs import configuration

ROOT = Path(__file__).resolve().parents[2]


def start_django(program: str, **environment: str) -> str:
    """What a fresh Python with our settings prints."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "yizheng.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], env={**variables, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_django_starts_with_institutions_alone():
    program = """
import sys
from yizheng.site import settings
for name in ("service", "supervision", "infection", "sequelae", "adverts", "nurses", "doctors", "practitioners"):
    settings.INSTALLED_APPS.remove(f"yizheng.systems.{name}")
import django
django.setup()
from django.core.management import call_command
call_command("check")
from django.apps import apps
print([app.label for app in apps.get_app_configs() if app.name.startswith("yizheng.systems.")])
names = ("service", "supervision", "infection", "sequelae", "adverts", "nurses", "doctors", "practitioners")
above = tuple(f"yizheng.systems.{name}" for name in names)
print([name for name in sys.modules if name.startswith(above)])
"""
    assert start_django(program).splitlines()[-2:] == ["['institutions']", "[]"]


def test_behind_https_cookies_are_secure_and_browsers_are_told_to_stay():
    program = """
from yizheng.site import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS, s.DEBUG)
"""
    said = start_django(program, YIZHENG_HTTPS="1", YIZHENG_HOSTS="a.example,b.example")
    assert said.strip() == "True True True True ['a.example', 'b.example'] False"


def test_a_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = write_once(tmp_path / "secrets" / "key", "one")
    assert write_once(tmp_path / "secrets" / "key", "two") == first == "one"
    assert (tmp_path / "secrets" / "key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


@pytest.fixture
def written(capfd):
    """What a record becomes in the log."""
    made = configuration()["formatters"]["json"]
    formatter = made.pop("()")(**made)

    def write(record: logging.LogRecord) -> dict[str, object]:
        return dict(json.loads(formatter.format(record)))

    return write


def test_an_error_is_logged_by_type_and_lines_without_its_message(written):
    try:
        raise ValueError("110101199003077758 is somebody's number")
    except ValueError:
        record = logging.LogRecord("yizheng", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    line = written(record)
    assert line["error"] == "ValueError"
    assert "110101199003077758" not in json.dumps(line)


def test_djangos_own_records_lose_the_address(written):
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, "%s: %s", ("Not Found", "/x?name=张三"), None
    )
    assert "张三" not in json.dumps(written(record), ensure_ascii=False)


def test_a_host_that_is_not_ours_is_not_written_down(written):
    said = "Invalid HTTP_HOST header: '110101199003077758.example'. You may need to add it to ALLOWED_HOSTS."
    line = written(logging.LogRecord("django.security.DisallowedHost", logging.ERROR, __file__, 1, said, (), None))
    assert line["event"] == "DisallowedHost"
    assert "110101199003077758" not in json.dumps(line)
