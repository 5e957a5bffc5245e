/* Leave this page: the link works alone; with script the page is blanked first and replaced in the history, and Shift
   pressed three times within five seconds does the same. Never Escape: it stops the loading of the next page.
   Back from elsewhere leads away again. Without script, Back shows our page without what was typed: no page can erase itself. */
(() => {
  "use strict";
  const link = document.querySelector("[data-exit]");
  const say = document.querySelector("[data-exit-say]");
  if (!link) return;
  let times = 0, timer;
  const blank = () => {
    document.documentElement.hidden = true;
    document.title = " ";
    for (const form of [...document.forms]) form.remove();
  };
  const leave = (event) => {
    if (event) event.preventDefault();
    blank();
    say.textContent = link.dataset.gone;
    location.replace(link.href);
  };
  link.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { times = 0; return; }
    if (event.repeat) return;
    clearTimeout(timer);
    timer = setTimeout(() => { times = 0; say.textContent = ""; }, 5000);
    times += 1;
    if (times === 3) leave();
    else say.textContent = times === 1 ? link.dataset.two : link.dataset.one;
  });
  /* Back: from a page of ours it may; from anywhere else, or where the browser does not tell, somebody had left. */
  const [arrival] = performance.getEntriesByType("navigation");
  const ours = window.navigation && navigation.activation && navigation.activation.from;
  if (arrival && arrival.type === "back_forward" && !ours) leave();
  addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
})();
