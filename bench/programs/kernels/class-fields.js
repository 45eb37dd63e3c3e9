// SPDX-License-Identifier: MIT
// Class fields, private fields and methods, accessors, static members, brand checks.
const SIZE = 80000;

class Account {
  static #count = 0;
  static limit = 1000;
  owner = 'nobody';
  history = null;
  #balance = 0;
  #entries = 0;

  constructor(owner) {
    this.owner = owner;
    Account.#count++;
  }
  static get count() {
    return Account.#count;
  }
  static is(value) {
    return #balance in value;
  }
  static reset() {
    Account.#count = 0;
  }
  #record(amount) {
    this.#entries++;
    this.#balance = (this.#balance + amount) | 0;
  }
  deposit(amount) {
    if (amount > Account.limit) amount = Account.limit;
    this.#record(amount);
    return this;
  }
  get balance() {
    return this.#balance;
  }
  get entries() {
    return this.#entries;
  }
}

class Savings extends Account {
  #rate = 2;
  grow() {
    return this.deposit(this.#rate * 3);
  }
}

function run(n) {
  Account.reset();
  const shared = new Savings('ann');
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const account = new Account('bob');
    for (let j = 0; j < 20; j++) {
      account.deposit(j);
      shared.grow().deposit(1);
    }
    if (Account.is(account) && !Account.is(Account)) sum = (sum + account.balance + account.entries) | 0;
  }
  return sum + ',' + shared.balance + ',' + Account.count;
}
