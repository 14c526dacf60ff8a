// Project board: carry a card to another lane with the mouse, or with Space, the arrows and Enter.
// A drop never changes anything by itself: it opens the move page, which shows what the stage still needs.
// Without this module the 移动到 form on each card leads to the same page.

const board = document.querySelector(".board");
const lanes = [...board.querySelectorAll(".lane[data-stage]")];
const live = document.querySelector("[data-board-live]");
const listOf = lane => lane.querySelector(".lane-list");
const nameOf = lane => lane.querySelector("h2").textContent.trim();
const cardsOf = lane => [...lane.querySelectorAll(".card")];
const focusOn = card => card?.querySelector("a").focus();

// Announcements are sentences from the server with {card} and {lane} in them: data-say-held, -over, -dropped, -cancelled.
const say = (what, card, lane) => {
  const text = board.dataset[`say${what}`] ?? "";
  live.textContent = text.replace("{card}", card.querySelector("a").textContent.trim()).replace("{lane}", nameOf(lane));
};

let held = null; // { card, from, before }: the lane it came from and the card that stood after it

function hold(card) {
  held = { card, from: card.closest(".lane"), before: card.nextElementSibling };
}

function putBack() {
  listOf(held.from).insertBefore(held.card, held.before);
  mark(null);
}

function mark(lane) {
  lanes.forEach(other => other.classList.toggle("over", other === lane));
}

function drop(lane) {
  const { card, from } = held;
  held = null;
  mark(null);
  card.classList.remove("held", "dragged");
  if (lane === from) return;
  say("Dropped", card, lane);
  location.assign(`/projects/${encodeURIComponent(card.dataset.id)}/move?to=${encodeURIComponent(lane.dataset.stage)}`);
}

// Mouse
board.addEventListener("dragstart", event => {
  const card = event.target.closest?.(".card[draggable=true]");
  if (!card) return;
  if (held) cancel();
  hold(card);
  event.dataTransfer.setData("text/plain", card.dataset.id);
  event.dataTransfer.effectAllowed = "move";
  requestAnimationFrame(() => card.classList.add("dragged"));
});
board.addEventListener("dragover", event => {
  const lane = event.target.closest(".lane[data-stage]");
  if (!held || !lane) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  mark(lane);
});
board.addEventListener("drop", event => {
  const lane = event.target.closest(".lane[data-stage]");
  if (!held || !lane) return;
  event.preventDefault();
  if (lane !== held.from) listOf(lane).prepend(held.card);
  drop(lane);
});
board.addEventListener("dragend", () => {
  if (!held) return;
  held.card.classList.remove("dragged");
  mark(null);
  held = null;
});

// Keyboard: the link of a card is its handle.
board.addEventListener("keydown", event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = event.target.closest(".card");
  if (!card || !event.target.closest(".card-title a")) return;
  const lane = card.closest(".lane");
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
    const next = lanes[lanes.indexOf(lane) + step];
    if (!next) return;
    if (next === held.from) putBack();
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
  for (let at = lanes.indexOf(lane) + step; lanes[at]; at += step) {
    const cards = cardsOf(lanes[at]);
    if (cards.length) return focusOn(cards[Math.min(row, cards.length - 1)]);
  }
}

function cancel() {
  const { card, from } = held;
  putBack();
  held = null;
  card.classList.remove("held");
  focusOn(card);
  say("Cancelled", card, from);
}

// Coming back from the move page, the browser may show the board as it was left.
addEventListener("pageshow", event => event.persisted && location.reload());
