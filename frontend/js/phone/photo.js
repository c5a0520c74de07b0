/** Photos on the phone: made smaller before they are kept, and asked where they were taken. */

const LONGEST = 2560;
const SMALL_ENOUGH = 1_500_000;

/** Where a photo says it was taken: {lon, lat} in WGS-84 degrees, or null. Its reader is loaded when first needed. */
export async function placeOf(file) {
  try {
    const { default: reader } = await import("exifreader");
    const { gps } = await reader.load(await file.arrayBuffer(), { expanded: true });
    const { Longitude: lon, Latitude: lat } = gps || {};
    // Phones without a fix write zeros.
    if (!Number.isFinite(lon) || !Number.isFinite(lat) || (lon === 0 && lat === 0)) return null;
    return { lon, lat };
  } catch {
    return null;
  }
}

async function bitmap(file) {
  if (typeof createImageBitmap === "function") return createImageBitmap(file, { imageOrientation: "from-image" });
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}

/**
 * A copy in memory that is ready to be kept (a file handle of the camera may be gone tomorrow), at most 2,560 pixels long.
 * What this browser can't draw (HEIC on some) is kept as it is: the server can read it.
 */
export async function prepared(file) {
  const copy = new Blob([await file.arrayBuffer()], { type: file.type || "image/jpeg" });
  if (copy.size <= SMALL_ENOUGH) return copy;
  try {
    const picture = await bitmap(copy);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close?.();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
    return small && small.size < copy.size ? small : copy;
  } catch {
    return copy;
  }
}
