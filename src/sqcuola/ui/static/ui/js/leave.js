// What was typed is not lost by a slip: a form marked data-leave asks before the page goes.
let typed = false;
document.addEventListener("input", (event) => { if (event.target.closest?.("form[data-leave]")) typed = true; });
document.addEventListener("submit", () => { typed = false; });
document.addEventListener("saved", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
