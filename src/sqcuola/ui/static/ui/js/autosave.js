// A form marked data-autosave="URL" is sent there as it is typed, at most every two seconds. Nothing is said while it
// works: only "not saved yet" when the line is down, and "saved at" when it has come back or for the eye.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = document.getElementById(form.dataset.saved);
  let waiting = 0;
  let failed = false;
  let again = false;
  let sending = false;
  let refused = false;
  const say = (words, bad) => {
    if (!line) return;
    line.classList.toggle("unsaved", bad);
    if (bad !== failed) line.setAttribute("role", "status"); else line.removeAttribute("role");
    line.textContent = words;
    failed = bad;
  };
  const send = async () => {
    if (refused) return;
    if (sending) { again = true; return; }
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } });
      if ([401, 403, 409].includes(answer.status)) {
        // Refused with a sentence (signed out, too late, changed elsewhere): trying again would not help.
        say((await answer.text()).trim() || form.dataset.unsaved, true);
        refused = true;
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      say((await answer.text()).trim(), false);
      form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
    } catch {
      say(form.dataset.unsaved, true);
      waiting = setTimeout(send, 5000);
    }
    sending = false;
    if (again) { again = false; send(); }
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(waiting);
    waiting = setTimeout(send, 2000);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
