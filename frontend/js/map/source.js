/** A map of a street is small: it is fetched whole, once, so that it is there without a network too. Bytes. */
export const WHOLE_MOST = 8 * 1024 * 1024;

/** A PMTiles file that is fetched whole, once: half a street's map is smaller than one photo, and works offline. */
export function wholeFile(address) {
  let whole;
  const load = () => {
    whole ??= fetch(address).then((response) => {
      if (!response.ok) throw new Error(`map ${response.status}`);
      return response.arrayBuffer();
    });
    whole.catch(() => { whole = undefined; });
    return whole;
  };
  return {
    getKey: () => address,
    getBytes: async (offset, length) => ({ data: (await load()).slice(offset, offset + length) }),
  };
}
