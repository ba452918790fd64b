// What is wrong with the page that is open, one line for each fault.
(english) => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (element) => element.id || element.name || element.outerHTML.slice(0, 80);

  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) faults.push(`${wide} pixels wide on a screen of ${window.innerWidth}`);
  if (all("h1").length !== 1) faults.push(`${all("h1").length} first headings`);
  if (!document.title.trim()) faults.push("no title");

  const ids = all("[id]").map((element) => element.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) {
    faults.push(`the id ${id} twice`);
  }
  for (const image of all("img:not([alt])")) faults.push(`a picture without words: ${image.src}`);
  for (const control of all("input:not([type=hidden]), select, textarea")) {
    const labels = [...(control.labels || [])].map((label) => label.textContent.trim());
    if (!labels.join("") && !control.getAttribute("aria-label")) {
      faults.push(`nothing says what ${named(control)} asks`);
    }
  }
  for (const control of all("[aria-describedby]")) {
    for (const id of control.getAttribute("aria-describedby").trim().split(/\s+/)) {
      if (!document.getElementById(id)) faults.push(`${named(control)} is described by ${id}, which is not here`);
    }
  }

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.data.trim();
    if (words.currentNode.parentElement.closest("kbd, script, style")) continue;
    const around = words.currentNode.parentElement.closest("[lang]");
    // Addresses of sites are printed on receipts; the name of a node is for nobody else's eyes.
    if (/(^|[^/.\w])\w+\.g60\.demo|\{\{|\{%|\bNone\b|&[a-z]+;/.test(text)) faults.push(`raw: ${text}`);
    const chinese = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(text);
    const phrase = /^[A-Z][a-z]+( [A-Za-z]+)*[.!?:]?$/.test(text);
    if (!english && phrase && !around.lang.startsWith("en")) faults.push(`not in Chinese: ${text}`);
    if (english && chinese && !around.lang.startsWith("zh")) faults.push(`not in English: ${text}`);
  }
  return faults;
}
