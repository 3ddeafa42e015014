/** Headers an application adds to the REGISTERs of an account; names compare without case. */
export class CustomHeaders {
  #values: ReadonlyMap<string, string> | undefined;

  get entries(): ReadonlyMap<string, string> {
    return this.#values ?? NO_HEADERS;
  }

  get(name: string): string | undefined {
    for (const [key, value] of this.entries) if (sameName(key, name)) return value;
    return undefined;
  }

  /** Replaces; null or empty removes. -1 for a name or value that cannot be a header. */
  set(name: string, value: string | null): 0 | -1 {
    if (!/^[\w\-.!%*+`'~]+$/.test(name) || /[\r\n\0]/.test(value ?? '')) return -1;
    const values = new Map([...this.entries].filter(([key]) => !sameName(key, name)));
    if (value !== null && value !== '') values.set(name, value);
    this.#values = values.size === 0 ? undefined : values;
    return 0;
  }
}

const NO_HEADERS: ReadonlyMap<string, string> = new Map();

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
