/* 查看: asks a reason, shows the value for 60 seconds, covers it again. Without script the link opens the page that asks. */
(() => {
  "use strict";
  const SHOWN = 60000;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reveal]");
    if (!link) return;
    event.preventDefault();
    fetch(link.href, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
      .then((html) => open(html, link))
      .catch(() => { location.href = link.href; });
  });

  function open(html, link) {
    const dialog = document.createElement("dialog");
    dialog.innerHTML = html;
    dialog.setAttribute("aria-label", link.textContent.trim());
    document.body.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } })
        .then((answer) => answer.text().then((text) => (answer.ok ? show(link, text) : (dialog.querySelector("[data-said]").textContent = text, null))))
        .then((shown) => shown && dialog.close());
    });
    dialog.showModal();
  }

  function show(link, value) {
    const place = link.closest("[data-masked]").firstElementChild;
    const covered = place.textContent;
    place.textContent = value.trim();
    link.hidden = true;
    setTimeout(() => { place.textContent = covered; link.hidden = false; }, SHOWN);
    return true;
  }
})();
