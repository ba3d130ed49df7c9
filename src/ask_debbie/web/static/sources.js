// The panel of sources: a document with the cited passages marked, and the list of them. On a phone it is a
// sheet over the conversation. The HTML of a document comes from the server, where all of it was escaped.

const el = (id) => document.getElementById(id);
const panel = el("sources");
const text = panel.querySelector("#page .text");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const phone = matchMedia("(max-width: 859px)");
const behind = () => [...el("ask").querySelectorAll(":scope > header, :scope > main, :scope > footer")];

let shown = { turn: null, marker: 0, path: "" };
let opener = null;
let bring = () => {};

export const isSheet = () => phone.matches;
export const currentTurn = () => shown.turn;

export function onReturn(callback) {
  bring = callback;
}

function raise() {
  if (!phone.matches) return;
  panel.classList.add("up");
  panel.style.transform = "";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-modal", "true");
  el("veil").hidden = false;
  behind().forEach((part) => { part.inert = true; });
}

export function lower({ focus = true } = {}) {
  const wasUp = panel.classList.contains("up");
  panel.classList.remove("up");
  panel.style.transform = "";
  panel.setAttribute("role", "complementary");
  panel.removeAttribute("aria-modal");
  el("veil").hidden = true;
  behind().forEach((part) => { part.inert = false; });
  if (focus && (wasUp || panel.contains(document.activeElement))) {
    (opener?.isConnected ? opener : bring())?.focus();
  }
  opener = null;
  point();
}

function view(name) {
  el("shelf").hidden = name !== "shelf";
  el("page").hidden = name !== "page";
  el("list").hidden = name === "shelf" || !el("list").querySelector("li");
}

function listItem(source, turn) {
  const item = document.createElement("li");
  const button = document.createElement(source.marker ? "button" : "div");
  button.className = "source";
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = source.marker || "";
  const where = document.createElement("span");
  where.className = "where";
  const name = document.createElement("b");
  name.textContent = source.name;
  where.title = source.label;
  // The section alone says little where there is an employer and a role below it.
  const crumbs = source.breadcrumb.slice(source.breadcrumb.length > 2 ? 1 : 0);
  where.append(name, source.place ? `, ${source.place}` : "", crumbs.map((part) => ` › ${part}`).join(""));
  const quote = document.createElement("q");
  quote.textContent = source.quote;
  button.append(number, where, quote);
  if (source.marker) {
    button.type = "button";
    button.dataset.marker = source.marker;
    button.addEventListener("click", () => show(turn, source.marker));
  }
  item.append(button);
  return item;
}

function fillList(title, sources, turn) {
  el("list").querySelector("h3").textContent = title;
  el("list").querySelector("ol").replaceChildren(...sources.map((source) => listItem(source, turn)));
}

function setPage(path, html, label) {
  panel.querySelector("#page .path span").textContent = path;
  text.setAttribute("aria-label", label);
  text.innerHTML = html;
  el("as-text").hidden = !text.querySelector(".sheets");
}

// A PDF is shown as its pages look, or as text; whoever listens has the text in both.
function showAs(asText) {
  el("as-text").setAttribute("aria-pressed", String(asText));
  text.classList.toggle("as-text", asText);
  const mark = currentMark();
  if (mark) scrollTo(mark);
  else text.scrollTop = 0;
}

function currentMark() {
  const kind = text.querySelector(".sheets") && !text.classList.contains("as-text") ? ".spot" : "mark";
  return text.querySelector(`${kind}.current`) ?? text.querySelector("mark.current");
}

function scrollTo(mark) {
  const box = mark.getBoundingClientRect();
  const frame = text.getBoundingClientRect();
  text.scrollTo({
    top: Math.max(0, box.top - frame.top + text.scrollTop - text.clientHeight * 0.28),
    left: Math.max(0, box.left - frame.left + text.scrollLeft - text.clientWidth * 0.1),
    behavior: calm.matches ? "auto" : "smooth",
  });
}

// A tap on a page's picture brings it near, and another one takes it away again.
function zoom(event) {
  const sheet = event.target.closest(".sheet");
  if (!sheet) return;
  const before = sheet.getBoundingClientRect();
  const x = (event.clientX - before.left) / before.width;
  const y = (event.clientY - before.top) / before.height;
  text.classList.toggle("near");
  const after = sheet.getBoundingClientRect();
  text.scrollBy(after.left + x * after.width - event.clientX, after.top + y * after.height - event.clientY);
}

// Show citation `marker` of a turn: its document, scrolled to the passage.
function show(turn, marker) {
  const source = turn.citations.find((citation) => citation.marker === marker);
  if (!source) return;
  const html = turn.documents[source.document] ?? "";
  const anew = shown.turn !== turn.turn || shown.path !== source.document || shown.html !== html;
  if (anew) setPage(source.document, html, `Text of ${source.name}`);
  fillList("In this answer", turn.citations, turn);
  shown = { turn: turn.turn, marker, path: source.document, html };
  view("page");
  panel.querySelector("#page .path span").textContent = [source.document, source.place].filter(Boolean).join(", ");
  for (const mark of text.querySelectorAll("mark, .spot")) {
    const current = mark.dataset.markers.split(" ").includes(String(marker));
    mark.classList.toggle("current", current);
  }
  for (const button of el("list").querySelectorAll("button")) {
    const current = Number(button.dataset.marker) === marker;
    button.setAttribute("aria-current", String(current));
    if (current) {
      const list = el("list");
      const below = button.offsetTop + button.offsetHeight - list.scrollTop - list.clientHeight;
      if (below > 0) list.scrollTop += below;
      else if (button.offsetTop < list.scrollTop) list.scrollTop = button.offsetTop;
    }
  }
  point();
  const mark = currentMark();
  if (mark) scrollTo(mark);
}

// The marker in the conversation whose passage is on view.
export function point() {
  const onView = !phone.matches || panel.classList.contains("up");
  for (const cite of document.querySelectorAll("#turns .cite")) {
    const current = onView && cite.dataset.turn === shown.turn && Number(cite.dataset.marker) === shown.marker;
    cite.setAttribute("aria-expanded", String(current));
  }
}

// A visitor asked to see a citation. Whoever came by keyboard is taken to the passage, and back with Esc.
export function open(turn, marker, from, byKeyboard) {
  opener = from;
  raise();
  show(turn, marker);
  if (phone.matches) el("sources-title").focus({ preventScroll: true });
  else if (byKeyboard) text.focus({ preventScroll: true });
}

// The answer is coming along: keep the panel up to date, without taking it from a visitor who reads.
export function follow(turn) {
  if (phone.matches && panel.classList.contains("up")) return;
  if (turn.citations.length) {
    const mine = shown.turn === turn.turn && shown.marker;
    show(turn, mine && turn.citations.some((c) => c.marker === shown.marker) ? shown.marker : 1);
  } else if (turn.status) {
    reset();
  } else if (turn.found.length) {
    shown = { turn: turn.turn, marker: 0, path: "" };
    fillList("Found so far", turn.found, turn);
    view("found");
    point();
  }
  panel.classList.toggle("dim", !turn.citations.length && !turn.status);
}

// An answer ended without a source: what was found for it proves nothing.
export function leave(turn) {
  if (shown.turn === turn.turn) reset();
}

export function reset() {
  shown = { turn: null, marker: 0, path: "" };
  panel.classList.remove("dim");
  el("list").querySelector("ol").replaceChildren();
  view("shelf");
  point();
}

export function openShelf(from) {
  opener = from;
  reset();
  raise();
  if (phone.matches) el("sources-title").focus({ preventScroll: true });
  else panel.querySelector("#shelf button")?.focus();
}

async function openDocument(path) {
  const address = `documents/${path.split("/").map(encodeURIComponent).join("/")}`;
  try {
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(String(reply.status));
    setPage(path, await reply.text(), `Text of ${path}`);
  } catch {
    setPage(path, "<p>This document can’t be reached just now.</p>", `Text of ${path}`);
  }
  shown = { turn: null, marker: 0, path };
  el("list").querySelector("ol").replaceChildren();
  text.scrollTop = 0;
  view("page");
  point();
  text.focus({ preventScroll: true });
}

export function start() {
  el("close-sources").addEventListener("click", () => {
    if (phone.matches) lower();
    else reset();
  });
  el("as-text").addEventListener("click", () => showAs(!text.classList.contains("as-text")));
  text.addEventListener("click", zoom);
  el("veil").addEventListener("click", () => lower());
  for (const button of panel.querySelectorAll("#shelf .document")) {
    button.addEventListener("click", () => openDocument(button.dataset.path));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (panel.classList.contains("up") || panel.contains(document.activeElement))) {
      lower();
      event.preventDefault();
    }
    if (event.key === "Tab" && panel.classList.contains("up")) keepFocus(event);
  });
  phone.addEventListener("change", () => lower({ focus: false }));
  dragToClose();
  reset();
}

function keepFocus(event) {
  const stops = [...panel.querySelectorAll("button, a[href], [tabindex='0']")].filter((stop) => stop.offsetParent);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const outside = !panel.contains(document.activeElement) || document.activeElement === el("sources-title");
  if (document.activeElement === edge || (outside && event.shiftKey)) {
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
    event.preventDefault();
  }
}

function dragToClose() {
  let from = null;
  const handle = [panel.querySelector(".grip"), panel.querySelector("header")];
  const moved = (event) => Math.max(0, event.clientY - from);
  for (const part of handle) {
    part.addEventListener("pointerdown", (event) => {
      if (!panel.classList.contains("up") || event.target.closest("button")) return;
      from = event.clientY;
      part.setPointerCapture(event.pointerId);
      panel.classList.add("dragged");
    });
    part.addEventListener("pointermove", (event) => {
      if (from !== null) panel.style.transform = `translateY(${moved(event)}px)`;
    });
    for (const ending of ["pointerup", "pointercancel"]) {
      part.addEventListener(ending, (event) => {
        if (from === null) return;
        const far = moved(event) > 90;
        from = null;
        panel.classList.remove("dragged");
        panel.style.transform = "";
        if (far) lower();
      });
    }
  }
}
