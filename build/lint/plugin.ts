import path from 'node:path';
import { whyForbidden } from './boundaries.ts';

/** The linter's plugin of our own: import boundaries, read from the table in `boundaries.ts`. */

type Node = { readonly type: string; readonly source?: Node | null; readonly value?: unknown };
type Context = {
  readonly filename: string;
  readonly cwd: string;
  readonly options: readonly unknown[];
  readonly report: (found: { readonly node: Node; readonly message: string }) => void;
};
type Visitor = Readonly<Record<string, (node: Node) => void>>;

const imports = {
  meta: { type: 'problem', schema: [{ type: 'object' }] },
  create(context: Context): Visitor {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');

    const check = (node: Node): void => {
      const source = node.source;
      if (source === null || source === undefined) return;
      if (typeof source.value !== 'string') {
        if (node.type === 'ImportExpression') {
          context.report({ node, message: 'An import whose path is computed cannot be checked.' });
        }
        return;
      }
      const reason = whyForbidden(file, source.value);
      if (reason !== undefined) context.report({ node: source, message: reason });
    };

    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

export default {
  meta: { name: 'punos' },
  rules: { imports },
};
