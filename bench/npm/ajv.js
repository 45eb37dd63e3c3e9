// SPDX-License-Identifier: MIT
// ajv compiles a JSON schema into a function and validates records with it.
const Ajv = require('ajv');
const {records} = require('./inputs.js');
const SIZE = 15;

const schema = {
  type: 'array',
  items: {
    type: 'object', required: ['id', 'name', 'owner', 'tags'], additionalProperties: false,
    properties: {
      id: {type: 'integer', minimum: 0}, name: {type: 'string', pattern: '^[a-zA-Z]+$'}, title: {type: 'string', maxLength: 40},
      price: {type: 'number', multipleOf: 0.01}, active: {type: 'boolean'},
      tags: {type: 'array', items: {type: 'string'}, minItems: 3, uniqueItems: true},
      owner: {$ref: '#/definitions/owner'},
    },
  },
  definitions: {
    owner: {type: 'object', required: ['name', 'age'], properties: {name: {type: 'string'}, age: {type: 'integer', maximum: 70},
      mail: {anyOf: [{type: 'null'}, {type: 'string', minLength: 5}]}}},
  },
};
const items = records(200);

function run(n) {
  let errors = 0;
  for (let i = 0; i < n; i++) {
    const validate = new Ajv({allErrors: true}).compile(schema);
    for (let k = 0; k < 10; k++) {
      validate(items);
      errors += validate.errors === null ? 0 : validate.errors.length;
    }
  }
  return errors;
}
