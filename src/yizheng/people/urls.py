"""The addresses under /accounts/."""

from django.urls import path

from yizheng.people.pages import administration, auditing, entrance, mine, registering

app_name = "people"

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-in/code/", entrance.second_step, name="second_step"),
    path("sign-in/enrol/", entrance.enrol, name="enrol"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("stay/", entrance.stay, name="stay"),
    path("register/", registering.register, name="register"),
    path("register/done/", registering.registered, name="registered"),
    path("confirm/", mine.confirm, name="confirm"),
    path("me/", mine.me, name="me"),
    path("me/password/", mine.password, name="password"),
    path("me/authenticator/", mine.authenticator, name="authenticator"),
    path("me/recovery-codes/", mine.recovery_codes, name="recovery_codes"),
    path("admin/", administration.account_list, name="accounts"),
    path("admin/grants/", administration.proposal_list, name="proposals"),
    path("admin/grants/<int:proposal_id>/", administration.proposal_decide, name="proposal"),
    path("admin/grants/end/<int:grant_id>/", administration.grant_end, name="grant_end"),
    path("admin/<int:account_id>/", administration.account_detail, name="account"),
    path("admin/<int:account_id>/grants/", administration.grant_propose, name="grant_propose"),
    path("admin/<int:account_id>/<slug:act>/", administration.account_act, name="account_act"),
    path("audit/", auditing.audit_list, name="audit"),
]
