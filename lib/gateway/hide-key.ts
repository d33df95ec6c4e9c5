const IN_ITS_PLACE = '[key]';

/** Takes the key that is kept for a provider out of what that provider says. */
export type HideKey = {
  in(text: string): string;
  /** Bytes of any kind; the same where it is not in them. */
  inBytes(bytes: Buffer): Buffer;
};

/**
 * Some providers repeat the key in their errors, and a program that calls through the gateway is not to learn it. It is looked for
 * as it is, as an address has it, and in base64 wherever it may begin in that.
 * @param key null: there is nothing to hide
 */
export function hideKey(key: string | null): HideKey {
  const forms = key === null ? [] : [...new Set([key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), ...inBase64(key)])];
  const hide = (text: string): string => forms.reduce((told, form) => told.replaceAll(form, IN_ITS_PLACE), text);
  return {
    in: hide,
    inBytes: (bytes) =>
      forms.some((form) => bytes.includes(form, 0, 'latin1')) ? Buffer.from(hide(bytes.toString('latin1')), 'latin1') : bytes,
  };
}

/** The letters that base64, and base64 for addresses, make of a key and of nothing beside it, by how many bytes stand before it. */
const inBase64 = (key: string): string[] =>
  [0, 1, 2].flatMap((before) =>
    (['base64', 'base64url'] as const).map((by) => {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(key)]);
      return bytes.toString(by).slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    }),
  );
