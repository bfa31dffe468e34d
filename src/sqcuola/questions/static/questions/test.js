// Answers leave as they are given, one after the other, and wait here while the line is down. Each is numbered by this
// page, so that one sent twice stands once; it carries when it was given, by the server's clock as last heard.
const form = document.querySelector("form[data-save]");
const line = document.getElementById("saved");
const trouble = document.getElementById("trouble");
const store = `test ${form.dataset.save}`;
const box = document.querySelector("[data-until]");
let server = Date.parse(box.dataset.now) - performance.now();
let seq = Number(form.elements.seq.value);
let sending = false;
let failing = false;
let refused = false;

const kept = () => { try { return JSON.parse(sessionStorage.getItem(store)) ?? []; } catch { return []; } };
let queue = kept();
const keep = () => { try { sessionStorage.setItem(store, JSON.stringify(queue)); } catch { /* it stays in memory */ } };
const later = (work, wait) => { let waiting; return () => { clearTimeout(waiting); waiting = setTimeout(work, wait); }; };

const say = (words, bad) => {
  if (bad !== failing) line.setAttribute("role", "status"); else line.removeAttribute("role");
  line.textContent = words;
  line.classList.toggle("unsaved", bad);
  failing = bad;
};
const tell = (words) => { trouble.textContent = words; trouble.hidden = !words; };

const valueOf = (one) => {
  const name = `a${one.dataset.place}`;
  const fields = [...one.querySelectorAll("input, select, textarea")].filter((field) => field.name.split("-")[0] === name);
  if (one.dataset.kind === "matching") return fields.filter((field) => field.value).map((field) => `${field.name.split("-")[1]}=${field.value}`).join(",");
  return fields.filter((field) => field.type === "text" || field.type === "textarea" || field.checked).map((field) => field.value).join(",");
};

const put = (place, what) => {
  const entry = { place, device: form.elements.device.value, seq, given: Math.round(server + performance.now()), ...what };
  seq += 1;
  form.elements.seq.value = seq;
  queue = queue.filter((other, at) => (sending && at === 0) || other.place !== place || ("review" in other) !== ("review" in entry));
  queue.push(entry);
  keep();
  send();
};

const send = async () => {
  if (sending || refused || !queue.length) return;
  sending = true;
  const entry = queue[0];
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, ...entry });
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body, signal: AbortSignal.timeout(15000) });
    const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    if (!answer.ok || !said) {
      refused = true;
      tell(said?.refused ?? form.dataset.again);
      say("", true);
    } else {
      server = said.now - performance.now();
      tell("");
      say(form.dataset.saved.replace("{when}", said.saved), false);
    }
    queue.shift();
    keep();
    sending = false;
    send();
  } catch {
    sending = false;
    say(form.dataset.unsaved, true);
    setTimeout(send, 3000);
  }
};

const typing = new Map();
form.addEventListener("input", ({ target }) => {
  const one = target.closest("[data-place]");
  if (!one) return;
  const place = one.dataset.place;
  if ("review" in target.dataset) { put(place, { review: target.checked ? "1" : "" }); return; }
  const give = () => { typing.delete(place); put(place, { value: valueOf(one) }); };
  if (target.type !== "text" && target.type !== "textarea") { give(); return; }
  if (!typing.has(place)) typing.set(place, { soon: later(give, 1200), give });
  typing.get(place).soon();
});
form.addEventListener("submit", (event) => {
  if (failing && !refused && queue.length) {
    event.preventDefault();
    tell(form.dataset.wait);
    send();
  }
});
addEventListener("online", send);
addEventListener("pageshow", send);
box.addEventListener("time-is-up", () => setTimeout(() => location.assign(form.dataset.after), 1500));
send();
