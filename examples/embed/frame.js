// Gives the frame the height of what is in it. It tells its height, and nothing else.
const { origin } = new URL(document.currentScript.dataset.server);
const frame = document.getElementById("assistant");

window.addEventListener("message", (event) => {
  if (event.origin !== origin || event.source !== frame.contentWindow) return;
  if (event.data?.type !== "ask-debbie:height") return;
  frame.style.height = `${Math.min(event.data.height, Math.max(480, window.innerHeight * 0.85))}px`;
});
