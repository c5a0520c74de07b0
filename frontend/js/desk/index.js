/** The pages of the desk. */
import "./rows.js";
import "./catalogue.js";
if (document.querySelector("[data-areas]")) import("../map/areas.js");
