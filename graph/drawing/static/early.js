// Before the first paint: the theme that was chosen on any page of this server.
try {
  const theme = localStorage.getItem('comity-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to this page: the system's colours stay.
}
