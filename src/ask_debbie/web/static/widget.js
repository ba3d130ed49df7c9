// The assistant on any page: <script src="https://HOST/widget.js" async></script> adds a button,
// <ask-debbie></ask-debbie> a place of its own. It speaks the public API (v1/profile, v1/chat/completions,
// v1/documents) and nothing else. Whatever comes from there becomes text nodes, never markup; styles go in as
// a constructed sheet and through the CSSOM, so that a page's strict CSP holds. Sizes are em and px: the
// host's font size reaches nothing here. The conversation lives in this tab's sessionStorage.

(() => {
  "use strict";
  if (!window.customElements || customElements.get("ask-debbie")) return;

  const script = document.currentScript ?? document.querySelector('script[src*="/widget"][src*=".js"]');
  const SILENCE = 75_000; // milliseconds without a byte before the connection counts as lost
  const REMEMBERED = 20; // messages sent with a question
  const ATTRIBUTES = [
    "title", "colour", "color", "theme", "position", "greeting", "language", "starters", "contact", "server"];
  const FINAL = ["answered", "abstained", "declined", "error"];

  // ── words ─────────────────────────────────────────────────────────────────────────────────────────────

  const TEXTS = {
    en: {
      nobody: "the candidate", title: "Ask about {n}", hello: "What would you like to know about {n}?",
      proof: "Every answer comes with the passage that proves it.", hint: "Ask about {n}’s work…",
      label: "Your question about {n}", send: "Send", stop: "Stop", close: "Close", back: "Back to the answers",
      clear: "Clear this conversation", cleared: "The conversation is cleared.", talk: "Conversation",
      starters: "Questions to start with", chips: "Ask next", reading: "Reading {n}’s documents…",
      more: "Checking the next sentence…", later: "Waits for the answer above", stopped: "Stopped.",
      unasked: "Not asked.", one: "1 person is ahead of you", many: "{k} people are ahead of you",
      next: "You’re next", about: "{a}, about {t}", abstained: "Not in {n}’s documents",
      declined: "Outside what I answer", error: "No answer this time", source: "Source {k}: {w}",
      sources: "Sources: {k}.", text: "Text of {w}", full: "Open the full page", tab: "opens in a new tab",
      again: "Try again", foot: "Answers come only from {n}’s documents.",
      down: "The assistant can’t be reached just now. Your next question will try again.",
      lost: "The connection was lost before the answer was complete.",
      nodoc: "The document can’t be shown just now. The passage says:",
      changed: "The document has changed since. The passage said:",
    },
    de: {
      nobody: "der Person", title: "Fragen zu {n}", hello: "Was möchten Sie über {n} wissen?",
      proof: "Jede Antwort zeigt die Stelle, die sie belegt.", hint: "Frage zur Arbeit von {n} …",
      label: "Ihre Frage zu {n}", send: "Senden", stop: "Anhalten", close: "Schließen", back: "Zurück zu den Antworten",
      clear: "Gespräch löschen", cleared: "Das Gespräch ist gelöscht.", talk: "Gespräch",
      starters: "Fragen für den Anfang", chips: "Weitere Fragen", reading: "Liest die Unterlagen von {n} …",
      more: "Prüft den nächsten Satz …", later: "Wartet auf die Antwort darüber", stopped: "Angehalten.",
      unasked: "Nicht gefragt.", one: "1 Person ist vor Ihnen", many: "{k} Personen sind vor Ihnen",
      next: "Sie sind die Nächsten", about: "{a}, etwa {t}", abstained: "Nicht in den Unterlagen von {n}",
      declined: "Darauf antworte ich nicht", error: "Diesmal keine Antwort", source: "Quelle {k}: {w}",
      sources: "Quellen: {k}.", text: "Text von {w}", full: "Ganze Seite öffnen", tab: "öffnet einen neuen Tab",
      again: "Noch einmal", foot: "Antworten kommen nur aus den Unterlagen von {n}.",
      down: "Der Assistent ist gerade nicht erreichbar. Ihre nächste Frage versucht es wieder.",
      lost: "Die Verbindung brach ab, bevor die Antwort vollständig war.",
      nodoc: "Das Dokument lässt sich gerade nicht zeigen. Die Stelle lautet:",
      changed: "Das Dokument wurde inzwischen geändert. Die Stelle lautete:",
    },
    es: {
      nobody: "la persona candidata", title: "Preguntas sobre {n}", hello: "¿Qué le gustaría saber de {n}?",
      proof: "Cada respuesta muestra el pasaje que la prueba.", hint: "Pregunte por el trabajo de {n}…",
      label: "Su pregunta sobre {n}", send: "Enviar", stop: "Parar", close: "Cerrar", back: "Volver a las respuestas",
      clear: "Borrar la conversación", cleared: "La conversación se ha borrado.", talk: "Conversación",
      starters: "Preguntas para empezar", chips: "Siga preguntando", reading: "Leyendo los documentos de {n}…",
      more: "Comprobando la frase siguiente…", later: "Espera la respuesta de arriba", stopped: "Parada.",
      unasked: "No preguntada.", one: "Hay 1 persona delante", many: "Hay {k} personas delante",
      next: "Es su turno", about: "{a}, unos {t}", abstained: "No está en los documentos de {n}",
      declined: "Fuera de lo que respondo", error: "Esta vez no hay respuesta", source: "Fuente {k}: {w}",
      sources: "Fuentes: {k}.", text: "Texto de {w}", full: "Abrir la página completa", tab: "se abre en otra pestaña",
      again: "Otra vez", foot: "Las respuestas salen solo de los documentos de {n}.",
      down: "Ahora no se puede contactar con el asistente. Su próxima pregunta lo intentará de nuevo.",
      lost: "La conexión se perdió antes de que la respuesta estuviera completa.",
      nodoc: "El documento no se puede mostrar ahora. El pasaje dice:",
      changed: "El documento ha cambiado desde entonces. El pasaje decía:",
    },
    fr: {
      nobody: "la personne", title: "Questions sur {n}", hello: "Que souhaitez-vous savoir sur {n} ?",
      proof: "Chaque réponse montre le passage qui la prouve.", hint: "Une question sur le travail de {n}…",
      label: "Votre question sur {n}", send: "Envoyer", stop: "Arrêter", close: "Fermer", back: "Retour aux réponses",
      clear: "Effacer la conversation", cleared: "La conversation est effacée.", talk: "Conversation",
      starters: "Questions pour commencer", chips: "Questions suivantes", reading: "Lecture des documents de {n}…",
      more: "Vérification de la phrase suivante…", later: "Attend la réponse ci-dessus", stopped: "Arrêtée.",
      unasked: "Non posée.", one: "1 personne est avant vous", many: "{k} personnes sont avant vous",
      next: "C’est votre tour", about: "{a}, environ {t}", abstained: "Pas dans les documents de {n}",
      declined: "Hors de ce à quoi je réponds", error: "Pas de réponse cette fois", source: "Source {k} : {w}",
      sources: "Sources : {k}.", text: "Texte de {w}", full: "Ouvrir la page entière", tab: "dans un nouvel onglet",
      again: "Réessayer", foot: "Les réponses viennent uniquement des documents de {n}.",
      down: "L’assistant est injoignable pour le moment. Votre prochaine question réessaiera.",
      lost: "La connexion a été perdue avant la fin de la réponse.",
      nodoc: "Le document ne peut pas être affiché pour le moment. Le passage dit :",
      changed: "Le document a changé depuis. Le passage disait :",
    },
  };

  // ── one accent colour, readable on both themes ────────────────────────────────────────────────────────

  const GROUNDS = {
    light: {
      paper: "#faf9f6", raised: "#ffffff", ink: "#1d2023", muted: "#5c636a", faint: 0.12, strong: 0.26,
      line: "#e3e1da", edge: "#8c9198", wrong: "#a8331f",
    },
    dark: {
      paper: "#141618", raised: "#1c1f22", ink: "#e9e7e2", muted: "#a2a8ae", faint: 0.2, strong: 0.42,
      line: "#2d3236", edge: "#767d84", wrong: "#f0907c",
    },
  };
  const READABLE = 4.5;
  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((channel) => linear(channel / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const mix = (colour, into, share) => {
    const below = channels(into);
    const mixed = channels(colour).map((channel, i) => Math.round(channel * share + below[i] * (1 - share)));
    return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  };

  function palette(accent, name) {
    const { faint, strong, ...ground } = GROUNDS[name];
    const tint = (most, text) => {
      for (let step = 20; step; step -= 1) {
        const candidate = mix(accent, ground.raised, (most * step) / 20);
        if (contrast(text, candidate) >= READABLE) return candidate;
      }
      return ground.raised;
    };
    const weak = tint(faint, ground.muted);
    let shown = accent;
    for (let step = 0; step <= 50; step += 1) {
      shown = mix(name === "dark" ? "#ffffff" : "#000000", accent, step / 50);
      if ([ground.paper, ground.raised, weak].every((under) => contrast(shown, under) >= READABLE)) break;
    }
    const on = contrast("#ffffff", shown) >= contrast("#000000", shown) ? "#ffffff" : "#000000";
    return { ...ground, tint: weak, "tint-strong": tint(strong, ground.ink), accent: shown, "on-accent": on };
  }

  function hex(colour) {
    const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour ?? "");
    if (short) return `#${short.slice(1).map((digit) => digit + digit).join("")}`;
    return /^#[\da-f]{6}$/i.test(colour ?? "") ? colour : null;
  }

  // ── elements ──────────────────────────────────────────────────────────────────────────────────────────

  const SVG = "http://www.w3.org/2000/svg";
  const ICONS = {
    chat: "M20 11.5a7.5 7.5 0 0 1-11 6.6L4.5 19.5l1.4-4A7.5 7.5 0 1 1 20 11.5z",
    send: "M12 19V5.5M6 11l6-6 6 6",
    stop: "M7.5 7.5h9v9h-9z",
    close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
    back: "M19 12H5.5M11 6l-6 6 6 6",
    clear: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
    out: "M9 6H6v12h12v-3M13 5h6v6M19 5l-8.5 8.5",
  };

  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  const button = (className, act, ...children) =>
    make("button", { type: "button", className, onclick: act }, ...children);
  const focus = (element) => element.focus({ preventScroll: true });

  function safeUrl(url, base) {
    try {
      const parsed = new URL(url, base);
      return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
    } catch {
      return null;
    }
  }

  const anchor = (href, ...children) =>
    make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);

  // Addresses, where a text names them; `known`, if given, is the only text whose addresses count.
  function linked(text, known = text) {
    const nodes = [];
    let done = 0;
    for (const found of text.matchAll(/[^\s@<>()[\]",;:]+@[^\s@<>()[\]",;:]+\.[a-z]{2,}|https?:\/\/[^\s<>()"]+[^\s<>()".,;:!?]/gi)) {
      if (!known.includes(found[0])) continue;
      const url = safeUrl(found[0].includes("://") ? found[0] : `mailto:${found[0]}`);
      nodes.push(text.slice(done, found.index), url ? anchor(url, found[0]) : found[0]);
      done = found.index + found[0].length;
    }
    return [...nodes, text.slice(done)];
  }

  // ── a document, with the cited spans marked ───────────────────────────────────────────────────────────

  // Code points, in which the API counts, to the UTF-16 units in which a string does.
  function offsets(text) {
    const at = [0];
    for (const character of text) at.push(at[at.length - 1] + character.length);
    return at;
  }

  function nearest(text, quote, place) {
    const before = quote ? text.lastIndexOf(quote, place) : -1;
    const after = quote ? text.indexOf(quote, place) : -1;
    return before < 0 || (after >= 0 && after - place < place - before) ? after : before;
  }

  function spans(text, citations) {
    const at = offsets(text);
    const place = (index) => at[Math.min(Math.max(index | 0, 0), at.length - 1)];
    const marks = [];
    for (const { marker, start, end, quote } of citations) {
      let [from, to] = [place(start), place(end)];
      if (text.slice(from, to) !== quote) {
        from = nearest(text, quote, from);
        to = from + quote.length;
      }
      if (from >= 0) marks.push({ from, to, marker });
    }
    return { place, marks };
  }

  function cut(text, from, to, marks) {
    const touching = marks.filter((mark) => mark.from < to && mark.to > from);
    const edges = new Set([from, to]);
    for (const mark of touching) edges.add(Math.max(mark.from, from)).add(Math.min(mark.to, to));
    const ordered = [...edges].sort((a, b) => a - b);
    return ordered.slice(1).map((end, i) => {
      const part = text.slice(ordered[i], end);
      const markers = touching.filter((mark) => mark.from <= ordered[i] && mark.to >= end).map((m) => m.marker);
      return markers.length ? make("mark", { "data-markers": ` ${markers.join(" ")} ` }, part) : part;
    });
  }

  function drawRun(text, { from, to, strong, emphasis, code, link }, marks) {
    let nodes = cut(text, from, to, marks);
    if (code) nodes = [make("code", {}, ...nodes)];
    if (emphasis) nodes = [make("em", {}, ...nodes)];
    if (strong) nodes = [make("strong", {}, ...nodes)];
    const url = isText(link) && safeUrl(link);
    return url ? [anchor(url, ...nodes)] : nodes;
  }

  // A block has runs of visible text, each with its look; or just a span, or there are no blocks: then lines do.
  function drawDocument({ text, blocks }, citations) {
    const { place, marks } = spans(text, citations);
    if (!blocks.length) {
      let at = 0;
      return text.split("\n").map((line) => {
        const paragraph = make("p", {}, ...cut(text, at, at + line.length, marks));
        at += line.length + 1;
        return paragraph;
      });
    }
    return blocks.map((block) => {
      const { kind, level, label } = block;
      const runs = Array.isArray(block.runs) ? block.runs : [block];
      const inside = runs.flatMap((run) => drawRun(text, { ...run, from: place(run.start), to: place(run.end) }, marks));
      const depth = Math.min(level | 0, 6);
      if (kind === "rule") return make("hr");
      if (kind === "heading") return make("h4", { className: `level-${depth}`, "aria-level": depth + 3 }, ...inside);
      if (kind === "item") {
        return make("p", { className: `item depth-${depth}`, "data-bullet": isText(label) ? label : "•" }, ...inside);
      }
      return make(kind === "code" ? "pre" : kind === "quote" ? "blockquote" : "p", {}, ...inside);
    });
  }

  // ── the wire ──────────────────────────────────────────────────────────────────────────────────────────

  class Refusal extends Error {} // the server's own words

  async function refusal(reply) {
    let words = "";
    try {
      words = (await reply.json()).error.message;
    } catch { /* a proxy's page, say */ }
    return typeof words === "string" && words ? new Refusal(words) : new Error(`HTTP ${reply.status}`);
  }

  async function* events(body, heard) {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        heard();
        const lines = (rest + decoder.decode(value, { stream: true })).split(/\r?\n/);
        rest = lines.pop();
        for (const line of lines) if (line.startsWith("data:")) yield line.slice(5).trim();
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  const moment = () => new Promise((resume) => { setTimeout(resume, 100); });

  // ── the element ───────────────────────────────────────────────────────────────────────────────────────

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const touch = matchMedia("(pointer: coarse)");
  const phone = matchMedia("(max-width: 560px), (max-height: 440px)"); // as in the sheet below
  const sheet = new CSSStyleSheet();
  const newTurn = (question) =>
    ({ question, state: "", stage: "", parts: [], cites: {}, found: [], status: "", notice: "", follow: [] });
  const isText = (value) => typeof value === "string" && value !== "";
  const texts = (value) => (Array.isArray(value) ? value.filter(isText) : []);
  const asText = (turn) => turn.parts.join("");

  class AskDebbie extends HTMLElement {
    static observedAttributes = ATTRIBUTES;

    #turns = [];
    #views = new Map();
    #documents = new Map();
    #profile = null;
    #abort = null;
    #opened = false;
    #wish = null; // of the visitor, for this visit: true once opened, false once closed
    #unreachable = false;
    #asked = null; // the profile, while it is fetched
    #opener = null;
    #source = null;
    #parts = null;
    #listeners = null;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      if (this !== added) added?.remove();
      if (!this.#parts) this.#build();
      this.#listeners = new AbortController();
      const { signal } = this.#listeners;
      dark.addEventListener("change", () => this.#dress(), { signal });
      window.addEventListener("pagehide", () => this.#keep(), { signal });
      window.addEventListener("pageshow", (event) => { if (event.persisted) this.#restore(); }, { signal });
      for (const name of ["resize", "scroll"]) {
        window.visualViewport?.addEventListener(name, () => this.#fitViewport(), { signal });
      }
      this.#restore();
      if (!this.#profile) this.#meet();
      if (this.#floats && !phone.matches && (this.#wish ?? this.hasAttribute("open"))) this.#show(false);
    }

    disconnectedCallback() {
      this.#keep();
      this.#listeners?.abort();
      this.#abort?.abort();
    }

    attributeChangedCallback(name) {
      if (!this.#parts || !this.isConnected) return;
      if (name === "server") this.#meet();
      if (name === "position") this.#hide();
      this.#dress();
    }

    /** Open the dialog of the button. */
    show() {
      if (this.#floats) this.#show(true);
    }

    /** Close it. */
    close() {
      this.#wish = false;
      this.#hide();
    }

    /** Forget the conversation. */
    clear() {
      this.#turns = [];
      this.#abort?.abort();
      this.#views.clear();
      this.#parts.turns.replaceChildren();
      this.#leaveSource(false);
      this.#keep();
      this.#settle();
    }

    // ── settings ──

    get #floats() {
      return /^bottom-(left|right)$/.test(this.getAttribute("position") ?? "");
    }

    get #server() {
      const named = this.getAttribute("server") ?? script?.dataset?.server;
      const base = named ? new URL(named, document.baseURI) : new URL(".", script?.src || document.baseURI);
      return base.href.replace(/[?#].*$/, "").replace(/\/*$/, "/");
    }

    get #language() {
      return (this.getAttribute("language") || "en").toLowerCase();
    }

    get #contact() {
      const told = this.#profile?.contact;
      return [this.getAttribute("contact"), told, told?.policy, told?.email].find(isText) ?? "";
    }

    #say(key, values = {}) {
      const words = TEXTS[this.#language.slice(0, 2)] ?? TEXTS.en;
      const all = { n: this.#profile?.first_name || words.nobody, ...values };
      return words[key].replace(/\{(\w)\}/g, (_, name) => all[name]);
    }

    #reach(path, options = {}) {
      const headers = { ...options.headers, "Accept-Language": this.#language };
      return fetch(this.#server + path, {
        credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", ...options, headers,
      });
    }

    async #meet() {
      if (this.#asked) return;
      try {
        this.#asked = this.#reach("v1/profile");
        const reply = await this.#asked;
        if (!reply.ok) throw await refusal(reply);
        const profile = await reply.json();
        if (profile === null || typeof profile !== "object") throw new TypeError("no profile");
        this.#profile = profile;
        this.#unreachable = false;
        this.#keep();
      } catch {
        this.#unreachable = !this.#profile;
      }
      this.#asked = null;
      this.#dress();
    }

    // ── building ──

    #build() {
      const p = this.#parts = {};
      p.launcher = button("launcher", () => this.#show(true), icon("chat"), p.name = make("span"));
      p.launcher.setAttribute("aria-haspopup", "dialog");
      p.title = make("h2", { id: "title", tabIndex: -1 });
      p.clear = button("icon", () => {
        this.clear();
        this.#announce(this.#say("cleared"));
        focus(p.box);
      }, icon("clear"));
      p.close = button("icon", () => this.close(), icon("close"));
      p.greeting = make("h3");
      p.proof = make("p");
      p.starters = make("ul", { className: "starters" });
      p.welcome = make("div", { className: "welcome" }, p.greeting, p.proof, p.starters);
      p.turns = make("div");
      p.talk = make("div", { className: "talk", tabIndex: 0, role: "region" },
        make("div", { className: "within" }, p.welcome, p.turns));
      p.box = make("textarea", { rows: 1, maxLength: 2000, enterKeyHint: "send", autocomplete: "off" });
      p.stop = button("icon stop", () => this.#stop(), icon("stop"));
      p.send = make("button", { type: "submit", className: "icon send" }, icon("send"));
      p.form = make("form", {}, p.box, p.stop, p.send);
      p.foot = make("p", { className: "foot" });
      p.chat = make("div", { className: "chat" }, p.talk, p.form, p.foot);
      p.back = button("icon", () => this.#leaveSource(), icon("back"));
      p.where = make("h3");
      p.numbers = make("div", { className: "numbers", role: "group" });
      p.page = make("div", { className: "page", tabIndex: 0, role: "region" });
      p.full = anchor("about:blank", p.fullText = make("span"), icon("out"));
      p.source = make("div", { className: "source", hidden: true },
        make("div", { className: "bar" }, p.back, p.where), p.numbers, p.page,
        make("p", { className: "foot" }, p.full));
      p.status = make("div", { className: "unseen", role: "status", "aria-live": "polite" });
      p.panel = make("section", { className: "panel" },
        make("div", { className: "bar top" }, p.title, p.clear, p.close),
        make("div", { className: "body" }, p.chat, p.source), p.status);
      // An empty title: the element's own would hang over everything in it as a tooltip.
      p.root = make("div", { className: "root", title: "" }, p.launcher, p.panel);
      this.shadowRoot.append(p.root);

      p.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#submit(p.box.value);
      });
      p.box.addEventListener("input", () => this.#fit());
      p.root.addEventListener("keydown", (event) => this.#key(event));
      // What is typed here is no shortcut of the host's.
      for (const name of ["keyup", "keypress"]) p.root.addEventListener(name, (e) => e.stopPropagation());
    }

    #dress() {
      const p = this.#parts;
      const profile = this.#profile ?? {};
      const root = p.root;
      const theme = this.getAttribute("theme");
      const shown = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
      const wanted = [this.getAttribute("colour"), this.getAttribute("color"), profile.accent].map(hex);
      const colours = palette(wanted.find(Boolean) ?? "#1f6f5c", shown);
      for (const [name, value] of Object.entries(colours)) root.style.setProperty(`--${name}`, value);
      root.style.colorScheme = shown;
      root.lang = TEXTS[this.#language.slice(0, 2)] ? this.#language : "en";
      const floats = this.#floats;
      root.className = `root ${shown} ${floats ? `floats ${this.getAttribute("position")}` : "inline"}`;

      const title = this.getAttribute("title") || this.#say("title");
      p.title.textContent = p.name.textContent = title;
      p.launcher.hidden = !floats || this.#opened;
      p.close.hidden = !floats;
      p.panel.hidden = floats && !this.#opened;
      p.panel.setAttribute("role", floats ? "dialog" : "region");
      p.panel.setAttribute("aria-labelledby", "title");
      if (floats && "popover" in p.panel) p.panel.popover = "manual"; // above all of the host's layers
      else p.panel.removeAttribute("popover");
      p.greeting.textContent = this.getAttribute("greeting") || profile.greeting || this.#say("hello");
      p.proof.replaceChildren(...(this.#unreachable
        ? [`${this.#say("down")} `, ...linked(this.#contact)] : [this.#say("proof")]));
      const own = this.getAttribute("starters")?.split("|").map((text) => text.trim()).filter(Boolean);
      this.#questions(p.starters, own ?? texts(profile.starters), "starter", "starters");
      p.box.placeholder = this.#say("hint");
      p.foot.textContent = this.#say("foot");
      p.fullText.textContent = this.#say("full");
      p.full.setAttribute("aria-label", `${this.#say("full")} (${this.#say("tab")})`);
      const labels = { box: "label", talk: "talk", stop: "stop", send: "send", close: "close", back: "back", clear: "clear" };
      for (const [part, key] of Object.entries(labels)) {
        p[part].setAttribute("aria-label", this.#say(key));
        if (part !== "box" && part !== "talk") p[part].title = this.#say(key);
      }
      for (const turn of this.#turns) this.#draw(turn);
      this.#settle();
    }

    #questions(list, questions, className, label) {
      list.setAttribute("aria-label", this.#say(label));
      list.replaceChildren(...questions.map((question) =>
        make("li", {}, button(className, () => this.#submit(question), question))));
      list.hidden = !questions.length;
    }

    // ── opening and closing ──

    #show(asked) {
      const p = this.#parts;
      this.#opened = true;
      if (asked) this.#wish = true;
      p.panel.hidden = false;
      p.launcher.hidden = true;
      if (asked) p.panel.setAttribute("aria-modal", "true");
      if (p.panel.popover === "manual" && !p.panel.matches(":popover-open")) p.panel.showPopover();
      this.#fitViewport();
      this.#fit();
      this.#toEnd();
      if (asked) this.#rest();
      if (asked && !this.#profile) this.#meet();
      this.#keep();
    }

    #hide() {
      const p = this.#parts;
      const within = this.shadowRoot.activeElement;
      this.#opened = false;
      this.#leaveSource(false);
      if (p.panel.popover === "manual" && p.panel.matches(":popover-open")) p.panel.hidePopover();
      p.panel.hidden = this.#floats;
      p.panel.removeAttribute("aria-modal");
      p.launcher.hidden = !this.#floats;
      if (within && this.#floats) focus(p.launcher);
      this.#keep();
    }

    #key(event) {
      const p = this.#parts;
      // In its place it may stand in a dialog of the host's, which needs these two.
      if (this.#floats || this.#source || !["Escape", "Tab"].includes(event.key)) event.stopPropagation();
      if (event.isComposing) return;
      if (event.target === p.box && event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.#submit(p.box.value);
      } else if (event.key === "Escape" && (this.#source || this.#opened)) {
        event.preventDefault();
        if (this.#source) this.#leaveSource();
        else this.close();
      } else if (event.key === "Tab" && this.#opened) {
        const stops = [...p.panel.querySelectorAll("button, a[href], textarea, [tabindex='0']")].filter(
          (stop) => !stop.disabled && !stop.closest("[inert]") && stop.getClientRects().length);
        const edge = event.shiftKey ? stops[0] : stops.at(-1);
        if (this.shadowRoot.activeElement === edge || event.target === p.title) {
          event.preventDefault();
          focus(event.shiftKey ? stops.at(-1) : stops[0]);
        }
      }
    }

    // A phone's keyboard covers the page on some browsers: the dialog keeps to what is seen of it.
    #fitViewport() {
      const port = window.visualViewport;
      const { style } = this.#parts.root;
      if (!port || !this.#opened || port.scale > 1.01) return; // zoomed in by hand, it stays as it is
      style.setProperty("--seen", `${port.height}px`);
      style.setProperty("--offset", `${port.offsetTop}px`);
    }

    // The focus goes to the question box, but not where that would raise a phone's keyboard.
    #rest() {
      focus(touch.matches ? this.#parts.title : this.#parts.box);
    }

    #fit() {
      const p = this.#parts;
      p.box.style.height = "auto";
      p.box.style.height = `${Math.min(Math.max(p.box.scrollHeight, 40), 150)}px`;
      p.send.disabled = !p.box.value.trim();
    }

    #toEnd() {
      this.#parts.talk.scrollTop = this.#parts.talk.scrollHeight;
    }

    #announce(text, add = false) {
      const said = make("p", {}, text);
      if (add) this.#parts.status.append(said);
      else this.#parts.status.replaceChildren(said);
    }

    // ── asking ──

    get #active() {
      return this.#turns.find((turn) => turn.state === "sent");
    }

    get #waiting() {
      return this.#turns.find((turn) => !turn.state);
    }

    #submit(question) {
      question = question.trim();
      if (!question) return;
      if (question === this.#parts.box.value.trim()) this.#parts.box.value = "";
      this.#turns.push(newTurn(question));
      this.#fit();
      this.#rest();
      this.#next();
      this.#toEnd();
    }

    #next() {
      const turn = this.#active ? null : this.#waiting;
      if (turn) this.#run(turn);
      this.#settle();
      this.#keep();
    }

    #stop() {
      for (const turn of this.#turns) if (!turn.state) Object.assign(turn, { state: "stopped", stage: "unasked" });
      if (this.#active) this.#active.state = "stopped";
      this.#abort?.abort();
      this.#announce(this.#say("stopped"));
      this.#settle();
      this.#keep();
      this.#rest();
    }

    #again(turn) {
      this.#views.get(turn)?.root.remove();
      this.#turns.splice(this.#turns.indexOf(turn), 1, newTurn(turn.question));
      this.#rest();
      this.#next();
    }

    async #run(turn) {
      const abort = this.#abort = new AbortController();
      let silence = 0;
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), SILENCE);
      };
      const before = this.#turns.slice(0, this.#turns.indexOf(turn))
        .filter((past) => past.state === "done" && past.status !== "error" && past.parts.length)
        .flatMap((past) => [
          { role: "user", content: past.question }, { role: "assistant", content: asText(past) }]);
      const messages = [...before.slice(-REMEMBERED), { role: "user", content: turn.question }];
      turn.state = "sent";
      this.#announce(this.#say("reading"));
      heard();
      if (!this.#profile) this.#meet();
      try {
        const request = {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ model: "ask-debbie", stream: true, messages }),
          signal: abort.signal,
        };
        for await (const data of this.#answer(turn, request, heard)) this.#take(turn, JSON.parse(data));
        if (this.#goesOn(turn)) {
          if (!turn.parts.length) throw new Error("no answer");
          turn.state = "done";
        }
      } catch (error) {
        // Leaving the page cuts an answer off as well: then nothing failed, and the next page asks again.
        await moment();
        if (this.#goesOn(turn)) this.#fail(turn, error);
      }
      clearTimeout(silence);
      if (!this.#turns.includes(turn) || turn.state === "sent") return;
      const count = Object.keys(turn.cites).length;
      if (turn.state === "done" && count) this.#announce(this.#say("sources", { k: count }), true);
      this.#next();
    }

    #goesOn(turn) {
      return turn.state === "sent" && this.isConnected && this.#turns.includes(turn);
    }

    // The chunks of an answer, to its end. A line that breaks before anything is said is tried once more: behind a
    // proxy another server may stand in for one that died.
    async *#answer(turn, request, heard) {
      for (let again = false; ; again = true) {
        const reply = await this.#reach("v1/chat/completions", request);
        if (!reply.ok) throw await refusal(reply);
        try {
          for await (const data of events(reply.body, heard)) {
            if (data === "[DONE]" || !this.#goesOn(turn)) return;
            yield data;
          }
          if (turn.status) return;
          throw new Error("cut short");
        } catch (error) {
          await moment();
          if (again || turn.parts.length || !this.#goesOn(turn)) throw error;
        }
      }
    }

    #fail(turn, error) {
      turn.state = "failed";
      const sorry = error instanceof Refusal ? error.message : this.#say(turn.parts.length ? "lost" : "down");
      if (turn.parts.length) {
        turn.notice = sorry;
      } else {
        turn.status = "error";
        turn.parts = [sorry];
        turn.notice = error instanceof Refusal ? "" : this.#contact;
      }
      this.#announce(turn.notice && turn.notice !== sorry ? `${sorry} ${turn.notice}` : sorry);
    }

    #take(turn, chunk) {
      if (chunk.error) throw new Refusal(String(chunk.error.message ?? ""));
      const ours = chunk.ask_debbie ?? {};
      const delta = chunk.choices?.[0]?.delta ?? {};
      if (ours.waiting) {
        const { ahead, seconds } = ours.waiting;
        const place = this.#place(Math.max(0, Math.round(ahead) || 0), Number(seconds) || 0);
        if (place !== turn.stage) this.#announce(place);
        turn.stage = place;
      } else if (ours.status === "reading" || isText(delta.content)) turn.stage = "";
      if (Array.isArray(ours.found)) {
        const labels = ours.found.map((found) => where({ path: String(found?.document), crumbs: texts(found?.breadcrumb) }));
        turn.found = [...new Set(labels)].slice(0, 3);
      }
      for (const note of Array.isArray(delta.annotations) ? delta.annotations : []) {
        const { marker, document: path, breadcrumb, quote, start, end, place } = note?.citation ?? {};
        if (!Number.isInteger(marker) || !isText(path)) continue;
        turn.cites[marker] = {
          marker, path, crumbs: texts(breadcrumb), quote: String(quote ?? ""), start, end, place: String(place ?? ""),
          url: String(note.url_citation?.url ?? ""),
        };
      }
      if (isText(delta.content)) {
        const gap = turn.parts.length && !/\s$/.test(turn.parts.at(-1)) && !/^\s/.test(delta.content) ? " " : "";
        turn.parts.push(gap + delta.content);
        this.#announce(delta.content.replace(/\s*\[\d+\]/g, ""), turn.parts.length > 1);
      }
      if (FINAL.includes(ours.status)) {
        turn.status = ours.status;
        turn.notice = isText(ours.notice) ? ours.notice : "";
        turn.follow = texts(ours.follow_ups);
      }
      const { talk } = this.#parts;
      const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 120;
      this.#draw(turn);
      if (atEnd) this.#toEnd();
      this.#keep();
    }

    // ── drawing ──

    #place(ahead, seconds) {
      const place = this.#say(ahead > 1 ? "many" : ahead ? "one" : "next", { k: ahead });
      if (seconds < 1) return place;
      const [count, unit] = seconds >= 90 ? [seconds / 60, "minute"] : [seconds, "second"];
      const format = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 };
      return this.#say("about", { a: place, t: new Intl.NumberFormat(this.#parts.root.lang, format).format(count) });
    }

    #settle() {
      const p = this.#parts;
      p.welcome.hidden = this.#turns.length > 0;
      p.clear.disabled = !this.#turns.length;
      const busy = Boolean(this.#active ?? this.#waiting);
      if (!busy && this.shadowRoot.activeElement === p.stop) this.#rest();
      p.stop.hidden = !busy;
      for (const turn of this.#turns.slice(-2)) this.#draw(turn);
      this.#fit();
    }

    #draw(turn) {
      let view = this.#views.get(turn);
      if (!view) {
        view = {
          root: make("article"), question: make("h3", { className: "question" }, turn.question),
          label: make("p", { className: "label" }), answer: make("p", { className: "answer" }),
          state: make("p", { className: "state" }), found: make("ul", { className: "found" }), notice: make("p", { className: "notice" }),
          again: button("chip again", () => this.#again(turn)), chips: make("ul", { className: "chips" }),
          drawn: [],
        };
        view.root.append(view.question, view.label, view.answer, view.state, view.found, view.notice, view.again, view.chips);
        this.#views.set(turn, view);
        const before = this.#views.get(this.#turns[this.#turns.indexOf(turn) - 1])?.root;
        if (before) before.after(view.root);
        else this.#parts.turns.prepend(view.root);
      }
      const over = turn.state && turn.state !== "sent";
      const last = this.#turns.at(-1) === turn;
      view.root.dataset.status = turn.status || turn.state || "later";
      view.label.textContent = ["abstained", "declined", "error"].includes(turn.status) ? this.#say(turn.status) : "";
      view.answer.lang = turn.state === "failed" ? this.#parts.root.lang : "en"; // what the server writes
      this.#drawAnswer(turn, view);
      view.state.textContent = turn.state === "stopped" ? this.#say(turn.stage === "unasked" ? "unasked" : "stopped")
        : over ? "" : !turn.state ? this.#say("later")
        : turn.stage || this.#say(turn.parts.length ? "more" : "reading");
      view.state.classList.toggle("alive", turn.state === "sent");
      const found = turn.state === "sent" && !turn.parts.length ? turn.found : [];
      view.found.replaceChildren(...found.map((label) => make("li", {}, label)));
      view.found.hidden = !found.length;
      view.notice.replaceChildren(...linked(turn.notice, this.#contact));
      view.again.textContent = this.#say("again");
      view.again.hidden = !(over && last && (turn.state !== "done" || turn.status === "error"));
      const chips = over && last ? turn.follow : [];
      const key = chips.join("\n");
      if (view.key !== key) this.#questions(view.chips, chips, "chip", "chips");
      view.key = key;
      view.chips.hidden = !chips.length;
    }

    // A sentence that stands stays as it is, with the focus that may be in it.
    #drawAnswer(turn, { answer, drawn }) {
      turn.parts.forEach((part, i) => {
        const known = [...part.matchAll(/\[(\d+)\]/g)].map((found) => Boolean(turn.cites[found[1]]));
        const key = `${part} ${known}`;
        if (drawn[i]?.key === key) return;
        const sentence = make("span", { className: "sentence" }, ...this.#sentence(turn, part));
        if (drawn[i]) drawn[i].sentence.replaceWith(sentence);
        else answer.append(sentence);
        drawn[i] = { key, sentence };
      });
    }

    #sentence(turn, text) {
      const nodes = [];
      let done = 0;
      for (const found of text.matchAll(/\s*((?:\[\d{1,4}\]\s?)*\[\d{1,4}\])([.!?,;:]*)/g)) {
        const markers = found[1].match(/\d+/g);
        if (!markers.every((marker) => turn.cites[marker])) continue;
        const cites = markers.map((marker) => {
          const cite = button("cite", () => this.#open(turn, marker, cite),
            make("i", {}, "["), marker, make("i", {}, "]"));
          cite.setAttribute("aria-label", this.#say("source", { k: marker, w: where(turn.cites[marker]) }));
          return cite;
        });
        nodes.push(...linked(text.slice(done, found.index), this.#contact), "\u00a0",
          make("span", { className: "marks" }, ...cites, found[2]));
        done = found.index + found[0].length;
      }
      return [...nodes, ...linked(text.slice(done), this.#contact)];
    }

    // ── the source of a citation ──

    async #open(turn, marker, opener) {
      const p = this.#parts;
      const cite = turn.cites[marker];
      if (!this.#source) this.#opener = opener;
      const view = this.#source = { turn, marker };
      for (const old of this.shadowRoot.querySelectorAll(".cite[aria-expanded]")) old.removeAttribute("aria-expanded");
      this.#opener?.setAttribute("aria-expanded", "true");
      p.where.textContent = where(cite);
      p.numbers.setAttribute("aria-label", this.#say("sources", { k: Object.keys(turn.cites).length }));
      p.numbers.replaceChildren(...Object.keys(turn.cites).map((other) => {
        const number = button("cite", () => this.#open(turn, other), other);
        number.setAttribute("aria-label", this.#say("source", { k: other, w: where(turn.cites[other]) }));
        number.setAttribute("aria-current", String(other === String(marker)));
        return number;
      }));
      p.page.setAttribute("aria-label", this.#say("text", { w: cite.path }));
      p.page.setAttribute("aria-busy", "true");
      p.full.href = (cite.url && safeUrl(cite.url, this.#server)) || this.#server;
      p.source.hidden = false;
      p.chat.inert = true;
      focus(opener ? p.back : p.numbers.querySelector('[aria-current="true"]'));
      this.#announce(`${this.#say("source", { k: marker, w: where(cite) })}. ${cite.quote}`);
      const quoted = (why) => [make("p", { className: "notice" }, this.#say(why)),
        make("blockquote", {}, make("mark", { "data-markers": ` ${marker} ` }, cite.quote))];
      let nodes;
      try {
        const all = Object.values(turn.cites).filter(({ path }) => path === cite.path);
        let found = await this.#document(cite.path);
        if (!found.text.includes(cite.quote)) { // it may have been edited since it was fetched
          this.#documents.clear();
          found = await this.#document(cite.path);
        }
        nodes = drawDocument(found, all);
        if (!found.text.includes(cite.quote)) nodes.unshift(...quoted("changed"));
      } catch {
        nodes = quoted("nodoc");
      }
      if (this.#source !== view) return; // another was opened meanwhile
      p.page.replaceChildren(...nodes);
      p.page.removeAttribute("aria-busy");
      const marks = [...p.page.querySelectorAll(`mark[data-markers*=" ${marker} "]`)];
      for (const mark of marks) {
        mark.className = "current";
        mark.closest("p, h4, pre, blockquote")?.classList.add("cited");
      }
      const top = marks[0] ? marks[0].getBoundingClientRect().top - p.page.getBoundingClientRect().top : 0;
      p.page.scrollTop = Math.max(0, p.page.scrollTop + top - p.page.clientHeight * 0.28);
    }

    #leaveSource(bring = true) {
      const p = this.#parts;
      if (!this.#source) return;
      this.#source = null;
      p.source.hidden = true;
      p.page.replaceChildren();
      p.chat.inert = false;
      this.#opener?.removeAttribute("aria-expanded");
      if (bring) focus(this.#opener?.isConnected ? this.#opener : p.box);
      this.#opener = null;
    }

    #document(path) {
      const key = `${this.#server} ${path}`;
      if (!this.#documents.has(key)) {
        const fetched = this.#reach(`v1/documents/${path.split("/").map(encodeURIComponent).join("/")}`)
          .then(async (reply) => {
            if (!reply.ok) throw await refusal(reply);
            const got = await reply.json();
            if (!isText(got.text)) throw new TypeError("no document");
            return { text: got.text, blocks: Array.isArray(got.blocks) ? got.blocks : [] };
          });
        fetched.catch(() => this.#documents.delete(key));
        this.#documents.set(key, fetched);
      }
      return this.#documents.get(key);
    }

    // ── remembering, in this tab only ──

    get #shelf() {
      return `ask-debbie ${this.#server}`;
    }

    #keep() {
      for (let from = 0; from <= this.#turns.length; from += 1) {
        try {
          sessionStorage.setItem(this.#shelf, JSON.stringify({
            turns: this.#turns.slice(from), profile: this.#profile, wish: this.#wish, draft: this.#parts.box.value,
          }));
          return;
        } catch { /* full, or not allowed: try with fewer turns */ }
      }
    }

    #restore() {
      let kept = {};
      try {
        kept = JSON.parse(sessionStorage.getItem(this.#shelf)) ?? {};
      } catch { /* not allowed, or not ours */ }
      const p = this.#parts;
      this.#abort?.abort();
      this.#views.clear();
      p.turns.replaceChildren();
      if (Array.isArray(kept.turns)) {
        this.#turns = kept.turns.filter((turn) => isText(turn?.question)).map((turn) => {
          const tries = (turn.tries ?? 0) + 1;
          if (turn.state !== "sent") return { ...newTurn(""), ...turn };
          return { ...newTurn(turn.question), tries, state: tries > 2 ? "stopped" : "" };
        });
      }
      this.#profile = kept.profile ?? this.#profile;
      this.#wish = kept.wish ?? this.#wish;
      if (isText(kept.draft) && !p.box.value) p.box.value = kept.draft;
      this.#dress();
      this.#toEnd();
      this.#next(); // a question that leaving the page cut off is asked again
    }
  }

  const where = ({ path, crumbs, place }) =>
    [path.replace(/^.*\//, "").replace(/\.[^.]*$/, "") || path, ...crumbs].join(" › ") + (place ? `, ${place}` : "");

  // ── looks ─────────────────────────────────────────────────────────────────────────────────────────────

  const LOOKS = `
:host { all: initial; display: block; }
:host([position^="bottom"]) { all: initial !important; position: fixed !important; z-index: 2147483000 !important; inset: auto !important; }
:host([hidden]) { display: none !important; }
.root { all: initial; direction: ltr; display: block; color: var(--ink); font: 400 medium/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif; -webkit-font-smoothing: antialiased; -webkit-text-size-adjust: 100%; }
.root *, .root ::before, .root ::after { box-sizing: border-box; }
.root [hidden] { display: none !important; }
h2, h3, h4, p, ul, blockquote, pre, hr { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
button { margin: 0; padding: 0; border: 0; border-radius: 8px; background: none; cursor: pointer; text-align: inherit; -webkit-tap-highlight-color: transparent; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
svg { display: block; flex: none; width: 22px; height: 22px; fill: none; stroke: currentcolor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
::selection { background: var(--tint-strong); color: var(--ink); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launcher { position: fixed; z-index: 2147483000; bottom: calc(20px + env(safe-area-inset-bottom)); display: flex; align-items: center; gap: 10px; min-height: 52px; max-width: min(320px, calc(100vw - 40px)); padding: 0 20px 0 16px; border-radius: 26px; background: var(--accent); color: var(--on-accent); box-shadow: 0 0 0 1px var(--raised), 0 6px 24px rgb(20 22 24 / 24%); font-weight: 600; line-height: 1.3; transition: translate 140ms ease, box-shadow 140ms ease; }
.launcher span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.launcher:hover { translate: 0 -1px; box-shadow: 0 0 0 1px var(--raised), 0 9px 30px rgb(20 22 24 / 30%); }
.launcher:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.bottom-right > .launcher { right: calc(20px + env(safe-area-inset-right)); }
.bottom-left > .launcher { left: calc(20px + env(safe-area-inset-left)); }

.panel { all: unset; box-sizing: border-box; contain: paint; display: flex; flex-direction: column; overflow: hidden; overflow-wrap: anywhere; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 18px; }
.inline > .panel { height: var(--ask-debbie-height, 560px); }
.floats > .panel { position: fixed; z-index: 2147483001; inset: auto auto calc(20px + env(safe-area-inset-bottom)); width: min(420px, calc(100vw - 40px)); height: min(660px, calc(100vh - 40px)); height: min(660px, calc(100dvh - 40px)); box-shadow: 0 18px 60px rgb(20 22 24 / 26%); animation: rise 200ms cubic-bezier(0.2, 0.8, 0.2, 1); }
.dark.floats > .panel { box-shadow: 0 18px 60px rgb(0 0 0 / 60%); }
.bottom-right > .panel { right: calc(20px + env(safe-area-inset-right)); }
.bottom-left > .panel { left: calc(20px + env(safe-area-inset-left)); }
@keyframes rise { from { opacity: 0; translate: 0 12px; } }
@keyframes arrive { from { opacity: 0; } }
@keyframes breathe { 50% { opacity: 0.25; } }

.bar { flex: none; display: flex; align-items: center; gap: 2px; min-height: 52px; padding: 4px 8px; border-bottom: 1px solid var(--line); }
.top { padding-left: 20px; }
h2, .bar h3 { flex: 1; min-width: 0; font-weight: 650; line-height: 1.35; letter-spacing: -0.005em; }
h2:focus { outline: none; }
.bar h3 { font-size: 0.86em; font-weight: 600; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.icon { display: inline-flex; flex: none; align-items: center; justify-content: center; width: 40px; height: 40px; color: var(--muted); border-radius: 10px; }
.icon:hover { color: var(--ink); background: var(--tint); }
.icon:disabled { opacity: 0.45; cursor: default; background: none; }
.body { position: relative; flex: 1; min-height: 0; display: flex; }
.chat { flex: 1; min-width: 0; display: flex; flex-direction: column; }
.talk { flex: 1; min-height: 0; overflow: hidden auto; overscroll-behavior: contain; padding: 0 20px; scrollbar-width: thin; scrollbar-color: var(--edge) transparent; }
.talk:focus-visible, .page:focus-visible { outline-offset: -3px; border-radius: 10px; }
.within { min-height: calc(100% + 1px); max-width: 41em; margin: 0 auto; padding-bottom: 16px; }

.welcome { padding: 28px 0 12px; }
.welcome h3 { font-size: 1.4em; font-weight: 650; line-height: 1.25; letter-spacing: -0.015em; text-wrap: balance; }
.welcome > p { margin-top: 8px; color: var(--muted); font-size: 0.94em; }
.starters { margin-top: 22px; border-top: 1px solid var(--line); }
.starters li { border-bottom: 1px solid var(--line); }
.starter { display: flex; align-items: center; justify-content: space-between; gap: 14px; width: 100%; min-height: 48px; padding: 9px 0; border-radius: 0; line-height: 1.4; transition: color 140ms ease; }
.starter::after { content: ""; flex: none; width: 8px; height: 8px; margin-right: 6px; border: solid var(--accent); border-width: 1.6px 1.6px 0 0; rotate: 45deg; }
.starter:hover { color: var(--accent); }

article { padding: 20px 0; border-top: 1px solid var(--line); }
article:first-child { border-top: 0; }
article > p:empty { display: none; }
.question { font-size: 1.06em; font-weight: 650; line-height: 1.4; white-space: pre-wrap; }
.answer { margin-top: 6px; white-space: pre-line; text-wrap: pretty; }
.sentence { animation: arrive 260ms ease; }
.label { display: flex; align-items: center; gap: 8px; margin-top: 10px; color: var(--muted); font-size: 0.84em; font-weight: 600; }
.label::before { content: ""; width: 9px; height: 9px; border: 1.8px solid currentcolor; border-radius: 50%; }
[data-status="declined"] .label::before { border-radius: 2px; rotate: 45deg; }
[data-status="error"] .label { color: var(--wrong); }
[data-status="error"] .label::before { background: currentcolor; }
.label:not(:empty) + .answer { margin-top: 3px; }
.marks { white-space: nowrap; }
.cite { min-width: 24px; height: 24px; padding: 0 6px; margin: 0 1px 0 0; border-radius: 7px; background: var(--tint); color: var(--accent); font-size: 0.78em; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 24px; text-align: center; vertical-align: middle; translate: 0 -1px; }
.cite i { font-size: 0; line-height: 0; }
.cite:hover { background: var(--tint-strong); color: var(--ink); }
.cite[aria-expanded="true"], .cite[aria-current="true"] { background: var(--accent); color: var(--on-accent); }
.state, .notice { margin-top: 6px; color: var(--muted); font-size: 0.92em; }
.state.alive::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 9px; border-radius: 50%; background: var(--accent); animation: breathe 1.4s ease-in-out infinite; }
.found { margin-top: 4px; padding-left: 17px; color: var(--muted); font-size: 0.84em; }
.found li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }
.chip { min-height: 36px; padding: 6px 14px; border: 1px solid var(--edge); border-radius: 18px; font-size: 0.92em; line-height: 1.35; }
.chip:hover { border-color: var(--accent); color: var(--accent); background: var(--tint); }
.again { margin-top: 12px; }

form { flex: none; display: flex; align-items: flex-end; gap: 2px; width: calc(100% - 24px); max-width: 43em; margin: 4px auto 0; padding: 5px; background: var(--raised); border: 1px solid var(--edge); border-radius: 15px; }
form:focus-within { border-color: var(--accent); box-shadow: 0 0 0 3px var(--tint-strong); }
textarea { flex: 1; min-width: 0; height: 40px; margin: 0; padding: 8px 4px 8px 10px; border: 0; border-radius: 0; outline: none; background: none; box-shadow: none; resize: none; line-height: 24px; overflow-y: auto; scrollbar-width: thin; }
textarea:focus-visible { outline: none; }
textarea::placeholder { color: var(--muted); opacity: 1; }
textarea:placeholder-shown { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.stop { color: var(--ink); }
.stop svg { fill: currentcolor; }
.send, .send:hover { background: var(--accent); color: var(--on-accent); }
.send:disabled { background: var(--tint); color: var(--muted); opacity: 1; }
.foot { flex: none; padding: 8px 16px 10px; color: var(--muted); font-size: 0.78em; line-height: 1.45; text-align: center; text-wrap: balance; }

.source { position: absolute; inset: 0; display: flex; flex-direction: column; background: var(--paper); border-radius: 0 0 17px 17px; }
.numbers { flex: none; display: flex; flex-wrap: wrap; gap: 5px; padding: 10px 20px 0; }
.page { flex: 1; min-height: 0; margin: 10px 12px 0; padding: 4px max(18px, calc(50% - 20em)) 24px; overflow: hidden auto; overscroll-behavior: contain; background: var(--raised); border: 1px solid var(--line); border-radius: 14px; font: 400 0.97em/1.6 ui-serif, "Iowan Old Style", Charter, Georgia, "Noto Serif", "Liberation Serif", serif; scrollbar-width: thin; scrollbar-color: var(--edge) transparent; }
.page > * { position: relative; margin-top: 8px; }
.page > p, .page > blockquote { white-space: normal; }
h4 { font-family: -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif; font-weight: 650; line-height: 1.35; }
.page .level-1 { margin-top: 12px; font-size: 1.25em; letter-spacing: -0.01em; }
.page .level-2 { margin-top: 24px; padding-bottom: 4px; border-bottom: 1px solid var(--line); color: var(--muted); font-size: 0.84em; letter-spacing: 0.02em; }
.page .level-3 { margin-top: 18px; font-size: 1.06em; }
.page .level-4 { margin-top: 14px; }
.item { padding-left: 18px; }
.item::before { content: attr(data-bullet); position: absolute; left: 0; color: var(--muted); }
.depth-1 { margin-left: 18px; } .depth-2 { margin-left: 36px; } :is(.depth-3, .depth-4, .depth-5, .depth-6) { margin-left: 48px; }
blockquote { padding-left: 14px; border-left: 2px solid var(--line); }
pre, code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9em; white-space: pre-wrap; }
pre { margin-top: 0 !important; }
hr { border: 0; border-top: 1px solid var(--line); }
strong { font-weight: 650; }
em { font-style: italic; }
mark { padding: 0.12em 0; background: var(--tint); color: inherit; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark.current { background: var(--tint-strong); }
a mark.current { color: var(--ink); }
.cited::after { content: ""; position: absolute; inset: 2px auto 2px -18px; width: 4px; border-radius: 0 3px 3px 0; background: var(--accent); }
.depth-1.cited::after { left: -36px; } .depth-2.cited::after { left: -54px; } :is(.depth-3, .depth-4, .depth-5, .depth-6).cited::after { left: -66px; }
.source .foot a { display: inline-flex; align-items: center; gap: 5px; min-height: 24px; font-size: 1.1em; }
.source .foot svg { width: 17px; height: 17px; }

@media (max-width: 560px), (max-height: 440px) {
  .floats > .panel { inset: var(--offset, 0) 0 auto; width: auto; height: 100vh; height: var(--seen, 100dvh); border: 0; border-radius: 0; padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left); }
  .icon { width: 44px; height: 44px; }
  textarea { height: 44px; padding-top: 10px; padding-bottom: 10px; }
  .floats .bar, .floats form, .floats .foot { touch-action: manipulation; }
}
@media (max-height: 440px) { .chat .foot { display: none; } form { margin-bottom: 8px; } }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .launcher, .cite, .send { border: 1px solid; } mark.current { outline: 2px solid Highlight; } }
@media print { .floats { display: none; } }
`;

  sheet.replaceSync(LOOKS);

  // ── the button, where the page places nothing itself ──────────────────────────────────────────────────

  let added = null;
  customElements.define("ask-debbie", AskDebbie);

  function addButton() {
    if (document.querySelector("ask-debbie")) return;
    added = document.createElement("ask-debbie");
    added.setAttribute("position", "bottom-right");
    for (const name of [...ATTRIBUTES, "open"]) {
      const value = script?.dataset[name];
      if (value !== undefined) added.setAttribute(name, value);
    }
    document.body.append(added);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", addButton);
  else addButton();
})();
