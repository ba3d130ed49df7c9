"use strict";
const form = document.querySelector(".filters form");
const cards = [...document.querySelectorAll("article.card")].map((card) => ({
  card,
  set: card.dataset.set,
  category: card.dataset.category,
  answers: [...card.querySelectorAll(".answer")],
  text: null,
}));

function fits(answer, wanted) {
  if (wanted.run && answer.dataset.run !== wanted.run) return false;
  if (wanted.show === "wrong") return answer.dataset.right === "0";
  if (wanted.show === "right") return answer.dataset.right === "1";
  if (wanted.show === "changed") return answer.dataset.change !== "";
  return !wanted.show || answer.dataset.change === wanted.show;
}

function update() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const entry of cards) {
    let fit = (!wanted.set || entry.set === wanted.set) && (!wanted.category || entry.category === wanted.category);
    fit = fit && entry.answers.some((answer) => fits(answer, wanted));
    if (fit && words.length) {
      entry.text ??= entry.card.textContent.toLowerCase();
      fit = words.every((word) => entry.text.includes(word));
    }
    entry.card.hidden = !fit;
    for (const answer of entry.answers) answer.hidden = Boolean(wanted.run) && answer.dataset.run !== wanted.run;
    shown += fit;
  }
  document.getElementById("count").textContent = `${shown} of ${cards.length}`;
}

form.addEventListener("input", update);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
update();
