// SPDX-License-Identifier: MIT
// A splay tree of records, old ones removed as new ones come: garbage of all ages. Top-down splaying after Sleator
// and Tarjan.
const SIZE = 100000;

class Node {
  constructor(key, value) {
    this.key = key;
    this.value = value;
    this.left = null;
    this.right = null;
  }
}

class SplayTree {
  constructor() {
    this.root = null;
    this.hook = new Node(0, null);
  }
  splay(key) {
    let at = this.root;
    if (at === null) return;
    const hook = this.hook;
    hook.left = hook.right = null;
    let left = hook, right = hook;
    for (;;) {
      if (key < at.key) {
        if (at.left === null) break;
        if (key < at.left.key) {
          const child = at.left;
          at.left = child.right;
          child.right = at;
          at = child;
          if (at.left === null) break;
        }
        right.left = at;
        right = at;
        at = at.left;
      } else if (key > at.key) {
        if (at.right === null) break;
        if (key > at.right.key) {
          const child = at.right;
          at.right = child.left;
          child.left = at;
          at = child;
          if (at.right === null) break;
        }
        left.right = at;
        left = at;
        at = at.right;
      } else {
        break;
      }
    }
    left.right = at.left;
    right.left = at.right;
    at.left = hook.right;
    at.right = hook.left;
    this.root = at;
  }
  insert(key, value) {
    if (this.root === null) {
      this.root = new Node(key, value);
      return true;
    }
    this.splay(key);
    if (this.root.key === key) return false;
    const node = new Node(key, value), root = this.root;
    if (key > root.key) {
      node.left = root;
      node.right = root.right;
      root.right = null;
    } else {
      node.right = root;
      node.left = root.left;
      root.left = null;
    }
    this.root = node;
    return true;
  }
  remove(key) {
    this.splay(key);
    const removed = this.root;
    if (removed === null || removed.key !== key) return null;
    if (removed.left === null) {
      this.root = removed.right;
    } else {
      this.root = removed.left;
      this.splay(key);
      this.root.right = removed.right;
    }
    return removed;
  }
  // The greatest key below `key`.
  below(key) {
    this.splay(key);
    let at = this.root;
    if (at === null) return null;
    if (at.key < key) return at;
    at = at.left;
    if (at === null) return null;
    while (at.right !== null) at = at.right;
    return at;
  }
  count() {
    const stack = [this.root];
    let sum = 0;
    while (stack.length > 0) {
      const node = stack.pop();
      if (node === null) continue;
      sum++;
      stack.push(node.left, node.right);
    }
    return sum;
  }
}

function payload(depth, tag) {
  if (depth === 0) return {numbers: [0, 1, 2, 3, 4, 5], text: 'key ' + tag};
  return {left: payload(depth - 1, tag), right: payload(depth - 1, tag)};
}

function run(n) {
  let seed = 49734321;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) & 0x7fffffff;
    return seed;
  };
  const tree = new SplayTree(), lasting = Math.min(4000, n >> 1);
  const insert = () => {
    let key = random();
    while (!tree.insert(key, payload(2, key % 1000))) key = random();
    return key;
  };
  for (let i = 0; i < lasting; i++) insert();
  let length = 0;
  for (let i = lasting; i < n; i++) {
    const key = insert();
    const victim = tree.below(key) || tree.root;
    length += tree.remove(victim.key).value.left.right.text.length;
  }
  return tree.count() + ',' + length;
}
