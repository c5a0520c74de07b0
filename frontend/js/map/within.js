/**
 * Keeps a map that is only looked at on its ground: no blank paper beside the place while there is place to show, and no
 * further away than the whole of it. What lies outside of the place, such as a report from beyond its edge, may come into the
 * middle, where no button covers it. Where a spot is chosen or a grid is drawn the map moves freely: its edge must come
 * under the cross.
 */
import { MercatorCoordinate } from "maplibre-gl";

const MARGIN = 36; // pixels of paper around the place, so that its edge is seen to be one
const TILE = 512; // the world at zoom 0, in pixels

const across = (x) => (x + 180) / 360;
const down = (y) => MercatorCoordinate.fromLngLat([0, y]).y;
const between = (value, least, most) => Math.min(Math.max(value, least), most);
/** The nearest middle from which only the ground between two edges is seen; of a ground that is too small, its own. */
const middle = (wanted, from, to, half) => (to - from <= 2 * half ? (from + to) / 2 : between(wanted, from + half, to - half));

/** frames: [west, south, east, north] of the maps. Gives {constrain, reach}: for MapLibre; and what else has to be seen. */
export function within(element, frames, { minZoom, maxZoom }) {
  const edges = (index, pick) => pick(...frames.map((frame) => frame[index]));
  const frame = [edges(0, Math.min), edges(1, Math.min), edges(2, Math.max), edges(3, Math.max)];
  let [west, south, east, north] = frame;
  return {
    reach: (lon, lat) => {
      [west, south, east, north] = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
    },
    constrain: (centre, zoom) => {
      const [wide, high] = [element.clientWidth || 1, element.clientHeight || 1];
      const [left, right, top, bottom] = [across(west), across(east), down(north), down(south)];
      const fits = Math.min((wide - 2 * MARGIN) / (right - left), (high - 2 * MARGIN) / (bottom - top)) / TILE;
      const near = between(zoom, between(Math.log2(fits) || minZoom, minZoom, 16), maxZoom);
      const world = TILE * 2 ** near;
      const at = MercatorCoordinate.fromLngLat(centre);
      const [far, deep] = [wide / 2 / world, high / 2 / world];
      const room = (outside, half) => (outside ? half : MARGIN / world);
      const x = middle(at.x, left - room(west < frame[0], far), right + room(east > frame[2], far), far);
      const y = middle(at.y, top - room(north > frame[3], deep), bottom + room(south < frame[1], deep), deep);
      return { center: new MercatorCoordinate(x, y).toLngLat(), zoom: near };
    },
  };
}
