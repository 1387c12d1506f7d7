"""Password rules (GB/T 22239-2019 8.1.4.1): long enough, mixed or a passphrase, not common, not about its owner."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator as CommonPasswords
from django.core.exceptions import ValidationError

from yizheng.people.canonical import holds_identifier
from yizheng.people.models import Account

MINIMUM = 10
PASSPHRASE = 20
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
_PIECE = 4


class Rule:
    """A validator of passwords as Django calls it."""

    help_text = ""

    def get_help_text(self) -> str:
        """What the form says beforehand."""
        return self.help_text


class Length(Rule):
    """At least ten characters."""

    help_text = f"至少 {MINIMUM} 个字符"

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a shorter one."""
        if len(password) < MINIMUM:
            raise ValidationError(f"密码至少 {MINIMUM} 个字符，现为 {len(password)} 个", code="password_too_short")


class Mixture(Rule):
    """Three of four classes of characters, or a passphrase of twenty characters with six different ones."""

    help_text = f"大写字母、小写字母、数字、符号中的三种，或不少于 {PASSPHRASE} 个字符的一句话"

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one that is neither."""
        classes = sum(bool(re.search(pattern, password)) for pattern in _CLASSES)
        if classes >= 3 or (len(password) >= PASSPHRASE and len(set(password)) >= 6):
            return
        raise ValidationError(
            f"密码须含大写字母、小写字母、数字、符号中的三种；或者用不少于 {PASSPHRASE} 个字符的一句话",
            code="password_not_mixed",
        )


class NotCommon(Rule, CommonPasswords):
    """Not one of twenty thousand that guessers try first, also with digits or signs around it."""

    help_text = "不用常见密码"

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a common one."""
        lowered = password.lower().strip()
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lowered)
        if lowered in self.passwords or (len(core) >= _PIECE and core in self.passwords):
            raise ValidationError("这个密码太常见，容易被猜中，请换一个", code="password_too_common")


class NotPersonal(Rule):
    """Not the user name, the shown name, an identity or mobile number."""

    help_text = "不含用户名、姓名、证件号码、手机号码"

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one that contains what others know of its owner."""
        if holds_identifier(password):
            raise ValidationError("密码不能含有证件号码或手机号码", code="password_holds_number")
        if isinstance(user, Account) and any(piece in password.lower() for piece in _known_pieces(user)):
            raise ValidationError("密码不能含有您的用户名、姓名或号码", code="password_too_similar")


def _known_pieces(account: Account) -> set[str]:
    name = account.display_name.lower()
    pieces = {piece for piece in re.split(r"[\W_\d]+", account.username.lower()) if len(piece) >= _PIECE}
    pieces.add(account.username.lower())
    if len(name) > 1:
        pieces.add(name)
    return pieces - {""}
