
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const filters = find("filters");
  if (!filters) return;
  const rows = [...document.querySelectorAll("tr[data-state]")];
  const causes = [...document.querySelectorAll("details.cause")];
  const names = new Set(rows.map((row) => row.dataset.namespace).filter(Boolean));
  for (const name of [...names].sort()) find("namespace").add(new Option(name, name));

  const show = (element, shown) => element.toggleAttribute("data-hidden", !shown);
  const apply = () => {
    const words = find("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = ["severity", "namespace", "state"].map((key) => [key, find(key).value]);
    let shown = 0;
    for (const cause of causes) {
      const about = cause.querySelector("summary").textContent.toLowerCase();
      let any = false;
      for (const row of cause.querySelectorAll("tr[data-state]")) {
        const text = () => about + " " + row.textContent.toLowerCase();
        const fits = wanted.every(([key, value]) => !value || row.dataset[key] === value)
          && (!words.length || ((all) => words.every((word) => all.includes(word)))(text()));
        show(row, fits);
        any ||= fits;
        shown += fits;
      }
      show(cause, any);
    }
    find("shown").value = `${shown} of ${rows.length} shown`;
  };
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details.cause")) target.open = true;
  };
  filters.hidden = false;
  filters.addEventListener("input", apply);
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => causes.forEach((cause) => { cause.open = true; }));
  apply();
  reveal();
})();
