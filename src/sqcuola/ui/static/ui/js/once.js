// A form is sent once: a second press of the button while the first is on its way does nothing. After ten seconds, or
// when the page is shown again, it may be sent anew.
const open = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(open, 10_000, form);
});
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) open(form); });
