export type { Binding, BindingStore } from './binding.ts';
export type { AccountLookup, CredentialsSource, StoredHash } from './credentials-source.ts';
export type { GuessLimits } from './guess-limiter.ts';
export { MemoryBindingStore } from './memory-binding-store.ts';
export { createRegistrar, type Registrar, type RegistrarOptions } from './registrar.ts';
export type { BindingPolicy } from './update-bindings.ts';
