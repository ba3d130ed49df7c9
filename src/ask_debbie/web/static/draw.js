// Small pieces of the conversation. Text goes in as text nodes only.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  copy: "M9 9h10v10H9zM5 15V5h10",
  again: "M19 12a7 7 0 1 1-2.05-4.95L19 9M19 4.5V9h-4.5",
};

export function make(tag, className = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}

export function drawText(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// The candidate's own address, where an answer names it, can be clicked; nothing else in an answer can.
function withAddress(text, email) {
  const at = email ? text.indexOf(email) : -1;
  if (at < 0) return [text];
  const link = drawText("a", email);
  link.href = `mailto:${email}`;
  return [text.slice(0, at), link, text.slice(at + email.length)];
}

// One sentence, its markers before its full stop.
export function drawSentence({ text, markers }, turn, email, open) {
  const sentence = make("span", "sentence");
  if (!markers.length) {
    sentence.append(...withAddress(text, email));
    return sentence;
  }
  const [, body, stop] = /^(.*?)([.!?]?)$/s.exec(text);
  const marks = make("span", "marks");
  marks.append(...markers.map((marker) => cite(turn, marker, open)), stop);
  sentence.append(...withAddress(body, email), "\u00a0", marks);
  return sentence;
}

function cite(turn, marker, open) {
  const source = turn.citations.find((citation) => citation.marker === marker);
  const button = make("button", "cite");
  button.type = "button";
  button.dataset.marker = marker;
  button.dataset.turn = turn.turn;
  button.setAttribute("aria-label", source ? `Source ${marker}: ${source.label}` : `Source ${marker}`);
  button.setAttribute("aria-controls", "sources");
  button.setAttribute("aria-expanded", "false");
  button.append(drawText("i", "["), String(marker), drawText("i", "]"));
  button.addEventListener("click", (event) => open(turn, marker, event));
  return button;
}
