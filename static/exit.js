/* Leave this page: the link works alone; with script the page is blanked first and replaced in the history, and Shift
   pressed three times within five seconds does the same. Never Escape: it stops the loading of the next page. */
(() => {
  "use strict";
  const link = document.querySelector("[data-exit]");
  const say = document.querySelector("[data-exit-say]");
  if (!link) return;
  let times = 0, timer;
  const leave = (event) => {
    if (event) event.preventDefault();
    document.documentElement.hidden = true;
    document.title = " ";
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
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace(link.href); });
})();
