// Makes reference pages of the doc comments: one for each name that the package is imported by.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const root = dirname(import.meta.dirname);
const folder = resolve(process.argv[2] ?? join(root, 'docs', 'reference'));
const PAGES = {
  'eot-server': 'index.d.ts',
  'eot-server/client': 'client/eot-client.d.ts',
  'eot-server/testing': 'testing/start-server.d.ts',
};

const files = Object.values(PAGES).map((file) => join(root, 'dist', 'types', 'src', file));
const program = ts.createProgram(files, {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
  skipLibCheck: true,
});
const checker = program.getTypeChecker();
const undocumented = [];

mkdirSync(folder, { recursive: true });
Object.keys(PAGES).forEach((name, at) => {
  const source = program.getSourceFile(files[at]);
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  const named = exported.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const text = [`# ${name}\n`, ...named.map((symbol) => section(name, symbol))].join('\n');
  writeFileSync(join(folder, `${name.replace('/', '-')}.md`), text);
});
if (undocumented.length > 0) {
  console.error(`without a doc comment: ${undocumented.join(', ')}`);
  process.exitCode = 1;
}

function section(page, exported) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const comment = commentOf(symbol);
  if (!comment) undocumented.push(`${exported.name} of ${page}`);
  const parts = symbol.declarations.flatMap((declaration) => [
    `\`\`\`ts\n${headOf(declaration)}\n\`\`\`\n`,
    ...membersOf(declaration),
    ...optionsOf(declaration),
  ]);
  return [`## ${exported.name}\n`, `${comment}\n`, ...parts].join('\n');
}

function commentOf(symbol) {
  const said = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = symbol
    .getJsDocTags(checker)
    .map(({ name, text }) => `*${name}* ${ts.displayPartsToString(text)}`);
  return [said, ...tags].filter(Boolean).join('\n\n');
}

/** A declaration without its body. */
function headOf(declaration) {
  if (ts.isTypeAliasDeclaration(declaration)) {
    const type = checker.getTypeAtLocation(declaration);
    const { NoTruncation, InTypeAlias, MultilineObjectLiterals } = ts.TypeFormatFlags;
    const flags = NoTruncation | InTypeAlias | MultilineObjectLiterals;
    return `type ${declaration.name.text} = ${checker.typeToString(type, declaration, flags)}`;
  }
  const text = plain(declaration);
  const hasBody = ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration);
  return hasBody ? text.slice(0, text.indexOf(' {')) : text;
}

function membersOf({ members = [] }) {
  return list(members.filter(isPublic).map((member) => [plain(member), symbolOf(member)]));
}

function isPublic(member) {
  const hidden = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private;
  const listed = member.name && !ts.isPrivateIdentifier(member.name);
  return Boolean(listed) && !hidden;
}

/** What a service's `with(…)` takes: the first parameter of its constructor, unless it is a page's own entry. */
function optionsOf({ members = [] }) {
  const made = members.find(ts.isConstructorDeclaration)?.parameters[0];
  const type = made && checker.getTypeAtLocation(made);
  if (!type?.symbol?.name.endsWith('Options')) return [];
  const options = type.getProperties().filter(({ valueDeclaration }) => valueDeclaration);
  return ['Options:\n', ...list(options.map((option) => [plain(option.valueDeclaration), option]))];
}

function list(entries) {
  const lines = entries.map(([text, symbol]) => {
    const comment = symbol ? commentOf(symbol).replaceAll(/\s*\n\s*/g, ' ') : '';
    return `- \`${text.replaceAll(/\s*\n\s*/g, ' ')}\`${comment && `: ${comment}`}`;
  });
  return lines.length > 0 ? [`${lines.join('\n')}\n`] : [];
}

function symbolOf(member) {
  return checker.getSymbolAtLocation(member.name);
}

function plain(node) {
  return node
    .getText()
    .replace(/^export (declare )?/, '')
    .replaceAll(/\/\*\*[\s\S]*?\*\/\s*/g, '')
    .replace(/;$/, '');
}
