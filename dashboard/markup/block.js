// A block of ready-made HTML whose parts can be chosen by mouse or keyboard. The HTML comes escaped from Python.
// Layers are classes on the root, so switching one never rebuilds the block nor moves the page.

// What is chosen comes back in the address. A second choice made before that would be sent with the address of before the
// first, and what the first had opened would close: it waits until the answer is there. Only an answer that is lost is
// given up, after ten seconds: a busy machine can take more than one.
const PATIENCE = 10_000;
let drawn = 0;
let answered = Promise.resolve();
const answer = (address, before) =>
  new Promise((done) => {
    const end = performance.now() + PATIENCE;
    const look = () => {
      if (location.href !== address || drawn !== before || performance.now() > end) done();
      else setTimeout(look, 10);
    };
    look();
  });

export default function block({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("[data-block]");
  root.className = "fl " + data.classes;

  if (root.shown !== data.html) {
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.choose;
    root.innerHTML = data.html;
    root.shown = data.html;
    drawn += 1;
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
    const { choose: chosen } = element.dataset;
    const send = () => {
      const [address, before] = [location.href, drawn];
      root.chosen = chosen;
      setTriggerValue("chosen", chosen);
      return answer(address, before);
    };
    answered = answered.then(send).catch(console.error);
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
