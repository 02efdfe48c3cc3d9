// Comfort only: every page works without this file. Sentences come from data attributes, in the page's language.
"use strict";

const page = document.documentElement;
const TYPING_PAUSE_MS = 2000;
const SEARCH_PAUSE_MS = 200;
const RETRY_MS = 10000;
const SENDING_MS = 5000;

function fill(sentence, values) {
  return (sentence || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Errors: read the summary first.
const summary = document.querySelector(".errors[role=alert]");
if (summary) summary.focus();

// A form is sent once, even when the button is pressed twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-hx-post], [hx-post]")) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "yes";
  setTimeout(() => delete form.dataset.sending, SENDING_MS);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending));

// Keys: "/" goes to the search field unless the reader turned it off, Esc closes what is open.
const KEY_OFF = "campus.slash-off";
const slashSwitch = document.querySelector("[data-slash]");
const search = document.querySelector("input[type=search]");

// Storage may be closed by the browser; then the key simply works.
function slashIsOff() {
  try {
    return localStorage.getItem(KEY_OFF) === "yes";
  } catch {
    return false;
  }
}

function turnSlash() {
  try {
    if (slashIsOff()) localStorage.removeItem(KEY_OFF);
    else localStorage.setItem(KEY_OFF, "yes");
  } catch {
    slashSwitch.remove();
  }
}

function showSlashSwitch() {
  slashSwitch.textContent = slashIsOff() ? slashSwitch.dataset.turnOn : slashSwitch.dataset.turnOff;
  slashSwitch.hidden = false;
}

if (slashSwitch && search) {
  showSlashSwitch();
  slashSwitch.addEventListener("click", () => {
    turnSlash();
    showSlashSwitch();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeOpen();
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !search) return;
  if (slashIsOff() || event.target.matches("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  search.focus();
  search.select();
});

function closeOpen() {
  const open = document.querySelector("details.menu[open], details.filterbox[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

// Drafts: kept on the server two seconds after typing stops.
const drafts = new WeakMap();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form) schedule(form, TYPING_PAUSE_MS);
});

function schedule(form, delay) {
  const draft = drafts.get(form) || {};
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(form), delay);
  draft.dirty = true;
  drafts.set(form, draft);
}

function clock() {
  const now = new Date();
  const minutes = String(now.getMinutes()).padStart(2, "0");
  return page.lang === "fr" ? `${now.getHours()}\u00a0h\u00a0${minutes}` : `${now.getHours()}:${minutes}`;
}

function say(form, sentence) {
  const place = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
  if (place) place.textContent = fill(sentence, { time: clock() });
}

async function save(form, leaving = false) {
  const draft = drafts.get(form);
  if (draft.busy && !leaving) return schedule(form, TYPING_PAUSE_MS);
  clearTimeout(draft.timer);
  draft.busy = true;
  draft.dirty = false;
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-CSRFToken": form.elements.csrf_token ? form.elements.csrf_token.value : "" },
      keepalive: leaving,
      credentials: "same-origin",
    });
    if (answer.redirected || answer.status === 401 || answer.status === 403) return say(form, form.dataset.ended);
    if (!answer.ok) throw new Error(String(answer.status));
    say(form, form.dataset.saved);
  } catch {
    say(form, form.dataset.lost);
    schedule(form, RETRY_MS);
  } finally {
    draft.busy = false;
  }
}

document.addEventListener("submit", (event) => {
  const draft = drafts.get(event.target);
  if (draft) {
    clearTimeout(draft.timer);
    draft.dirty = false;
  }
});

addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const draft = drafts.get(form);
    if (draft && draft.dirty) save(form, true);
  }
});

// Typeahead: the ARIA combobox with a list; the field alone is enough without it.
const boxes = new WeakMap();

document.addEventListener("focusin", (event) => {
  const input = event.target.closest("input[data-typeahead]");
  if (input && !boxes.has(input)) boxes.set(input, combobox(input));
});

function element(tag, attributes) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function combobox(input) {
  const box = { input, found: [], at: -1, timer: 0, asked: 0 };
  box.list = element("ul", { class: "type__list type__list--over", id: `${input.id}-list`, role: "listbox", hidden: "" });
  box.list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent.trim() : "");
  box.status = element("p", { class: "hidden-visually", role: "status" });
  box.into = document.getElementById(input.dataset.typeaheadInto || "");
  const roles = { role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": box.list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  input.after(box.list, box.status);
  input.addEventListener("input", () => typed(box));
  input.addEventListener("keydown", (event) => pressed(box, event));
  input.addEventListener("blur", () => close(box));
  box.list.addEventListener("pointerdown", (event) => event.preventDefault());
  box.list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(box, [...box.list.children].indexOf(option));
  });
  return box;
}

function typed(box) {
  if (box.into) box.into.value = "";
  clearTimeout(box.timer);
  if (box.input.value.trim().length < 2) return close(box);
  box.timer = setTimeout(() => ask(box), SEARCH_PAUSE_MS);
}

async function ask(box) {
  const asked = ++box.asked;
  const address = new URL(box.input.dataset.typeahead, location.href);
  address.searchParams.set("q", box.input.value.trim());
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const found = await answer.json();
  if (asked === box.asked && document.activeElement === box.input) show(box, found);
}

function show(box, found) {
  box.found = found;
  box.at = -1;
  box.input.removeAttribute("aria-activedescendant");
  box.list.replaceChildren(...found.map((item, place) => option(box, item, place)));
  box.list.hidden = found.length === 0;
  box.input.setAttribute("aria-expanded", String(found.length > 0));
  const sentences = box.input.dataset;
  box.status.textContent = found.length ? fill(sentences.found, { count: found.length }) : sentences.none || "";
}

function option(box, item, place) {
  const line = element("li", { role: "option", class: "type__opt", id: `${box.list.id}-${place}`, "aria-selected": "false" });
  const label = element("span", {});
  label.textContent = item.label;
  line.append(label);
  if (item.hint) {
    const hint = element("span", { class: "small quiet" });
    hint.textContent = item.hint;
    line.append(hint);
  }
  return line;
}

function close(box) {
  box.asked += 1;
  clearTimeout(box.timer);
  box.list.hidden = true;
  box.at = -1;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}

function move(box, place) {
  const options = [...box.list.children];
  box.at = (place + options.length) % options.length;
  options.forEach((line, each) => line.setAttribute("aria-selected", String(each === box.at)));
  box.input.setAttribute("aria-activedescendant", options[box.at].id);
  options[box.at].scrollIntoView({ block: "nearest" });
}

function choose(box, place) {
  const item = box.found[place];
  box.input.value = item.label;
  if (box.into) box.into.value = item.id;
  close(box);
  box.status.textContent = "";
  box.input.dispatchEvent(new Event("change", { bubbles: true }));
  if (box.input.form.matches("[data-autosave]")) schedule(box.input.form, TYPING_PAUSE_MS);
  const source = proposer(box.input);
  if (source) proposeAgain(source);
}

function pressed(box, event) {
  if (box.list.hidden) return;
  if (event.key === "ArrowDown") move(box, box.at + 1);
  else if (event.key === "ArrowUp") move(box, box.at < 0 ? -1 : box.at - 1);
  else if (event.key === "Enter" && box.at >= 0) choose(box, box.at);
  else if (event.key === "Escape") {
    close(box);
    event.stopPropagation();
  } else return;
  event.preventDefault();
}

// Proposals follow the text that is being typed. An answer under way never takes a choice from under one's finger: it is
// dropped, and asked again with the choice in it.
function proposer(target) {
  const place = target.closest("[data-proposed-by]");
  return place && document.getElementById(place.dataset.proposedBy);
}

function proposeAgain(source) {
  delete source.dataset.held;
  source.dispatchEvent(new Event("propose"));
}

document.addEventListener("pointerdown", (event) => {
  const source = proposer(event.target);
  if (!source || !source.matches(".htmx-request")) return;
  source.dataset.held = "yes";
  source.dispatchEvent(new Event("htmx:abort", { bubbles: true }));
});

for (const kind of ["click", "input"]) {
  document.addEventListener(kind, (event) => {
    const source = proposer(event.target);
    if (!source) return;
    const asked = kind === "input" && event.target.matches("[data-proposes]");
    if (asked || source.dataset.held || source.matches(".htmx-request")) proposeAgain(source);
  });
}
