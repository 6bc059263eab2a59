"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const byId = id => document.getElementById(id);
  const [pages, tables, place, tip, search, contents] = ["pages", "tables", "place", "tip", "search", "contents"].map(byId);
  const pageOf = cell => cell.dataset.p || cell.closest("article").dataset.p;
  const boxOf = cell => cell.dataset.b.split(" ").map(Number);
  const DELAY = 140; // ms that the pointer rests before the other side scrolls

  // Pages out of sight are not drawn: their size must be known without them.
  for (const figure of pages.querySelectorAll(".page")) {
    const picture = figure.querySelector("img");
    figure.style.aspectRatio = `${picture.getAttribute("width")} / ${picture.getAttribute("height")}`;
  }

  const cellsOn = new Map(); // page number → its cells
  for (const cell of tables.querySelectorAll("[data-b]")) {
    const page = pageOf(cell);
    if (!cellsOn.has(page)) cellsOn.set(page, []);
    cellsOn.get(page).push(cell);
  }
  const checksOf = new Map(); // id of a cell → the equations that it is in, those that it is the total of first
  for (const check of tables.querySelectorAll("li[data-cells]")) {
    check.dataset.cells.split(" ").filter(Boolean).forEach((id, position) => {
      if (!checksOf.has(id)) checksOf.set(id, []);
      checksOf.get(id)[position === 0 ? "unshift" : "push"](check);
    });
  }
  const cellsOfCheck = check => check.dataset.cells.split(" ").map(byId).filter(Boolean);

  function draw(cell, name) {
    const svg = cell?.dataset.b && document.querySelector(`#p${pageOf(cell)} svg`);
    if (!svg) return null;
    const [x0, top, x1, bottom] = boxOf(cell);
    const rect = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ class: name, x: x0 - 1.5, y: top - 1, width: x1 - x0 + 3, height: bottom - top + 2, rx: 1 })) {
      rect.setAttribute(key, value);
    }
    svg.append(rect);
    return rect;
  }

  function centre(panel, element) {
    const inner = element.getBoundingClientRect(), outer = panel.getBoundingClientRect();
    if (inner.top < outer.top + 30 || inner.bottom > outer.bottom - 30) {
      panel.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    }
  }

  // One set of marks for what is under the pointer, one for what was chosen.
  const lit = { hover: [], chosen: [] };
  function unlight(kind) {
    for (const undo of lit[kind]) undo();
    lit[kind] = [];
  }
  function light(kind, cell, checks) {
    const classes = (element, ...names) => {
      element.classList.add(...names);
      lit[kind].push(() => element.classList.remove(...names));
    };
    for (const check of checks) {
      const wrong = check.classList.contains("bad") ? ["wrong"] : [];
      for (const part of cellsOfCheck(check)) {
        if (part === cell) continue;
        classes(part, "summand", ...wrong);
        const rect = draw(part, ["part", ...wrong].join(" "));
        if (rect) lit[kind].push(() => rect.remove());
      }
    }
    if (!cell) return null;
    classes(cell, kind === "hover" ? "near" : "on");
    const rect = draw(cell, kind);
    if (rect) lit[kind].push(() => rect.remove());
    return rect;
  }
  const shownChecks = cell => {
    const all = checksOf.get(cell.id) || [];
    const own = all.filter(check => check.dataset.cells.split(" ")[0] === cell.id);
    return own.length ? own.slice(0, 1) : all.filter(check => check.classList.contains("bad")).slice(0, 1);
  };

  function line(text, name) {
    const part = document.createElement("div");
    part.textContent = text;
    part.className = name;
    return part;
  }
  function showTip(cell, event) {
    const checks = checksOf.get(cell.id) || [];
    const lines = [];
    if (cell.dataset.v) lines.push(line(["read as " + cell.dataset.v, cell.dataset.f].filter(Boolean).join(" · "), "dim"));
    if (cell.dataset.d) lines.push(line(cell.dataset.d, "doubt"));
    for (const check of checks.slice(0, 4)) lines.push(line(check.textContent, check.classList.contains("bad") ? "bad" : "ok"));
    if (checks.length > 4) lines.push(line(`and ${checks.length - 4} more equations`, "dim"));
    tip.hidden = !lines.length;
    tip.replaceChildren(...lines);
    if (tip.hidden) return;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, innerWidth - width - 8))}px`;
    tip.style.top = `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 12 : event.clientY + 18}px`;
  }

  function tell(cell) {
    const parts = [["", cell.textContent.trim()], ["page", pageOf(cell)], ["box", boxOf(cell).map(v => v.toFixed(0)).join(" ")]];
    if (cell.dataset.v) parts.splice(1, 0, ["read as", cell.dataset.v]);
    if (cell.dataset.f) parts.splice(2, 0, ["", cell.dataset.f]);
    if (cell.dataset.c) parts.push(["confidence", cell.dataset.c]);
    place.replaceChildren(...parts.map(([name, value]) => {
      const part = document.createElement("span");
      const strong = document.createElement("b");
      strong.textContent = value;
      part.append(name ? `${name} ` : "", strong);
      return part;
    }));
  }

  let chosen = null, hovered = null, timer = 0;
  function hover(cell, event, follow) {
    if (cell) showTip(cell, event); else tip.hidden = true;
    if (cell === hovered) return;
    hovered = cell;
    clearTimeout(timer);
    unlight("hover");
    if (!cell) return;
    const rect = light("hover", cell, shownChecks(cell));
    timer = setTimeout(() => {
      if (follow === pages && rect) centre(pages, rect);
      if (follow === tables) centre(tables, cell);
    }, DELAY);
  }
  function choose(cell) {
    if (!cell?.dataset.b) return;
    unlight("chosen");
    chosen = cell;
    const rect = light("chosen", cell, shownChecks(cell));
    if (rect) centre(pages, rect);
    centre(tables, cell);
    tell(cell);
    history.replaceState(null, "", `#${cell.id}`);
  }
  function clear() {
    unlight("chosen");
    chosen = null;
  }
  function go(target) {
    if (!target) return;
    if (target.dataset.b) return choose(target);
    if (target.dataset.cells !== undefined) {
      target.closest("details").open = true;
      const total = cellsOfCheck(target)[0];
      if (total) choose(total);
      unlight("hover");
      light("hover", null, [target]);
      target.focus({ preventScroll: true });
      return;
    }
    if (target.matches("article")) {
      target.scrollIntoView({ block: "start" });
      byId(`p${target.dataset.p}`)?.scrollIntoView({ block: "start" });
    }
  }

  tables.addEventListener("click", event => {
    const target = event.target.closest("[data-b], li[data-cells]");
    if (target) return go(target);
    const title = event.target.closest("a[data-page]");
    if (title) {
      event.preventDefault();
      byId(`p${title.dataset.page}`)?.scrollIntoView();
    }
  });
  contents.addEventListener("click", event => {
    const entry = event.target.closest("a");
    if (!entry) return;
    event.preventDefault();
    contents.querySelector(".here")?.classList.remove("here");
    entry.classList.add("here");
    go(byId(entry.getAttribute("href").slice(1)));
  });
  tables.addEventListener("mousemove", event => {
    const check = event.target.closest("li[data-cells]");
    if (check) {
      hover(null);
      unlight("hover");
      light("hover", null, [check]);
      return;
    }
    const cell = event.target.closest("[data-b]");
    if (!cell && !hovered) unlight("hover");
    hover(cell, event, pages);
  });

  function cellAt(event) {
    const svg = event.target.closest("svg");
    if (!svg) return null;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const area = ([x0, top, x1, bottom]) => (x1 - x0) * (bottom - top);
    return (cellsOn.get(svg.closest("figure").id.slice(1)) || [])
      .filter(cell => { const [x0, top, x1, bottom] = boxOf(cell); return x0 - 2 <= at.x && at.x <= x1 + 2 && top - 2 <= at.y && at.y <= bottom + 2; })
      .sort((a, b) => area(boxOf(a)) - area(boxOf(b)))[0] || null;
  }
  pages.addEventListener("click", event => { const cell = cellAt(event); if (cell) choose(cell); });
  pages.addEventListener("mousemove", event => hover(cellAt(event), event, tables));
  for (const panel of [pages, tables]) panel.addEventListener("mouseleave", () => { hover(null); unlight("hover"); });

  const articles = () => [...tables.querySelectorAll("article:not([hidden])")];
  const inSight = () => articles().find(each => each.getBoundingClientRect().bottom > tables.getBoundingClientRect().top + 60);
  function nextTable(step) {
    const all = articles();
    const now = all.indexOf(chosen?.closest("article:not([hidden])") || inSight());
    const next = all[Math.min(all.length - 1, Math.max(0, now + step))];
    clear();
    go(next);
    choose(next?.querySelector("td.n[data-b]") || next?.querySelector("[data-b]"));
  }
  function nextFailing() {
    const all = [...tables.querySelectorAll("article:not([hidden]) :is(td.bad, td.doubt)")];
    if (all.length) choose(all[(all.indexOf(chosen) + 1) % all.length]);
  }
  function move(down, right) {
    if (!chosen) return choose(inSight()?.querySelector("[data-b]"));
    const [table, row, column] = chosen.id.slice(1).split("-").map(Number);
    for (let n = 1; n < 200; n += 1) {
      const next = byId(`t${table}-${row + down * n}-${column + right * n}`);
      if (next?.dataset.b) return choose(next);
    }
  }
  const keys = {
    ArrowRight: () => move(0, 1), ArrowLeft: () => move(0, -1), ArrowDown: () => move(1, 0), ArrowUp: () => move(-1, 0),
    n: () => nextTable(1), p: () => nextTable(-1), f: nextFailing, "/": () => search.focus(), Escape: clear,
  };
  document.addEventListener("keydown", event => {
    if (event.target === search) {
      if (event.key === "Escape") search.blur();
      return;
    }
    if (event.key === "Enter" && event.target.dataset?.cells !== undefined) return go(event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const article of tables.querySelectorAll("article")) {
      article.hidden = wanted !== "" && !article.textContent.toLowerCase().includes(wanted);
      const entry = contents.querySelector(`a[href="#${article.id}"]`);
      if (entry) entry.parentElement.hidden = article.hidden;
    }
  });

  if (location.hash) go(byId(decodeURIComponent(location.hash.slice(1))));
})();
