/* The draft of a form: says when it was saved, when it was not, and that what was typed is still here. Faults vanish while typing. */
(() => {
  "use strict";
  const form = document.querySelector("[data-draft]");
  if (!form || !window.htmx) return;
  const LONG = 10 * 60 * 1000; /* after so long without a word from the server the session is asked for before sending */
  let unsaved = false;
  let gone = false;
  let heard = Date.now();
  const say = (text, ...more) => {
    const saved = document.getElementById("saved");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn-link";
    again.textContent = "再试";
    again.onclick = retry;
    saved.classList.add("failed");
    saved.replaceChildren(text, ...more, again);
    saved.scrollIntoView({ block: "nearest" });
  };
  const failed = () => say("没有保存：网络断开。填写的内容还在本页，");

  /* The session has ended: the page stays as it is, the person signs in beside it and goes on here. */
  function ended() {
    const door = document.createElement("a");
    gone = true;
    door.href = `/accounts/sign-in/?next=${encodeURIComponent(location.pathname)}`;
    door.target = "_blank";
    door.textContent = "在新窗口登录";
    say("没有保存：登录已结束。填写的内容还在本页，", door, "，登录后回到这里");
  }
  const outside = (address) => address.includes("/accounts/sign-in/");

  /* Signing in changes the token of the form; the page that is asked for anew knows it. */
  async function retry() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer) return failed();
    if (outside(answer.url)) return ended();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (fresh) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((each) => { each.value = fresh.value; });
    gone = false;
    window.htmx.trigger(form, "change");
  }
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 401 || outside(xhr.responseURL || "")) {
      event.preventDefault();
      ended();
    } else if (xhr.status < 300) heard = Date.now();
  });
  form.addEventListener("submit", async (event) => {
    if (gone) {
      event.preventDefault();
      return ended();
    }
    if (Date.now() - heard < LONG) return;
    event.preventDefault();
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    if (!answer) return failed();
    if (outside(answer.url)) return ended();
    heard = Date.now();
    form.requestSubmit(event.submitter);
  }, true);
  window.addEventListener("beforeunload", (event) => { if (gone) event.preventDefault(); });
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("change", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  form.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
  window.addEventListener("pagehide", () => {
    const address = form.getAttribute("hx-post");
    if (!unsaved || !address) return;
    const typed = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    navigator.sendBeacon(address, typed);
  });
  form.addEventListener("htmx:sendError", failed);
  form.addEventListener("htmx:responseError", failed);
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".field.wrong");
    if (!field) return;
    field.classList.remove("wrong");
    field.querySelectorAll(".error").forEach((each) => each.remove());
    document.querySelectorAll(`.error[data-of="${event.target.id}"]`).forEach((each) => each.remove());
    event.target.removeAttribute("aria-invalid");
  });
})();
