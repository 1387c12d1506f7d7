"""The door of the web server: lookups of the public are answered in front of Django, all else by it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.site.settings")
_django = get_wsgi_application()

from yizheng.disclosure.door import PublicDoor  # noqa: E402 - models are known once Django is set up
from yizheng.site.front import Front  # noqa: E402
from yizheng.site.logs import request_line  # noqa: E402

application = PublicDoor(_django, request_line)
front = Front(application, request_line)
