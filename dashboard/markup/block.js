// A block of ready-made HTML whose parts can be chosen by mouse or keyboard. The HTML comes escaped from Python.
// Layers are classes on the root, so switching one never rebuilds the block nor moves the page.
export default function block({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("[data-block]");
  root.className = "fl " + data.classes;

  if (root.shown !== data.html) {
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.choose;
    root.innerHTML = data.html;
    root.shown = data.html;
    const again = focused && root.querySelector('[tabindex][data-choose="' + CSS.escape(focused) + '"]');
    if (again) again.focus({ preventScroll: true });
  }

  // A reader who chose a passage here is looking at it already; only one who came by a link is taken to it.
  if (data.goto && root.gone !== data.goto && !(root.chosen && data.goto.endsWith(":" + root.chosen))) {
    const here = root.querySelector(".fl-here");
    if (here) requestAnimationFrame(() => here.scrollIntoView({ block: "center" }));
  }
  root.gone = data.goto;

  const choose = (element) => {
    root.chosen = element.dataset.choose;
    setTriggerValue("chosen", element.dataset.choose);
  };
  root.onclick = (event) => {
    const element = event.target.closest("[data-choose]");
    const selecting = String(window.getSelection()).length > 0;
    if (element && !event.target.closest("a") && !selecting) choose(element);
  };
  root.onkeydown = (event) => {
    const element = event.target.closest("[data-choose]");
    if (element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(element);
    }
  };
}
