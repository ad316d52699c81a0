/** A quotation longer than this is cut in messages, in UTF-16 code units. */
const longestQuotation = 160;
/** Most messages; looking costs less than rewriting. */
const shownAsIs = /^[ -~]*$/;
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/**
 * A message as it can be shown: keys and values are quoted in it as somebody wrote them. Long quotations are cut,
 * what would move a cursor or turn the direction of writing is shown by its code, and halves of characters by a
 * sign.
 */
export function messageText(message: string): string {
  if (message.length <= longestQuotation && shownAsIs.test(message)) return message;
  return message
    .replace(/"([^"]*)"/g, (whole, quoted: string) => (quoted.length > longestQuotation ? `"${quoted.slice(0, longestQuotation - 1)}…"` : whole))
    .replace(control, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
