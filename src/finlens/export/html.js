"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const pages = document.getElementById("pages");
  const tables = document.getElementById("tables");
  const place = document.getElementById("place");
  const cells = [...tables.querySelectorAll("[data-b]")];
  const pageOf = cell => cell.dataset.p || cell.closest("article").dataset.p;
  const boxOf = cell => cell.dataset.b.split(" ").map(Number);
  const marks = { hover: null, chosen: null };
  let chosen = null;

  function mark(kind, cell) {
    marks[kind]?.remove();
    marks[kind] = null;
    const svg = cell && document.querySelector(`#p${pageOf(cell)} svg`);
    if (!svg) return null;
    const [x0, top, x1, bottom] = boxOf(cell);
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ class: kind, x: x0 - 1.5, y: top - 1, width: x1 - x0 + 3, height: bottom - top + 2, rx: 1 })) {
      rect.setAttribute(name, value);
    }
    svg.append(rect);
    return (marks[kind] = rect);
  }

  function centre(panel, element) {
    const inner = element.getBoundingClientRect(), outer = panel.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) {
      panel.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    }
  }

  function tell(cell) {
    const parts = [["", cell.textContent.trim()], ["page", pageOf(cell)], ["box", boxOf(cell).map(v => v.toFixed(0)).join(" ")]];
    if (cell.dataset.v) parts.splice(1, 0, ["read as", cell.dataset.v]);
    if (cell.dataset.c) parts.push(["confidence", cell.dataset.c]);
    place.replaceChildren(...parts.map(([name, value]) => {
      const part = document.createElement("span");
      const strong = document.createElement("b");
      strong.textContent = value;
      part.append(name ? `${name} ` : "", strong);
      return part;
    }));
  }

  function choose(cell) {
    chosen?.classList.remove("on");
    chosen = cell;
    cell.classList.add("on");
    const rect = mark("chosen", cell);
    if (rect) centre(pages, rect);
    centre(tables, cell);
    tell(cell);
    history.replaceState(null, "", `#${cell.id}`);
  }

  tables.addEventListener("click", event => {
    const cell = event.target.closest("[data-b]");
    if (cell) return choose(cell);
    const title = event.target.closest("a[data-page]");
    if (title) {
      event.preventDefault();
      document.getElementById(`p${title.dataset.page}`)?.scrollIntoView();
    }
  });
  const hover = cell => mark("hover", cell === chosen ? null : cell);
  tables.addEventListener("mouseover", event => hover(event.target.closest("[data-b]")));
  tables.addEventListener("mouseleave", () => mark("hover", null));

  function cellAt(event) {
    const svg = event.target.closest("svg");
    if (!svg) return null;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const page = svg.closest("figure").id.slice(1);
    const area = ([x0, top, x1, bottom]) => (x1 - x0) * (bottom - top);
    return cells
      .filter(cell => pageOf(cell) === page)
      .filter(cell => { const [x0, top, x1, bottom] = boxOf(cell); return x0 - 2 <= at.x && at.x <= x1 + 2 && top - 2 <= at.y && at.y <= bottom + 2; })
      .sort((a, b) => area(boxOf(a)) - area(boxOf(b)))[0] || null;
  }
  pages.addEventListener("click", event => { const cell = cellAt(event); if (cell) choose(cell); });
  pages.addEventListener("mousemove", event => hover(cellAt(event)));

  document.addEventListener("keydown", event => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!step || !chosen || event.target.matches("input")) return;
    event.preventDefault();
    const [table, row, column] = chosen.id.slice(1).split("-").map(Number);
    for (let n = 1; n < 200; n += 1) {
      const next = document.getElementById(`t${table}-${row + step[0] * n}-${column + step[1] * n}`);
      if (next) return choose(next);
    }
  });

  const search = document.getElementById("search");
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const article of tables.querySelectorAll("article")) {
      article.hidden = wanted !== "" && !article.textContent.toLowerCase().includes(wanted);
    }
  });

  const first = document.getElementById(location.hash.slice(1));
  if (first?.dataset.b) choose(first);
})();
