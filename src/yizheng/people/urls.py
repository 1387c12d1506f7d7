"""The addresses under /accounts/."""

from django.urls import path

from yizheng.people.pages import administration, auditing, counter, entrance, mine, registering

app_name = "people"

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-in/code/", entrance.second_step, name="second_step"),
    path("sign-in/enrol/", entrance.enrol, name="enrol"),
    path("sign-in/password/", entrance.choose_password, name="choose_password"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("stay/", entrance.stay, name="stay"),
    path("register/", registering.register, name="register"),
    path("register/done/", registering.registered, name="registered"),
    path("confirm/", mine.confirm, name="confirm"),
    path("me/", mine.me, name="me"),
    path("me/password/", mine.password, name="password"),
    path("me/authenticator/", mine.authenticator, name="authenticator"),
    path("me/recovery-codes/", mine.recovery_codes, name="recovery_codes"),
    path("me/passkeys/", mine.passkey_list, name="passkeys"),
    path("me/passkeys/<int:passkey_id>/revoke/", mine.passkey_revoke, name="passkey_revoke"),
    path("admin/", administration.ACCOUNTS.page, name="accounts"),
    path("admin/new/", administration.choose_kind, name="open_account"),
    path("admin/new/<slug:kind>/", administration.account_open, name="account_open"),
    path("admin/grants/", administration.GRANTS.page, name="proposals"),
    path("admin/grants/<int:proposal_id>/", administration.proposal_decide, name="proposal"),
    path("admin/grants/end/<int:grant_id>/", administration.grant_end, name="grant_end"),
    path("admin/<int:account_id>/", administration.account_detail, name="account"),
    path("admin/<int:account_id>/grants/", administration.grant_propose, name="grant_propose"),
    path("admin/<int:account_id>/password/", administration.password_issue, name="password_issue"),
    path("admin/<int:account_id>/<slug:act>/", administration.account_act, name="account_act"),
    path("counter/", counter.counter, name="counter"),
    path("counter/<str:ticket>/", counter.person, name="counter_person"),
    path("counter/<str:ticket>/claim/", counter.claim, name="counter_claim"),
    path("counter/<str:ticket>/password/", counter.password, name="counter_password"),
    path("audit/", auditing.AUDIT.page, name="audit"),
]
