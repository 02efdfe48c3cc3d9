// A session of a plan is dragged to another week or line. Its own page does the same by a form, without this file.
"use strict";

{
  const plan = document.querySelector("[data-plan]");
  const move = document.getElementById("glisser");

  function weekUnder(cell, x) {
    const box = cell.getBoundingClientRect();
    const ahead = Math.floor(((x - box.left) / box.width) * Number(cell.dataset.weeks));
    return Number(cell.dataset.week) + Math.max(0, Math.min(ahead, Number(cell.dataset.weeks) - 1));
  }

  function mark(cell) {
    plan.querySelectorAll(".drop").forEach((other) => other.classList.toggle("drop", other === cell));
    if (cell) cell.classList.add("drop");
  }

  if (plan && move) {
    let held = null;
    let grip = 0;
    plan.querySelectorAll("[data-session]").forEach((session) => session.setAttribute("draggable", "true"));
    plan.addEventListener("dragstart", (event) => {
      held = event.target.closest("[data-session]");
      if (!held) return;
      const cell = held.closest("[data-week]");
      grip = weekUnder(cell, event.clientX) - Number(cell.dataset.week);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", held.textContent.trim());
    });
    plan.addEventListener("dragover", (event) => {
      const cell = event.target.closest("[data-week]");
      mark(held && cell);
      if (held && cell) event.preventDefault();
    });
    plan.addEventListener("dragend", () => {
      held = null;
      mark(null);
    });
    plan.addEventListener("drop", (event) => {
      const cell = event.target.closest("[data-week]");
      if (!held || !cell) return;
      event.preventDefault();
      const line = cell.closest("[data-line]").dataset.line;
      move.action = held.dataset.session;
      move.elements.week.value = String(Math.max(0, weekUnder(cell, event.clientX) - grip));
      move.elements.room.value = plan.dataset.plan === "room" ? line : held.dataset.room;
      move.elements.trainer.value = plan.dataset.plan === "trainer" ? line : held.dataset.trainer;
      move.requestSubmit();
    });
  }
}
