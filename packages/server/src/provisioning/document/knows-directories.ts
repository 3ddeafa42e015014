/**
 * Whether a phone says that its SDK is 5.5 or later, the first to read `remote_contact_directory_N`.
 * Snapshots of 5.5 (`5.5.0-alpha.12`) and whoever does not say count as older.
 *
 * @param userAgent such as `LinphoneAndroid/6.2.0 (Phone) LinphoneSDK/5.5.0`
 */
export function knowsDirectories(userAgent: string | undefined): boolean {
  const [, major, minor, rest = ''] =
    /\bLinphoneSDK\/(\d{1,3})\.(\d{1,3})(\S{0,100})/.exec(userAgent ?? '') ?? [];
  if (major === undefined || minor === undefined) return false;
  const version = Number(major) * 1000 + Number(minor);
  return version > 5005 || (version === 5005 && !rest.includes('-'));
}
