// Asks for another run when the viewer turns from light to dark: charts and the wordmark are drawn for one of them.
export default function ({ setTriggerValue }) {
  const app = document.querySelector(".stApp");
  if (!app) return undefined;
  const scheme = () => getComputedStyle(app).colorScheme;
  let seen = scheme();
  const watch = new MutationObserver(() => {
    const now = scheme();
    if (now === seen) return;
    seen = now;
    setTriggerValue("turned", now);
  });
  watch.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return () => watch.disconnect();
}
