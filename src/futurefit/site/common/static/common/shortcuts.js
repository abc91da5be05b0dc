// Shorter ways by keyboard: an extra, without which every page works (decision 36).
// Whoever is disturbed by single keys switches them off on the page of keys (WCAG 2.1.4).
(() => {
  "use strict";
  const SETTING = "futurefit.shortcuts";
  const WAIT_MS = 1500; // how long "g" waits for its second key

  const areOff = () => {
    try { return localStorage.getItem(SETTING) === "off"; } catch { return false; }
  };
  const isTyping = (target) =>
    target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])");

  let awaited = 0;
  const go = (key) => {
    const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
    if (link) location.href = link.href;
    return Boolean(link);
  };
  const toRow = (step) => {
    const rows = [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a, input, select"));
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[here < 0 && step < 0 ? rows.length - 1 : here + step];
    next?.querySelector("a, input, select").focus();
    return Boolean(next);
  };
  const find = () => {
    const filter = document.querySelector("main input[type=search], main input[name$=q]");
    if (filter) { filter.focus(); return true; }
    return go("s");
  };
  const acts = { "?": () => { location.href = "/keys/"; return true; }, "/": find, j: () => toRow(1), k: () => toRow(-1) };

  document.addEventListener("keydown", (event) => {
    if (areOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const follows = Date.now() - awaited < WAIT_MS;
    awaited = 0;
    let done = false;
    if (follows) done = go(event.key);
    else if (event.key === "g") awaited = Date.now();
    else done = Boolean(acts[event.key]?.());
    if (done) event.preventDefault();
  });

  const part = document.querySelector("[data-shortcuts-switch]");
  if (part) {
    const state = part.querySelector("[data-shortcuts-state]");
    const say = () => { state.textContent = areOff() ? "They are switched off in this browser." : "They are switched on in this browser."; };
    part.querySelector("button").addEventListener("click", () => {
      try { localStorage.setItem(SETTING, areOff() ? "on" : "off"); } catch { /* kept nowhere: they stay on */ }
      say();
    });
    part.hidden = false;
    say();
  }
})();
