// One search box and its list: letters narrow the list, Enter takes the first or the marked line, a click any of them.
// The list is made in Python for the letters it names in `asked`; Enter waits for the list of the letters typed last.
export default function picker({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("[data-picker]");
  if (!root.box) build(root);
  root.send = setTriggerValue;
  root.given = data;
  root.box.setAttribute("aria-label", data.label);
  root.box.placeholder = data.placeholder;
  root.querySelector(".fl-pick-label").textContent = data.label;
  list(root);
  if (root.waiting && data.asked === root.box.value.trim()) {
    root.waiting = false;
    take(root);
  }
}

const PAUSE = 180;

function build(root) {
  const id = "fl-pick-" + Math.random().toString(36).slice(2);
  root.innerHTML =
    '<label class="fl-pick-label"></label>' +
    '<input type="text" role="combobox" autocomplete="off" spellcheck="false" aria-expanded="true" aria-autocomplete="list">' +
    '<ul role="listbox"></ul><p class="fl-pick-note" role="status"></p>';
  root.box = root.querySelector("input");
  root.list = root.querySelector("ul");
  root.list.id = id;
  root.box.setAttribute("aria-controls", id);
  root.marked = 0;
  root.box.oninput = () => {
    clearTimeout(root.pause);
    root.pause = setTimeout(() => ask(root), PAUSE);
  };
  root.box.onkeydown = (event) => {
    const options = root.list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      root.marked = Math.max(0, Math.min(options - 1, root.marked + (event.key === "ArrowDown" ? 1 : -1)));
      mark(root);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (root.given.asked === root.box.value.trim()) return take(root);
      root.waiting = true;
      ask(root);
    }
  };
  root.list.onclick = (event) => {
    const line = event.target.closest("li");
    if (line) pick(root, line.dataset.value);
  };
}

function ask(root) {
  clearTimeout(root.pause);
  const typed = root.box.value.trim();
  if (typed === root.given.asked) return;
  root.marked = 0;
  root.send("sought", typed + "\n" + Date.now());
}

function take(root) {
  const line = root.list.children[root.marked];
  // With nothing typed, Enter on the first line would choose what nobody asked for.
  if (line && (root.box.value.trim() || root.marked)) pick(root, line.dataset.value);
}

function pick(root, value) {
  root.box.value = "";
  root.marked = 0;
  // Said anew each time, so that what was chosen, taken away and chosen again is three events.
  root.send("picked", value + "\n" + Date.now());
}

function list(root) {
  const { options, chosen, note } = root.given;
  const lines = options.map(([value, name, what, count]) => {
    const line = document.createElement("li");
    line.role = "option";
    line.dataset.value = value;
    line.setAttribute("aria-selected", chosen.includes(value) ? "true" : "false");
    for (const [class_, said] of [["n", name], ["w", what], ["c", count]]) {
      const part = document.createElement("span");
      part.className = class_;
      part.textContent = said;
      line.append(part);
    }
    return line;
  });
  root.list.replaceChildren(...lines);
  root.querySelector(".fl-pick-note").textContent = note;
  root.marked = Math.min(root.marked, Math.max(0, lines.length - 1));
  mark(root);
}

function mark(root) {
  [...root.list.children].forEach((line, place) => {
    line.id = root.list.id + "-" + place;
    line.classList.toggle("on", place === root.marked);
  });
  const line = root.list.children[root.marked];
  root.box.setAttribute("aria-activedescendant", line ? line.id : "");
  if (line && root.marked) line.scrollIntoView({ block: "nearest" });
}
