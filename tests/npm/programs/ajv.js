// SPDX-License-Identifier: MIT
// ajv compiles schemas of three drafts and JTD to functions and validates; refs, formats, keywords, defaults, coercion, generated code.
// entries: cjs esm
'use strict';
const {run, show, sweep} = require('./lib/harness.js');

const VALUES = () => [null, true, 0, -1, 1.5, 10, 1e21, '', 'abc', 'a b', '12', 'true', '2020-02-30', 'x@y.z', [], [1], [1, 1], [1, 'a', null], [{a: 1}, {a: 1}], {}, {a: 1}, {a: 'x', b: 2}, {a: {b: {c: []}}}, {foo: 1, bar: 'y', extra: true}, {kind: 'cat', meow: 1}, {kind: 'dog', bark: 2}, '\u{1F600}\u{1F600}', {__proto__: null, '~/': 1}];
const SCHEMAS = [true, false, {}, {type: 'object'}, {type: ['string', 'null'], nullable: true}, {type: 'integer', minimum: 0, maximum: 10, multipleOf: 2}, {type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 5}, {type: 'string', minLength: 2, maxLength: 3, pattern: '^[a-z\\d]+$'}, {const: {a: 1}}, {enum: [1, 'abc', null, [1], {a: 1}]},
  {type: 'array', items: {type: 'integer'}, minItems: 1, maxItems: 2, uniqueItems: true}, {contains: {const: 1}}, {type: 'object', properties: {a: {type: 'integer'}, b: {type: 'number', default: 5}}, required: ['a'], additionalProperties: false}, {patternProperties: {'^f': {type: 'number'}, r$: {type: 'string'}}, propertyNames: {maxLength: 5}}, {minProperties: 1, maxProperties: 2},
  {allOf: [{required: ['a']}, {properties: {a: {type: 'string'}}}]}, {anyOf: [{type: 'string'}, {type: 'object', required: ['b']}, {type: 'array', minItems: 2}]}, {oneOf: [{multipleOf: 5}, {multipleOf: 2}]}, {not: {type: ['object', 'array']}}, {if: {properties: {kind: {const: 'cat'}}, required: ['kind']}, then: {required: ['meow']}, else: {required: ['bark']}},
  {$ref: '#/definitions/tree', definitions: {tree: {type: 'object', properties: {a: {anyOf: [{$ref: '#/definitions/tree'}, {type: 'integer'}]}, b: {$ref: '#/definitions/tree'}}}}}, {type: 'object', discriminator: {propertyName: 'kind'}, required: ['kind'], oneOf: [{properties: {kind: {const: 'cat'}, meow: {}}}, {properties: {kind: {enum: ['dog', 'wolf']}, bark: {}}}]},
  {dependencies: {a: ['b'], foo: {required: ['baz']}}}, {type: 'object', properties: {a: {type: 'object', properties: {b: {type: 'object', properties: {c: {type: 'array', items: {type: 'string'}}}}}}}}, {format: 'email'}, {type: 'string', format: 'date'}, {even: true}, {range: [1, 5]}];

run('ajv', (Given) => {
  const Ajv = Given.default || Given;
  const {default: Ajv2019} = require('ajv/dist/2019'), {default: Ajv2020} = require('ajv/dist/2020'), {default: JTD} = require('ajv/dist/jtd');
  const quiet = {logger: false, discriminator: true, strict: false};
  const make = (Class, options) => {
    const ajv = new Class({...quiet, ...options});
    ajv.addFormat('email', /^\S+@\S+$/).addFormat('date', {type: 'string', validate: (s) => !Number.isNaN(Date.parse(s)), compare: (a, b) => (a < b ? -1 : 1)});
    ajv.addKeyword({keyword: 'even', type: 'number', validate: (schema, data) => (data % 2 === 0) === schema, errors: false});
    ajv.addKeyword({keyword: 'range', type: 'number', macro: ([minimum, maximum]) => ({minimum, maximum})});
    return ajv;
  };
  const variants = {plain: {}, all: {allErrors: true, verbose: true, messages: true}, changing: {useDefaults: true, coerceTypes: 'array', removeAdditional: 'all'}, unicode: {unicodeRegExp: false, ownProperties: true, inlineRefs: false, code: {es5: true}}, traced: {code: {lines: true, optimize: false}, unevaluated: true}};
  for (const [draft, Class] of Object.entries({7: Ajv, 2019: Ajv2019, 2020: Ajv2020})) {
    for (const variant of Object.keys(variants)) {
      const ajv = make(Class, variants[variant]);
      SCHEMAS.forEach((schema, i) => {
        let validate;
        show(`${draft} ${variant} ${i} compiles`, () => { validate = ajv.compile(structuredClone(schema)); return typeof validate; });
        if (validate) sweep(`${draft} ${variant} ${i}`, VALUES().map((v) => [v]), (v) => [validate(v), JSON.stringify(validate.errors), ajv.errorsText(validate.errors), v]);
      });
    }
  }
  const ajv = make(Ajv2020, {code: {source: true, formats: undefined}});
  for (const schema of [{prefixItems: [{type: 'integer'}, {type: 'string'}], items: false}, {type: 'object', properties: {a: {}}, unevaluatedProperties: false, allOf: [{properties: {foo: {}}}]}, {type: 'array', unevaluatedItems: false, prefixItems: [{}]}, {$dynamicRef: '#node', $defs: {n: {$dynamicAnchor: 'node', type: ['object', 'array']}}}, {dependentRequired: {a: ['b']}, dependentSchemas: {foo: {minProperties: 3}}}, {contains: {type: 'integer'}, minContains: 1, maxContains: 1}]) {
    const validate = ajv.compile(schema);
    sweep(JSON.stringify(schema), VALUES().map((v) => [v]), (v) => [validate(v), JSON.stringify(validate.errors)]);
    show(`code of ${JSON.stringify(schema)}`, validate.source.validateCode);
  }
  const refs = make(Ajv, {schemas: [{$id: 'http://x.y/base.json', definitions: {pos: {type: 'number', minimum: 0}}}, {$id: 'http://x.y/list.json', type: 'array', items: {$ref: 'base.json#/definitions/pos'}}]});
  show('refs', [refs.validate('http://x.y/list.json', [1, 2]), refs.validate('http://x.y/list.json', [1, -2]), refs.errorsText()]);
  show('missing ref', () => refs.compile({$ref: 'nowhere.json'}));
  for (const bad of [{type: 'nope'}, {minimum: 'x'}, {pattern: '('}, {required: [1]}, {$ref: 5}, 5, {unknownKeyword: 1}, {format: 'nope'}, {items: [{}], additionalItems: 5}]) show(JSON.stringify(bad), () => typeof new Ajv({logger: false}).compile(bad));
  const jtd = new JTD();
  const schema = {properties: {id: {type: 'uint32'}, when: {type: 'timestamp'}, tags: {elements: {type: 'string'}}, map: {values: {enum: ['a', 'b']}}, shape: {discriminator: 'kind', mapping: {sq: {properties: {side: {type: 'float64'}}}}}}, optionalProperties: {note: {type: 'string', nullable: true}}};
  const data = {id: 7, when: '2020-01-01T00:00:00Z', tags: ['x"\n'], map: {k: 'a'}, shape: {kind: 'sq', side: 1.5}, note: null};
  show('jtd', [jtd.compile(schema)(data), jtd.compileSerializer(schema)({...data, when: new Date(0)}), jtd.compileParser(schema)(JSON.stringify(data))]);
  const parse = jtd.compileParser(schema);
  sweep('jtd parser', ['{', '{"id": -1}', '[]', JSON.stringify(data).slice(0, 50), JSON.stringify({...data, extra: 1}), '{"id": 1e3}'].map((t) => [t]), (t) => [parse(t), parse.message, parse.position]);
  show('standalone', require('ajv/dist/standalone').default(new Ajv({code: {source: true}}), new Ajv({code: {source: true}}).compile(SCHEMAS[12])));
});
