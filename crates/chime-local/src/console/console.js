"use strict";
// The pages are whole without this: it only keeps them up to date, and copies.

(() => {
  const live = document.querySelector("[data-after]");
  const pause = document.querySelector("[data-pause]");
  const state = document.querySelector("[data-state]");
  let paused = false;

  const say = (text) => {
    if (state && state.textContent !== text) state.textContent = text;
  };

  // A part of this page as it is now. The server escapes all text in it.
  const fetchPart = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    return new DOMParser().parseFromString(await response.text(), "text/html");
  };

  const showNew = async () => {
    const after = "?after=" + live.dataset.after;
    if (live.dataset.rows) {
      const page = await fetchPart(live.dataset.rows + after);
      if (!page.querySelector(".entry")) return;
      live.prepend(...page.querySelectorAll(".entry"));
      document.querySelector("[data-empty]")?.remove();
      const most = Number(live.dataset.most);
      while (live.children.length > most) live.lastElementChild.remove();
      live.dataset.after = page.querySelector("[data-last]").dataset.last;
    } else if (!live.contains(document.activeElement)) {
      // What has the focus stays where it is.
      const response = await fetch("/_chime/requests" + after);
      if (!response.ok) throw new Error(String(response.status));
      if ((await response.json()).length === 0) return;
      const page = await fetchPart(location.href);
      const fresh = page.querySelector("[data-after]");
      live.replaceChildren(...fresh.childNodes);
      live.dataset.after = fresh.dataset.after;
    }
  };

  const poll = async () => {
    if (!paused && !document.hidden) {
      try {
        await showNew();
        say("Live");
      } catch {
        say("Not connected; trying again");
      }
    }
    setTimeout(poll, 1000);
  };

  if (live) {
    if (pause) {
      pause.hidden = false;
      pause.addEventListener("click", () => {
        paused = !paused;
        pause.setAttribute("aria-pressed", String(paused));
        say(paused ? "Paused" : "Live");
      });
    }
    poll();
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.closest("section").querySelector("pre");
    const name = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      // Without permission, the text is selected, and Ctrl+C copies it.
      getSelection().selectAllChildren(text);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = name; }, 1500);
  });
})();
