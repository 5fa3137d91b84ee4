import { excerpt } from "./api-key.js";
import { codeOfStatus, EndpointError } from "./endpoint-error.js";

/** The longest reply of 100,000 tokens, thoughts included, takes about 1 MiB. */
export const LONGEST_REPLY_BYTES = 16 * 2 ** 20;

/** More of an error's text is of no use to anybody. */
const LONGEST_ERROR_BYTES = 64 * 2 ** 10;

/** Statuses that a response has without a body. */
const BODILESS: readonly number[] = [204, 205];

/**
 * `fetch` for calls of an endpoint. It follows no redirect, since the key goes to the address that the config names and to no other,
 * and reads no more than `LONGEST_REPLY_BYTES` (after decompression); a longer error is cut there.
 *
 * @throws EndpointError `REFUSED` for a redirect, `INVALID_REPLY` for a reply that is too long or does not decompress; what fetch throws
 */
export function boundedFetch(apiKey: string | undefined): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: "manual" });
    const { status, headers, ok } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw redirected(response, apiKey);
    }
    // No Response can be made with it.
    if (status > 599) throw new EndpointError({ code: codeOfStatus(status), message: `HTTP ${status}` });
    const { bytes, isCut } = await readBody(response, ok ? LONGEST_REPLY_BYTES : LONGEST_ERROR_BYTES);
    if (ok && isCut) {
      const limit = LONGEST_REPLY_BYTES / 2 ** 20;
      throw new EndpointError({
        code: "INVALID_REPLY",
        message: `the reply is longer than ${limit} MiB, of which no more is read`,
      });
    }
    return new Response(BODILESS.includes(status) ? null : bytes, { status, headers });
  };
}

function redirected({ status, headers, url }: Response, apiKey: string | undefined): EndpointError {
  const location = headers.get("location");
  // Its query may hold secrets.
  const target = location !== null && URL.canParse(location, url) ? new URL(location, url) : undefined;
  const to = target === undefined ? "" : ` to ${excerpt(`${target.origin}${target.pathname}`, apiKey)}`;
  return new EndpointError({
    code: "REFUSED",
    message: `HTTP ${status} redirects${to}, which is not followed; the config's endpoint must be the address that answers`,
  });
}

async function readBody(
  { body }: Response,
  longest: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop cancels what is still to come.
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.subarray(0, longest - length));
      length += chunk.length;
      if (length > longest) break;
    }
  } catch (error) {
    throw isOfDecompression(error)
      ? new EndpointError({ code: "INVALID_REPLY", message: "the reply does not decompress by its Content-Encoding" })
      : error;
  }
  return { bytes: Uint8Array.from(Buffer.concat(chunks)), isCut: length > longest };
}

/** Fetch calls it "terminated", as it does a lost connection; the cause has zlib's code: `Z_…`, or `ERR_…` from Brotli. */
function isOfDecompression(error: unknown): boolean {
  const { code } = ((error as { readonly cause?: unknown }).cause ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && /^(Z_|ERR_)/.test(code);
}
