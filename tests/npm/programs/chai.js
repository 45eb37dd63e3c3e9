// SPDX-License-Identifier: MIT
// chai: expect, should and assert, with what they say when they fail; plug-ins; deep equality over all kinds of values.
// entries: cjs esm
'use strict';
const {run, show, sweep} = require('./lib/harness.js');
const {subjects} = require('./lib/values.js');

run('chai', (chai) => {
  const {expect, assert, AssertionError} = chai;
  const should = chai.should();
  const says = (f) => {
    try {
      f();
      return 'passes';
    } catch (error) {
      if (!(error instanceof AssertionError)) return `another error: ${error.name}`;
      return `${error.message} | ${chai.util.inspect(error.actual)} | ${chai.util.inspect(error.expected)} | ${error.showDiff} ${error.operator}`;
    }
  };
  class Animal { constructor() { this.legs = 4; } }
  class Cat extends Animal { get name() { return 'Tom'; } }
  const cat = new Cat();
  const cases = {
    equal: () => expect(1).to.equal(2), notEqual: () => expect(1).to.not.equal(1), message: () => expect(1, 'one').to.equal(2),
    deep: () => expect({a: [1, {b: 2}]}).to.deep.equal({a: [1, {b: 3}]}), eql: () => expect([1, 2]).to.eql([1, 2]),
    include: () => expect([1, 2, 3]).to.include(4), includeText: () => expect('foobar').to.contain('baz'), deepInclude: () => expect([{a: 1}]).to.deep.include({a: 1}),
    includeObject: () => expect({a: 1, b: 2}).to.include({a: 1, c: 3}), a: () => expect([]).to.be.an('object'), aOk: () => expect(new Map()).to.be.a('map'),
    within: () => expect(5).to.be.within(6, 9), above: () => expect('x').to.be.above(3), closeTo: () => expect(1.5).to.be.closeTo(1, 0.4), least: () => expect([1, 2]).to.have.lengthOf.at.least(3),
    property: () => expect({a: {b: [{c: 1}]}}).to.have.nested.property('a.b[0].c', 2), ownProperty: () => expect(cat).to.have.own.property('name'), descriptor: () => expect({a: 1}).to.have.ownPropertyDescriptor('a', {value: 2}),
    keys: () => expect({a: 1, b: 2}).to.have.all.keys('a', 'c'), anyKeys: () => expect({a: 1}).to.have.any.keys('b', 'c'), mapKeys: () => expect(new Map([['x', 1]])).to.have.keys('y'),
    members: () => expect([1, 2, 3]).to.have.members([3, 2, 4]), ordered: () => expect([1, 2, 3]).to.have.ordered.members([1, 3, 2]), deepMembers: () => expect([{a: 1}]).to.include.deep.members([{a: 1}]), oneOf: () => expect(4).to.be.oneOf([1, 2, 3]),
    throws: () => expect(() => { throw new RangeError('out of it'); }).to.throw(TypeError), throwsText: () => expect(() => { throw new Error('abc'); }).to.throw('xyz'), throwsPattern: () => expect(() => { throw new Error('abc'); }).to.throw(Error, /b/), throwsNot: () => expect(() => {}).to.throw(),
    instance: () => expect(new Animal()).to.be.an.instanceof(Cat), respond: () => expect(cat).to.respondTo('purr'), satisfy: () => expect(3).to.satisfy((n) => n % 2 === 0), match: () => expect('hello').to.match(/^x/), string: () => expect('hello').to.have.string('lo!'),
    change: () => { const o = {n: 1}; expect(() => { o.n += 3; }).to.change(o, 'n').by(2); }, increase: () => { const o = {n: 1}; expect(() => { o.n -= 3; }).to.increase(o, 'n'); }, decrease: () => { let n = 1; expect(() => { n--; }).to.decrease(() => n); },
    empty: () => expect({a: 1}).to.be.empty, ok: () => expect(0).to.be.ok, true_: () => expect(1).to.be.true, null_: () => expect(undefined).to.be.null, exist: () => expect(null).to.exist, nan: () => expect(3).to.be.NaN, finite: () => expect(Infinity).to.be.finite,
    arguments: () => expect([]).to.be.arguments, sealed: () => expect({}).to.be.sealed, frozen: () => expect(Object.freeze([])).to.be.frozen, extensible: () => expect(1).to.be.extensible, numeric: () => expect(1n).to.be.numeric, iterable: () => expect(5).to.be.iterable,
    should: () => cat.should.have.property('legs').that.equals(3), shouldNot: () => should.not.exist(0), shouldThrow: () => should.throw(() => {}, Error),
    fail: () => expect.fail(1, 2, 'made to fail', '>'), failPlain: () => assert.fail(), chained: () => expect([1, 2, 3]).to.be.an('array').that.includes(2).and.not.includes(3), typo: () => expect(1).to.be.olk,
    assertEqual: () => assert.strictEqual('1', 1, 'types'), assertDeep: () => assert.deepEqual(new Set([1, {a: 1}]), new Set([1, {a: 2}])), assertIs: () => assert.isAbove(1, 2), assertType: () => assert.typeOf(/x/, 'string'), assertSame: () => assert.sameDeepMembers([{a: 1}], [{b: 1}]),
    assertNested: () => assert.nestedInclude({a: {b: 1}}, {'a.b': 2}), assertOwn: () => assert.ownInclude({a: 1}, {a: 1}), assertThrows: () => assert.throws(() => JSON.parse('{'), SyntaxError), assertChanges: () => assert.doesNotChange(() => {}, {x: 1}, 'x'), assertOperator: () => assert.operator(1, '>', 2), assertApprox: () => assert.approximately(1, 2, 0.5),
  };
  for (const [name, f] of Object.entries(cases)) show(name, says(f));
  const values = subjects();
  const pairs = values.flatMap((a, i) => subjects().map((b) => [values[i], b]));
  sweep('deep equality', pairs, (a, b) => says(() => expect(a).to.deep.equal(b)) === 'passes');
  sweep('messages', values.map((v) => [v]), (v) => says(() => assert.equal(v, 'nothing like it')));
  const cyclic = {name: 'c'};
  cyclic.self = cyclic;
  show('cycles', says(() => expect(cyclic).to.deep.equal({name: 'c', self: null})));
  chai.config.truncateThreshold = 10;
  show('truncated', says(() => expect({aaaaaaa: 'bbbbbbbbbb', ccccccc: 'd'}).to.equal(1)));
  chai.config.truncateThreshold = 0;
  chai.use((own, utils) => {
    own.Assertion.addProperty('cat', function () {
      this.assert(this._obj instanceof Cat, 'expected #{this} to be a cat', 'expected #{this} not to be a cat');
    });
    own.Assertion.addMethod('legs', function (n) {
      new own.Assertion(this._obj).to.have.property('legs', n);
      utils.flag(this, 'object', this._obj.legs);
    });
    own.Assertion.addChainableMethod('paws', (n) => n, () => {});
    own.Assertion.overwriteMethod('equal', (above) => function (v) {
      return this._obj instanceof Cat ? this.assert(v === 'cat', 'expected a cat, got #{exp}', 'no', v) : above.call(this, v);
    });
  });
  show('plug-in', [says(() => expect({}).to.be.cat), says(() => expect(cat).to.have.legs(4).and.equal(4)), says(() => expect(cat).to.have.legs(3)), says(() => expect(cat).to.equal('dog'))]);
  show('typed', chai.util.type([]) + chai.util.type(new Map()) + chai.util.type(null) + chai.util.getPathInfo({a: [{b: 1}]}, 'a[0].b').value);
  show('utilities', Object.keys(chai.util).sort());
});
