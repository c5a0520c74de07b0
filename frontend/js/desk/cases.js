/** The desk's pages of cases. */
import "./keys.js";
import "./case.js";
import "./inbox.js";
import "./take.js";
if (document.querySelector("[data-paste]")) import("./paste.js");
import "./cover.js";
