"""Password rules, one case a line."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from yizheng.people.accounts.signup import check_password
from yizheng.people.models import Account

OWNER = Account(username="lin-zhiyao", display_name="林知遥")


@pytest.mark.parametrize(
    "password",
    ["Qing-He-Road-2031", "Tr4verse&Blue", "四月的海淀清河边有风也有猫 还有雨 a1", "correct horse battery staple"],
)
def test_accepted(password: str) -> None:
    validate_password(password, OWNER)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Ab1-Ab1-A", "至少 10 个字符"),
        ("abcdefgh1234", "三种"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "三种"),
        ("Password123!", "太常见"),
        ("Lin-Zhiyao-2031", "用户名、姓名"),
        ("我是林知遥-Aa1-2031", "用户名、姓名"),
        ("Aa-13800000172", "证件号码或手机号码"),
        ("Aa-11010519491231002X", "证件号码或手机号码"),
    ],
)
def test_refused(password: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        validate_password(password, OWNER)


def test_a_registering_person_may_not_use_her_document_number() -> None:
    assert check_password("林知遥", ("H12345678",), "Aa-h12345678-x") == ["密码不能含有您的号码"]
    assert check_password("林知遥", ("H12345678",), "Qing-He-Road-2031") == []
    assert check_password("林知遥", (), "short")
