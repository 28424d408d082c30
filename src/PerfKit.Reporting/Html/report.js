// The page is complete without this script. It makes pointing and keys more pleasant: one tooltip in place of the browser's
// slow titles, arrow keys along a chart and through a timeline, and the section in view marked in the contents.
(() => {
  "use strict";
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  let kept = null;

  // A title's text moves into memory, so that the browser does not show it a second time; screen readers get it as the name.
  const texts = new WeakMap();
  for (const title of document.querySelectorAll(".track title, .hit title, .limit title")) {
    texts.set(title.parentElement, title.textContent);
    title.remove();
  }
  for (const node of document.querySelectorAll(".lanes [title]")) {
    texts.set(node, node.title);
    node.removeAttribute("title");
  }

  const line = (text, kind) => {
    const p = document.createElement("p");
    if (kind) {
      const swatch = document.createElement("i");
      swatch.className = "swatch m-" + kind;
      p.append(swatch);
    }
    p.append(text);
    return p;
  };
  // What a bar was made of: its kinds of time in proportion, then the lines that name them.
  const describe = (node) => {
    const lines = texts.get(node).split("\n");
    const mix = (node.dataset.mix ?? "").split(";").filter(Boolean).map((part) => part.split(" "));
    const rows = lines.map((text, i) => line(text, mix[i - 2]?.[0]));
    if (mix.length > 0) {
      const stack = document.createElement("div");
      stack.className = "mix";
      for (const [kind, percent] of mix) {
        const part = document.createElement("i");
        part.className = "m-" + kind;
        part.style.width = percent + "%";
        stack.append(part);
      }
      rows.splice(2, 0, stack);
    }
    return rows;
  };
  const show = (node, x, y) => {
    // A cross-hair cannot have the focus, so its text is announced; everything else has it as its name already.
    tip.setAttribute("aria-live", node.matches(".hit") ? "polite" : "off");
    tip.replaceChildren(...describe(node));
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = x + 14 + box.width > innerWidth - 8 ? x - box.width - 14 : x + 14;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = Math.max(8, Math.min(y - box.height - 10, innerHeight - box.height - 8)) + "px";
  };
  const keep = (node) => {
    kept?.classList.remove("kept");
    kept = node;
    kept?.classList.add("kept");
    tip.classList.toggle("kept", kept !== null);
  };
  const hide = () => { if (!kept) tip.hidden = true; };
  const close = () => { keep(null); hide(); };
  const described = (target) => {
    for (let node = target; node instanceof Element; node = node.parentElement) {
      if (texts.has(node)) return node;
    }
    return null;
  };

  document.addEventListener("pointermove", (event) => {
    if (kept) return;
    const node = described(event.target);
    if (node) show(node, event.clientX, event.clientY);
    else if (!document.activeElement?.matches(".track, .canvas, .b")) hide();
  }, { passive: true });
  document.addEventListener("click", (event) => {
    if (tip.contains(event.target)) return;
    const node = described(event.target);
    if (!node?.matches(".b, .track")) return close();
    close();
    show(node, event.clientX, event.clientY);
    keep(node);
  });
  document.addEventListener("scroll", close, { passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  // One stop of the Tab key for a group; keys go from one member to the next.
  const rove = (members, nextOf, edgeOf, stop = members[0]) => members.forEach((member, index) => {
    member.tabIndex = member === stop ? 0 : -1;
    member.setAttribute("role", "img");
    member.setAttribute("aria-label", texts.get(member).replaceAll("\n", "; "));
    member.addEventListener("focus", () => {
      stop.tabIndex = -1;
      stop = member;
      stop.tabIndex = 0;
      if (!member.matches(":focus-visible")) return;
      const edge = edgeOf(member).getBoundingClientRect();
      close();
      show(member, Math.max(0, Math.min(edge.right, innerWidth - 20)), edge.top);
    });
    member.addEventListener("blur", () => { if (kept === member) keep(null); hide(); });
    member.addEventListener("keydown", (event) => {
      if (event.key === "Enter") return keep(kept === member ? null : member);
      const next = { Home: members[0], End: members[members.length - 1] }[event.key] ?? nextOf(event.key, index);
      if (next) {
        event.preventDefault();
        next.focus();
      }
    });
  });
  for (const rows of document.querySelectorAll(".tl-rows")) {
    const tracks = [...rows.querySelectorAll(".track")];
    rove(tracks, (key, index) => tracks[index + ({ ArrowDown: 1, ArrowUp: -1 }[key] ?? NaN)], (track) => track.querySelector(".bar"));
  }

  // Left and right stay in a lane; up and down go to the bar of the next lane that is nearest in time.
  for (const lanes of document.querySelectorAll(".lanes")) {
    const inner = lanes.firstElementChild;
    const bars = [...lanes.querySelectorAll(".b")];
    const byLane = [];
    bars.forEach((bar, i) => {
      if (i === 0 || bar.style.top !== bars[i - 1].style.top) byLane.push([]);
      byLane[byLane.length - 1].push(bar);
    });
    const edge = (bar) => bar.querySelector("i") ?? bar;
    const middle = (bar) => { const box = edge(bar).getBoundingClientRect(); return (box.left + box.right) / 2; };
    const zoom = (by) => {
      const before = Number(inner.style.getPropertyValue("--zoom")) || 1;
      const after = Math.max(1, Math.min(16, before * by));
      const center = (lanes.scrollLeft + lanes.clientWidth / 2) / before;
      inner.style.setProperty("--zoom", after);
      lanes.scrollLeft = center * after - lanes.clientWidth / 2;
      for (const bar of bars) {
        const name = bar.querySelector("bdi");
        if (!name.textContent && parseFloat(bar.style.width) * after > 2) name.textContent = texts.get(bar).split("\n", 1)[0];
      }
      output.value = after * 100 + " %";
      [smaller.disabled, larger.disabled] = [after === 1, after === 16];
    };
    rove(bars, (key, index) => {
      if (key === "+" || key === "-") return void zoom(key === "+" ? 2 : 0.5);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      const row = byLane.findIndex((lane) => lane.includes(bars[index]));
      if (step) return byLane[row][byLane[row].indexOf(bars[index]) + step];
      const lane = byLane[row + ({ ArrowDown: 1, ArrowUp: -1 }[key] ?? NaN)];
      const at = lane && middle(bars[index]);
      return lane?.reduce((best, bar) => Math.abs(middle(bar) - at) < Math.abs(middle(best) - at) ? bar : best);
    }, edge);

    const tools = document.createElement("span");
    tools.className = "zoom";
    const button = (text, label, by) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => zoom(by));
      return made;
    };
    const smaller = button("−", "Show more of the axis", 0.5);
    const larger = button("+", "Stretch the axis", 2);
    const output = document.createElement("output");
    tools.append(smaller, output, larger);
    lanes.closest("figure").querySelector(".total").append(tools);
    zoom(1);
  }

  // Left and right move the cross-hair along a chart.
  for (const canvas of document.querySelectorAll(".canvas")) {
    const hits = [...canvas.querySelectorAll(".hit")];
    let current = -1;
    const select = (index) => {
      hits[current]?.classList.remove("on");
      current = index;
      const hit = hits[current];
      if (!hit) return hide();
      hit.classList.add("on");
      const line = hit.querySelector("line").getBoundingClientRect();
      show(hit, line.left, line.top + 40);
    };
    canvas.addEventListener("keydown", (event) => {
      const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: hits.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      select(Math.max(0, Math.min(hits.length - 1, next)));
    });
    canvas.addEventListener("blur", () => select(-1));
    canvas.addEventListener("pointerleave", hide);
  }

  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  if (links.size > 0) {
    const inView = new Set();
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) inView[entry.isIntersecting ? "add" : "delete"](entry.target.id);
      const here = [...links.keys()].find((id) => inView.has(id));
      for (const [id, link] of links) {
        link.classList.toggle("here", id === here);
        if (id === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, { rootMargin: "-10% 0px -60% 0px" });
    for (const section of document.querySelectorAll(".section")) observer.observe(section);
  }
})();
