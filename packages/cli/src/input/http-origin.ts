import { InvalidArgumentError } from 'commander';

/** Reads `http://host[:port]`, perhaps with a path; without a slash at the end. */
export function httpOrigin(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError('Write a URL such as https://accounts.example.org.');
  }
  return text.replace(/\/+$/, '');
}
