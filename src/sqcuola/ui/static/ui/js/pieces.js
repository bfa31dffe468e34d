// A file field inside data-pieces="URL" sends what is chosen at once, piece by piece: small ones first, larger ones (up to
// 5 MB) while the line is good. The house says how much is safe; when the line is lost it goes on from there, and so it
// does after a reload, when the same file is chosen again. Without this the field is sent with its form.
const MOST = 5 * 1024 * 1024;
const LEAST = 128 * 1024;

const wait = (milliseconds) => new Promise((done) => {
  const timer = setTimeout(done, milliseconds);
  addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
});

for (const box of document.querySelectorAll("[data-pieces]")) {
  const input = box.querySelector("input[type=file]");
  const form = input.form;
  const list = box.parentElement.querySelector("[data-list]");
  const label = box.appendChild(document.createElement("p"));
  const bar = box.appendChild(document.createElement("progress"));
  box.querySelector("button").hidden = true;
  label.hidden = bar.hidden = true;
  let warned = false;
  let waiting = 0;
  let line = Promise.resolve();

  const say = (words, name, state = "") => {
    label.textContent = words.replace("[name]", name);
    label.className = state;
    label.hidden = !words;
    if (state) label.setAttribute("role", "status"); else label.removeAttribute("role");
  };

  // What a place is called where this file was on its way before; a private window may keep nothing.
  const kept = {
    key: (file) => `pieces ${box.dataset.pieces} ${file.name} ${file.size} ${file.lastModified}`,
    read: (file) => { try { return localStorage.getItem(kept.key(file)); } catch { return null; } },
    write: (file, token) => {
      try { token ? localStorage.setItem(kept.key(file), token) : localStorage.removeItem(kept.key(file)); } catch { /* kept nowhere */ }
    },
  };

  const post = async (fields) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const answer = await fetch(box.dataset.pieces, { method: "POST", body, redirect: "manual" });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    return { ...told, status: answer.status };
  };

  // One file, from wherever the house says it is; returns what the house said last.
  const send = async (file) => {
    let token = kept.read(file);
    let at = 0;
    let length = token ? 0 : LEAST;
    let pause = 1000;
    for (;;) {
      const begun = performance.now();
      try {
        if (!token) {
          const told = await post({ name: file.name, size: file.size });
          if (!told.token) return told;
          token = told.token;
          kept.write(file, token);
          continue;
        }
        const told = await post({ token, offset: at, piece: file.slice(at, at + length) });
        if (told.status === 404 && !length) { token = null; length = LEAST; continue; }
        if (told.received === undefined || told.list !== undefined) { kept.write(file, null); return told; }
        at = told.received;
        bar.value = at / file.size;
        say(box.dataset.sending, file.name);
        const quick = performance.now() - begun < 2500;
        length = told.status === 200 && length ? Math.min(MOST, quick ? length * 2 : length) : LEAST;
        pause = 1000;
      } catch {
        say(box.dataset.down, file.name, "unsaved");
        length = Math.max(LEAST, length / 2);
        await wait(pause);
        pause = Math.min(pause * 2, 30_000);
      }
    }
  };

  const sendAll = async (chosen) => {
    let words = "";
    for (const file of chosen) {
      bar.hidden = false;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      say(box.dataset.sending, file.name);
      const told = await send(file);
      if (told.list !== undefined) list.innerHTML = told.list;
      else words = told.words ? `${file.name}: ${told.words}` : box.dataset.failed.replace("[name]", file.name);
    }
    bar.hidden = true;
    warned = false;
    waiting -= 1;
    say(words, "", words ? "error" : "");
  };

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    waiting += 1;
    line = line.then(() => sendAll(chosen));
  });

  form.addEventListener("submit", (event) => {
    if (!waiting || warned) return;
    event.preventDefault();
    warned = true;
    say(box.dataset.busy, "", "unsaved");
  });
}
