/* Uploads: bytes done, cancel, and which requirement failed. Without script the file goes with the form. */
(() => {
  "use strict";
  const token = () => (document.querySelector("[name=csrfmiddlewaretoken]") || {}).value || "";
  const english = {
    "取消": "Cancel", "上传": "uploaded", "已取消，没有保存": "Cancelled, nothing was saved",
    "没有上传：网络断开。请再试": "Not uploaded: no connection. Please try again", "没有上传，请再试": "Not uploaded, please try again",
  };
  const say = (place, text, bad) => {
    const line = document.createElement("p");
    line.textContent = text;
    line.setAttribute("role", bad ? "alert" : "status");
    if (bad) line.className = "bad said";
    place.replaceChildren(line);
  };

  document.addEventListener("change", (event) => {
    const input = event.target;
    const row = input.type === "file" && input.closest("[data-upload]");
    if (!row || !input.files.length) return;
    if (row.dataset.upload) send(row, input);
    else say(row.querySelector("[data-upload-state]"), `已选择 ${input.files[0].name}，还没有上传`, false);
  });

  function send(row, input) {
    const told = (chinese) => ("two" in row.dataset ? `${chinese} ${english[chinese]}` : chinese);
    const place = row.querySelector("[data-upload-state]");
    const file = input.files[0];
    const request = new XMLHttpRequest();
    const bar = document.createElement("progress");
    const line = document.createElement("p");
    const cancel = document.createElement("button");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.textContent = file.name;
    cancel.type = "button";
    cancel.className = "btn-link";
    cancel.textContent = told("取消");
    cancel.onclick = () => request.abort();
    place.replaceChildren(bar, line, cancel);
    row.classList.add("uploading");
    request.upload.onprogress = (progress) => {
      const share = Math.round((progress.loaded / progress.total) * 100);
      bar.value = share;
      line.textContent = `${file.name}　${told("上传")} ${share}%`;
    };
    const end = (text, bad) => { row.classList.remove("uploading"); input.value = ""; say(place, text, bad); };
    request.onabort = () => end(told("已取消，没有保存"), false);
    request.onerror = () => end(told("没有上传：网络断开。请再试"), true);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        const holder = document.createElement("template");
        holder.innerHTML = request.responseText;
        row.replaceWith(holder.content);
        document.dispatchEvent(new CustomEvent("uploaded"));
      } else end(request.responseText.slice(0, 200) || told("没有上传，请再试"), true);
    };
    const body = new FormData();
    body.append(input.name, file);
    request.open("POST", row.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("HX-Request", "true");
    request.send(body);
  }
})();
