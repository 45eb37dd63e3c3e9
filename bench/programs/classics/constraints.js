// SPDX-License-Identifier: MIT
// An incremental solver of one-way constraints with strengths, after the published description of the DeltaBlue
// algorithm: walkabout strengths, local propagation and plans taken from the graph of methods.
const SIZE = 600;

const REQUIRED = 0, STRONG = 2, MEDIUM = 3, WEAK = 5, WEAKEST = 6;

class Variable {
  constructor(value) {
    this.value = value;
    this.constraints = [];
    this.determined_by = null;
    this.strength = WEAKEST;
    this.mark = 0;
    this.stay = true;
  }
  attach(constraint) {
    this.constraints.push(constraint);
  }
  detach(constraint) {
    this.constraints = this.constraints.filter((other) => other !== constraint);
    if (this.determined_by === constraint) this.determined_by = null;
  }
}

class Constraint {
  constructor(strength) {
    this.strength = strength;
  }
  add(solver) {
    this.attach();
    solver.add(this);
    return this;
  }
  remove(solver) {
    if (this.is_satisfied()) solver.remove(this);
    else this.detach();
  }
  is_input() {
    return false;
  }
  // Tries to hold: takes its output over from a weaker constraint, which is returned to be satisfied in turn.
  satisfy(mark, solver) {
    this.choose(mark);
    if (!this.is_satisfied()) {
      if (this.strength === REQUIRED) throw new Error('a required constraint cannot be satisfied');
      return null;
    }
    this.mark_inputs(mark);
    const output = this.output();
    const loser = output.determined_by;
    if (loser !== null) loser.give_up();
    output.determined_by = this;
    if (!solver.propagate(this, mark)) throw new Error('a cycle of constraints');
    output.mark = mark;
    return loser;
  }
}

class UnaryConstraint extends Constraint {
  constructor(variable, strength) {
    super(strength);
    this.variable = variable;
    this.satisfied = false;
  }
  attach() {
    this.variable.attach(this);
    this.satisfied = false;
  }
  detach() {
    this.variable.detach(this);
    this.satisfied = false;
  }
  choose(mark) {
    this.satisfied = this.variable.mark !== mark && this.strength < this.variable.strength;
  }
  is_satisfied() {
    return this.satisfied;
  }
  give_up() {
    this.satisfied = false;
  }
  mark_inputs() {}
  output() {
    return this.variable;
  }
  inputs_known() {
    return true;
  }
  recalculate() {
    this.variable.strength = this.strength;
    this.variable.stay = !this.is_input();
    if (this.variable.stay) this.execute();
  }
  execute() {}
}

class Stay extends UnaryConstraint {}

class Edit extends UnaryConstraint {
  is_input() {
    return true;
  }
}

class BinaryConstraint extends Constraint {
  constructor(first, second, strength) {
    super(strength);
    this.first = first;
    this.second = second;
    this.direction = 0;
  }
  attach() {
    this.first.attach(this);
    this.second.attach(this);
    this.direction = 0;
  }
  detach() {
    this.first.detach(this);
    this.second.detach(this);
    this.direction = 0;
  }
  choose(mark) {
    const {first, second, strength} = this;
    if (first.mark === mark) {
      this.direction = second.mark !== mark && strength < second.strength ? 1 : 0;
    } else if (second.mark === mark) {
      this.direction = strength < first.strength ? -1 : 0;
    } else if (first.strength > second.strength) {
      this.direction = strength < first.strength ? -1 : 0;
    } else {
      this.direction = strength < second.strength ? 1 : 0;
    }
  }
  is_satisfied() {
    return this.direction !== 0;
  }
  give_up() {
    this.direction = 0;
  }
  input() {
    return this.direction > 0 ? this.first : this.second;
  }
  output() {
    return this.direction > 0 ? this.second : this.first;
  }
  mark_inputs(mark) {
    this.input().mark = mark;
  }
  inputs_known(mark) {
    const input = this.input();
    return input.mark === mark || input.stay || input.determined_by === null;
  }
  recalculate() {
    const input = this.input(), output = this.output();
    output.strength = Math.max(this.strength, input.strength);
    output.stay = input.stay;
    if (output.stay) this.execute();
  }
}

class Equal extends BinaryConstraint {
  execute() {
    this.output().value = this.input().value;
  }
}

class Scale extends BinaryConstraint {
  constructor(first, second, factor, offset, strength) {
    super(first, second, strength);
    this.factor = factor;
    this.offset = offset;
  }
  attach() {
    super.attach();
    this.factor.attach(this);
    this.offset.attach(this);
  }
  detach() {
    super.detach();
    this.factor.detach(this);
    this.offset.detach(this);
  }
  mark_inputs(mark) {
    super.mark_inputs(mark);
    this.factor.mark = this.offset.mark = mark;
  }
  execute() {
    if (this.direction > 0) this.second.value = this.first.value * this.factor.value + this.offset.value;
    else this.first.value = (this.second.value - this.offset.value) / this.factor.value;
  }
  recalculate() {
    const input = this.input(), output = this.output();
    output.strength = Math.max(this.strength, input.strength);
    output.stay = input.stay && this.factor.stay && this.offset.stay;
    if (output.stay) this.execute();
  }
}

class Solver {
  constructor() {
    this.mark = 0;
  }
  next_mark() {
    return ++this.mark;
  }
  add(constraint) {
    const mark = this.next_mark();
    let overridden = constraint.satisfy(mark, this);
    while (overridden !== null) overridden = overridden.satisfy(mark, this);
  }
  remove(constraint) {
    const output = constraint.output();
    constraint.give_up();
    constraint.detach();
    const orphans = this.forget_downstream(output);
    for (let strength = REQUIRED; strength <= WEAKEST; strength++) {
      for (const orphan of orphans) if (orphan.strength === strength) this.add(orphan);
    }
  }
  // The constraints that compute with what `variable` holds are appended to `list`.
  consumers(variable, list) {
    const determining = variable.determined_by;
    for (const constraint of variable.constraints) {
      if (constraint !== determining && constraint.is_satisfied()) list.push(constraint);
    }
  }
  propagate(constraint, mark) {
    const list = [constraint];
    while (list.length > 0) {
      const next = list.pop();
      if (next.output().mark === mark) {
        this.remove(constraint);
        return false;
      }
      next.recalculate();
      this.consumers(next.output(), list);
    }
    return true;
  }
  forget_downstream(output) {
    output.determined_by = null;
    output.strength = WEAKEST;
    output.stay = true;
    const orphans = [], list = [output];
    while (list.length > 0) {
      const variable = list.pop();
      for (const constraint of variable.constraints) if (!constraint.is_satisfied()) orphans.push(constraint);
      const determining = variable.determined_by;
      for (const constraint of variable.constraints) {
        if (constraint === determining || !constraint.is_satisfied()) continue;
        constraint.recalculate();
        list.push(constraint.output());
      }
    }
    return orphans;
  }
  plan(sources) {
    const mark = this.next_mark(), plan = [];
    const list = sources.filter((source) => source.is_input() && source.is_satisfied());
    while (list.length > 0) {
      const constraint = list.pop();
      if (constraint.output().mark === mark || !constraint.inputs_known(mark)) continue;
      plan.push(constraint);
      constraint.output().mark = mark;
      this.consumers(constraint.output(), list);
    }
    return plan;
  }
}

function set(solver, variable, value) {
  const edit = new Edit(variable, STRONG).add(solver);
  const plan = solver.plan([edit]);
  variable.value = value;
  for (const constraint of plan) constraint.execute();
  edit.remove(solver);
}

// A long row of variables that are all equal, edited at its head.
function chain(length) {
  const solver = new Solver(), row = [];
  for (let i = 0; i <= length; i++) row.push(new Variable(0));
  for (let i = 0; i < length; i++) new Equal(row[i], row[i + 1], REQUIRED).add(solver);
  new Stay(row[length], WEAK).add(solver);
  const edit = new Edit(row[0], MEDIUM).add(solver);
  const plan = solver.plan([edit]);
  let sum = 0;
  for (let value = 0; value < 60; value++) {
    row[0].value = value;
    for (const constraint of plan) constraint.execute();
    sum += row[length].value;
  }
  edit.remove(solver);
  return sum;
}

// Pairs bound by scale and offset, edited at both ends and at what they share.
function projection(count) {
  const solver = new Solver(), factor = new Variable(10), offset = new Variable(1000);
  const sources = [], targets = [];
  for (let i = 0; i < count; i++) {
    sources.push(new Variable(i));
    targets.push(new Variable(i));
    new Stay(sources[i], WEAK).add(solver);
    new Scale(sources[i], targets[i], factor, offset, REQUIRED).add(solver);
  }
  set(solver, sources[3], 17);
  let sum = targets[3].value;
  set(solver, targets[4], 1050);
  sum += sources[4].value;
  set(solver, factor, 5);
  for (const target of targets) sum += target.value;
  set(solver, offset, 2000);
  for (const target of targets) sum += target.value;
  return sum;
}

function run(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += chain(60 + i % 5) + projection(60);
  return sum;
}
