// SPDX-License-Identifier: MIT
// typescript turns typed source into several targets, prints declarations, reports what is wrong, and answers as a language service.
// entries: cjs esm
// timeout: 120
'use strict';
const path = require('path');
const fs = require('fs');
const {run, show} = require('./lib/harness.js');
const {MODULES, read} = require('./lib/inputs.js');

const TYPED = `
import type { A } from './a'; import b, { type C, d } from './b'; import e = require('e'); export { A, C }; export * as f from 'f';
enum Color { Red, Green = 1 << 2, Blue = "blue".length } const enum Flag { On = 1, Off = ~On } declare enum Outside { X }
namespace Outer.Inner { export const value = 1; export function call() { return value; } }
abstract class Shape<T extends object = {}> { private static count = 0; protected readonly name!: string; declare ghost: number; #hidden = 1;
  constructor(public x: number, private y?: string) { Shape.count++; } abstract area(): number; get hidden() { return this.#hidden; }
  set hidden(v) { this.#hidden ??= v; } static { Shape.count = 5; } accessor item = 1; }
@decorator class Decorated extends Shape<{}> { @log area() { return super.x ** 2; } @field prop = 1 as const; constructor(@inject a: number) { super(a); } }
function overload(x: string): void; function overload(x: number): void; function overload(this: any, x: any, ...rest: unknown[]): asserts x is string {}
const generic = async <T,>(x: T, { y = 1, ...z }: any = {}): Promise<T> => { for await (const i of z) await i?.[y]?.(x!); return x satisfies T; };
type Mapped<T> = { readonly [K in keyof T as \`get\${Capitalize<K & string>}\`]+?: T[K] extends infer U ? U : never };
let tuple: [a: string, b?: number, ...rest: boolean[]] = ["x"], assertion = <any>tuple, big = 1_000n, text = \`a\${tuple[0]}b\`, re = /x/su;
function* generator() { const x: unknown = yield* [1, 2]; try { yield x } catch { return } finally { label: for (const [k, v] of Object.entries({})) continue label } }
using resource = open(); export default class {} export = 1; declare module 'm' { export const z: number } declare global { interface Window { q: 1 } }
switch (big) { case 1n: { let scoped = () => scoped; break } default: (function () { return [...arguments, new.target] })() } a ||= b && (c ?? d);
`;

const TARGETS = {ES5: 'CommonJS', ES2015: 'ES2015', ES2017: 'AMD', ES2020: 'System', ES2022: 'NodeNext', ESNext: 'ESNext'};

function in_memory(ts, files, options) {
  const host = ts.createCompilerHost(options, true), written = {};
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name in files ? ts.createSourceFile(name, files[name], ...rest) : original(name, ...rest));
  host.fileExists = (name) => name in files || fs.existsSync(name);
  host.readFile = (name) => (name in files ? files[name] : fs.readFileSync(name, 'utf8'));
  host.writeFile = (name, text) => { written[path.basename(name)] = text; };
  host.getCurrentDirectory = () => '/memory';
  return {program: ts.createProgram(Object.keys(files), options, host), written};
}

function diagnostics(ts, list) {
  return list.map((d) => `${d.file ? path.basename(d.file.fileName) : ''}(${d.start},${d.length}) TS${d.code}: ` +
    ts.flattenDiagnosticMessageText(d.messageText, '\n'));
}

run('typescript', (ts) => {
  show('version', ts.version);
  for (const target of Object.keys(TARGETS)) {
    for (const jsx of [ts.JsxEmit.React, ts.JsxEmit.ReactJSX]) {
      const out = ts.transpileModule(TYPED, {reportDiagnostics: true, fileName: 'typed.ts', compilerOptions: {target: ts.ScriptTarget[target],
        module: ts.ModuleKind[TARGETS[target]], jsx, sourceMap: true, experimentalDecorators: jsx === ts.JsxEmit.React, emitDecoratorMetadata: true,
        useDefineForClassFields: jsx !== ts.JsxEmit.React, importHelpers: false, downlevelIteration: true}});
      show(`${target} ${jsx}`, out.outputText);
      show(`${target} ${jsx} map`, out.sourceMapText);
      show(`${target} ${jsx} diagnostics`, diagnostics(ts, out.diagnostics));
    }
  }
  show('tsx', ts.transpileModule('const a = <div key="1" {...p}>{x}<b.C/>text &nbsp; {/* c */}</div>; <></>', {fileName: 'a.tsx',
    compilerOptions: {jsx: ts.JsxEmit.React, target: ts.ScriptTarget.ES2020}}).outputText);
  for (const file of ['zod/src/v4/core/util.ts', 'zod/src/v4/classic/schemas.ts', 'ajv/lib/compile/codegen/index.ts', 'ajv/lib/jtd.ts']) {
    if (!fs.existsSync(path.join(MODULES, file))) continue;
    const out = ts.transpileModule(read(file), {fileName: file, compilerOptions: {target: ts.ScriptTarget.ES2015, module: ts.ModuleKind.CommonJS}});
    show(file, out.outputText);
  }
  const source = ts.createSourceFile('typed.ts', TYPED, ts.ScriptTarget.Latest, true);
  const kinds = {};
  (function visit(node) {
    kinds[ts.SyntaxKind[node.kind]] = (kinds[ts.SyntaxKind[node.kind]] || 0) + 1;
    ts.forEachChild(node, visit);
  })(source);
  show('nodes', Object.entries(kinds).sort().join(' '));
  show('printed', ts.createPrinter({removeComments: true}).printFile(source));
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, read('ajv/lib/core.ts'));
  let kind, tokens = '';
  while ((kind = scanner.scan()) !== ts.SyntaxKind.EndOfFileToken) tokens += kind + ',';
  show('scanned', tokens);

  const files = {
    '/memory/shapes.ts': 'export interface Shape { area(): number } export class Square implements Shape { constructor(readonly side: number) {} ' +
      'area() { return this.side ** 2 } } export type Named<T> = T & { name: string }; export const all = <const T extends readonly Shape[]>(x: T) => x;',
    '/memory/main.ts': 'import { Square, Named, all } from "./shapes"; const s: Named<Square> = Object.assign(new Square(2), { name: "s" }); ' +
      'let wrong: string = s.area(); s.side = 3; missing(); all([s, 1]); const o: { a: 1 | 2 } = { a: 3, b: 4 }; switch (o.a) { case 9: } ' +
      'function f(x: number | string) { if (typeof x === "string") return x.toFixed(); return x.length } export { s, f };',
  };
  const options = {strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler,
    declaration: true, lib: ['lib.es2022.d.ts'], types: []};
  const {program, written} = in_memory(ts, files, options);
  const found = ts.getPreEmitDiagnostics(program);
  diagnostics(ts, found).forEach((line, i) => show(`diagnostic ${i}`, line));
  program.emit();
  for (const name of Object.keys(written).sort()) show(name, written[name]);
  const checker = program.getTypeChecker();
  for (const statement of program.getSourceFile('/memory/main.ts').statements) {
    ts.forEachChild(statement, function visit(node) {
      if (ts.isIdentifier(node)) {
        const symbol = checker.getSymbolAtLocation(node);
        if (symbol) show(`type of ${node.text}@${node.pos}`, checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, node)));
      }
      ts.forEachChild(node, visit);
    });
  }

  // Completions and outlines are left out: they are sorted with Intl.
  const service = ts.createLanguageService({
    getCompilationSettings: () => options, getScriptFileNames: () => Object.keys(files), getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = files[name] || (fs.existsSync(name) ? fs.readFileSync(name, 'utf8') : undefined);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => '/memory', getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name in files || fs.existsSync(name), readFile: (name) => files[name] || fs.readFileSync(name, 'utf8'),
  });
  const main = '/memory/main.ts', at = files[main].indexOf('s.area') + 2;
  show('quick info', ts.displayPartsToString(service.getQuickInfoAtPosition(main, at).displayParts));
  show('references', service.getReferencesAtPosition(main, at).map((r) => [r.fileName, r.textSpan.start]));
  show('rename', service.findRenameLocations(main, at, false, false, {}).map((r) => [r.fileName, r.textSpan.start]));
  show('formatting', service.getFormattingEditsForDocument(main, ts.getDefaultFormatCodeSettings()).length);
  show('fixes', service.getSemanticDiagnostics(main).map((d) => [d.code, d.start, (d.relatedInformation || []).length]));
});
