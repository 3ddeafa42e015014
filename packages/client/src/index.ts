export type { ApplyReport } from './config/apply-provisioning.ts';
export { ConfigError, type ConfigErrorCode } from './config/config-error.ts';
export {
  type ConfigFileSystem,
  type WritableConfigFile,
  nodeConfigFileSystem,
} from './config/config-file-system.ts';
export type { ConfigRange } from './config/config-range.ts';
export type { ConfigDefaults } from './config/config-reader.ts';
export { ConfigStore, type ConfigStoreOptions, type SyncOutcome } from './config/config-store.ts';
export type { ExportFlags } from './config/config-table.ts';
export type { RelativeFiles } from './config/relative-files.ts';
