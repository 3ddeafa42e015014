import { serializeProvisioningXml } from '@dialtone/contract';

/** A provisioning document from `section/key=value` texts; `!` before the section: overwrite. For tests. */
export function documentOf(...entries: readonly string[]): string {
  return serializeProvisioningXml({
    sections: entries.map((text) => {
      const [, flag, name = '', key = '', value = ''] =
        /^(!?)(\w+)\/([^=]+)=(.*)$/.exec(text) ?? [];
      return { name, entries: [{ name: key, value, overwrite: flag === '!' }] };
    }),
  });
}
