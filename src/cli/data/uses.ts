/** Which functions write a table and which read it, as the sources show: a heuristic over how stores are written here. */
import { globSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type Entity, read } from "./entities.ts";

export interface Uses {
  writtenBy: string[];
  readBy: string[];
}

/** One declaration of a file: its name, whether others may use it, and its text. */
interface Block {
  name: string;
  exported: boolean;
  text: string;
}

const DECLARATION = /^(export )?(?:async )?(?:function\*?|const|class) (\w+)/;

const blocksOf = (source: string): Block[] =>
  source.split(/^(?=(?:export )?(?:async )?(?:function|const|class) )/m).flatMap((text) => {
    const found = DECLARATION.exec(text.replace(/^export async /, "export "));
    return found ? [{ name: found[2]!, exported: found[1] !== undefined, text }] : [];
  });

const writes = (table: string): RegExp =>
  new RegExp(`\\.(insert|update|delete)\\(${table}\\b|of \\[[^\\]]*\\b${table}\\b[^\\]]*\\]\\) [\\w.]*delete\\(|(INSERT INTO|DELETE FROM) ${table}\\b`);
const reads = (table: string): RegExp => new RegExp(`\\.(from|innerJoin|leftJoin)\\(${table}\\b|\\bstrandedRows\\(\\w+, ${table}\\b`);

/** The exported declarations that do it, by themselves or through others of their file. */
function doers(blocks: readonly Block[], does: RegExp): string[] {
  const doing = new Set(blocks.filter(({ text }) => does.test(text)).map(({ name }) => name));
  for (let before = 0; before !== doing.size; ) {
    before = doing.size;
    const hidden = blocks.filter(({ name, exported }) => doing.has(name) && !exported);
    for (const { name } of hidden) {
      for (const other of blocks) if (other.name !== name && new RegExp(`\\b${name}\\b`).test(other.text)) doing.add(other.name);
    }
  }
  return blocks.filter(({ name, exported }) => exported && doing.has(name)).map(({ name }) => name);
}

/** Whether a file knows the table: it declares it, or imports it from where it is declared. */
function knows(file: string, source: string, { file: declaration, constant }: Entity): boolean {
  if (file === declaration) return true;
  const imports = [...source.matchAll(/^import (?:type )?\{([^}]*)\} from "([^"]+)"/gm)];
  return imports.some(([, names, from]) => new RegExp(`\\b${constant}\\b`).test(names!) && normalize(join(dirname(file), from!)) === declaration);
}

/** For each entity, in their order. */
export function usesOf(all: readonly Entity[]): Uses[] {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const files = globSync("src/{audit,domains,objects,office,replication,witness}/**/*.ts", { cwd: root }).toSorted();
  const sources = files.map((file) => ({ file, source: read(file), blocks: blocksOf(read(file)) }));
  return all.map((entity) => {
    const knowing = sources.filter(({ file, source }) => knows(file, source, entity));
    const by = (does: RegExp): string[] => [...new Set(knowing.flatMap(({ blocks }) => doers(blocks, does)))].filter((name) => name !== entity.constant);
    return { writtenBy: by(writes(entity.constant)), readBy: by(reads(entity.constant)) };
  });
}
