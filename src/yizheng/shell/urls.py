"""The addresses of the shell: a namespace for each of its parts."""

from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from yizheng.shell import deadlines, forecasts, gallery, leaving, proposals, views
from yizheng.shell.analysis import asking as questions
from yizheng.shell.analysis import exports, listing
from yizheng.shell.applicant import cases, choosing, dossiers, form
from yizheng.shell.content import editing as articles
from yizheng.shell.content.listing import ARTICLES
from yizheng.shell.desk import (
    batching,
    case,
    correcting,
    initiating,
    recording,
    revealing,
    saved_views,
    statistics,
    transferring,
    worklist,
)
from yizheng.shell.exchange import channels, credit, inbound, packages, partners, subscriptions
from yizheng.shell.intake import acts, batch, batches
from yizheng.shell.mine import page as mine
from yizheng.shell.printing import desk as printing
from yizheng.shell.printing import ledger
from yizheng.shell.problem_data import correcting as problem_correcting
from yizheng.shell.problem_data import page as problem_page
from yizheng.shell.problem_data import reporting
from yizheng.shell.problem_data import worklist as problems
from yizheng.shell.rule_settings import calendar, promises, rules
from yizheng.shell.rule_settings import proposals as rule_proposals
from yizheng.shell.searching import top_bar
from yizheng.shell.slices import acts as slice_acts
from yizheng.shell.slices import detail as slice_detail
from yizheng.shell.slices import listing as slice_listing

register_converter(forecasts.RegisterConverter, "register")

DESK = [
    path("", worklist.worklist, name="worklist"),
    path("batch/", batching.batch, name="batch"),
    path("batch/<int:pk>/", batching.batch_result, name="batch_result"),
    path("statistics/", statistics.TALLIES.page, name="statistics"),
    path("initiate/", initiating.initiate, name="initiate"),
    path("views/", saved_views.manage, name="views"),
    path("views/save/", saved_views.save, name="save_view"),
    path("views/<int:pk>/", saved_views.change, name="change_view"),
    path("cases/<str:number>/", case.case_page, name="case"),
    path("cases/<str:number>/act/", case.act, name="act"),
    path("cases/<str:number>/correction/", correcting.correction_page, name="correction"),
    path("cases/<str:number>/record/", recording.record_page, name="record"),
    path("cases/<str:number>/transfer/", transferring.transfer_page, name="transfer"),
    path("cases/<str:number>/dispose/<str:code>/", case.dispose, name="dispose"),
    path("cases/<str:number>/reveal/<str:field>/", revealing.reveal, name="reveal"),
]
PRINTING = [
    path("print/", printing.DESK.page, name="desk"),
    path("print/run/", printing.print_chosen, name="print"),
    path("ledger/", ledger.LEDGER.page, name="ledger"),
    path("ledger/<int:certificate_id>/", ledger.enter, name="enter"),
]
INTAKE = [
    path("", batches.BATCHES.page, name="batches"),
    path("new/", batches.upload, name="upload"),
    path("templates/<str:code>/", batches.template, name="template"),
    path("<int:number>/", batch.batch_page, name="batch"),
    path("<int:number>/answer/", batch.answer, name="answer"),
    path("<int:number>/headings/", acts.place_headings, name="headings"),
    path("<int:number>/propose/", acts.propose, name="propose"),
    path("<int:number>/decide/", acts.decide, name="decide"),
    path("<int:number>/discard/", acts.discard, name="discard"),
    path("<int:number>/check/", acts.check_again, name="check"),
]
RULE_SETTINGS = [
    path("", RedirectView.as_view(pattern_name="rule_settings:rules"), name="home"),
    path("values/", rules.RULES.page, name="rules"),
    path("values/<str:code>/", rules.rule_page, name="rule"),
    path("calendar/", calendar.year_list, name="calendar"),
    path("calendar/<int:year>/", calendar.year_page, name="year"),
    path("promises/", promises.promise_page, name="promises"),
    path("proposals/<int:proposal_id>/", rule_proposals.proposal_page, name="proposal"),
    path("proposals/<int:proposal_id>/decide/", rule_proposals.decide, name="decide"),
]
EXCHANGE = [
    path("", packages.PACKAGES.page, name="packages"),
    path("receive/", packages.receive, name="receive"),
    path("propose/", packages.propose, name="propose"),
    path("partners/", partners.partners, name="partners"),
    path("credit/", credit.CREDIT.page, name="credit"),
    path("channels/", channels.CHANNELS.page, name="channels"),
    path("channels/<slug:code>/", channels.channel, name="channel"),
    path("channels/<slug:code>/act/", channels.act, name="channel_act"),
    path("channels/<slug:code>/given-up/", channels.given_up, name="channel_given_up"),
    path("channels/<slug:code>/messages/<int:pk>/", channels.message, name="channel_message"),
    path("key.pem", subscriptions.key, name="key"),
    path("subscriptions/", subscriptions.subscriptions, name="subscriptions"),
    path("subscriptions/<int:pk>/", subscriptions.act, name="subscription_act"),
    path("in/certificates", inbound.certificates, name="read_certificates"),
    path("in/<slug:code>/messages", inbound.messages, name="inbound"),
    path("<int:pk>/", packages.package, name="package"),
    path("<int:pk>/answer/", packages.answer, name="answer"),
    path("<int:pk>/download/", packages.download, name="download"),
]
MY = [
    path("", cases.cases, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("apply/<str:item_code>/", cases.apply, name="apply"),
    path("apply/<str:item_code>/people/", choosing.people, name="people"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/begin/<str:item_code>/", dossiers.begin, name="begin_dossier"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:pk>/template/", dossiers.template, name="dossier_template"),
    path("dossiers/<int:pk>/back/", dossiers.given_back, name="dossier_back"),
    path("dossiers/<int:pk>/rows/", dossiers.add_rows, name="add_to_dossier"),
    path("dossiers/<int:pk>/upload/", dossiers.upload, name="upload_dossier"),
    path("dossiers/<int:pk>/settle/", dossiers.settle, name="settle_dossier"),
    path("dossiers/<int:pk>/papers/", dossiers.papers, name="dossier_papers"),
    path("dossiers/<int:pk>/hand-in/", dossiers.hand_in, name="hand_in_dossier"),
    path("records/", mine.mine, name="records"),
    path("records/objection/", mine.objection, name="objection"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/act/", cases.act, name="act"),
    path("cases/<str:number>/certificate/", cases.certificate, name="certificate"),
    path("cases/<str:number>/form/", form.form, name="form"),
    path("cases/<str:number>/check/", form.check, name="check"),
    path("cases/<str:number>/materials/<str:material>/", form.upload, name="upload"),
]
LISTS = [
    path("<slug:code>/print/", leaving.print_table, name="print"),
    path("<slug:code>/export/", leaving.export_table, name="export"),
]
PROPOSALS = [
    path("", proposals.PROPOSALS.page, name="list"),
    path("<int:pk>/settle/", proposals.settle, name="settle"),
    path("<int:pk>/begin/", proposals.begin, name="begin"),
    path("begin/", proposals.begin_many, name="begin_many"),
]
PROBLEMS = [
    path("", problems.PROBLEMS.page, name="list"),
    path("new/<register:register>/<int:subject_id>/", reporting.report, name="report"),
    path("<int:pk>/", problem_page.problem, name="problem"),
    path("<int:pk>/act/", problem_page.act, name="act"),
    path("<int:pk>/contact/", problem_page.contact, name="contact"),
    path("<int:pk>/merge/", problem_correcting.merge, name="merge"),
    path("<int:pk>/correct/<slug:table>/<int:version>/", problem_correcting.correct, name="correct"),
]
CONTENT = [
    path("", ARTICLES.page, name="list"),
    path("new/", articles.new, name="new"),
    path("<int:pk>/", articles.article, name="article"),
    path("<int:pk>/act/", articles.act, name="act"),
    path("<int:pk>/files/<int:file_id>/", articles.file, name="file"),
    path("<int:pk>/versions/<int:number>/", articles.version, name="version"),
]
FORECASTS = [path("", forecasts.forecasts, name="list"), path("<int:pk>/", forecasts.forecast, name="forecast")]
ANALYSIS = [
    path("", listing.QUESTIONS.page, name="list"),
    path("ask/", questions.question, name="question"),
    path("rows/", questions.rows, name="rows"),
    path("save/", questions.save, name="save"),
    path("saved/<int:pk>/", listing.change, name="change"),
    path("answers/<int:pk>/", questions.kept_answer, name="answer"),
    path("exports/", exports.EXPORTS.page, name="exports"),
    path("exports/request/", exports.request_one, name="export"),
    path("exports/<int:pk>/take/", exports.take_one, name="take"),
]
SLICES = [
    path("", slice_listing.SLICES.page, name="list"),
    path("cut/", slice_listing.cut, name="cut"),
    path("polish/", slice_detail.LINES.page, name="polish"),
    path("<int:pk>/", slice_detail.page, name="slice"),
    path("<int:pk>/<slug:verb>/", slice_acts.act, name="act"),
]
SHELL = [
    path("office/", views.home, name="home"),
    path("search/", top_bar.search, name="search"),
    path("office/keys/", views.single_keys, name="keys"),
    path("office/help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("bundle/<str:address>", views.send_bundle, name="bundle"),
    path("_gallery/", gallery.page, name="gallery"),
]

urlpatterns = [
    path("desk/", include((DESK, "desk"))),
    path("certificates/", include((PRINTING, "printing"))),
    path("intake/", include((INTAKE, "intake"))),
    path("rules/", include((RULE_SETTINGS, "rule_settings"))),
    path("exchange/", include((EXCHANGE, "exchange"))),
    path("my/", include((MY, "my"))),
    path("analysis/", include((ANALYSIS, "analysis"))),
    path("slices/", include((SLICES, "slices"))),
    path("lists/", include((LISTS, "lists"))),
    path("deadlines/", include(([path("", deadlines.DEADLINES.page, name="list")], "deadlines"))),
    path("proposals/", include((PROPOSALS, "proposals"))),
    path("problems/", include((PROBLEMS, "problems"))),
    path("content/", include((CONTENT, "content"))),
    path("<register:register>/forecasts/", include((FORECASTS, "forecasts"))),
    path("", include((SHELL, "shell"))),
]
