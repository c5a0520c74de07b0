/** The pages of the desk. */
import "./rows.js";
