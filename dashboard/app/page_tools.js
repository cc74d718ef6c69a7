// What a page needs of the browser beside what Streamlit gives: charts as files, a link to copy, and the way back to
// where one was. Nothing is asked of anywhere but this machine.
export default function ({ data }) {
  window.framelensPage = data;
  if (window.framelensTools) return;
  window.framelensTools = true;
  const app = document.querySelector(".stApp");
  let waiting = false;
  const look = () => {
    waiting = false;
    document.querySelectorAll('[data-testid="stPlotlyChart"]').forEach(offer);
  };
  new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  }).observe(app, { childList: true, subtree: true });
  look();
  document.addEventListener("click", (event) => copied(event));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") copied(event);
  });
  remember();
}

// ── charts as files ──

function offer(chart) {
  const place = chart.closest('[data-testid="stElementContainer"]') || chart.parentElement;
  if (place.querySelector(":scope > .fl-save")) return;
  const line = document.createElement("div");
  line.className = "fl fl-save";
  line.append("Save chart: ");
  for (const kind of ["PNG", "SVG"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", "Save chart as " + kind);
    button.onclick = () => save(chart, kind);
    line.append(button, kind === "PNG" ? " · " : "");
  }
  place.append(line);
}

const SVG = "http://www.w3.org/2000/svg";
const PATTERNS = {
  q: '<path d="M0 6L6 0" stroke="INK" stroke-width="1.4"/>',
  h: '<path d="M3 0V6" stroke="INK" stroke-width="1.4"/>',
  c: '<circle cx="3" cy="3" r="1" fill="INK"/>',
  r: '<path d="M0 3H6" stroke="INK" stroke-width="2.5"/>',
};

function element(name, given, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// The last of some elements that stands before the chart in the page.
function before(chart, selector) {
  const all = [...document.querySelectorAll(selector)];
  return all.filter((one) => one.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
}

function drawn(chart) {
  const layers = [...chart.querySelectorAll("svg.main-svg")];
  const box = layers[0].getBoundingClientRect();
  const look = getComputedStyle(document.querySelector(".fl"));
  const token = (name) => resolved(look.getPropertyValue("--fl-" + name));
  const [ink, ink2, paper] = ["ink", "ink2", "paper"].map(token);
  const heading = before(chart, ".fl-h2, .fl-h3");
  const title = heading ? heading.innerText.split("\n")[0].trim() : document.title;
  const legend = heading && before(chart, ".fl-legend");
  const own = legend && heading.compareDocumentPosition(legend) & Node.DOCUMENT_POSITION_FOLLOWING;
  const entries = own ? [...legend.querySelectorAll(".fl-v")] : [];
  const pad = 16;
  const top = pad + 28 + (entries.length ? 26 : 0);
  const width = Math.ceil(box.width) + 2 * pad;
  const height = Math.ceil(box.height) + top + 2 * pad + 14;
  const whole = element("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(element("rect", { width, height, fill: paper }));
  const serif = "Source Serif, Georgia, serif";
  const sans = "Source Sans, Segoe UI, sans-serif";
  whole.append(element("text", { x: pad, y: pad + 16, fill: ink, "font-family": serif, "font-size": 20, "font-weight": 600 }, title));
  let x = pad;
  for (const entry of entries) {
    const kind = [...entry.classList].find((one) => one.length === 1) || "n";
    if (PATTERNS[kind]) {
      const pattern = element("pattern", { id: "fl-" + kind, width: 6, height: 6, patternUnits: "userSpaceOnUse" });
      pattern.innerHTML = PATTERNS[kind].replaceAll("INK", ink2);
      whole.append(pattern);
    }
    const fill = kind === "n" ? ink : PATTERNS[kind] ? `url(#fl-${kind})` : "none";
    const dashed = kind === "f" ? { "stroke-dasharray": "3 2" } : {};
    whole.append(element("rect", { x, y: pad + 32, width: 14, height: 11, fill, stroke: ink2, ...dashed }));
    whole.append(element("text", { x: x + 20, y: pad + 42, fill: ink2, "font-family": sans, "font-size": 13 }, entry.textContent));
    x += 40 + 6.4 * entry.textContent.length;
  }
  for (const layer of layers) {
    const copy = layer.cloneNode(true);
    copy.querySelectorAll(".hoverlayer, .modebar").forEach((one) => one.remove());
    copy.setAttribute("x", pad);
    copy.setAttribute("y", top);
    copy.removeAttribute("style");
    whole.append(copy);
  }
  const said = { x: pad, y: height - pad, fill: ink2, "font-family": sans, "font-size": 12 };
  whole.append(element("text", said, (window.framelensPage || {}).caption || "Framelens"));
  const source = new XMLSerializer().serializeToString(whole).replace(/url\((&quot;|")?[^#()]*#/g, "url($1#");
  return { title, width, height, source };
}

function resolved(colour) {
  const probe = document.createElement("span");
  probe.style.color = colour;
  document.querySelector(".fl").append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

async function save(chart, kind) {
  const picture = drawn(chart);
  const name = "framelens-" + picture.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const svg = new Blob([picture.source], { type: "image/svg+xml" });
  if (kind === "SVG") return give(svg, name + ".svg");
  const dressed = picture.source.replace(/>/, ">" + (await faces()));
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([dressed], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * picture.width, 2 * picture.height];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((png) => give(png, name + ".png"), "image/png");
}

// A picture cannot see the fonts of the page: those that Streamlit serves from this machine are put into it.
async function faces() {
  const found = [];
  for (const sheet of document.styleSheets) {
    let rules = [];
    try { rules = [...sheet.cssRules]; } catch { continue; }
    for (const rule of rules) {
      const address = rule instanceof CSSFontFaceRule && /Source (Sans|Serif)/.test(rule.cssText) && rule.cssText.match(/url\(["']?([^"')]+)/);
      if (address) found.push([rule.cssText, address[1], new URL(address[1], sheet.href || document.baseURI)]);
    }
  }
  const parts = await Promise.all(found.map(async ([css, written, address]) => {
    if (address.origin !== location.origin) return "";
    const held = await (await fetch(address)).blob();
    const data = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(held);
    });
    return css.replace(written, data);
  }));
  return "<style>" + parts.join("\n").replace(/[<>]/g, "") + "</style>";
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// ── a link to copy ──

async function copied(event) {
  const control = event.target.closest && event.target.closest(".fl-copy");
  if (!control) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    const box = document.createElement("textarea");
    box.value = location.href;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    control.focus();
  }
  const said = control.textContent;
  control.textContent = "Link copied";
  setTimeout(() => { control.textContent = said; }, 2500);
}

// ── back to where one was ──

function remember() {
  const main = () => document.querySelector('[data-testid="stMain"]');
  const key = () => "framelens-at:" + location.href;
  let pause;
  document.addEventListener("scroll", (event) => {
    if (event.target !== main()) return;
    clearTimeout(pause);
    pause = setTimeout(() => sessionStorage.setItem(key(), String(main().scrollTop)), 120);
  }, true);
  const back = () => {
    const wanted = Number(sessionStorage.getItem(key()) || 0);
    if (!wanted) return;
    let over = false;
    const stop = () => { over = true; };
    for (const act of ["wheel", "touchstart", "keydown", "mousedown"]) addEventListener(act, stop, { once: true, capture: true });
    const began = Date.now();
    const step = () => {
      const place = main();
      // The page grows while it is drawn: go on until it is long enough, or somebody moves it himself.
      if (place && Math.abs(place.scrollTop - wanted) > 2) place.scrollTop = wanted;
      if (!over && Date.now() - began < 6000) setTimeout(step, 150);
    };
    step();
  };
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") back();
  addEventListener("popstate", back);
}
