"""收件: messages of a channel's partner, signed with its registered key; each is answered by itself."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yizheng.exchange.channels import inbox
from yizheng.exchange.channels.believing import sender_of
from yizheng.exchange.channels.declaring import Channel, UnknownChannel, channel_of
from yizheng.exchange.channels.protocol import Envelope
from yizheng.exchange.channels.signing import NotSigned
from yizheng.exchange.ecertificates.channel import NotReadable, read_by_holder
from yizheng.people import audit
from yizheng.people.scope import acting_as_system

MOST = 500
"""Messages of one call."""


@csrf_exempt
@require_POST
def messages(request: HttpRequest, code: str) -> JsonResponse:
    """Take in what a partner says, and answer each message."""
    try:
        channel = channel_of(code)
        _check_sender(request, channel)
        envelopes = _envelopes(json.loads(request.body))
    except UnknownChannel as unknown:
        return JsonResponse({"note": str(unknown)}, status=404)
    except NotSigned as refused:
        audit.record(None, "exchange.unsigned", f"channel:{code[:40]}")
        return JsonResponse({"note": str(refused)}, status=403)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"note": f"报文不符合约定，或者一次多于 {MOST} 条"}, status=400)
    with acting_as_system(f"收件 {channel.title}"):
        answers = inbox.receive(channel, envelopes)
    told = [{"key": each.key, "version": each.version, "code": each.code, "note": each.note} for each in answers]
    return JsonResponse({"answers": told})


@csrf_exempt
@require_POST
def certificates(request: HttpRequest) -> JsonResponse:
    """The certificates in force of a holder, for a registered partner with a purpose; each reading is recorded."""
    try:
        partner = sender_of(request)
        said = json.loads(request.body)
        told = read_by_holder(partner, str(said["kind"]), str(said["code"]), str(said["purpose"]))
    except NotSigned as refused:
        audit.record(None, "exchange.unsigned", "channel:ecertificates")
        return JsonResponse({"note": str(refused)}, status=403)
    except NotReadable as refused:
        return JsonResponse({"note": str(refused)}, status=422)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"note": "须写明证照种类、持证主体代码和用途"}, status=400)
    return JsonResponse({"certificates": told})


def _check_sender(request: HttpRequest, channel: Channel) -> None:
    """Raises NotSigned unless the channel's partner signed the request."""
    if sender_of(request).code != channel.partner:
        raise NotSigned("不是这个通道的交换对象")


def _envelopes(said: Any) -> list[Envelope]:
    given = said["messages"]
    if not isinstance(given, list) or len(given) > MOST:
        raise ValueError("too many")
    return [
        Envelope(
            str(each["kind"]), str(each["operation"]), str(each["key"]), int(each["version"]), str(each["hash"]),
            dict(each["payload"]),
        )
        for each in given
    ]  # fmt: skip
