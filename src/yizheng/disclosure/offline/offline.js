// Checks the signed payload of a certificate's QR code, and the signed list of states, by the public keys in this page.
"use strict";

const BODY = 44, SIGNATURE = 64, DAY_ONE = 719163, CERTIFICATE = 1;
const KEYS = JSON.parse(document.getElementById("keys").textContent).keys;
const KEPT = JSON.parse(document.getElementById("list").textContent);
const ADDRESS = document.body.dataset.list;
const byId = (id) => document.getElementById(id);
let list = null;

function decoded(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));

// --- Ed25519: by the browser; by the arithmetic of RFC 8032 where the browser does not know it -------------------------
const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a) => ((a % P) + P) % P;
function power(base, exponent) {
  let result = 1n;
  for (base = mod(base); exponent > 0n; exponent >>= 1n, base = mod(base * base)) if (exponent & 1n) result = mod(result * base);
  return result;
}
const inverse = (a) => power(a, P - 2n);
const D = mod(-121665n * inverse(121666n)), ROOT = power(2n, (P - 1n) / 4n);
const number = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
function point(bytes) {
  const sign = bytes[31] >> 7, y = number(bytes.map((byte, place) => (place === 31 ? byte & 127 : byte)));
  if (y >= P) return null;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
  let x = mod(u * v ** 3n) * power(u * v ** 7n, (P - 5n) / 8n) % P;
  if (mod(v * x * x) !== u) x = mod(x * ROOT);
  if (mod(v * x * x) !== u) return null;
  if (Number(x & 1n) !== sign) x = mod(-x);
  return [x, y, 1n, mod(x * y)];
}
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2)), c = mod(2n * D * t1 * t2), d = mod(2n * z1 * z2);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function times(scalar, what) {
  let result = [0n, 1n, 1n, 0n];
  for (; scalar > 0n; scalar >>= 1n, what = add(what, what)) if (scalar & 1n) result = add(result, what);
  return result;
}
const BASE = point(Uint8Array.from({ length: 32 }, (_, place) => (place ? 0x66 : 0x58)));
const same = ([x1, y1, z1], [x2, y2, z2]) => mod(x1 * z2) === mod(x2 * z1) && mod(y1 * z2) === mod(y2 * z1);
async function verifiesByHand(key, signature, message) {
  const a = point(key), r = point(signature.slice(0, 32)), s = number(signature.slice(32));
  if (!a || !r || s >= L) return false;
  const hashed = await digest("SHA-512", new Uint8Array([...signature.slice(0, 32), ...key, ...message]));
  return same(times(s, BASE), add(r, times(number(hashed) % L, a)));
}
async function verifies(kid, signature, message) {
  const known = KEYS.find((key) => key.kid === kid);
  if (!known) return false;
  const raw = decoded(known.x);
  try {
    const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, message);
  } catch {
    return verifiesByHand(raw, signature, message);
  }
}

// --- the payload and the list --------------------------------------------------------------------------------------------
async function readMark(text) {
  const raw = decoded(text.trim().split("/").pop());
  if (raw.length !== BODY + SIGNATURE || raw[0] !== 1) return null;
  const body = raw.slice(0, BODY), view = new DataView(body.buffer);
  if (!(await verifies(hex(body.slice(2, 6)), raw.slice(BODY), body))) return null;
  return {
    certificate: body[1] === CERTIFICATE,
    key: hex(body.slice(2, 6)),
    name: hex((await digest("SHA-256", body.slice(6, 22))).slice(0, 6)),
    version: view.getUint16(22),
    day: new Date((view.getUint32(24) - DAY_ONE) * 86400000).toISOString().slice(0, 10),
  };
}
async function readList(text) {
  const [head, body, signature] = text.trim().split(".");
  const kid = JSON.parse(new TextDecoder().decode(decoded(head))).kid;
  if (!(await verifies(kid, decoded(signature), new TextEncoder().encode(`${head}.${body}`)))) return null;
  const said = JSON.parse(new TextDecoder().decode(decoded(body)));
  return { day: said.day, time: said.signed_at.slice(11, 16), bytes: said.name_bytes, revoked: decoded(said.revoked), superseded: decoded(said.superseded) };
}
function holds(names, bytes, wanted) {
  let low = 0, high = names.length / bytes;
  while (low < high) {
    const middle = (low + high) >> 1, found = hex(names.subarray(middle * bytes, (middle + 1) * bytes));
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1; else high = middle;
  }
  return false;
}

// --- what is said --------------------------------------------------------------------------------------------------------
const day = (iso) => { const [y, m, d] = iso.split("-").map(Number); return `${y}年${m}月${d}日`; };
const moment = (list) => `${day(list.day)} ${list.time}`;
const today = () => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
function stateOf(mark) {
  if (!mark.certificate) return ["unknown", "这是文书，不是证照；名单只含证照，本页只核对了签名。"];
  if (!list) return ["unknown", "没有状态名单，只核对了签名，不能判断证照现在是否有效。"];
  if (holds(list.revoked, list.bytes, mark.name)) return ["bad", `${day(list.day)}的名单载明：本证已注销、撤销、吊销或失效。`];
  if (holds(list.superseded, list.bytes, mark.name)) return ["bad", `${day(list.day)}的名单载明：本证已换发新版本，这一版本不再有效。`];
  if (mark.day > list.day) return ["unknown", `本证签发晚于名单日（${day(list.day)}），名单不能说明它的状态。`];
  return ["ok", `截至${moment(list)}的名单没有失效记载。`];
}
function show(verdict, title, lines) {
  const place = byId("result");
  place.className = verdict;
  place.replaceChildren();
  const heading = document.createElement("h2");
  heading.textContent = title;
  place.append(heading);
  const ul = document.createElement("ul");
  for (const line of lines) { const li = document.createElement("li"); li.textContent = line; ul.append(li); }
  place.append(ul);
  place.hidden = false;
  place.focus();
}
async function check(text) {
  let mark = null;
  try { mark = await readMark(text); } catch { mark = null; }
  if (!mark) {
    show("bad", "签名不符：不是本机关签发，或者内容不全", ["二维码内容没有通过任何一把公布的公钥，请勿采信；也可能是没有复制完整，请重新扫描。"]);
    return;
  }
  const [verdict, sentence] = stateOf(mark);
  const titles = { ok: "签名属实，名单日有效", bad: "签名属实，但已失效", unknown: "签名属实，状态未能核对" };
  const stale = list && list.day < today() ? [`名单不是今天的，${moment(list)}之后的注销、吊销和换发查不到。`] : [];
  show(verdict, titles[verdict], [
    `已核对：签名由本平台密钥 ${mark.key} 签发；签发日期${day(mark.day)}，第 ${mark.version} 版。请与证面核对。`,
    `状态：${sentence}`,
    ...stale,
    "不能核对：持证人姓名、照片和号码不在二维码中，请看证面；要紧的事请联网核验。",
  ]);
}

const named = (input) => { input.closest("label").nextElementSibling.textContent = input.files.length ? input.files[0].name : "还没有选择文件"; };

// --- the page ------------------------------------------------------------------------------------------------------------
async function take(text, origin) {
  try { list = await readList(text); } catch { list = null; }
  byId("state").textContent = list
    ? `状态名单：${moment(list)}签发，${origin}，签名属实。`
    : `状态名单：${origin}的名单签名不符，没有采用。`;
}
async function begin() {
  if (KEPT) await take(KEPT, "随本页保存");
  if (ADDRESS) {
    try {
      const answer = await fetch(ADDRESS, { cache: "no-cache" });
      if (answer.ok) await take(await answer.text(), navigator.onLine ? "已取得" : "上次联网时保存");
    } catch { /* without a network the kept list, if any, stands */ }
    if ("serviceWorker" in navigator) navigator.serviceWorker.register(document.body.dataset.worker).catch(() => {});
  }
  if (!list && !byId("state").textContent) byId("state").textContent = "状态名单：没有。可以核对签名，不能核对状态；联网打开本页一次，或者选择保存的名单文件。";
  document.body.dataset.ready = "yes";
}
async function scanned(source) {
  const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(source);
  if (!found.length) return false;
  byId("payload").value = found[0].rawValue;
  await check(found[0].rawValue);
  return true;
}
async function camera() {
  const video = byId("video"), stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const look = async () => {
    if (video.hidden) return;
    if (await scanned(video).catch(() => false)) { stream.getTracks().forEach((track) => track.stop()); video.hidden = true; return; }
    setTimeout(look, 250);
  };
  look();
}
byId("form").addEventListener("submit", (event) => { event.preventDefault(); check(byId("payload").value); });
byId("listfile").addEventListener("change", async (event) => {
  named(event.target);
  if (event.target.files.length) await take(await event.target.files[0].text(), "从文件读取");
});
if ("BarcodeDetector" in window) {
  byId("scan").hidden = byId("picture-field").hidden = false;
  byId("no-scan").hidden = true;
  byId("scan").addEventListener("click", () => camera().catch(() => { byId("video").hidden = true; show("unknown", "不能使用摄像头", ["没有摄像头，或者没有允许使用。请选择照片，或者粘贴二维码内容。"]); }));
  byId("picture").addEventListener("change", async (event) => {
    named(event.target);
    if (event.target.files.length && !(await scanned(await createImageBitmap(event.target.files[0])))) show("unknown", "照片里没有找到二维码", ["请拍得近一些、正一些，再选一次。"]);
  });
}
begin();
