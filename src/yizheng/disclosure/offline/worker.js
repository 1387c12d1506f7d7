// Keeps the offline page and the newest list: from the network when there is one, else as they were kept.
"use strict";

const KEPT = "offline-check";
const PAGES = ["/verify/offline/", "/verify/status-list.jws"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PAGES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || !PAGES.includes(path)) return;
  event.respondWith(
    fetch(event.request)
      .then(async (answer) => {
        if (answer.ok) await (await caches.open(KEPT)).put(path, answer.clone());
        return answer.ok ? answer : (await caches.match(path)) || answer;
      })
      .catch(() => caches.match(path)),
  );
});
