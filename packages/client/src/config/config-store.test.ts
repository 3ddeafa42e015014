import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { ConfigStore } from './config-store.ts';

function wrap(entries: string, section = 's'): string {
  return `<config><section name="${section}">${entries}</section></config>`;
}

describe('reading a ConfigStore', () => {
  const store = ConfigStore.fromString(
    [
      '[n x=1 y=2 x=3]',
      'octal=010',
      'word=true',
      'hex=0xff',
      'big=9007199254740993',
      'float=0.25 s',
      'range=5-10',
      'no-range=5',
      'list=a,, b,',
      '[proxy_default_values]',
      'reg_expires=604800',
    ].join('\n'),
  );

  it('gives the default only where there is no entry', () => {
    expect(store.getString('n', 'none')).toBeUndefined();
    expect(store.getString('n', 'none', 'd')).toBe('d');
    expect(store.getInt('n', 'none', 5)).toBe(5);
    expect(store.getInt('n', 'word', 5)).toBe(0);
    expect(store.getFloat('n', 'word', 5)).toBe(5);
  });

  it('reads numbers as C does', () => {
    expect(store.getInt('n', 'octal')).toBe(8);
    expect(store.getInt('n', 'hex')).toBe(255);
    expect(store.getBigInt('n', 'octal')).toBe(10n);
    expect(store.getBigInt('n', 'big')).toBe(9007199254740993n);
    expect(store.getFloat('n', 'float')).toBe(0.25);
  });

  it('takes only a number as true', () => {
    expect(store.getBool('n', 'word', true)).toBe(false);
    expect(store.getBool('n', 'octal')).toBe(true);
    expect(store.getBool('n', 'none', true)).toBe(true);
  });

  it('reads ranges', () => {
    expect(store.getRange('n', 'range', 1, 2)).toEqual({ min: 5, max: 10, valid: true });
    expect(store.getRange('n', 'no-range', 1, 2)).toEqual({ min: 1, max: 2, valid: false });
    expect(store.getRange('n', 'none', 1, 2)).toEqual({ min: 1, max: 2, valid: true });
  });

  it('splits lists at commas and nothing else', () => {
    expect(store.getList('n', 'list')).toEqual(['a', '', ' b', '']);
    const fallback = ['d'];
    expect(store.getList('n', 'none', fallback)).toBe(fallback);
  });

  it('gives the first header parameter of a name', () => {
    expect(store.getSectionParam('n', 'x')).toBe('1');
    expect(store.getSectionParam('n', 'z', 'd')).toBe('d');
  });

  it('reads default values only when asked to', () => {
    expect(store.getInt('proxy', 'reg_expires', -1)).toBe(-1);
    expect(store.defaults('proxy').getInt('reg_expires', -1)).toBe(604800);
    expect(store.defaults('proxy').getString('none', 'd')).toBe('d');
  });

  it('lists sections and keys in order, without comments', () => {
    const ordered = ConfigStore.fromString('[b]\n# c\nz=1\na=2\n[a]\n');
    expect(ordered.sectionNames()).toEqual(['b', 'a']);
    expect(ordered.keys('b')).toEqual(['z', 'a']);
    expect(ordered.hasEntry('b', '# c')).toBe(false);
    expect(ordered.toDebugString()).toBe('[b]\n\tz=1\n\ta=2\n[a]\n');
    expect(ConfigStore.inMemory().toDebugString()).toBeUndefined();
  });
});

describe('writing to a ConfigStore', () => {
  it('writes the texts liblinphone reads', () => {
    const store = ConfigStore.inMemory();
    store.setInt('s', 'int', -3);
    store.setHexInt('s', 'hex', 255);
    store.setBool('s', 'bool', true);
    store.setFloat('s', 'float', 0.5);
    store.setRange('s', 'range', 1, 9);
    store.setList('s', 'list', ['a', 'b']);
    expect(store.keys('s').map((key) => store.getString('s', key))).toEqual([
      '-3',
      '0xff',
      '1',
      '0.500000',
      '1-9',
      'a,b',
    ]);
  });

  it('provisioning-client 38: setting an empty string removes the key', () => {
    const store = ConfigStore.fromString('[s]\nk=v');
    store.setString('s', 'k', '');
    expect(store.getString('s', 'k', 'default')).toBe('default');
    expect(store.hasSection('s')).toBe(true);
    store.setList('s', 'k', []);
    expect(store.hasEntry('s', 'k')).toBe(false);
  });

  it.each<[what: string, dirty: boolean, change: (store: ConfigStore) => void]>([
    ['setting the same value', false, (store) => store.setString('s', 'k', 'v')],
    ['setting a new value', true, (store) => store.setString('s', 'k', 'w')],
    ['unsetting what is not there', true, (store) => store.setString('s', 'none', undefined)],
    ['removing an entry', true, (store) => store.removeEntry('s', 'k')],
    ['removing a section that is not there', true, (store) => store.removeSection('none')],
    ['setting export flags', false, (store) => store.exportFlags('s', 'k', { skip: true })],
  ])('after %s, dirty is %s', (_what, dirty, change) => {
    const store = ConfigStore.fromString('[s]\nk=v');
    change(store);
    expect(store.isDirty).toBe(dirty);
  });

  it('removes all indexed sections of a base, and only those', () => {
    const store = ConfigStore.fromString('[nat_0]\n[nat_12]\n[nat]\n[nat_x]\n[other_0]\n');
    store.removeIndexedSections('nat');
    expect(store.sectionNames()).toEqual(['nat', 'nat_x', 'other_0']);
  });

  it('takes line breaks out of a value, as they would break the file', () => {
    const store = ConfigStore.inMemory();
    store.setString('s', 'k', 'a\r\n[evil]\nx=1');
    expect(store.getString('s', 'k')).toBe('a[evil]x=1');
    store.setString('s', 'k', '\n');
    expect(store.hasEntry('s', 'k')).toBe(false);
  });

  it.each([
    ['', 'k'],
    ['a b', 'k'],
    ['a]', 'k'],
    ['s', 'a b'],
    ['s', 'a=b'],
    ['s', '#a'],
    ['s', '[a'],
    ['s', ''],
  ])('refuses the names %j, %j, which a file cannot hold', (section, key) => {
    expect(() => ConfigStore.inMemory().setString(section, key, 'v')).toThrow(ConfigError);
  });
});

describe('XML export', () => {
  it('writes entries in order, UTF-8, without comments and header parameters', () => {
    const store = ConfigStore.fromString('[s p=1]\n# c\nk=é & <x>\n');
    expect(store.toXml()).toContain(
      '  <section name="s">\n    <entry name="k">é &amp; &lt;x&gt;</entry>\n  </section>\n',
    );
  });

  it('expands a section flag on its entries and leaves out what is skipped', () => {
    const store = ConfigStore.fromString('[a]\nk=1\nl=2\n[b]\nk=3\n[c]\nk=4\nl=5\n');
    store.exportFlags('a', undefined, { overwrite: true });
    store.exportFlags('b', undefined, { skip: true });
    store.exportFlags('c', 'k', { skip: true });
    store.exportFlags('c', 'l', { overwrite: true });
    store.exportFlags('none', 'k', { overwrite: true });
    expect(store.toXml().match(/<(section|entry).*>/g)).toEqual([
      '<section name="a">',
      '<entry name="k" overwrite="true">1</entry>',
      '<entry name="l" overwrite="true">2</entry>',
      '<section name="c">',
      '<entry name="l" overwrite="true">5</entry>',
    ]);
  });
});

describe('XML import', () => {
  it.each([
    ['keeps a value without overwrite', '<entry name="k">new</entry>', 'old'],
    ['replaces it with overwrite', '<entry name="k" overwrite="true">new</entry>', 'new'],
    ['deletes it by an empty one', '<entry name="k" overwrite="true"/>', undefined],
    ['ignores an empty one without overwrite', '<entry name="k"/>', 'old'],
  ])('%s', async (_what, entry, value) => {
    const store = ConfigStore.fromString('[s]\nk=old');
    await store.applyXml(wrap(entry));
    expect(store.getString('s', 'k')).toBe(value);
  });

  it('takes the first of duplicates, or the last that overwrites', async () => {
    const store = ConfigStore.inMemory();
    await store.applyXml(wrap('<entry name="a">1</entry><entry name="a">2</entry>'));
    await store.applyXml(
      wrap('<entry name="b">1</entry><entry name="b" overwrite="true">2</entry>'),
    );
    expect([store.getString('s', 'a'), store.getString('s', 'b')]).toEqual(['1', '2']);
  });

  it('provisioning-client 37: an empty value from text or XML is an absent key', async () => {
    const store = ConfigStore.fromString('[s]\nk=\nl=   ');
    await store.applyXml(wrap('<entry name="m"></entry>'));
    for (const key of ['k', 'l', 'm']) expect(store.getString('s', key, 'default')).toBe('default');
  });

  it('makes proxy_0 the default account only when none is named', async () => {
    const proxy = wrap('<entry name="reg_proxy">sip:a</entry>', 'proxy_0');
    const fresh = ConfigStore.inMemory();
    await fresh.applyXml(proxy);
    expect(fresh.getInt('sip', 'default_proxy', -1)).toBe(0);
    const chosen = ConfigStore.fromString('[sip]\ndefault_proxy=2');
    await chosen.applyXml(proxy);
    expect(chosen.getInt('sip', 'default_proxy')).toBe(2);
    const none = ConfigStore.inMemory();
    await none.applyXml('<config/>');
    expect(none.hasEntry('sip', 'default_proxy')).toBe(false);
  });

  it('reports what it did and what it could not use', async () => {
    const store = ConfigStore.fromString('[s]\na=1\nb=1');
    const report = await store.applyXml(
      wrap(
        '<entry name="a">2</entry><entry name="b" overwrite="true"/><entry name="c">3</entry><entry name="x y">4</entry>',
      ),
    );
    expect(report).toEqual({
      written: 1,
      removed: 1,
      kept: 1,
      notices: [{ code: 'unwritable-name', context: 's' }],
    });
    expect((await store.applyXml('<html/>')).notices).toEqual([
      { code: 'foreign-root', context: 'html' },
    ]);
  });

  it('applies nothing of a document that is not XML', async () => {
    const store = ConfigStore.inMemory();
    const broken = `${wrap('<entry name="k">v</entry>')}trailing`;
    await expect(store.applyXml(broken)).rejects.toMatchObject({
      code: 'config-bad-xml',
      message: 'invalid xml',
    });
    await expect(store.applyXml('')).rejects.toThrow('invalid xml');
    expect(store.sectionNames()).toEqual([]);
  });

  it('follows the encoding a document declares', async () => {
    const store = ConfigStore.inMemory();
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${wrap('<entry name="k">é</entry>')}`;
    await store.applyXml(Buffer.from(text, 'latin1'));
    expect(store.getString('s', 'k')).toBe('é');
  });
});
