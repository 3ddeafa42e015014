/** What the body of a refused request says (flexiapi-core.md §1.5). */
export interface RestErrorBody {
  /** Text for people; empty when the body has none. */
  readonly message: string;
  /** First message per field; null when the refusal is not about fields. */
  readonly parameterErrors: ReadonlyMap<string, string> | null;
}

/** Reads the JSON body of an error; undefined when it is no JSON object. */
export function readErrorBody(body: string): RestErrorBody | undefined {
  const json = readJson(body);
  if (!isObject(json)) return undefined;
  const { message, errors } = json;
  return {
    message: typeof message === 'string' ? message : '',
    parameterErrors: isObject(errors)
      ? new Map(Object.entries(errors).map(([field, texts]) => [field, firstText(texts)]))
      : null,
  };
}

/** The JSON value of a body; undefined when it is none. */
export function readJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text member of a JSON object; undefined when absent or of another type. */
export function textMember(json: unknown, name: string): string | undefined {
  const value = isObject(json) ? json[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

// Usually a list of texts; the refusal of an old password is a lone text.
function firstText(texts: unknown): string {
  const first: unknown = Array.isArray(texts) ? texts[0] : texts;
  return typeof first === 'string' ? first : '';
}
