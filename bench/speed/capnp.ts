/** The text of a workerd configuration. Must not write files or start anything. */

export interface RuntimeConfig {
  /** File name of the Worker's module, next to the configuration. */
  module: string;
  compatibilityDate: string;
  compatibilityFlags?: string[];
  /** The objects by their binding's name. */
  objects: Record<string, string>;
  /** Variables and secrets alike: the runtime makes no difference. */
  texts: Record<string, string>;
  /** Absolute path of an empty folder for the objects' storage. */
  storageFolder: string;
}

/** The socket's name, for the message that says where it listens. */
export const SOCKET = 'http';

/** One Worker on a free port of this machine, allowed to reach this machine and others. */
export function capnpText(config: RuntimeConfig): string {
  const objects = Object.entries(config.objects);
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "shop", worker = .shop),
    (name = "outside", network = (allow = ["public", "private"])),
    (name = "storage", disk = (path = ${quoted(config.storageFolder)}, writable = true)),
  ],
  sockets = [(name = ${quoted(SOCKET)}, address = "127.0.0.1:0", http = (), service = "shop")],
);

const shop :Workerd.Worker = (
  modules = [(name = ${quoted(config.module)}, esModule = embed ${quoted(config.module)})],
  compatibilityDate = ${quoted(config.compatibilityDate)},
  compatibilityFlags = [${(config.compatibilityFlags ?? []).map(quoted).join(', ')}],
  globalOutbound = "outside",
  durableObjectStorage = (localDisk = "storage"),
  durableObjectNamespaces = [
${lines(objects, ([, name]) => `(className = ${quoted(name)}, uniqueKey = ${quoted(name)}, enableSql = true)`)}
  ],
  bindings = [
${lines(objects, ([name, of]) => `(name = ${quoted(name)}, durableObjectNamespace = ${quoted(of)})`)}
${lines(Object.entries(config.texts), ([name, text]) => `(name = ${quoted(name)}, text = ${quoted(text)})`)}
  ],
);
`;
}

/** The date that the Worker is built for, read from its wrangler.toml. */
export function compatibilityDateOf(wranglerToml: string): string {
  const date = /^compatibility_date = "([\d-]+)"$/m.exec(wranglerToml)?.[1];
  if (date === undefined) throw new Error('wrangler.toml names no compatibility_date');
  return date;
}

function lines<Entry>(entries: Entry[], line: (entry: Entry) => string): string {
  return entries.map((entry) => `    ${line(entry)},`).join('\n');
}

/** Cap'n Proto's text format escapes as C does, which JSON's plain escapes are a part of. */
function quoted(text: string): string {
  // Control characters and the like would be escaped as \uXXXX, which it does not know.
  if (/[^\x20-\x7e]/.test(text)) throw new Error('only printable ASCII fits a configuration');
  return JSON.stringify(text);
}
