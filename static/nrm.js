/* What a page does beyond HTML; without this file every page still works. Nothing is kept in the browser.
   Text only goes in as textContent, so Trusted Types have nothing to refuse. */
(() => {
  "use strict";
  const one = (selector, root) => (root || document).querySelector(selector);

  const summary = one("#error-summary");
  if (summary) summary.focus();

  /* A form goes once; leaving with unsaved answers asks first; data-quiet turns that question off. */
  let changed = false;
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (!form.hasAttribute("data-quiet")) form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      changed = false;
      if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
    });
  }
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });

  /* How many signs of a theme were answered yes. */
  for (const theme of document.querySelectorAll("details[data-yes]")) {
    const yes = one("[data-number]", theme);
    theme.addEventListener("change", () => { yes.textContent = theme.querySelectorAll("[value=YES]:checked").length; });
  }

  /* The limit of a text is counted, never enforced: a pasted text keeps its end. */
  for (const text of document.querySelectorAll("textarea[data-limit]")) {
    const limit = one("#" + CSS.escape(text.id + "_limit"));
    text.addEventListener("input", () => limit.classList.toggle("over", text.value.length > text.dataset.limit));
  }

  /* The session ends: say so in time, offer to stay, clear nothing. */
  const session = one("[data-stay]");
  let heard = Date.now();
  if (session) {
    const note = one("section", session);
    const button = one("button", session);
    const show = (what) => {
      note.hidden = !what;
      for (const line of session.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== what;
    };
    let last = "";
    const look = () => {
      const idle = (Date.now() - heard) / 1000;
      const what = idle >= session.dataset.idle ? "over" : idle >= session.dataset.warn ? "soon" : "";
      if (what !== last) show(what);
      last = what;
    };
    setInterval(look, 1000);
    button.addEventListener("click", () => {
      fetch(session.dataset.stay, { credentials: "same-origin", cache: "no-store", redirect: "manual" }).then((answer) => {
        if (!answer.ok) throw answer;
        heard = Date.now();
        look();
      }).catch((problem) => show(problem instanceof Response ? "over" : "lost"));
    });
  }

  /* A draft goes to the server three seconds after the last key; the first failure is said aloud, with its cause. */
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const saved = one("[data-saved]", form);
    const unsaved = one("[data-unsaved]", form);
    let timer;
    const save = () => {
      fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin" }).then((answer) => {
        if (answer.redirected || answer.status === 401 || answer.status === 403) throw "session";
        if (!answer.ok) throw "server";
        heard = Date.now();
        unsaved.textContent = "";
        saved.textContent = saved.dataset.saved + " " + new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      }).catch((cause) => {
        const words = unsaved.dataset[typeof cause === "string" ? cause : "network"];
        saved.textContent = "";
        if (unsaved.textContent !== words) unsaved.textContent = words;
        if (typeof cause !== "string") timer = setTimeout(save, 15000);
      });
    };
    form.addEventListener("input", (event) => {
      if (event.target.tagName !== "TEXTAREA") return;
      clearTimeout(timer);
      timer = setTimeout(save, 3000);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  }
})();
