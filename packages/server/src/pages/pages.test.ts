import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCookie, setCookie } from './cookies.ts';
import { escapeHtml, html } from './html.ts';
import { markdown } from './markdown.ts';
import { notice } from './notice.ts';
import { pageReply } from './page.ts';

describe('markup', () => {
  it('escapes what is put into it, markup excepted', () => {
    const name = `<b a='1' b="2">&`;
    const escaped = '&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;';
    const items = [html`<li>1</li>`, html`<li>${2}</li>`];
    expect(html`<p>${name}</p>${items}${undefined}`.text).toBe(
      `<p>${escaped}</p><li>1</li><li>2</li>`,
    );
    expect(escapeHtml(name)).toBe(escaped);
  });
});

describe('markdown', () => {
  it.each([
    ['Hello\nworld\n\nAgain', '<p>Hello\nworld</p>\n<p>Again</p>\n'],
    ['## Title', '<h2>Title</h2>\n'],
    ['- one\n- **two**', '<ul><li>one</li><li><strong>two</strong></li></ul>\n'],
    ['a *b* _c_', '<p>a <em>b</em> <em>c</em></p>\n'],
    ['[us](https://a.example/?b&c)', '<p><a href="https://a.example/?b&amp;c">us</a></p>\n'],
    ['[us](javascript:alert(1))', '<p>[us](javascript:alert(1))</p>\n'],
    ['<script>', '<p>&lt;script&gt;</p>\n'],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(markdown(text).text).toBe(expected);
  });

  it('takes long texts in time that grows with their length', () => {
    for (const part of ['[', '*a*', '_a', '**', '[a](https://b.example)']) {
      const { user } = process.cpuUsage();
      expect(markdown(part.repeat(65_000 / part.length)).text).toMatch(/^<p>/);
      expect(process.cpuUsage().user - user).toBeLessThan(1_000_000);
    }
  });

  it('makes no tags but its own, whatever it is given', () => {
    const own = /<\/?(?:p|h2|ul|li|strong|em)>|<a href="(?:https?:|mailto:)[^"<>]*">|<\/a>/g;
    const parts = fc.constantFrom(
      '*',
      '_',
      '[',
      ']',
      '(',
      ')',
      '<',
      '"',
      'https://a',
      'a',
      '\n',
      '- ',
    );
    const texts = fc.array(parts, { maxLength: 30 }).map((words) => words.join(''));
    fc.assert(
      fc.property(fc.oneof(texts, fc.string()), (text) => {
        expect(markdown(text).text.replaceAll(own, '')).not.toMatch(/[<>]/);
      }),
    );
  });
});

describe('cookies', () => {
  const facts = (cookie?: string, scheme = 'https') => ({
    header: (name: string) => (name === 'cookie' ? cookie : undefined),
    origin: `${scheme}://a.example`,
  });

  it('are read by their whole name', () => {
    expect(readCookie(facts('ab=1; b=2=3; c', 'http'), 'b')).toBe('2=3');
    expect(readCookie(facts('ab=1', 'http'), 'b')).toBeUndefined();
    expect(readCookie(facts(undefined, 'http'), 'b')).toBeUndefined();
    expect(readCookie(facts('b=1; __Host-b=2'), 'b')).toBe('2');
  });

  it('are kept from scripts and other sites, and sent over TLS only', () => {
    expect(setCookie(facts(), 'a', 'b', 0)['set-cookie']).toBe(
      '__Host-a=b; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    );
    expect(setCookie(facts(undefined, 'http'), 'a', 'b')['set-cookie']).toBe(
      'a=b; Path=/; HttpOnly; SameSite=Lax',
    );
  });
});

it('notices are those that have a phrase', () => {
  expect(notice('en', 'authentication')?.text).toContain('role="alert"');
  for (const key of ['<script>', 'constructor', undefined, null]) {
    expect(notice('en', key)).toBeUndefined();
  }
});

it('a page bears the name and colour of its space', () => {
  const space = { name: 'A & B', themeHue: 200 };
  const reply = pageReply({ locale: 'fr', space }, { title: 'T', body: html`<p>x</p>` });
  expect(reply.body).toContain('<html lang="fr">');
  expect(reply.body).toContain('<header>A &amp; B</header>');
  expect(reply.body).toContain('hsl(200 ');
  expect(reply.headers['content-security-policy']).toContain("script-src 'none'");
});
