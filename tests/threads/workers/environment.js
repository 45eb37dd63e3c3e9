// env: TZ=UTC
// process.env of the main thread and of workers with a copy, with one of their own, and with the main thread's. As Node 26 prints it.
'use strict';
const { Worker, SHARE_ENV, isMainThread, parentPort } = require('worker_threads');
const lines = [];
const t = (n, f) => { try { const v = f(); lines.push(n + ' ' + (typeof v === 'string' ? v : JSON.stringify(v) ?? String(v))); } catch (e) { lines.push(n + ' throws ' + e.name + ' ' + e.code + ' ' + e.message); } };
function probe() {
  const e = process.env;
  t('str', () => { e.A = 5; return e.A; });
  t('undef', () => { e.A = undefined; return e.A; });
  t('null', () => { e.A = null; return e.A; });
  t('obj', () => { e.A = {}; return e.A; });
  t('sym val', () => { e.A = Symbol('x'); });
  t('sym key', () => { e[Symbol('k')] = '1'; });
  t('get sym', () => e[Symbol('k')]);
  t('missing', () => e.NOPE_X);
  t('delete', () => [delete e.A, 'A' in e, delete e.A]);
  t('in', () => ['PATH' in e, Object.hasOwn(e, 'PATH'), 'toString' in e, Object.hasOwn(e, 'toString')]);
  t('toString', () => typeof e.toString);
  t('define', () => { Object.defineProperty(e, 'D', { value: '1', configurable: true, writable: true, enumerable: true }); return e.D; });
  t('define2', () => { Object.defineProperty(e, 'D2', { value: '1' }); });
  t('define3', () => { Object.defineProperty(e, 'D3', { get() { return 1; } }); });
  t('define4', () => { Object.defineProperty(e, 'D4', { configurable: true, writable: true, enumerable: true }); return e.D4; });
  t('desc', () => JSON.stringify(Object.getOwnPropertyDescriptor(e, 'D')));
  t('freeze', () => Object.freeze(e) === e);
  t('seal', () => Object.isSealed(e));
  t('keys', () => { e.Z1 = '1'; return Object.keys(e).includes('Z1') && Object.keys(e).every((k) => typeof e[k] === 'string'); });
  t('assign', () => { Object.assign(e, { P: 1, Q: true }); return e.P + e.Q; });
  t('spread', () => ({ ...e }).P);
  t('strict', () => { return delete e.NOPE; });
  t('empty', () => { e[''] = 'x'; return e['']; });
  t('emptyval', () => { e.EV = ''; return JSON.stringify(e.EV); });
  t('unicode', () => { e.UN = 'é€😀'; return e.UN; });
  t('tz', () => { e.TZ = 'America/New_York'; const a = new Date(0).getHours(); e.TZ = 'UTC'; const b = new Date(0).getHours(); return [a, b]; });
  t('replace', () => { process.env = { only: 'x' }; const r = JSON.stringify(process.env); process.env = e; return r; });
  t('setproto', () => Object.setPrototypeOf(e, null) === e);
  t('prevent', () => Object.preventExtensions(e) === e);
  t('num key', () => { e[5] = 'five'; return [e[5], e['5'], Object.keys(e).includes('5')]; });
}
if (isMainThread) {
  probe(); console.log('main'); console.log(lines.join('\n'));
  (async () => { for (const [n, env] of [['copy', undefined], ['own', { A1: 1, B: undefined, C: null }], ['share', SHARE_ENV]]) { const w = new Worker(__filename, { env }); w.on('error', (e) => console.log(e)); w.on('message', (l) => console.log(n + '\n' + l)); await new Promise((r) => w.on('exit', r)); console.log('main sees', process.env.SET_IN_WORKER, process.env.EV); } })();
} else { probe(); lines.push('only ' + Object.keys(process.env).filter((k) => ['A1', 'B', 'C'].includes(k)).sort().map((k) => k + process.env[k])); process.env.SET_IN_WORKER = 'yes'; parentPort.postMessage(lines.join('\n')); }
