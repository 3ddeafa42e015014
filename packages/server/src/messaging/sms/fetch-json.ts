import { DeliveryError } from '../delivery-error.ts';

const timeoutMs = 20_000;

/** A request with JSON to an SMS provider; the parsed answer. */
export async function fetchJson(
  url: string,
  init: {
    readonly method: 'GET' | 'POST';
    readonly headers: Record<string, string>;
    readonly body?: string;
  },
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new DeliveryError('SMS provider not reachable', { cause: error });
  }
  const body = await response.text();
  if (!response.ok) {
    const { status } = response;
    // Too early, too often and wrong credentials get better; any other refusal does not.
    const temporary = status >= 500 || [401, 403, 408, 425, 429].includes(status);
    throw new DeliveryError(`SMS provider answered ${status}`, { permanent: !temporary });
  }
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}
