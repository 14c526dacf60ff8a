// A list on the keyboard and with picked rows: j and k walk, x picks, Shift+click picks a range; the panel counts what is picked.
// Without this module the boxes, the panel and the links work as they are.

const table = document.querySelector("table[data-list]");
const panel = document.querySelector("[data-steps]");
const rows = [...(table?.tBodies[0]?.rows ?? [])];
const boxOf = row => row.querySelector(".pick input");
const boxes = rows.map(boxOf).filter(Boolean);
const all = table?.querySelector("[data-pick-all]");
const words = panel?.querySelector("[data-picked]");
const hint = words?.textContent;

function count() {
  const picked = boxes.filter(box => box.checked).length;
  for (const row of rows) row.classList.toggle("on", !!boxOf(row)?.checked);
  if (all) {
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
  if (words) words.textContent = picked ? words.dataset.picked.replace("{0}", picked) : hint;
  if (panel) {
    panel.classList.toggle("floating", picked > 0);
    if (picked && !panel.open && !panel.dataset.seen) panel.open = panel.dataset.seen = true;
  }
}

// Only the inputs of the chosen step.
const step = panel?.querySelector("[data-step]");
function choose() {
  for (const group of panel.querySelectorAll("[data-group]")) group.open = group.dataset.group.split(" ").includes(step.value);
}
if (step) {
  panel.classList.add("live");
  step.addEventListener("change", choose);
  choose();
}

let last = null;
table?.addEventListener("click", event => {
  const at = boxes.indexOf(event.target);
  if (at < 0) return;
  if (event.shiftKey && last !== null)
    for (const box of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) box.checked = event.target.checked;
  last = at;
  count();
});
all?.addEventListener("change", () => {
  for (const box of boxes) box.checked = all.checked;
  count();
});

let here = -1;
function walk(step) {
  if (!rows.length) return;
  here = Math.min(Math.max(here + step, 0), rows.length - 1);
  const link = rows[here].querySelector("a");
  link.focus();
  rows[here].scrollIntoView({ block: "nearest" });
}
document.addEventListener("focusin", event => {
  const row = event.target.closest?.("tr");
  if (rows.includes(row)) here = rows.indexOf(row);
});
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (typing) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "x" && boxOf(rows[here] ?? table)) {
    const box = boxOf(rows[here]);
    box.checked = !box.checked;
    last = boxes.indexOf(box);
    count();
  } else return;
  event.preventDefault();
});
count();
