// SPDX-License-Identifier: MIT
// zod: schemas of every kind over many values, locales, JSON schemas.
// entries: cjs esm
'use strict';
const {run, show, sweep} = require('./lib/harness.js');

const VALUES = () => [null, undefined, true, 0, -1, 1.5, 10, 1e21, NaN, Infinity, 10n, '', 'abc', 'a b', '12', 'true', '2020-02-29', '2020-02-30T10:00:00Z', 'x@y.zz', 'http://x.y/z?q', '550e8400-e29b-41d4-a716-446655440000', '1.2.3.4', '::1', 'aGk=', '+12125551234', 'P1DT2H', [], [1], ['a', 1], [1, 'x', true], {}, {a: 1}, {a: 'x', b: 2}, {a: {b: {c: []}}},
  {kind: 'cat', meow: 1}, {kind: 'dog', bark: true}, {name: 'n', children: [{name: 'm', children: []}]}, new Date(0), new Date(NaN), new Map([['k', 1]]), new Set(['a', 1]), Symbol.for('s'), () => 1, Promise.resolve(1), new (class Q { a = 1; })(), new Error('e'), '\u{1F600}'];

run('zod', async (given) => {
  const z = given.z || given;
  const Node = z.object({name: z.string(), get children() { return z.array(Node); }});
  const kinds = {
    string: z.string(), min: z.string().min(2).max(5).regex(/^[a-z]+$/), trim: z.string().trim().toUpperCase(), starts: z.string().startsWith('a').endsWith('c').includes('b'), email: z.email(), url: z.url(), uuid: z.uuid(), ipv4: z.ipv4(), ipv6: z.ipv6(), cidr: z.cidrv4(), base64: z.base64(), date: z.iso.date(), datetime: z.iso.datetime({offset: true}), duration: z.iso.duration(), e164: z.e164(), emoji: z.emoji(), jwt: z.jwt(), nanoid: z.nanoid(), ulid: z.ulid(),
    number: z.number(), int: z.int().positive().multipleOf(2), range: z.number().gt(0).lte(10).finite(), int32: z.int32(), float: z.float32(), bigint: z.bigint().min(5n), boolean: z.boolean(), dateObject: z.date().min(new Date(-1)), symbol: z.symbol(), nul: z.null(), undef: z.undefined(), any: z.any(), unknown: z.unknown(), never: z.never(), void: z.void(), nan: z.nan(), literal: z.literal(['abc', 10, true]), enum: z.enum({A: 'abc', B: 12}), stringbool: z.stringbool(),
    array: z.array(z.union([z.string(), z.number()])).min(1).max(2), tuple: z.tuple([z.string(), z.number()], z.boolean()), object: z.object({a: z.string(), b: z.number().optional()}), strict: z.strictObject({a: z.number()}), loose: z.looseObject({a: z.any()}), catchall: z.object({a: z.number()}).catchall(z.string()), record: z.record(z.string(), z.number()), enumRecord: z.partialRecord(z.enum(['a', 'b']), z.any()), map: z.map(z.string(), z.number()), set: z.set(z.string()).min(1), instance: z.instanceof(Error), fn: z.custom((f) => typeof f === 'function', 'not callable'),
    union: z.union([z.string().min(5), z.object({a: z.string()}), z.array(z.number()).nonempty()]), discriminated: z.discriminatedUnion('kind', [z.object({kind: z.literal('cat'), meow: z.number()}), z.object({kind: z.literal('dog'), bark: z.string()})]), intersection: z.intersection(z.object({a: z.any()}), z.object({b: z.number()})), recursive: Node, lazy: z.lazy(() => z.string()), json: z.json(), template: z.templateLiteral(['a', z.number().optional(), z.enum(['b', 'bc'])]),
    optional: z.string().optional(), nullable: z.number().nullable(), nullish: z.boolean().nullish(), default: z.number().default(7), prefault: z.string().trim().prefault(' pre '), catch: z.number().catch((ctx) => ctx.issues.length), transform: z.string().transform((s) => s.length), pipe: z.string().transform(Number).pipe(z.number().int()), preprocess: z.preprocess((v) => String(v), z.string().max(4)), refine: z.any().refine((v) => v, {error: 'falsy!', path: ['p']}), super: z.any().superRefine((v, ctx) => { if (v === 0) ctx.addIssue({code: 'custom', message: 'zero'}); }), check: z.string().check(z.length(3), z.lowercase()), brand: z.string().brand('B'), readonly: z.array(z.any()).readonly(), codec: z.codec(z.string(), z.date(), {decode: (s) => new Date(s), encode: (d) => d.toISOString()}), overwrite: z.string().overwrite((s) => s + '!'),
    coerceNumber: z.coerce.number(), coerceString: z.coerce.string(), coerceBoolean: z.coerce.boolean(), coerceDate: z.coerce.date(), coerceBigint: z.coerce.bigint(),
  };
  const all = (schema) => sweepable((v) => { const r = schema.safeParse(v); return r.success ? ['ok', r.data] : [r.error.message, z.prettifyError(r.error), z.treeifyError(r.error), z.flattenError(r.error)]; });
  const sweepable = (f) => (v) => f(v);
  for (const name of Object.keys(kinds)) {
    sweep(name, VALUES().map((v) => [v]), all(kinds[name]));
    show(`${name} schema`, () => JSON.stringify(z.toJSONSchema(kinds[name], {unrepresentable: 'any'})));
    show(`${name} draft 7`, () => JSON.stringify(z.toJSONSchema(kinds[name], {unrepresentable: 'any', target: 'draft-7', io: 'input'})));
  }
  const base = z.object({a: z.string().min(2), b: z.number().optional(), c: z.object({d: z.array(z.string())})});
  const derived = {extend: base.extend({e: z.boolean()}), pick: base.pick({a: true}), omit: base.omit({c: true}), partial: base.partial(), required: base.required(), keyof: base.keyof(), merged: base.safeExtend({a: z.literal('abc')}), strip: base.loose().strip(), catchall: base.catchall(z.number())};
  for (const name of Object.keys(derived)) sweep(`object ${name}`, [[{}], [{a: 'ab', c: {d: ['x']}}], [{a: 'abc', b: 1, c: {d: [1]}, e: true, f: 5}], ['a'], ['zz']], all(derived[name]));
  for (const name of Object.keys(z.locales).sort()) {
    z.config(z.locales[name]());
    sweep(`locale ${name}`, Object.keys(kinds).map((k) => [k]), (k) => VALUES().slice(0, 14).map((v) => { const r = kinds[k].safeParse(v); return r.success ? '' : r.error.issues.map((i) => i.message).join(); }).join('|'));
  }
  z.config(z.locales.en());
  const asynchronous = z.object({name: z.string().refine(async (v) => { await null; return v.length > 2; }, 'short'), id: z.promise(z.number()).or(z.string().transform(async (s) => s + s))});
  await show('async', asynchronous.safeParseAsync({name: 'ab', id: Promise.resolve('x')}).then((r) => r.success || r.error.issues));
  await show('async good', asynchronous.parseAsync({name: 'abc', id: 'x'}));
  show('sync of async', () => asynchronous.parse({name: 'abc', id: 'x'}));
  show('codec', [z.encode(kinds.codec, new Date(0)), z.decode(kinds.codec, '2020-01-01').getTime(), z.safeEncode(kinds.codec, new Date(NaN)).success]);
  const fn = z.function({input: [z.string(), z.number()], output: z.string()}).implement((s, n) => s.repeat(n));
  show('function', [fn('ab', 2), (() => { try { return fn(1); } catch (e) { return e.issues.length; } })()]);
  const registry = z.registry();
  kinds.string.register(registry, {title: 'A string'});
  show('registry', [registry.get(kinds.string), registry.has(kinds.number), z.toJSONSchema(z.string().meta({id: 'x', description: 'd', examples: ['e']}))]);
  show('from JSON schema', () => z.fromJSONSchema({type: 'object', properties: {a: {type: 'integer', minimum: 3}}, required: ['a']}).safeParse({a: 1}).error.issues);
  show('map', z.string({error: (issue) => `own ${issue.code} ${issue.input === undefined ? 'missing' : typeof issue.input}`}).safeParse(5).error.issues);
  show('error', () => z.parse(base, {a: 1}));
});
