// The conversation: asks through window.askWire (see chat_page.py), draws each snapshot of an answer, and
// remembers the conversation in this tab. Whatever a model or a visitor wrote becomes text, never markup.

import * as sources from "./sources.js";
import { drawSentence, drawText, make, icon } from "./draw.js";
import { copy } from "./copy.js";

const el = (id) => document.getElementById(id);
const ask = el("ask");
const firstName = ask.dataset.firstName;
const PROBE = 3_000; // milliseconds without a sign of life before the server is asked whether it is there
const SILENCE = 25_000; // … before the connection counts as lost all the same
const PATIENCE = 180_000; // … in the line of a crowded server, before its first sign of life
const KEPT = "ask-conversation";
const REMEMBERED = 20; // messages sent with a question

const LOST = "The connection was lost before an answer came. Check yours, then ask again.";
const BUSY = "Too many people are asking just now. Please try again in a minute.";
const LEFT = "This answer was interrupted.";
const LABELS = {
  abstained: `Not in ${firstName}’s documents`,
  declined: "Outside what I answer",
  error: "No answer this time",
};

let turns = []; // { turn, question, …the last snapshot, over: "" | "done" | "stopped" | "failed" }
let silence = 0;
const views = new Map(); // turn id → its elements

// ── asking ──────────────────────────────────────────────────────────────────────────────────────────────

const active = () => turns.find((turn) => turn.sent && !turn.over);
const waiting = () => turns.find((turn) => !turn.sent && !turn.over);

function newTurn(question) {
  return {
    turn: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
    question, sent: false, over: "", stage: "reading", ahead: 0, seconds: 0,
    found: [], sentences: [], citations: [], documents: {}, status: null, follow_ups: [], notice: null,
  };
}

function submit(question) {
  question = question.trim();
  if (!question) return;
  const turn = newTurn(question);
  turns.push(turn);
  draw(turn);
  settle();
  toEnd(true);
  next();
}

function next() {
  const turn = active() ? null : waiting();
  if (!turn) return;
  turn.sent = true;
  listen();
  draw(turn);
  announce(`Reading ${firstName}’s documents…`);
  send(turn);
  keep();
}

function send(turn) {
  const wire = window.askWire;
  if (!wire) return; // it is sent when the wire is there: see "ask:wired"
  const history = turns.slice(0, turns.indexOf(turn)).flatMap(asMessages).slice(-REMEMBERED);
  wire.ask({ turn: turn.turn, question: turn.question, history });
}

const marked = ({ text, markers }) => {
  if (!markers.length) return text;
  const [, body, stop] = /^(.*?)([.!?]?)$/s.exec(text);
  return `${body} ${markers.map((marker) => `[${marker}]`).join("")}${stop}`;
};
const wholeText = (turn) => turn.sentences.map(marked).join(" ");

function asMessages(turn) {
  if (!turn.sentences.length || turn.status === "error") return [];
  return [{ role: "user", content: turn.question }, { role: "assistant", content: wholeText(turn) }];
}

// The server shows a sign of life every few seconds. Without one, see whether it is there at all.
function listen() {
  clearTimeout(silence);
  const heard = Date.now();
  let misses = 0;
  const check = async () => {
    const turn = active();
    if (!turn) return;
    misses = (await isThere()) ? 0 : misses + 1;
    if (turn !== active() || silence !== mine) return;
    const first = window.askWire && turn.tick === undefined;
    const silent = Date.now() - heard;
    if (misses > 1 || silent > (first ? PATIENCE : SILENCE)) {
      fail(turn, first && !misses ? BUSY : LOST);
      return;
    }
    if (first && !misses && !turn.crowded && silent > PROBE) {
      turn.crowded = true;
      draw(turn);
    }
    mine = silence = setTimeout(check, PROBE);
  };
  let mine = silence = setTimeout(check, PROBE);
}

async function isThere() {
  try {
    return (await fetch("healthz", { cache: "no-store", signal: AbortSignal.timeout(PROBE) })).ok;
  } catch {
    return false;
  }
}

function finish(turn, over) {
  clearTimeout(silence);
  turn.over = over;
  if (!turn.citations.length) sources.leave(turn);
  draw(turn);
  settle();
  keep();
  next();
}

function fail(turn, why) {
  turn.status = "error";
  turn.sentences = [{ text: why, markers: [] }];
  turn.citations = [];
  announce(why);
  finish(turn, "failed");
}

function stop() {
  const turn = active();
  if (!turn) return;
  window.askWire?.stop(turn.turn);
  for (const other of turns) if (!other.sent && !other.over) other.over = "stopped";
  announce("Stopped.");
  finish(turn, "stopped");
  turns.forEach(draw);
  rest();
}

function again(turn) {
  const fresh = newTurn(turn.question);
  views.get(turn.turn)?.root.remove();
  views.delete(turn.turn);
  turns.splice(turns.indexOf(turn), 1, fresh);
  draw(fresh);
  settle();
  next();
  rest();
}

function clear() {
  if (active()) window.askWire?.stop(active().turn);
  clearTimeout(silence);
  turns = [];
  views.clear();
  el("turns").replaceChildren();
  sources.lower({ focus: false });
  sources.reset();
  keep();
  settle();
  announce("The conversation is cleared.");
  el("question").focus();
}

// ── what comes back ─────────────────────────────────────────────────────────────────────────────────────

function receive(snapshot) {
  const turn = active();
  if (!turn || !snapshot || snapshot.turn !== turn.turn) return;
  listen();
  const before = turn.sentences.length;
  const stage = `${turn.stage} ${turn.ahead}`;
  Object.assign(turn, snapshot);
  for (const sentence of turn.sentences.slice(before)) announce(sentence.text, before > 0);
  if (turn.stage === "waiting" && stage !== `waiting ${turn.ahead}`) announce(placeInLine(turn));
  const atEnd = nearEnd();
  if (turn.stage === "done") finish(turn, "done");
  else draw(turn);
  sources.follow(turn);
  if (turn.stage === "done" && turn.citations.length) {
    announce(turn.citations.length === 1 ? "1 source." : `${turn.citations.length} sources.`, true);
  }
  if (atEnd) toEnd();
}

// ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

function placeInLine({ ahead, seconds }) {
  const who = ahead === 1 ? "1 person is ahead of you" : `${ahead} people are ahead of you`;
  const [count, unit] = seconds >= 90 ? [Math.round(seconds / 60), "minute"] : [Math.round(seconds), "second"];
  const long = `about ${count} ${unit}${count === 1 ? "" : "s"}`;
  if (!ahead) return seconds >= 1 ? `You’re next, ${long}` : "You’re next";
  return seconds >= 1 ? `${who}, ${long}` : who;
}

function stateText(turn) {
  if (turn.over === "stopped" && !turn.sent) return "Not asked.";
  if (turn.over === "stopped") return "Stopped.";
  if (turn.over) return "";
  if (!turn.sent) return "Waits for the answer above";
  if (turn.crowded && turn.tick === undefined) return "Many people are asking just now; you’re in line…";
  if (turn.stage === "waiting") return placeInLine(turn);
  if (turn.stage === "found" && turn.found.length) {
    const count = turn.found.length;
    return `Reading ${count} ${count === 1 ? "passage" : "passages"} of ${firstName}’s documents…`;
  }
  return turn.stage === "writing" ? "Checking the next sentence…" : `Reading ${firstName}’s documents…`;
}

function build(turn) {
  const view = {
    root: make("article", "turn"), question: make("h2", "question"), label: make("p", "label"),
    answer: make("p", "answer"), notice: make("p", "notice"), state: make("p", "state"),
    found: make("ul", "found"), actions: make("div", "actions"), chips: make("ul", "chips"), drawn: [],
  };
  view.question.textContent = turn.question;
  view.chips.setAttribute("aria-label", "Ask next");
  view.found.setAttribute("aria-label", "Passages found");
  view.root.append(
    view.question, view.label, view.answer, view.state, view.found, view.notice, view.actions, view.chips);
  const before = views.get(turns[turns.indexOf(turn) - 1]?.turn)?.root;
  if (before) before.after(view.root);
  else el("turns").prepend(view.root);
  views.set(turn.turn, view);
  return view;
}

function draw(turn) {
  const view = views.get(turn.turn) ?? build(turn);
  const status = turn.over === "stopped" ? "stopped" : turn.status ?? "working";
  view.root.dataset.status = status;
  view.label.textContent = LABELS[status] ?? "";
  drawAnswer(turn, view);
  view.state.textContent = stateText(turn);
  view.state.classList.toggle("alive", turn.sent && !turn.over);
  drawFound(turn, view);
  view.notice.textContent = turn.notice ?? "";
  drawActions(turn, view);
}

function drawAnswer(turn, view) {
  const lines = turn.sentences.map((line) => JSON.stringify(line));
  if (!view.drawn.every((line, index) => line === lines[index])) {
    view.answer.replaceChildren();
    view.drawn = [];
  }
  for (const sentence of turn.sentences.slice(view.drawn.length)) {
    if (view.drawn.length) view.answer.append(" ");
    view.answer.append(drawSentence(sentence, turn, ask.dataset.email, openCitation));
  }
  view.drawn = lines;
}

function openCitation(turn, marker, event) {
  sources.open(turn, marker, event.currentTarget, event.detail === 0);
}

function drawFound(turn, view) {
  const shown = turn.sent && !turn.over && !turn.sentences.length ? turn.found.slice(0, 4) : [];
  const labels = [...new Set(shown.map((source) => source.label))];
  if (view.foundKey === labels.join("\n")) return;
  view.foundKey = labels.join("\n");
  view.found.replaceChildren(...labels.map((label) => drawText("li", label)));
}

function drawActions(turn, view) {
  const last = turns.at(-1) === turn;
  const key = `${turn.over} ${last} ${turn.status}`;
  if (view.actionsKey === key) return;
  view.actionsKey = key;
  const buttons = [];
  if (turn.over && turn.sentences.length && turn.status !== "error") {
    buttons.push(action("copy", "Copy", async (button) => {
      const done = await copy(asPlainText(turn));
      button.querySelector("span").textContent = done ? "Copied" : "Can’t copy";
      announce(done ? "The answer is copied." : "The answer can’t be copied here.");
      setTimeout(() => { button.querySelector("span").textContent = "Copy"; }, 2000);
    }));
  }
  if (turn.over && last) {
    const label = !turn.sent ? "Ask now" : turn.status === "error" ? "Try again" : "Again";
    buttons.push(action("again", label, () => again(turn)));
  }
  view.actions.replaceChildren(...buttons);
  const chips = turn.over === "done" && last ? turn.follow_ups : [];
  view.chips.replaceChildren(...chips.map((question) => {
    const item = make("li");
    const chip = drawText("button", question);
    chip.type = "button";
    chip.className = "chip";
    chip.addEventListener("click", () => { submit(question); rest(); });
    item.append(chip);
    return item;
  }));
}

function action(name, label, act) {
  const button = make("button", `action ${name}`);
  button.type = "button";
  button.append(icon(name), drawText("span", label));
  button.addEventListener("click", () => act(button));
  return button;
}

function asPlainText(turn) {
  const list = turn.citations.map((source) =>
    `[${source.marker}] ${[source.document, ...source.breadcrumb].join(" › ")}${source.place ? `, ${source.place}` : ""}: “${source.quote}”`);
  return [wholeText(turn), ...(list.length ? ["", ...list] : [])].join("\n");
}

// The parts of the page that depend on the conversation as a whole.
function settle() {
  el("welcome").hidden = turns.length > 0;
  el("clear").disabled = !turns.length;
  el("stop").hidden = !active() && !waiting();
  for (const turn of turns.slice(-2)) draw(turn);
}

function announce(text, add = false) {
  const said = drawText("p", text);
  if (add) el("status").append(said);
  else el("status").replaceChildren(said);
}

const talk = el("conversation");
const nearEnd = () => talk.scrollHeight - talk.scrollTop - talk.clientHeight < 120;
function toEnd() {
  talk.scrollTop = talk.scrollHeight;
}

// ── remembering, in this tab only ───────────────────────────────────────────────────────────────────────

function keep() {
  for (let from = 0; from <= turns.length; from += 1) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(turns.slice(from)));
      return;
    } catch { /* full, or not allowed: try with fewer turns */ }
  }
}

function restore() {
  let kept = [];
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    el("question").value = sessionStorage.getItem(`${KEPT}-draft`) ?? "";
  } catch { /* not allowed, or not ours */ }
  if (!Array.isArray(kept)) return;
  turns = kept;
  for (const turn of turns) {
    if (!turn.over && !turn.resumed) {
      Object.assign(turn, newTurn(turn.question), { resumed: turn.sent });
    } else if (!turn.over) {
      Object.assign(turn, { over: "failed", status: "error", citations: [] });
      turn.sentences = [{ text: LEFT, markers: [] }];
    }
    draw(turn);
  }
  const last = turns.at(-1);
  if (last?.citations.length && !sources.isSheet()) sources.follow(last);
  toEnd();
}

// ── the question box, the menu, the theme ───────────────────────────────────────────────────────────────

const box = el("question");

// Where the focus goes after an act: to the question box, but not where that would raise a phone's keyboard.
const touch = matchMedia("(pointer: coarse)");
function rest() {
  if (touch.matches) talk.focus({ preventScroll: true });
  else box.focus({ preventScroll: true });
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  el("send").disabled = !box.value.trim();
  try { sessionStorage.setItem(`${KEPT}-draft`, box.value); } catch { /* not allowed */ }
}

function startComposer() {
  el("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    const question = box.value;
    box.value = "";
    fit();
    submit(question);
    rest();
  });
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      el("composer").requestSubmit();
    }
  });
  el("stop").addEventListener("click", stop);
  for (const starter of ask.querySelectorAll(".starter")) {
    starter.addEventListener("click", () => { submit(starter.textContent); rest(); });
  }
  ask.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); box.focus(); });
  fit();
}

function startMenu() {
  const menu = el("menu");
  const close = () => { if (menu.matches(":popover-open")) menu.hidePopover(); };
  for (const opener of ask.querySelectorAll("[data-opens]")) {
    opener.addEventListener("click", () => { close(); el(opener.dataset.opens).showModal(); });
  }
  el("show-documents").addEventListener("click", () => { close(); sources.openShelf(el("menu-button")); });
  el("clear").addEventListener("click", () => { close(); clear(); });
  el("about").addEventListener("click", (event) => { if (event.target === el("about")) el("about").close(); });
}

function startTheme() {
  const names = { auto: "automatic", light: "light", dark: "dark" };
  const order = Object.keys(names);
  const button = el("theme");
  const label = () => {
    button.setAttribute("aria-label", `Theme: ${names[window.askTheme.get()]}`);
    button.title = `Theme: ${names[window.askTheme.get()]}`;
  };
  button.addEventListener("click", () => {
    window.askTheme.set(order[(order.indexOf(window.askTheme.get()) + 1) % order.length]);
    window.askTheme.apply();
    label();
    announce(button.title);
  });
  label();
}

// A phone's keyboard covers the page on some browsers: keep the question box above it.
function startViewport() {
  const port = window.visualViewport;
  if (!port) return;
  const fitViewport = () => {
    document.documentElement.style.setProperty("--height", `${port.height}px`);
    document.documentElement.style.setProperty("--offset", `${port.offsetTop}px`);
  };
  port.addEventListener("resize", fitViewport);
  port.addEventListener("scroll", fitViewport);
  fitViewport();
}

document.addEventListener("ask:snapshot", (event) => receive(event.detail));
document.addEventListener("ask:wired", () => { if (active()) send(active()); });
document.addEventListener("ask:failed", () => {
  const turn = active();
  if (turn) fail(turn, navigator.onLine && turn.tick === undefined ? BUSY : LOST);
});
sources.onReturn(() => box);
sources.start();
restore();
startComposer();
startMenu();
startTheme();
startViewport();
settle();
next(); // a question that a reload interrupted is asked again, once
ask.dataset.ready = "yes";
