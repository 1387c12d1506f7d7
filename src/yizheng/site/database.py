"""Which PostgreSQL this process speaks to and as whom: the serving role unless the owner is asked for.

`DATABASE_URL` names the serving role, `DATABASE_OWNER_URL` the owner. `YIZHENG_DB_ROLE=owner` (migrating,
loading codes) makes Django use the owner's.
"""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import conninfo_to_dict

_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
_VARIABLES = {"serving": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "job": "DATABASE_JOB_URL"}
_UNSET = "postgresql:///yizheng?user=yizheng_serving"


def connection_settings(url: str) -> dict[str, Any]:
    """Django's settings of one connection from a PostgreSQL URL (or keyword string)."""
    parts = conninfo_to_dict(url)
    known = {django: str(parts.pop(name)) for name, django in _DJANGO_NAMES.items() if parts.get(name)}
    return {
        "ENGINE": "yizheng.people.database",
        **known,
        "OPTIONS": {"application_name": "yizheng", **{key: value for key, value in parts.items() if value}},
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def databases(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The one alias `default`, as the role that `YIZHENG_DB_ROLE` names (serving, owner or job)."""
    variable = _VARIABLES[environ.get("YIZHENG_DB_ROLE", "serving")]
    return {"default": connection_settings(environ.get(variable, _UNSET))}
