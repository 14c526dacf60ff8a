// Project board: carry a card to another lane with the mouse, with a finger (press and hold), or with Space, the arrows and Enter.
// A drop opens the move page in a dialog: when the stage asks for nothing more it is sent at once, otherwise the questions
// stand in the dialog. A refusal or Cancel brings the card back to where it was. Without this module the 移动到 form on each
// card leads to the same page, and "more" to the list.

const boards = document.querySelector("[data-boards]");
const live = document.querySelector("[data-board-live]");
const dialog = document.querySelector("[data-board-dialog]");
const questions = document.querySelector("[data-board-questions]");
const laneOf = element => element?.closest?.(".lane[data-stage]");
const lanesBeside = lane => [...lane.closest(".board").querySelectorAll(".lane[data-stage]")];
const listOf = lane => lane.querySelector(".lane-list");
const nameOf = lane => lane.querySelector("h2").textContent.trim();
const cardsOf = lane => [...lane.querySelectorAll(".card")];
const titleOf = card => card.querySelector(".card-title a");
const focusOn = card => card && titleOf(card).focus();

// Announcements are sentences from the server with {card} and {lane} in them: data-say-held, -over, -dropped, -asked, -moved, -cancelled.
const say = (what, card, lane) => {
  const text = boards.dataset[`say${what}`] ?? "";
  live.textContent = text.replace("{card}", titleOf(card).textContent.trim()).replace("{lane}", nameOf(lane));
};

let held = null; // { card, from, before }: the lane it came from and the card that stood after it

function hold(card) {
  held = { card, from: laneOf(card), before: card.nextElementSibling };
}

// The rows of a divided board scroll together.
const scrollerOf = lane => (lane.closest(".swim") ? boards : lane.closest(".board"));

// Only a lane of the card's own row takes it.
const mayTake = lane => lane && lane.closest(".board") === held.from.closest(".board");

function mark(lane) {
  for (const other of boards.querySelectorAll(".lane.over")) other.classList.remove("over");
  lane?.classList.add("over");
}

function springBack({ card, from, before }) {
  listOf(from).insertBefore(card, before?.parentNode === listOf(from) ? before : null);
  card.classList.remove("sprung");
  requestAnimationFrame(() => card.classList.add("sprung"));
  card.setAttribute("aria-busy", "false");
}

function cancel() {
  const was = held;
  held = null;
  mark(null);
  was.card.classList.remove("held", "dragged");
  if (laneOf(was.card) !== was.from) springBack(was);
  focusOn(was.card);
  say("Cancelled", was.card, was.from);
}

function drop(lane) {
  const was = held;
  held = null;
  mark(null);
  was.card.classList.remove("held", "dragged");
  if (lane === was.from) return;
  if (laneOf(was.card) !== lane) listOf(lane).prepend(was.card);
  say("Dropped", was.card, lane);
  move(was, lane);
}

// The move page, in place.
async function move(was, lane) {
  const { card } = was;
  const address = `/projects/${encodeURIComponent(card.dataset.id)}/move?to=${encodeURIComponent(lane.dataset.stage)}`;
  card.setAttribute("aria-busy", "true");
  const giveUp = () => { springBack(was); focusOn(card); say("Cancelled", card, was.from); };
  try {
    const panel = await show(address);
    if (!panel) return location.assign(address);
    if (panel.hasAttribute("data-ready")) {
      if (await send(address, panel.querySelector("form"))) return await moved(card, lane);
    }
    say("Asked", card, lane);
    dialog.showModal();
    dialog.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  } catch {
    return location.assign(address); // no answer, or an unexpected one: the page itself says what is wrong
  }
  dialog.onclose = giveUp;
  dialog.onsubmit = async event => {
    event.preventDefault();
    const button = event.submitter;
    button?.setAttribute("disabled", "");
    try {
      if (!await send(address, event.target)) return;
      dialog.onclose = null;
      dialog.close();
      await moved(card, lane);
    } catch {
      location.assign(address);
    } finally {
      button?.removeAttribute("disabled");
    }
  };
}

const asking = { headers: { "X-Requested-With": "fetch" } };

function put(html) {
  const panel = new DOMParser().parseFromString(html, "text/html").querySelector("[data-move-panel]");
  questions.replaceChildren(...panel ? [panel] : []);
  return panel;
}

async function show(address) {
  const answer = await fetch(address, asking);
  return answer.redirected ? null : put(await answer.text());
}

// True when the move was made: the page then leads on to the project. Otherwise it says beside each input what is wrong.
async function send(address, form) {
  const answer = await fetch(address, { ...asking, method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.type === "opaqueredirect") return true;
  if (!put(await answer.text())) throw new Error("no answer to show");
  return false;
}

async function moved(card, lane) {
  const { id } = card.dataset;
  say("Moved", card, lane);
  await refresh();
  focusOn(boards.querySelector(`.card[data-id="${CSS.escape(id)}"]`));
}

// Sums and cards as they are now, also what others have moved meanwhile; and what the server has to say.
async function refresh() {
  const answer = await fetch(location.href, asking);
  if (!answer.ok || answer.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-boards]");
  if (!fresh) return location.reload();
  const place = boards.querySelector(".board")?.scrollLeft ?? 0;
  boards.replaceChildren(...fresh.childNodes);
  boards.querySelector(".board")?.scrollTo(place, 0);
  document.querySelector("[data-board-sum]")?.replaceWith(page.querySelector("[data-board-sum]"));
  const said = page.querySelector("main .alert.good[role=status]");
  document.querySelector("main .alert.good[role=status]")?.remove();
  if (said) document.querySelector("main").prepend(said);
}

dialog?.addEventListener("click", event => {
  if (!event.target.closest("[data-cancel]")) return;
  event.preventDefault();
  dialog.close();
});

// Mouse
boards?.addEventListener("dragstart", event => {
  const card = event.target.closest?.(".card[draggable=true]");
  if (!card) return;
  if (held) cancel();
  hold(card);
  event.dataTransfer.setData("text/plain", card.dataset.id);
  event.dataTransfer.effectAllowed = "move";
  requestAnimationFrame(() => card.classList.add("dragged"));
});
boards?.addEventListener("dragover", event => {
  const lane = laneOf(event.target);
  if (!held || !mayTake(lane)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  mark(lane);
});
boards?.addEventListener("drop", event => {
  const lane = laneOf(event.target);
  if (!held || !mayTake(lane)) return;
  event.preventDefault();
  drop(lane);
});
boards?.addEventListener("dragend", () => held && !held.finger && cancel());

// Finger: held for a moment the card is picked up; before that the finger scrolls as ever.
let pressed = null; // { card, x, y, timer }
boards?.addEventListener("pointerdown", event => {
  const card = event.target.closest(".card[draggable=true]");
  if (event.pointerType === "mouse" || !card || event.target.closest(".card-move")) return;
  pressed = { card, x: event.clientX, y: event.clientY, timer: setTimeout(() => pickUp(event.pointerId), 350) };
});
function pickUp(pointerId) {
  const { card, x, y } = pressed;
  hold(card);
  held.finger = { pointerId, ghost: card.cloneNode(true), dx: x - card.getBoundingClientRect().left, dy: y - card.getBoundingClientRect().top };
  held.finger.ghost.classList.add("ghost");
  held.finger.ghost.style.width = `${card.offsetWidth}px`;
  document.body.append(held.finger.ghost);
  boards.classList.add("carrying");
  carryTo(x, y);
  requestAnimationFrame(roll);
  card.classList.add("dragged");
  say("Held", card, held.from);
  navigator.vibrate?.(10);
}
function carryTo(x, y) {
  const { ghost, dx, dy } = held.finger;
  Object.assign(held.finger, { x, y });
  ghost.style.transform = `translate(${x - dx}px, ${y - dy}px)`;
  mark(laneUnder(x, y));
}
// A finger is broad: of the card's row it means the lane whose width it is in, also above or below its cards.
function laneUnder(x, y) {
  const board = held.from.closest(".board");
  const { top, bottom } = board.getBoundingClientRect();
  if (y < top - 48 || y > Math.max(bottom, top + 240)) return null;
  const lanes = lanesBeside(held.from);
  return lanes.find(lane => x <= lane.getBoundingClientRect().right) ?? lanes.at(-1);
}
// Held near the edge, the lanes beside come in: half a pixel a millisecond, however seldom the screen is drawn.
function roll(now) {
  if (!held?.finger) return;
  const { x, y, at = now } = held.finger;
  const edge = 48;
  const by = (x < edge ? -0.5 : x > innerWidth - edge ? 0.5 : 0) * (now - at);
  held.finger.at = now;
  if (by) {
    scrollerOf(held.from).scrollBy(by, 0);
    carryTo(x, y);
  }
  requestAnimationFrame(roll);
}
function setDown() {
  held.finger.ghost.remove();
  boards.classList.remove("carrying");
}
const letGo = () => { clearTimeout(pressed?.timer); pressed = null; };
addEventListener("pointermove", event => {
  if (held?.finger) return carryTo(event.clientX, event.clientY);
  if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 8) letGo();
});
addEventListener("pointerup", event => {
  letGo();
  if (!held?.finger) return;
  const lane = laneUnder(event.clientX, event.clientY);
  setDown();
  if (lane) drop(lane);
  else cancel();
});
addEventListener("pointercancel", () => {
  letGo();
  if (!held?.finger) return;
  setDown();
  cancel();
});
// While a card is carried the finger scrolls nothing, and the long press opens no menu.
addEventListener("touchmove", event => held?.finger && event.preventDefault(), { passive: false });
addEventListener("contextmenu", event => (held?.finger || pressed) && event.preventDefault());

// Keyboard: the link of a card is its handle.
boards?.addEventListener("keydown", event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = event.target.closest(".card");
  if (!card || !event.target.closest(".card-title a")) return;
  const lane = laneOf(card);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (held) carry(event, card, lane, step);
  else walk(event, card, lane, step);
});

function carry(event, card, lane, step) {
  if (event.key === "Tab") return cancel();
  event.preventDefault();
  if (event.key === "Escape") cancel();
  else if (event.key === "Enter" || event.key === " ") drop(lane);
  else if (step) {
    const lanes = lanesBeside(lane);
    const next = lanes[lanes.indexOf(lane) + step];
    if (!next) return;
    if (next === held.from) listOf(next).insertBefore(card, held.before);
    else listOf(next).prepend(card);
    focusOn(card);
    mark(next);
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    say("Over", card, next);
  }
}

function walk(event, card, lane, step) {
  if (event.key === " " && card.draggable) {
    event.preventDefault();
    hold(card);
    card.classList.add("held");
    mark(lane);
    say("Held", card, lane);
    return;
  }
  const row = cardsOf(lane).indexOf(card);
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step && !down) return;
  event.preventDefault();
  if (down) return focusOn(cardsOf(lane)[row + down]);
  const lanes = lanesBeside(lane);
  for (let at = lanes.indexOf(lane) + step; lanes[at]; at += step) {
    const cards = cardsOf(lanes[at]);
    if (cards.length) return focusOn(cards[Math.min(row, cards.length - 1)]);
  }
}

// Further cards of a lane come under those it shows.
boards?.addEventListener("click", async event => {
  const more = event.target.closest("a[data-more]");
  if (!more || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  more.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(more.dataset.more, asking);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const lane = laneOf(more);
    const first = part.querySelector(".card");
    const there = new Set(cardsOf(lane).map(card => card.dataset.id));
    for (const card of part.querySelectorAll(".card")) if (!there.has(card.dataset.id)) listOf(lane).append(card);
    const next = part.querySelector("a.lane-more");
    if (next) more.replaceWith(next);
    else more.remove();
    if (first?.isConnected) focusOn(first);
  } catch {
    location.assign(more.href);
  }
});

// Coming back, the browser may show the board as it was left.
addEventListener("pageshow", event => event.persisted && location.reload());
