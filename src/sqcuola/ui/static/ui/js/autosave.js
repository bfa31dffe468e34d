// A form marked data-autosave="URL" is sent there as it is typed, at most every two seconds. The answer's text is shown
// ("Saved at 10:42"). It speaks only when saving fails, and when it works again. While the line is down it keeps trying;
// when the house says no (closed, signed out, changed elsewhere) it stops, and asks to press the button.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = document.getElementById(form.dataset.saved);
  let waiting = 0;
  let failed = false;
  let sending = false;
  let again = false;
  let refused = false;
  let writing = null;

  const say = (words, bad) => {
    if (!line) return;
    if (bad || failed) line.setAttribute("role", "status"); else line.removeAttribute("role");
    line.classList.toggle("unsaved", bad);
    line.textContent = words;
    failed = bad;
    // On a phone the foot of the form is far away: it stands beside the field that is being written in, too.
    const here = writing?.closest(".field")?.querySelector("[data-saved-here]");
    if (here) { here.textContent = words; here.classList.toggle("unsaved", bad); }
  };

  const send = async () => {
    if (refused) return;
    if (sending) { again = true; return; }
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, redirect: "manual",
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      if (answer.ok) {
        say((await answer.text()).trim(), false);
        form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
      } else {
        // Refused, mostly with a sentence (too late, signed out, changed elsewhere): trying again would not help.
        const told = answer.headers.get("Content-Type")?.startsWith("text/plain") ? (await answer.text()).trim() : "";
        say(told || form.dataset.refused, true);
        refused = true;
      }
    } catch {
      say(form.dataset.unsaved, true);
      clearTimeout(waiting);
      waiting = setTimeout(send, 5000);
    }
    sending = false;
    if (again) { again = false; send(); }
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    writing = event.target;
    clearTimeout(waiting);
    waiting = setTimeout(send, 2000);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
