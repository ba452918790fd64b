// Keys for queues: j and k walk, Enter opens (the browser does that), / looks for a number.
// Comfort only: every page works without this file.
const help = document.querySelector("[data-keys-help]");
const steps = [...document.querySelectorAll("[data-keys] a, [data-keys] button")];
if (help && steps.length) help.hidden = false;

const walk = (by) => {
  const here = steps.indexOf(document.activeElement);
  const next = steps[Math.min(Math.max(here + by, 0), steps.length - 1)];
  if (!next) return;
  document.querySelectorAll("[data-here]").forEach((row) => row.removeAttribute("data-here"));
  next.closest("tr")?.setAttribute("data-here", "");
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  n: () => document.querySelector("[data-new]")?.focus(),
  "/": () => document.querySelector("#find-number")?.focus(),
  "?": () => { if (help) help.hidden = !help.hidden; },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  const act = keys[event.key];
  if (!act || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});
