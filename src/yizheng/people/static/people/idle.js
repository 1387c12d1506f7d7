// Warns two minutes before an idle session ends and lets the person stay (WCAG 2.2.1). Tabs tell each other.
(() => {
  const dialog = document.querySelector("dialog[data-idle]");
  if (!dialog) return;
  const limit = Number(dialog.dataset.idle) * 1000;
  const warning = 120 * 1000;
  const key = "yizheng-last-seen";
  const seen = () => Math.max(Number(localStorage.getItem(key)) || 0, loaded);
  const loaded = Date.now();
  const note = () => localStorage.setItem(key, String(Date.now()));
  const csrf = dialog.querySelector("[name=csrfmiddlewaretoken]").value;

  async function stay() {
    const answer = await fetch(dialog.dataset.stay, { method: "POST", headers: { "X-CSRFToken": csrf } });
    if (!answer.ok) return location.reload();
    note();
    dialog.close();
  }

  function look() {
    const left = seen() + limit - Date.now();
    if (left <= 0) return location.reload();
    if (left > warning) return dialog.open && dialog.close();
    dialog.querySelector("[data-left]").textContent = `${Math.ceil(left / 1000)}`;
    if (!dialog.open) dialog.showModal();
  }

  note();
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.requestConfig?.headers?.["X-Background"]) note();
  });
  dialog.querySelector("[data-stay-button]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  setInterval(look, 1000);
})();
