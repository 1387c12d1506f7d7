// Asks the browser for a passkey and hands its answer in with the form it belongs to: <form data-passkey="create|get" data-options="…">.
"use strict";

{
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const descriptors = (given) => (given || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function make(options) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: descriptors(options.excludeCredentials),
      },
    });
    const { attestationObject, clientDataJSON } = made.response;
    return { id: made.id, rawId: text(made.rawId), type: made.type, response: { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) } };
  }
  async function prove(options) {
    const made = await navigator.credentials.get({
      publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: descriptors(options.allowCredentials) },
    });
    const { authenticatorData, clientDataJSON, signature, userHandle } = made.response;
    return {
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: { authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature), userHandle: userHandle ? text(userHandle) : null },
    };
  }
  const reasons = {
    InvalidStateError: "这把密钥已经设置过。",
    NotAllowedError: "没有完成：可能是取消了，或者等得太久。请再试一次。",
    SecurityError: "这个地址不能使用通行密钥，请用域名打开本站。",
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const answer = form.elements.passkey, problem = form.querySelector("[data-problem]");
      if (answer.value || !form.reportValidity()) return;
      event.preventDefault();
      problem.textContent = "";
      try {
        const options = JSON.parse(form.dataset.options);
        answer.value = JSON.stringify(await (form.dataset.passkey === "create" ? make(options) : prove(options)));
        form.submit();
      } catch (fault) {
        problem.textContent = reasons[fault.name] || "浏览器没有给出密钥，请再试一次。";
      }
    });
  }
}
