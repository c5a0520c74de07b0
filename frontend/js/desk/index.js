/** The pages of the desk. */
import "./rows.js";
import "./catalogue.js";
import "./cases.js";
import "./places.js";
if (document.querySelector("[data-areas]")) import("../map/areas.js");
if (document.querySelector("[data-hall]")) import("./hall.js");
import "./fill.js";
import "./spot.js";
import "./dots.js";
import "./every.js";
