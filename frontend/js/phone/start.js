/** What the server put into the page before the program began: the place, and whether this person has tasks. */
const element = document.getElementById("start");

export const start = element ? JSON.parse(element.textContent) : { place: {}, handles: false };
