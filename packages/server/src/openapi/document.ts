/** A JSON value that is written and not looked into. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON schema, with the members that are looked at here. */
export interface JsonSchema extends JsonObject {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly id?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly not?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
}

/** The schemas that have a name, by it; filled while the operations are written. */
export type SchemaComponents = Record<string, JsonSchema>;

export interface MediaType {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface ResponseObject {
  /** Of a shared response, whose description one here replaces. */
  readonly $ref?: string;
  readonly description?: string;
  readonly headers?: JsonObject;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly operationId: string;
  readonly security: readonly JsonObject[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, MediaType>>;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

/** The part of OpenAPI 3.1 that describes this server. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: JsonObject & { readonly description: string };
  readonly servers: readonly JsonObject[];
  readonly tags: readonly { readonly name: string; readonly description?: string | undefined }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: SchemaComponents;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly securitySchemes: JsonObject;
  };
}
