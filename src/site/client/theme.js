// @ts-check
/* Before the first paint: what the reader chose last time. A page from a folder may have no storage. */
;(() => {
  try {
    const chosen = localStorage.getItem('tfspec-theme')
    if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen
  } catch {
    // Then the system's choice stands.
  }
})()
