// What every page shares. Each block looks for its own marks in the HTML; a page without them is left alone.
// Loaded with <script type="module" src="/js/app.js">; texts always come from the server.

const $ = (selector, root = document) => root.querySelector(selector);
const on = (type, handler, options) => document.addEventListener(type, handler, options);
const typing = target => target.closest?.("input, textarea, select, [contenteditable]");

// Theme: the cookie lets the server render data-theme, so nothing flashes.
on("click", event => {
  const button = event.target.closest("[data-set-theme]");
  if (!button) return;
  event.preventDefault();
  const theme = button.dataset.setTheme;
  document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const other of document.querySelectorAll("[data-set-theme]")) other.setAttribute("aria-pressed", other === button);
  button.closest("details")?.removeAttribute("open");
});

// Menus close on a click elsewhere and on Esc.
const openMenus = () => document.querySelectorAll("details.menu[open]");
on("click", event => openMenus().forEach(menu => menu.contains(event.target) || menu.removeAttribute("open")));
on("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.removeAttribute("open");
    if (menu.contains(document.activeElement)) $("summary", menu).focus();
  }
});

// Dialogs: <dialog data-open-by="id of the opener">, [data-close] inside; [data-open] opens at once (a refused form).
on("click", event => {
  const opener = event.target.closest("[id]");
  const dialog = opener && $(`dialog[data-open-by="${CSS.escape(opener.id)}"]`);
  if (dialog) {
    event.preventDefault();
    opener.closest("details.menu")?.removeAttribute("open");
    dialog.showModal();
  }
  const close = event.target.closest("[data-close]");
  if (close) (close.closest("dialog")?.close(), close.closest(".toast")?.remove());
  if (event.target.matches?.("dialog[open]")) event.target.close(); // the click met the backdrop
});
$("dialog[data-open]")?.showModal();

// A thin bar, only when the next page takes longer than 150 ms.
const bar = document.body.appendChild(Object.assign(document.createElement("div"), { className: "loading-bar" }));
let barTimer;
const showBar = () => {
  clearTimeout(barTimer);
  barTimer = setTimeout(() => bar.classList.add("on"), 150);
};
const hideBar = () => {
  clearTimeout(barTimer);
  bar.classList.remove("on");
};
on("click", event => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const sameSite = link.origin === location.origin && !link.target && !link.hasAttribute("download");
  const onlyHash = link.hash && link.pathname === location.pathname && link.search === location.search;
  if (sameSite && !onlyHash) showBar();
});

// Forms: ask first (data-confirm), leave empty filters out of the URL, send once.
const confirmed = new WeakSet();
on("submit", event => {
  const form = event.target;
  if (form.method === "dialog") return;
  const { submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !confirmed.delete(form)) {
    event.preventDefault();
    ask(question, submitter, () => {
      confirmed.add(form);
      form.requestSubmit(submitter);
    });
    return;
  }
  if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
  if (event.defaultPrevented || "download" in form.dataset) return;
  form.setAttribute("aria-busy", "true");
  showBar();
  setTimeout(ready, 15000); // an answer that never replaces the page must not lock it
});
on("formdata", event => {
  if (event.target.method !== "get") return;
  for (const name of new Set(event.formData.keys())) {
    const given = event.formData.getAll(name).filter(value => value !== "");
    event.formData.delete(name);
    for (const value of given) event.formData.append(name, value);
  }
});
function ready() {
  hideBar();
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
}
addEventListener("pageshow", ready);

// The layout renders <dialog id="confirm"> with its two buttons; the second says what will happen.
function ask(question, submitter, yes) {
  const dialog = $("#confirm");
  if (!dialog) return yes();
  $("[data-question]", dialog).textContent = question;
  const ok = $("[value=ok]", dialog);
  ok.textContent = submitter?.dataset.confirmOk ?? ok.dataset.ok ?? ok.textContent;
  ok.className = submitter?.classList.contains("danger") ? "btn danger" : "btn primary";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "ok" && yes(), { once: true });
  dialog.showModal();
}

// Filter forms send themselves; the control that was in use gets the focus back on the next page.
on("change", event => {
  const form = event.target.closest("form[data-auto]");
  if (!form) return;
  sessionStorage.setItem("focus", `${location.pathname} ${event.target.name}`);
  form.requestSubmit();
});
const [path, name] = (sessionStorage.getItem("focus") ?? "").split(" ");
sessionStorage.removeItem("focus");
if (name && path === location.pathname) $(`form[data-auto] [name="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });

// A choice opens the group that belongs to it: <select data-opens> and <details data-group="value">.
on("change", event => {
  if (!event.target.matches("select[data-opens]")) return;
  for (const group of event.target.form.querySelectorAll("details[data-group]"))
    group.open = group.dataset.group === event.target.value || !!group.querySelector(":checked");
});

// A name that is being typed asks whether it is known: [data-check="/url"] fills [data-checked] of its form with what the URL answers.
let checkTimer, asked;
on("input", event => {
  const place = event.target.matches?.("[data-check]") && $("[data-checked]", event.target.form);
  if (!place || event.isComposing) return;
  clearTimeout(checkTimer);
  asked?.abort();
  checkTimer = setTimeout(async () => {
    asked = new AbortController();
    const code = $("[name$=creditCode]", event.target.form)?.value ?? "";
    try {
      const answer = await fetch(`${event.target.dataset.check}?${new URLSearchParams({ name: event.target.value, creditCode: code, use: place.dataset.checked })}`,
        { signal: asked.signal, headers: { "X-Requested-With": "fetch" } });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch { /* only a hint: saving asks again */ }
  }, 350);
});

// Command palette: <dialog id="palette"> with an input and .palette-list; /palette?q= answers with <a> rows.
const palette = $("#palette");
const list = palette && $(".palette-list", palette);
const box = palette && $("input", palette);
let wanted, paletteTimer, stale, entered; // Enter before the answer is there waits for it

function openPalette() {
  if (!palette || palette.open) return;
  palette.showModal();
  box.select();
  search();
}

async function search() {
  wanted?.abort();
  wanted = new AbortController();
  try {
    const answer = await fetch(`${palette.dataset.url ?? "/palette"}?q=${encodeURIComponent(box.value.trim())}`,
      { signal: wanted.signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    list.innerHTML = await answer.text();
    list.querySelectorAll("h3, p").forEach(line => line.setAttribute("role", "presentation")); // a listbox holds options only
    list.querySelectorAll("a").forEach((row, index) => {
      row.id = `palette-${index}`;
      row.tabIndex = -1;
      row.setAttribute("role", "option");
    });
    choose(0);
    stale = false;
    if (entered) $("[aria-selected=true]", list)?.click();
    entered = false;
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function choose(index) {
  const rows = [...list.querySelectorAll("a")];
  rows.forEach(row => row.setAttribute("aria-selected", "false"));
  const row = rows.at(index % rows.length);
  box.setAttribute("aria-expanded", rows.length > 0);
  if (!row) return box.removeAttribute("aria-activedescendant");
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", row.id);
}

box?.addEventListener("input", event => {
  [stale, entered] = [true, false];
  if (event.isComposing) return;
  clearTimeout(paletteTimer);
  wanted?.abort();
  paletteTimer = setTimeout(search, 120);
});
box?.addEventListener("compositionend", () => {
  clearTimeout(paletteTimer);
  paletteTimer = setTimeout(search, 120);
});
box?.addEventListener("keydown", event => {
  if (event.isComposing) return;
  const rows = [...list.querySelectorAll("a")];
  const at = rows.findIndex(row => row.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") choose(at + 1);
  else if (event.key === "ArrowUp") choose(at - 1 < 0 ? rows.length - 1 : at - 1);
  else if (event.key === "Enter" && stale) entered = true;
  else if (event.key === "Enter" && rows[at]) rows[at].click();
  else return;
  event.preventDefault();
});
on("click", event => {
  if (!palette || !event.target.closest("[data-palette]")) return;
  event.preventDefault();
  hideBar();
  openPalette();
});
on("keydown", event => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target) && !$("dialog[open]")) {
    event.preventDefault();
    const field = $("main [type=search]");
    if (field) field.select(), field.focus();
    else openPalette();
  }
});

on("click", event => event.target.closest("[data-print]") && print());

// Drop zone: the file input inside keeps the file, so the form works the same with and without dropping.
for (const zone of document.querySelectorAll(".drop")) {
  const input = $("input[type=file]", zone);
  const over = state => event => {
    event.preventDefault();
    zone.classList.toggle("over", state);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", event => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Live progress: [data-poll="/url"] is replaced by what the URL answers, until the answer no longer carries the mark.
async function poll(element) {
  try {
    const answer = document.hidden ? null : await fetch(element.dataset.poll, { headers: { "X-Requested-With": "fetch" } });
    if (answer?.redirected || (answer && answer.status >= 400 && answer.status < 500)) return;
    if (answer?.ok) {
      const fragment = document.createRange().createContextualFragment((await answer.text()).trim());
      const next = fragment.firstElementChild;
      element.replaceWith(fragment);
      element = next;
    }
  } catch { /* the server restarts or the network is away: the next round tells */ }
  if (element?.isConnected && element.dataset.poll) setTimeout(poll, 2000, element);
}
for (const element of document.querySelectorAll("[data-poll]")) setTimeout(poll, 2000, element);

// A toast that only reports success leaves by itself, but not while it is looked at.
for (const toast of document.querySelectorAll(".toast:not(.bad)")) {
  const leave = () => toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove();
  setTimeout(leave, 8000);
}

// On a narrow screen the tabs scroll: the present one is in sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const { parentElement: tabs } = tab;
  if (tab.offsetLeft + tab.offsetWidth > tabs.offsetLeft + tabs.clientWidth) tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - 16;
}
