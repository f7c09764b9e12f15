/** A frame from JSON text; undefined, which is no frame, when the text is no JSON. */
export const frameOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
