"""验签: which registered partner sent a call; the same call is believed once."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from yizheng.exchange.channels.signing import NONCE, SENDER, VALID_FOR, NotSigned, verify
from yizheng.exchange.keys import UnreadableKey, signing_key
from yizheng.exchange.models import Partner, UsedNonce

_LONGEST = 64
_USE = "INSERT INTO exchange_usednonce (sender, nonce, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def sender_of(request: HttpRequest) -> Partner:
    """The registered partner that signed the request for this platform. Raises NotSigned."""
    partner = Partner.objects.filter(code=request.headers.get(SENDER, ""), active=True).first()
    if partner is None:
        raise NotSigned("不是登记的交换对象")
    try:
        key = signing_key(partner.signing_key)
    except UnreadableKey as fault:
        raise NotSigned(str(fault)) from fault
    now = timezone.now()
    verify(request.headers, settings.EXCHANGE_CODE, request.get_full_path(), request.body, key, now=now)
    nonce = request.headers[NONCE]
    if len(nonce) > _LONGEST:
        raise NotSigned("随机数过长")
    with connection.cursor() as cursor:
        cursor.execute(_USE, [partner.code, nonce, now])
        if cursor.rowcount == 0:
            raise NotSigned("这次调用已经处理过，随机数只能用一次")
    return partner


def forget_used() -> None:
    """Forget the numbers of calls whose signature is too old by now."""
    UsedNonce.objects.filter(at__lt=timezone.now() - 2 * VALID_FOR).delete()
