"""验签: which registered partner sent a call; the same call is believed once."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from yizheng.exchange.channels.signing import NONCE, SENDER, VALID_FOR, NotSigned, verify
from yizheng.exchange.keys import UnreadableKey, signing_key
from yizheng.exchange.models import Partner, UsedNonce

_LONGEST = 64
_USE = "INSERT INTO exchange_usednonce (sender, nonce, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def partner_key(code: str) -> str | None:
    """The public key of a registered partner in use."""
    return Partner.objects.filter(code=code, active=True).values_list("signing_key", flat=True).first()


def sender_of(request: HttpRequest) -> Partner:
    """The registered partner that signed the request for this platform. Raises NotSigned."""
    return Partner.objects.get(code=believed(request))


def believed(request: HttpRequest, key_of: Callable[[str], str | None] = partner_key) -> str:
    """The code of whoever signed the request for this platform with the key registered for it. Raises NotSigned."""
    code, nonce = request.headers.get(SENDER, ""), request.headers.get(NONCE, "")
    registered = key_of(code)
    if registered is None:
        raise NotSigned("不是登记的交换对象")
    try:
        key = signing_key(registered)
    except UnreadableKey as fault:
        raise NotSigned(str(fault)) from fault
    now = timezone.now()
    verify(request.headers, settings.EXCHANGE_CODE, request.get_full_path(), request.body, key, now=now)
    if len(nonce) > _LONGEST:
        raise NotSigned("随机数过长")
    with connection.cursor() as cursor:
        cursor.execute(_USE, [code, nonce, now])
        if cursor.rowcount == 0:
            raise NotSigned("这次调用已经处理过，随机数只能用一次")
    return code


def forget_used() -> None:
    """Forget the numbers of calls whose signature is too old by now."""
    UsedNonce.objects.filter(at__lt=timezone.now() - 2 * VALID_FOR).delete()
