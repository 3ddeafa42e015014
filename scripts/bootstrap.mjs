// Runs on any Node.js from 18 on: brings a fresh clone to the point where the workspace's own Node.js 24 can run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node.js that the npm package `node` put into the workspace. */
export const nodeBinary = join(root, 'node_modules', 'node', 'bin', 'node');

const stampFile = join(root, 'node_modules', '.dialtone-installed');

const say = (text) => process.stdout.write(`${text}\n`);

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

/** Runs a command in the repository with its output on this terminal; ends the process when it fails. */
const run = (command, args, options = {}) => {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) fail(`${command} ${args.join(' ')} failed (exit ${result.status}).`);
};

const works = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Installs the npm packages of package-lock.json unless the last installation is of the same lock file. */
export const ensureNpmPackages = () => {
  const wanted = lockHash();
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (installed === wanted && existsSync(nodeBinary)) return;
  say('Installing npm packages (once, and again when package-lock.json changes)…');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true']);
  if (!works(nodeBinary, ['--version'])) {
    // npm may be set up to skip install scripts; this is the one that fetches the Node.js binary package.
    run(process.execPath, ['installArchSpecificPackage'], {
      cwd: join(root, 'node_modules', 'node'),
    });
  }
  if (!works(nodeBinary, ['--version'])) {
    fail('The npm package "node" did not bring a working Node.js 24 for this platform.');
  }
  writeFileSync(stampFile, wanted);
};

/** Debian packages with the servers and clients that the integration and interop tests drive. */
const SYSTEM_PACKAGES = [
  'mariadb-server',
  'postgresql',
  'redis-server',
  'nginx',
  'kamailio',
  'kamailio-sqlite-modules',
  'kamailio-tls-modules',
  'kamailio-websocket-modules',
  'kamailio-outbound-modules',
  'linphone-cli',
  'liblinphone-dev',
  'gcc',
  'libc6-dev',
  'sip-tester',
  'radicale',
  'zbar-tools',
  'openssl',
  'chromium',
];

const installedPackages = () => {
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = spawnSync('dpkg-query', ['-W', `-f=${format}`, ...SYSTEM_PACKAGES], {
    encoding: 'utf8',
  });
  return new Set(
    (stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
};

/**
 * Installs what the tests drive: Debian packages, by apt, as root. On other systems the tests
 * themselves say which program they miss.
 */
export const ensureSystemPackages = () => {
  if (!existsSync('/usr/bin/dpkg-query')) return;
  const installed = installedPackages();
  const missing = SYSTEM_PACKAGES.filter((name) => !installed.has(name));
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    fail(
      `The tests need programs that are not installed. As root:\n  apt-get update && apt-get ${install.join(' ')}`,
    );
  }
  say(`Installing Debian packages for the integration tests (once): ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['-o', 'Acquire::Retries=3', 'update', '-q'], { env });
  run('apt-get', ['-o', 'Acquire::Retries=3', '-q', ...install], { env });
};

/** Runs a TypeScript file on the workspace's Node.js; returns its exit code. */
export const runNode = (args, options = {}) => {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
  const result = spawnSync(nodeBinary, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, PATH: path, ...options.env },
  });
  return result.status ?? 1;
};
