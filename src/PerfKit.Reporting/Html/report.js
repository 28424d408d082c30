// The page is complete without this script. It makes pointing and keys more pleasant: one tooltip in place of the browser's
// slow titles, arrow keys along a chart and through a timeline, and the section in view marked in the contents.
(() => {
  "use strict";
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-live", "polite");
  document.body.append(tip);

  const show = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = x + 14 + box.width > innerWidth - 8 ? x - box.width - 14 : x + 14;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = Math.max(8, Math.min(y - box.height - 10, innerHeight - box.height - 8)) + "px";
  };
  const hide = () => { tip.hidden = true; };

  // A title's text moves into memory, so that the browser does not show it a second time.
  const texts = new WeakMap();
  for (const title of document.querySelectorAll(".track title, .hit title, .limit title")) {
    texts.set(title.parentElement, title.textContent);
    title.remove();
  }
  const described = (target) => {
    for (let node = target; node instanceof Element; node = node.parentElement) {
      if (texts.has(node)) return node;
    }
    return null;
  };

  document.addEventListener("pointermove", (event) => {
    const node = described(event.target);
    if (node) show(texts.get(node), event.clientX, event.clientY);
    else if (!document.activeElement?.matches(".track, .canvas")) hide();
  }, { passive: true });
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // One stop of the Tab key a timeline; up and down go through its bars.
  for (const timeline of document.querySelectorAll(".tl-rows")) {
    const tracks = [...timeline.querySelectorAll(".track")];
    tracks.forEach((track, index) => {
      track.tabIndex = index === 0 ? 0 : -1;
      track.addEventListener("focus", () => {
        tracks.forEach((other) => { other.tabIndex = other === track ? 0 : -1; });
        const bar = track.querySelector(".bar").getBoundingClientRect();
        if (track.matches(":focus-visible")) show(texts.get(track), Math.min(bar.right, innerWidth - 20), bar.top);
      });
      track.addEventListener("blur", hide);
      track.addEventListener("keydown", (event) => {
        const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: tracks.length - 1 }[event.key];
        if (next !== undefined && tracks[next]) {
          event.preventDefault();
          tracks[next].focus();
        }
      });
    });
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
      show(texts.get(hit), line.left, line.top + 40);
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
