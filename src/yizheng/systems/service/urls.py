"""Addresses of the service."""

from django.urls import path

from yizheng.systems.service.pages import (
    acceptance,
    contract,
    desk,
    indicators,
    inspections,
    matters,
    my,
    obligations,
    orders,
    reports,
    security,
    status,
)

app_name = "service"
urlpatterns = [
    path("service/", desk.desk, name="desk"),
    path("service/orders/", orders.ORDERS.page, name="orders"),
    path("service/visits/", orders.VISITS.page, name="visits"),
    path("service/orders/new/", orders.new_order, name="new_order"),
    path("service/orders/<slug:number>/", orders.order, name="order"),
    path("service/inspections/", inspections.INSPECTIONS.page, name="inspections"),
    path("service/inspections/now/", inspections.inspect_now, name="inspect_now"),
    path("service/inspections/<int:inspection_id>/", inspections.inspection, name="inspection"),
    path("service/obligations/", obligations.OBLIGATIONS.page, name="obligations"),
    path("service/obligations/<slug:code>/", obligations.obligation, name="obligation"),
    path("service/contract/", contract.contract, name="contract"),
    path("service/contract/lines/", contract.LINES.page, name="lines"),
    path("service/acceptance/", acceptance.acceptance, name="acceptance"),
    path("service/acceptance/<slug:number>.<slug:kind>", acceptance.acceptance_file, name="acceptance_file"),
    path("status/", status.status, name="status"),
    path("service/my/", my.my, name="my"),
    path("service/my/<slug:number>/", my.my_order, name="my_order"),
    path("service/indicators/", indicators.indicators, name="indicators"),
    path("service/matters/", matters.MATTERS.page, name="matters"),
    path("service/matters/new/<slug:code>/", matters.new_matter, name="new_matter"),
    path("service/matters/<slug:number>/", matters.matter, name="matter"),
    path("service/changes/", contract.changes, name="changes"),
    path("service/security/", security.SECURITY.page, name="security"),
    path("service/reports/", reports.reports, name="reports"),
    path("service/reports/<int:report_id>/", reports.report, name="report"),
    path("service/reports/<int:report_id>/act/", reports.act_on_report, name="act_on_report"),
]
